"""Formulas become MathML in the colours of their meaning, readable aloud, with every letter in our own font."""
import importlib.util
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont

import lessons
from app.formula import CLASSES, NOTATION, FormulaError, legend, mathml, symbols
from app.lesson_format import read_lesson

FONTS = Path(__file__).parents[2] / 'static' / 'fonts'
MEAN = r'\loss = \frac{1}{\count} \sum_{i=1}^{\count} (\pred_i - \target_i)^2'


def tree(tex, display=False):
    """The MathML, to look into."""
    return ET.fromstring(mathml(tex, display))


def test_a_symbol_has_the_class_of_its_meaning():
    letter = tree(r'\loss').find('.//*[@data-symbol="loss"]')
    assert letter.get('class') == 'loss'
    assert ''.join(letter.itertext()) == 'L'


def test_a_symbol_can_be_set_as_a_word():
    word = tree(r'\word{pred}').find('.//*[@data-symbol="pred"]')
    assert word.get('class') == 'model'
    assert ''.join(word.itertext()) == 'prediction'


def test_a_live_number_leaves_an_empty_place():
    assert '<mn data-value="slope:,.0f"></mn>' in mathml(r'\value{slope:,.0f} \times \input')


def test_a_formula_can_be_read_aloud():
    assert tree(MEAN, True).get('alttext') == 'loss = (1)/(count) ∑_(i = 1)^(count) (prediction_i − target_i)^2'
    assert tree(r"f'(x) = \sqrt{x}").get('alttext') == 'f′ (x) = √(x)'


def test_a_formula_with_live_numbers_has_no_frozen_words():
    assert tree(r'\loss = \value{loss}').get('alttext') is None


def test_a_formula_on_its_own_line_has_its_limits_above_and_below():
    assert tree(MEAN, True).find('.//munderover') is not None
    assert tree(r'\lim_{\nudge \to 0} x', True).find('.//munder') is not None
    assert tree(r'\lim_{\nudge \to 0} x').find('.//munder') is None


def test_letters_that_stand_upright_in_print_do_so_here():
    assert tree(r'\Delta x').find('.//mi').get('mathvariant') == 'normal'
    assert tree(r'\mathrm{d} x').find('.//mtext').text == 'd'


def test_lines_can_be_aligned():
    cells = tree(r'\begin{align*} a &= b \\ &= c \end{align*}', True).findall('.//mtd')
    assert [cell.get('class') for cell in cells] == ['right', 'left', 'right', 'left']


@pytest.mark.parametrize(('tex', 'says'), [
    (r'\lsos', 'did you mean loss?'),
    (r'\word{prd}', 'did you mean pred?'),
    (r'\class{red}{x}', 'unknown class red'),
    (r'a & b', 'align*'),
    (r'\frac{1}', 'not finished'),
    (r'x^', 'x^'),
    (r'\left( x', 'x'),
])
def test_what_cannot_be_set_is_refused_with_words(tex, says):
    with pytest.raises(FormulaError, match=re.escape(says)):
        mathml(tex)


def test_symbols_are_found_in_order_and_once():
    assert symbols(MEAN + r'\word{slope}') == ['loss', 'count', 'pred', 'target', 'slope']


@pytest.mark.parametrize('name', NOTATION)
def test_every_symbol_has_a_meaning_a_colour_and_another_name_elsewhere(name):
    symbol = NOTATION[name]
    assert symbol['class'] in CLASSES
    assert symbol['means']
    assert symbol['elsewhere']
    assert mathml('\\' + name)
    assert len(legend([name])) == 1


@pytest.mark.parametrize('name', NOTATION)
def test_no_symbol_takes_the_name_of_a_tex_command(name, monkeypatch):
    monkeypatch.delitem(NOTATION, name)
    with pytest.raises(FormulaError):
        mathml.__wrapped__('\\' + name)


# ---- the font

@pytest.fixture(scope='module')
def font():
    with TTFont(FONTS / 'nudge-math.woff2') as font:
        yield font


def drawn(html):
    """The characters of a page's formulas, as a browser draws them: single letters in italics."""
    for formula in re.findall(r'<math.*?</math>', html, re.DOTALL):
        for element in ET.fromstring(formula).iter():
            tag, text = element.tag, element.text or ''
            if tag == 'mi' and len(text) == 1 and element.get('mathvariant') != 'normal':
                text = italic(text)
            if tag != 'mtext':                          # words are set in the text's own letters
                yield from text


def italic(letter):
    if letter == 'h':
        return 'ℎ'
    for first, start in (('a', 0x1D44E), ('A', 0x1D434)):
        if letter.isascii() and letter.isalpha() and letter.islower() == first.islower():
            return chr(start + ord(letter) - ord(first))
    return chr(0x1D6FC + ord(letter) - ord('α')) if 'α' <= letter <= 'ω' else letter


@pytest.mark.parametrize('slug', lessons.WRITTEN)
def test_every_character_of_every_formula_is_in_the_font(slug, font):
    lesson = read_lesson(slug)
    html = ''.join(getattr(block, 'body_html', block) for block in lesson.blocks)
    html += ''.join(symbol for symbol, _, _ in legend(lesson.symbols))
    assert set(drawn(html)) - set(' ') <= {chr(code) for code in font.getBestCmap()}


def test_every_symbol_and_every_digit_is_in_the_font(font):
    there = {chr(code) for code in font.getBestCmap()}
    for name in NOTATION:
        assert set(drawn(mathml('\\' + name))) <= there
    assert set('0123456789,.−+') <= there


def test_the_font_knows_how_formulas_are_set_and_is_small(font):
    assert font['MATH'].table.MathConstants.AxisHeight.Value
    assert (FONTS / 'nudge-math.woff2').stat().st_size <= 25_000


def test_the_font_goes_by_its_own_name_with_its_licence_beside_it(font):
    assert font['name'].getDebugName(1) == 'Nudge Math'
    assert 'STIX' not in font['name'].getDebugName(4) + font['name'].getDebugName(6)
    assert 'SIL OPEN FONT LICENSE' in (FONTS / 'OFL.txt').read_text('utf-8').upper()


def test_the_tool_that_made_the_font_names_all_its_characters(font):
    spec = importlib.util.spec_from_file_location('make_subset', FONTS / 'make_subset.py')
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    missing = set(tool.text()) - {chr(code) for code in font.getBestCmap()}
    assert not missing, f'make the font again: {sorted(missing)}'
