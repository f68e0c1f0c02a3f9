"""The smallest parts of messages."""

from __future__ import annotations

import random

import pytest

from oracle_stand_in.wire.primitives import Reader, Short, clr, counted, ub4


@pytest.mark.parametrize("length", [1, 252, 253, 254, 255, 504, 505, 100_000])
def test_a_value_comes_back_whole_or_not_at_all(length):
    value = random.Random(length).randbytes(length)
    message = clr(value)
    assert Reader(message).clr() == value
    for cut in {0, 1, length // 2, len(message) - 1}:
        with pytest.raises(Short):
            Reader(message[:cut]).clr()


@pytest.mark.parametrize("number", [0, 1, 127, 128, 255, 256, 65_535, 2**31, 2**63])
def test_a_number(number):
    assert Reader(ub4(number)).ub4() == number


def test_an_empty_value_has_no_bytes_beyond_its_count():
    assert Reader(counted(b"") + b"\x07").counted() == b""
    assert counted(b"") == b"\0"
