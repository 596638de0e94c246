"""Code twins: the same lines in Python and in the browser, with the state's numbers in them."""
import re
from html import unescape

import param
import pytest

from app.host import Host
from app.lesson_format import LessonError, parse
from app.scene import unpack
from app.widgets import listing, render


class State(param.Parameterized):
    weight = param.Number(2, bounds=(-9, 9), step=1, label='Weight')

    def code(self):
        return {'numpy': self.lines(), 'PyTorch': [('import torch', '')]}

    def lines(self):
        return [('import numpy as np  # "numbers"', ''), ('', ''), (f'y = {self.weight:g} * np.sum([1, 2]) < 9', 'weight'),
                ("print('it is', y)", '')]


TEXT = '# A title\n\nA question?\n\n:::{listing} twin\n:of: %s\nThe same.\n:::\n'


def lesson(of='code'):
    return parse('twins', TEXT % of, State)


def words(html):
    return unescape(re.sub('<[^>]*>', '', html))


@pytest.mark.parametrize('text', [text for text, _ in State().lines()] + ["f'{a}' # it's", 'x <= 1e-3 & y', '"open', ''])
def test_colours_change_no_letter_of_a_line(text):
    assert words(listing.coloured(text)) == text


def test_keywords_numbers_functions_and_comments_are_told_apart():
    html = listing.coloured('for i in range(3):  # three')
    assert html == ('<i class="k">for</i> i <i class="k">in</i> <i class="f">range</i>(<wbr><i class="n">3</i>):  '
                    '<i class="c"># three</i>')


def test_a_line_that_is_further_in_says_how_far_so_that_a_phone_can_break_it():
    assert listing.coloured('        return 1') == '<i class="in8">        </i><i class="k">return</i> <i class="n">1</i>'


def test_a_page_has_every_line_and_each_program_its_button():
    html = render(lesson().placements[0], State())
    assert html.count('data-copy') == html.count('data-pieces') == 2
    assert 'The same.' in html and '<b>numpy</b>' in html
    assert 'y = 2 * np.sum([1, 2]) &lt; 9' in re.sub('</?i[^>]*>|<wbr>', '', html)
    assert 'data-lit="weight" tabindex="-1"' in html


def test_lines_follow_the_state():
    answers = []
    host = Host(lesson(), lambda data: answers.append(unpack(data)))
    host.receive({'seq': 1, 'do': 'restore', 'params': {}, 'guesses': {}})
    host.receive({'seq': 2, 'do': 'set', 'parameter': 'weight', 'value': 3})
    numpy, torch = answers[-1]['pieces']['twin']
    assert [words(line) for line, _ in numpy] == [text for text, _ in State(weight=3).lines()]
    assert numpy[2][1] == 'weight' and len(torch) == 1
    host.receive({'seq': 3, 'do': 'set', 'parameter': 'weight', 'value': 3})
    assert 'pieces' not in answers[-1], 'what has not changed is not sent'


def test_a_listing_of_nothing_is_a_mistake_of_the_lesson():
    with pytest.raises(LessonError, match='there is none called cod'):
        lesson('cod')
