"""The file of handwritten digits is scikit-learn's, and what the script makes."""
import numpy as np

from tests.peers.make_digits import FILE, digits, packed


def test_the_file_holds_what_the_script_makes():
    with np.load(FILE) as stored:
        made = digits()
        assert sorted(stored) == sorted(made)
        for name, array in made.items():
            assert stored[name].dtype == array.dtype
            assert (stored[name] == array).all()


def test_the_script_makes_the_same_file_every_time():
    assert packed(digits()) == packed(digits())
