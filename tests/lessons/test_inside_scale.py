"""What the lesson inside a network says of size: the counts of any stack, GPT-3 from its configuration, the ruler between."""
from math import log10

import pytest

from app import parameters
from app.scene import check
from app.widgets import scale
from core.layers import count_multiplications, count_parameters
from core.network import new_network
from lessons.inside_a_network.scale import END, counted, sizes_from
from lessons.inside_a_network.state import State


def text(scene, key):
    return scene['marks'][key]['text']


def test_the_default_stack_is_the_lessons_network_and_counted_as_the_engine_counts_it():
    state, drawn = State(), scale.draw(State(), 'wide')
    network = state.network()
    assert state.stack_total() == count_parameters(network) == state.own_total() == 109_386
    assert state.stack_multiplications() == count_multiplications(network) == state.own_multiplications() == 109_184
    assert [text(drawn, f'row-{k}-2') for k in range(3)] == ['100,480', '8,256', '650']
    assert [text(drawn, f'row-{k}-1') for k in range(3)] == ['128 × 784, and 128', '64 × 128, and 64', '10 × 64, and 10']
    assert (text(drawn, 'sum-2'), text(drawn, 'sum-3')) == ('109,386', '109,184')


@pytest.mark.parametrize('sizes', [(3, 1), (784, 300, 10), (5, 4, 3, 2, 1, 2, 3, 4, 5)])
@pytest.mark.parametrize('width', ['wide', 'narrow'])
def test_any_stack_is_counted_layer_by_layer_and_what_is_not_written_is_added_up(sizes, width):
    network = new_network(sizes, seed=0)
    drawn = scale.draw(State(sizes=' '.join(map(str, sizes))), width)
    rows = [(text(drawn, f'row-{k}-2'), text(drawn, f'row-{k}-3')) for k in range(scale.ROWS)]
    written = [tuple(int(part.replace(',', '')) for part in row) for row in rows if row[0]]
    assert sum(count for count, _ in written) == count_parameters(network)
    assert sum(count for _, count in written) == count_multiplications(network)
    assert len(written) == min(len(sizes) - 1, scale.ROWS)


def test_sizes_are_read_as_people_write_them():
    assert sizes_from('784, 128, 64, 10') == sizes_from('784 128;64→10') == sizes_from(' 784,128 , 64 -> 10') \
        == (784, 128, 64, 10)
    assert sizes_from('7, 5 * 3, 2') == sizes_from('7 5×3 2') == (7, 5, 5, 5, 2)


@pytest.mark.parametrize(('typed', 'sentence'), [
    ('', 'at least two numbers'), ('784', 'at least two numbers'), ('784, 0, 10', 'at least 1'), ('784, 5*0, 10', 'at least 1'),
    ('784, −5', 'whole numbers'), ('784, 12.5', 'whole numbers'), ('seven', '“seven” is none'),
    ('784, 100001', 'at most 100,000'),
    ('9' * 400, 'at most 100,000'), ('5*2002', 'at most 2,000 layers'), ('5*999999999999', 'at most 2,000'),
    ('100000*1900', 'beyond the end')])
def test_a_stack_that_is_none_is_told_so_and_the_one_before_stays(typed, sentence):
    state = State(sizes='784, 300, 10')
    values, notice = parameters.tidy(state, {'sizes': typed})
    assert values == {} and sentence in notice and notice.startswith('Your stack stays as it was: ')
    assert state.stack_total() == 784 * 300 + 300 + 3010


def test_gpt_3_stands_there_part_by_part():
    state, drawn = State(), scale.draw(State(), 'narrow')
    counts = {key: int(text(drawn, f'{key}-count').replace(',', '')) for key in ('tokens', 'places', 'blocks-of', 'end')}
    assert sum(counts.values()) == state.gpt_total() == 174_604_259_328
    assert text(drawn, 'model_total-count') == '174,604,259,328' and text(drawn, 'model_total-name') == 'GPT-3: parameters'
    assert text(drawn, 'blocks-of-formula') == '96 · (12 · 12,288² + 13 · 12,288)'
    assert counts['blocks-of'] == 96 * (12 * 12_288**2 + 13 * 12_288)
    assert text(drawn, 'model_multiplications-count') == '174,563,733,504'
    assert (text(drawn, 'mean-count'), text(drawn, 'most-count')) == ('2,417,098,752', '4,831,838,208')


def test_what_the_words_say_of_gpt_3():
    """F5 to F7 of what is often told wrongly: multiplications, operations, tokens."""
    state = State()
    assert round(state.gpt_multiplications()) == 175 and state.asked_multiplications() == '175'
    assert state.gpt_operations() == 350
    assert (round(state.gpt_least_back(), 1), round(state.gpt_most_back(), 1)) == (2.4, 4.8)
    assert (state.gpt_tokens(), round(state.gpt_windows())) == (300, 146)
    assert state.gpt_training() == '3.14 × 10²³'
    assert round(state.gpt_times(), 1) == 1.6 and round(state.gpt_billions()) == 175
    assert (state.gpt_width(), state.gpt_context()) == (12_288, 2_048)


def test_another_language_model_is_reckoned_with_its_own_numbers_and_no_longer_called_gpt_3():
    small = State(blocks=12, model_width=768, context=1024)
    assert small.model_total() == 124_439_808
    drawn = scale.draw(small, 'wide')
    assert text(drawn, 'model_total-name') == 'your model: parameters'
    assert text(drawn, 'third') == 'your model: 124 million'
    assert scale.gesture(small, 'blocks', [0, 48]) == {'blocks': 48}


@pytest.mark.parametrize('sizes', ['1, 1', '784, 128, 64, 10', '12288*1153', '100000*999'])
def test_the_mark_on_the_ruler_stands_where_the_count_is_and_its_name_on_the_paper(sizes):
    state = State(sizes=sizes)
    for width, letter in (('wide', 9.5), ('narrow', 8.4)):
        drawn = scale.draw(state, width)
        check(drawn)
        left, _, wide, _ = drawn['planes']['ruler']['box']
        at = drawn['marks']['stack']['x'][0]
        assert (at - left) / wide * 13 == pytest.approx(log10(state.stack_total())) and END == 10**13
        name = drawn['marks']['stack-name']
        reach = letter * len(name['text']) * {'start': 1, 'middle': 0.5, 'end': 0}[name['anchor']]
        assert at + reach < drawn['size'][0] and at - (letter * len(name['text']) - reach) > 0 or name['anchor'] == 'start'


@pytest.mark.parametrize('sizes', ['1, 1', '9,8,7,6,5,4', '100000*6', '100000*900'])
@pytest.mark.parametrize('width', ['wide', 'narrow'])
def test_what_is_told_of_a_stack_stays_on_the_paper_and_its_columns_apart(sizes, width):
    drawn = scale.draw(State(sizes=sizes), width)
    letter = 8.4 if width == 'wide' else 7.4
    for mark in drawn['marks'].values():
        assert mark['kind'] != 'text' or not mark['text'] or mark['y'] < drawn['size'][1] - 2
    for k in range(scale.ROWS):
        before = 0
        for n in sorted(n for n in range(4) if f'row-{k}-{n}' in drawn['marks']):
            cell = drawn['marks'][f'row-{k}-{n}']
            wide = letter * len(cell['text'])
            left = cell['x'] - wide * (cell['anchor'] == 'end')
            assert left >= before or not cell['text'], cell
            before = left + wide


def test_a_thousand_square_layers_of_gpt_3s_width_are_as_large_as_gpt_3():
    """Each block is twelve such matrices and little more."""
    state = State(sizes='12288*1153')
    assert state.stack().counts()[0] == 12_288**2 + 12_288 and len(state.stack().layers) == 12 * 96
    assert text(scale.draw(state, 'wide'), 'says-0') == 'GPT-3 and your stack are of one size.'


def test_counts_in_words():
    assert [counted(n) for n in (17, 109_386, 999_499, 999_999, 1_596_221, 174_604_259_328, 8.99e12)] == [
        '17', '109,386', '999,499', '1 million', '1.6 million', '175 billion', '8.99 trillion']
