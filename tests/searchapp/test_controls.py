"""Control characters are taken out of pages, all else stays."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from searchapp.controls import without_controls


@given(st.text(st.characters()) | st.text("aé\x00\x07\x0b\x1f\x7f\t\n\r\x80\ud800", max_size=20))
def test_only_control_characters_go(text: str) -> None:
    assert without_controls(text) == re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text)
