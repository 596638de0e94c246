"""A lesson's text is read into blocks, and every mistake in it is named with its line and the nearest right name."""
from types import SimpleNamespace

import param
import pytest

import app.widgets
import lessons
from app.lesson_format import LessonError, Placement, parse, read_lesson
from app.live_numbers import expressions, fill, value

TEXT = r"""# How *wrong*?

Is it "right"? The loss
is {value}`loss:,.1f`.

## A picture

:::{line} fit-it
:show: squares
:many: 3

Drag the $\pred$ that is {value}`slope`.
:::

It cost \$200, or 300 $, in $\loss$. A {term}`residual` is a gap.
See [the models](models), [what comes](summary) and [a book](https://example.org/).

$$\loss = \value{loss:,.0f}$$

| line | loss |
|---|--:|
| mine | 1 |

:::{aside} Elsewhere
Some write $E$.
:::
"""


class State(param.Parameterized):
    slope = param.Number(2, bounds=(0, 10))

    def loss(self):
        return -1234.56

    def at(self, x):
        return self.slope * x

    def settled(self):
        return {}


def few(text):
    return 1 <= int(text) <= 5


@pytest.fixture(autouse=True)
def widgets(monkeypatch):
    monkeypatch.setattr(app.widgets, 'WIDGETS', {
        'line': SimpleNamespace(OPTIONS={'show': ('points', 'squares'), 'many': few}),
        'curve': SimpleNamespace(OPTIONS={})})


@pytest.fixture
def lesson():
    return parse('loss', TEXT, State)


def broken(old, new, text=TEXT):
    """What is said about the lesson when `old` is mistyped as `new`."""
    assert old in text
    with pytest.raises(LessonError) as caught:
        parse('chain-rule', text.replace(old, new, 1), State)
    return str(caught.value)


def test_a_lesson_has_a_title_and_a_question(lesson):
    assert lesson.title == 'How wrong?'
    assert lesson.title_html == 'How <em>wrong</em>?'
    assert lesson.question == 'Is it “right”? The loss is −1,234.6.'


def test_words_and_widgets_stay_in_reading_order(lesson):
    before, placement, after = lesson.blocks
    assert 'A picture' in before
    assert placement == lesson.placements[0]
    assert 'residual' in after


def test_a_placement_is_a_widget_a_name_options_and_words(lesson):
    placement = lesson.placements[0]
    assert (placement.widget, placement.name, placement.line) == ('line', 'fit-it', 8)
    assert placement.options == {'show': 'squares', 'many': '3'}
    assert placement.body_html.startswith('<p>Drag the <math')
    assert '<output data-value="slope" aria-live="off"></output>' in placement.body_html


def test_a_placement_without_options_or_words_is_fine():
    lesson = parse('loss', '# A\n\nB?\n\n:::{curve} c-1\n:::\n', State)
    assert lesson.placements == [Placement('curve', 'c-1', {}, '', 5)]


def test_live_numbers_are_filled_for_one_state_and_shown_with_a_true_minus(lesson):
    html = fill(''.join(block for block in lesson.blocks if isinstance(block, str)), State())
    assert '<output data-value="loss:,.1f" aria-live="off">−1,234.6</output>' in html
    assert '<mn data-value="loss:,.0f">−1,235</mn>' in html


def test_what_a_live_number_may_show_is_a_parameter_or_a_method_without_arguments():
    assert expressions(State) == ['loss', 'slope']
    assert value(State(slope=5), 'slope:.2f') == '5.00'


def test_a_value_that_is_text_is_escaped():
    class Sly(State):
        def loss(self):
            return '<b>'
    assert fill('<output data-value="loss"></output>', Sly()) == '<output data-value="loss">&lt;b&gt;</output>'


def test_dollars_may_be_money(lesson):
    assert 'It cost $200, or 300\u00a0$, in <math' in lesson.blocks[2]


def test_terms_links_tables_and_asides(lesson):
    after = lesson.blocks[2]
    assert '<dfn>residual</dfn>' in after
    assert '<a href="/models">the models</a>' in after
    assert '<a href="https://example.org/">a book</a>' in after
    assert '<td class="right">1</td>' in after
    assert 'style=' not in after
    assert '<aside><h3>Elsewhere</h3><p>Some write' in after


def test_a_table_of_symbols_comes_from_the_notation():
    lesson = parse('loss', TEXT + '\n:::{notation}\nweight act\n:::\n', State)
    assert {'weight', 'act'} <= set(lesson.symbols)
    assert '<td>a weight: how strongly one input counts</td>' in lesson.blocks[-1]
    with pytest.raises(LessonError, match='unknown symbol wieght: did you mean weight'):
        parse('loss', TEXT + '\n:::{notation}\nwieght\n:::\n', State)


def test_a_link_to_a_lesson_that_is_not_written_is_only_words(monkeypatch):
    monkeypatch.setattr(lessons, 'WRITTEN', ['loss'])
    assert '<a class="unwritten">what comes</a>' in parse('loss', TEXT, State).blocks[2]


def test_a_link_that_sets_parameters_works_without_scripts_and_says_what_it_sets():
    html = parse('loss', '# A\n\nB? [Try](?slope=7#fit-it)\n', State).blocks[0]
    assert '<a href="/loss?slope=7#fit-it" data-try="fit-it" data-set="{&quot;slope&quot;: 7' in html


@pytest.mark.parametrize('link', ['?', '?slop=7', '?slope=steep', '?slope=1e9'])
def test_a_link_that_sets_what_cannot_be_set_is_named(link):
    with pytest.raises(LessonError, match=r'line 3: the link \?.* can not be followed'):
        parse('loss', f'# A\n\nB? [Try]({link})\n', State)


def test_the_symbols_in_use_are_known_in_order_of_appearance(lesson):
    assert lesson.symbols == ('pred', 'loss')


def test_html_in_a_lesson_is_text():
    lesson = parse('loss', '# A\n\nB <script>alert(1)</script>\n', State)
    assert '<script' not in lesson.blocks[0]


@pytest.mark.parametrize(('old', 'new', 'line', 'says'), [
    ('{line}', '{lien}', 8, 'unknown widget lien: did you mean line?'),
    (':show:', ':shwo:', 9, 'unknown option shwo of line: did you mean show?'),
    ('squares', 'sqares', 9, 'did you mean squares?'),
    (':many: 3', ':many: 9', 10, 'option many of line: 9 is not allowed'),
    (':many: 3', ':many: x', 10, 'option many of line'),
    (' fit-it', '', 8, 'needs a name'),
    (' fit-it', ' Fit it', 8, 'needs a name'),
    ('`loss:,.1f`', '`lss:,.1f`', 4, 'unknown value lss: did you mean loss?'),
    ('`loss:,.1f`', '`at`', 4, 'unknown value at'),
    ('`loss:,.1f`', '`settled`', 4, 'unknown value settled'),
    ('`loss:,.1f`', '`loss:,.1q`', 4, 'can not be shown'),
    ('`slope`', '`slop`', 12, 'unknown value slop: did you mean slope?'),
    (r'\pred', r'\prd', 12, r'did you mean pred?'),
    ('{term}', '{trem}', 15, 'unknown role {trem}: did you mean term?'),
    ('{term}`residual`', '{pillar}`algbra`', 15, 'unknown pillar algbra: did you mean algebra?'),
    ('(models)', '(modles)', 16, 'unknown lesson modles: did you mean models?'),
    (r'\value{loss', r'\value{lss', 18, 'unknown value lss: did you mean loss?'),
    (r'\loss = ', r'\loss = wrong ', 18, r'a word is set as \text{wrong}'),
    (r'\$200, or 300 $', r'$x and then$', 15, r'a dollar sign that begins no formula is written \$'),
    ('# How', '## How', 1, 'begins with its title'),
    ('Is it "right"? The loss\nis', '- is', 2, 'the question of the lesson'),
    ('## A picture', '# A picture', 1, 'one title'),
    ('{line} fit-it', 'line fit-it', 8, ':::{widget} name'),
    ('Drag the', '> :::{curve} x\n> :::\n\nDrag the', 12, 'stands inside'),
    ('| line | loss |', '- a\n\n  :::{curve} x\n  :::\n\n| line | loss |', 22, 'stands inside a list'),
])
def test_a_mistake_is_named_with_its_line_and_the_nearest_right_name(old, new, line, says):
    message = broken(old, new)
    assert f'lessons/chain_rule/lesson.md, line {line}: ' in message
    assert says in message


def test_two_widgets_of_one_name_are_refused():
    twice = TEXT + '\n:::{curve} fit-it\n:::\n'
    assert 'line 28: fit-it is already the name' in broken('Some write', 'Others write', twice)


def test_a_lesson_that_is_not_written_is_a_key_error():
    with pytest.raises(KeyError):
        read_lesson('no-such-lesson')
