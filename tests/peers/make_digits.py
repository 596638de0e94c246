"""Makes core/digits.npz from scikit-learn's copy of the handwritten digits: `python -m tests.peers.make_digits`.

The pictures are 8 × 8 with 17 shades, 0 to 16, as they come; `core.data.digits` enlarges and splits them.
"""
import io
import zipfile
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

FILE = Path(__file__).resolve().parents[2] / 'core' / 'digits.npz'


def digits():
    """The arrays of the file: pictures (1797, 8, 8) and labels (1797,), whole numbers of one byte."""
    loaded = load_digits()
    return {'pictures': loaded.images.astype(np.uint8), 'labels': loaded.target.astype(np.uint8)}


def packed(arrays):
    """The same as bytes: what np.load reads, without the hour at which it was made."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, 'w', zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            one = io.BytesIO()
            np.save(one, array)
            archive.writestr(zipfile.ZipInfo(f'{name}.npy', (1980, 1, 1, 0, 0, 0)), one.getvalue(), zipfile.ZIP_DEFLATED)
    return file.getvalue()


if __name__ == '__main__':
    FILE.write_bytes(packed(digits()))
