"""Cuts the formulas' font out of STIX Two Math: `python static/fonts/make_subset.py <stix-two-math.woff2 or .ttf>`.

The source is the file of the npm package @fontsource/stix-two-math (SIL Open Font License, OFL.txt beside this file).
The result goes by a name of its own. What stays: letters and signs for the formulas of the whole course, the large
forms of sums, brackets and roots, and the MATH table that says how to set them.
"""
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

HERE = Path(__file__).parent
FAMILY = 'Nudge Math'

LATIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
GREEK = 'αβγδεηθκλμπρστφω'     # slanted, as letters in formulas are
CAPITALS = 'ΔΘΣΦΩ'             # upright, as in print
NAMES = 'ELRTU'                     # with the small letters: max, log, softmax, ReLU
SIGNS = ' !%()*+,-./0123456789:;<=>[]{|}°±²·×÷ʹˆ˙¯′″…−∂∇∈∏∑√∞∥≈≠≤≥⊤⋅←→↦\u0302\u0304\u20d7\u00a0$'
ITALIC = {**{letter: chr(0x1D434 + i) for i, letter in enumerate(LATIN)}, 'h': 'ℎ'}
ITALIC_GREEK = {chr(0x3B1 + i): chr(0x1D6FC + i) for i in range(25)} | {'ϵ': '𝜖'}
BOLD = [chr(0x1D400 + LATIN.index(letter)) for letter in 'WXxywb']
GROWING = '()[]{|}√'              # brackets and roots keep their taller forms and the parts of the tallest


def text():
    """Every character that the subset can set."""
    slanted = [ITALIC[letter] for letter in LATIN] + [ITALIC_GREEK[letter] for letter in GREEK + 'ϵ']
    return LATIN[26:] + NAMES + CAPITALS + SIGNS + ''.join(slanted) + ''.join(BOLD) + '𝒩ℝ'


def trim(font):
    """Keeps the size variants of few characters: without this, arrows and accents alone would be 20 kB."""
    cmap, variants = font.getBestCmap(), font['MATH'].table.MathVariants
    keep = {cmap[ord(sign)] for sign in GROWING + '∑∏'}
    for direction, at_most in (('Vert', 4), ('Horiz', 0)):
        coverage = getattr(variants, f'{direction}GlyphCoverage')
        constructions = getattr(variants, f'{direction}GlyphConstruction')
        pairs = [(name, built) for name, built in zip(coverage.glyphs, constructions, strict=True)
                 if name in keep and at_most]
        for _, built in pairs:
            built.MathGlyphVariantRecord = built.MathGlyphVariantRecord[:at_most]
            built.VariantCount = len(built.MathGlyphVariantRecord)
        coverage.glyphs = [name for name, _ in pairs]
        setattr(variants, f'{direction}GlyphConstruction', [built for _, built in pairs])
        setattr(variants, f'{direction}GlyphCount', len(pairs))


def tune(font):
    """Subscripts stand level, whether their letter has a descender (y) or not (x)."""
    font['MATH'].table.MathConstants.SubscriptBaselineDropMin.Value = 0


def rename(font):
    names = font['name']
    for record in list(names.names):
        if record.nameID in (1, 3, 4, 6, 16):
            names.setName(FAMILY.replace(' ', '') if record.nameID == 6 else FAMILY, record.nameID, record.platformID,
                          record.platEncID, record.langID)
        elif record.nameID not in (0, 2, 13, 14):
            names.names.remove(record)


def main(source, target=HERE / 'nudge-math.woff2'):
    font = TTFont(source)
    trim(font)
    tune(font)
    options = Options(hinting=False, name_IDs=['*'], notdef_outline=True,
                      drop_tables=['GPOS', 'GSUB', 'GDEF', 'DSIG', 'fpgm', 'prep', 'cvt ', 'gasp'])
    subsetter = Subsetter(options)
    subsetter.populate(text=text())
    subsetter.subset(font)
    scale_upem(font, 500)       # a fiftieth of a pixel is fine enough on a screen, and a tenth lighter
    rename(font)
    font.flavor = 'woff2'
    font.save(target)
    print(f'{target}: {Path(target).stat().st_size} bytes, {font["maxp"].numGlyphs} glyphs')


if __name__ == '__main__':
    main(sys.argv[1])
