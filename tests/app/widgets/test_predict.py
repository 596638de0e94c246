"""Questions: what an author may write, and what a reader may answer."""
import numpy as np
import param
import pytest

from app.lesson_format import LessonError, parse
from app.widgets import predict


class State(param.Parameterized):
    def price(self):
        return 389.6

    def key(self):
        return 'up'

    def curve(self, x):
        return np.asarray(x) ** 2


def question(options, body='How much?'):
    lesson = parse('models', f'# A title\n\nA question?\n\n:::{{predict}} a-guess\n{options}\n{body}\n:::\n', State)
    return lesson.placements[0]


def said(placement, value):
    return predict.answer(State(), placement, {'value': value, 'committed': True})


@pytest.mark.parametrize(('options', 'complaint'), [
    (':truth: price', 'needs :ask:'), (':ask: number', 'needs :truth:'), (':ask: number\n:truth: prize', 'no method prize'),
    (':ask: choice\n:truth: key', 'the choices are none'), (':ask: sketch\n:truth: curve', 'needs :from:'),
    (':ask: number\n:truth: price\n:format: ,q', 'Cannot specify'), (':ask: number\n:truth: curve', 'curve'),
])
def test_a_question_that_makes_no_sense_is_refused_with_its_line(options, complaint):
    with pytest.raises(LessonError, match=r'lessons/models/lesson.md, line 5: predict a-guess: .*' + complaint):
        question(options)


def test_the_gap_is_that_of_the_numbers_shown():
    placement = question(':ask: number\n:truth: price\n:unit: $')
    assert 'You said <b>389.4</b> $. It is <b>390</b> $; yours is 0.6 lower.' in said(placement, 389.4)
    assert 'and that is it' in said(placement, 390.0)
    assert 'yours is 10 higher' in said(placement, 400.0)


@pytest.mark.parametrize(('text', 'value'), [('1,500', 1500), ('−2.5', -2.5), ('$ 380', 380), ('380k', 380), (' 7 ', 7)])
def test_a_number_is_read_as_it_was_meant(text, value):
    placement = question(':ask: number\n:truth: price')
    assert predict.edit(State(), placement, None, 'guess', text) == {'value': value, 'committed': True}


def test_an_answer_in_the_wrong_unit_is_asked_back():
    placement = question(':ask: number\n:truth: price\n:unit: thousand $\n:most: 5000')
    with pytest.raises(ValueError, match='380,000 thousand \\$\\? The answer is below 5,000 thousand \\$'):
        predict.edit(State(), placement, None, 'guess', '380000')


def test_a_choice_is_compared_with_the_true_one():
    placement = question(':ask: choice\n:truth: key', '- `up`: It rises.\n- `down`: It falls.')
    assert 'Yes: It rises.' in said(placement, 'up')
    assert 'You chose: It falls. It turns out otherwise: It rises.' in said(placement, 'down')


def test_a_sketch_tells_what_each_of_its_anchors_says():
    placement = question(':ask: sketch\n:truth: curve\n:from: -2\n:to: 3\n:low: 0\n:high: 9\n:x: x\n:y: height')
    sketch = predict.draw(State(), 'wide', {'value': list(range(9)), 'committed': False}, **placement.options)
    assert sketch['marks']['sketch']['says'][:2] == ['height 0 at x −2', 'height 1 at x −1.375']
    assert sketch['planes']['sketch']['xticks'] == [[-2.0, '−2'], [0.0, '0'], [2.0, '2']]
    assert 'lowest' not in said(placement, [4.0] * 9)


def test_what_is_not_a_guess_of_ours_is_forgotten():
    placement = question(':ask: number\n:truth: price')
    for nonsense in (None, 7, {}, {'value': 'x', 'committed': True}, {'value': [1], 'committed': 1}):
        assert predict.restored(State(), placement, nonsense) is None
