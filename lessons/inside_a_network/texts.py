"""Logits, powers of e, shares and losses as a reader sees them, however large or small they are."""
import numpy as np

from lessons.short import SUPERSCRIPTS, short


def power_text(x):
    """e to the power of x as a text, however large that is.

    >>> power_text(8.1), power_text(-0.5), power_text(1000), power_text(-1000)
    ('3,294.47', '0.61', '1.97 × 10⁴³⁴', '5.08 × 10⁻⁴³⁵')
    """
    if -2.3 <= x < 13.8:                        # 0.1 to a million
        return f'{np.exp(x):,.2f}'
    power = int(np.floor(x / np.log(10)))
    if -5 < power < 300:
        return short(float(np.exp(x)), 3)
    return f'{np.exp(x - power * np.log(10)):.2f} × 10{str(power).translate(SUPERSCRIPTS)}'


def logit_text(z):
    """
    >>> logit_text(-0.5), logit_text(1001.2), logit_text(7.22437)
    ('−0.5', '1,001.2', '7.224')
    """
    return f'{round(float(z), 3) + 0.0:,.10g}'.replace('-', '−')


def entering_text(z, heat=1.0, less=0.0):
    """What stands above the e: '8.1', '(8.1 − 8.1) / 2'."""
    text = logit_text(z)
    if less:
        text = f'{text} − {logit_text(less)}' if less > 0 else f'{text} + {logit_text(-less)}'
    return text if heat == 1 else f'({text}) / {heat:g}' if less else f'{text} / {heat:g}'


def share_text(p):
    """A probability to four places; one that is too small for them as it is.

    >>> share_text(0.982945), share_text(1.0), share_text(2e-7)
    ('0.9829', '1.0000', '2 × 10⁻⁷')
    """
    return '0' if p == 0 else f'{p:.4f}' if p >= 0.00005 else short(float(p), 2)


def loss_text(loss):
    """
    >>> loss_text(0.017202), loss_text(1000.0), loss_text(3e-9)
    ('0.0172', '1,000', '3 × 10⁻⁹')
    """
    return f'{loss:.4f}' if 0.00005 <= loss < 100 else logit_text(loss) if loss > 1 else short(float(loss), 2)
