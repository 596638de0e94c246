"""Numbers as a reader sees them."""
import pytest

from app.numbers import show, ticks


@pytest.mark.parametrize(('value', 'spec', 'text'), [
    (1234567, ',.0f', '1,234,567'), (-1234.5, ',.1f', '−1,234.5'), (-0.2, '.0f', '0'), (-0.0, '', '0.0'), (7, '', '7'),
    (1e-7, '.1e', '1.0e−07'), ('already text', '', 'already text'),
])
def test_a_number_has_its_format_and_a_true_minus(value, spec, text):
    assert show(value, spec) == text


@pytest.mark.parametrize('value', [float('nan'), float('inf'), -float('inf')])
def test_what_is_no_number_is_never_shown(value):
    with pytest.raises(ValueError, match='not a number that can be shown'):
        show(value)


@pytest.mark.parametrize(('low', 'high', 'texts'), [
    (0, 300, ['0', '100', '200', '300']), (-2, 3, ['−2', '0', '2']), (0, 0.5, ['0.0', '0.2', '0.4']),
    (0, 1, ['0.0', '0.5', '1.0']), (0, 120_000, ['0', '50,000', '100,000'])])
def test_ticks_stand_at_round_numbers_and_say_them(low, high, texts):
    made = ticks(low, high)
    assert [text for _, text in made] == texts
    assert [float(text.replace(',', '').replace('−', '-')) for text in texts] == [at for at, _ in made]
