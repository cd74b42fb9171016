"""The bytes of a stored article: the same, and read alike, with orjson and without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import storedjson
from indexer.storedjson import from_stored, to_sorted, to_stored

TEXTS = st.text()
ROWS = st.dictionaries(TEXTS, TEXTS | st.lists(TEXTS, max_size=3), max_size=5)


@given(ROWS)
def test_both_write_the_same_and_read_what_the_other_wrote(row: dict[str, object]) -> None:
    assert storedjson.orjson is not None  # installed for tests
    fast, in_order = to_stored(row), to_sorted(row)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storedjson, "orjson", None)
        assert to_stored(row) == fast
        assert to_sorted(row) == in_order == to_sorted(dict(reversed(row.items())))
        assert from_stored(fast) == row
    assert from_stored(fast) == row


@pytest.mark.parametrize("installed", [True, False])
def test_bytes_that_are_no_json_are_an_error(installed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not installed:
        monkeypatch.setattr(storedjson, "orjson", None)
    for wrong in (b"", b'{"id": "a', b"\xff\xfe", b"{'id': 1}"):
        with pytest.raises(ValueError):  # noqa: PT011 - each library has its own text
            from_stored(wrong)
    with pytest.raises((ValueError, TypeError)):
        to_stored({"title": "\ud800"})
