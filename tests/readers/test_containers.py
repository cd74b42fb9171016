"""Packed files and archives around any format."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.damaged import HTML, LINE, PAGE
from indexer.article import Article
from indexer.readers import Reading, read, unpacking, zipped
from indexer.readers.estimate import estimate

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}


def shown(item: Reading) -> str:
    return item.id if isinstance(item, Article) else f"!{item.reason}"


def archive(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def of(path: Path, data: bytes) -> list[str]:
    path.write_bytes(data)
    return [shown(item) for item in read([path])]


@pytest.mark.parametrize("packing", PACKERS)
@pytest.mark.parametrize(
    ("name", "text", "id"), [("a.txt", PAGE, "a"), ("a.html", HTML, "a"), ("a.jsonl", LINE, "a#1")]
)
def test_every_format_may_be_packed(tmp_path: Path, name: str, text: str, id: str, packing: str) -> None:
    pack = PACKERS[packing]
    assert of(tmp_path / f"{name}{packing}", pack(text.encode())) == [id]
    assert of(tmp_path / f"{name}.gz{packing}", pack(gzip.compress(text.encode()))) == [id]
    assert of(tmp_path / name, pack(text.encode())) == [id]


@pytest.mark.parametrize("packing", PACKERS)
def test_a_packed_file_that_is_cut_gives_what_comes_before(tmp_path: Path, packing: str) -> None:
    lines = "".join(f'{{"id": "{n}", "title": "Titre {n * 7919}"}}\n' for n in range(8000))
    # bzip2 packs blocks: those of level 1 have a hundred kilobytes each.
    packed = bz2.compress(lines.encode(), 1) if packing == ".bz2" else PACKERS[packing](lines.encode())
    found = of(tmp_path / f"a.jsonl{packing}", packed[:-1000])
    assert found[0] == "0"
    assert "damaged from here on" in found[-1]
    assert len(found) > 100


def test_an_archive_is_read_as_a_folder_is(tmp_path: Path) -> None:
    data = archive(
        {
            "b.html": HTML,
            "a/2.txt": PAGE,
            "a/1.jsonl.gz": gzip.compress(LINE.encode()),
            "a/": "",
            ".hidden.txt": PAGE,
            "README.md": "x",
            "__MACOSX/a/._2.txt": "x",
            "style.css": "p {}",
        }
    )
    expected = ["n/a/1#1", "n/a/2", "n/b", "!no reader for this kind of file"]
    assert of(tmp_path / "n.zip", data) == expected
    assert of(tmp_path / "n", data) == expected
    assert of(tmp_path / "n.html", data) == ["!a binary file, not text"]
    assert estimate([tmp_path / "n.zip"]) == 8


def test_a_sidecar_of_an_archive_is_for_all_its_members(tmp_path: Path) -> None:
    (tmp_path / "n.zip").write_bytes(archive({"a.txt": PAGE, "b.html": HTML}))
    (tmp_path / "n.meta.json").write_text('{"source": "La Presse"}')
    assert [item.source for item in read([tmp_path]) if isinstance(item, Article)] == ["La Presse"] * 2


@pytest.mark.parametrize("name", ["../a.txt", "/a.txt", "a/../../b.txt", "C:/a.txt", "..\\a.txt"])
def test_members_outside_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    bad, good = of(tmp_path / "n.zip", archive({name: PAGE, "z.txt": PAGE}))
    assert "lies outside the archive" in bad
    assert good == "n/z"


def test_links_encrypted_members_and_archives_inside_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("b.zip", archive({"c.txt": PAGE}))
        made.writestr("z.txt", PAGE)
    data = bytearray(out.getvalue())
    locked = data.rfind(b"PK\x01\x02")
    data[locked + 8] |= 1  # the flag of the last member in the list
    found = of(tmp_path / "n.zip", bytes(data))
    assert found == [
        "!a link inside an archive: not followed",
        "!an archive inside an archive: not read",
        "!encrypted",
    ]


def test_a_damaged_member_costs_itself(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.txt", PAGE * 40)
        made.writestr("b.txt", PAGE)
    bad, good = of(tmp_path / "n.zip", out.getvalue().replace(b"quais", b"quois", 1))
    assert "Bad CRC-32" in bad
    assert good == "n/b"


def test_a_list_of_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "DIRECTORY", 1000)
    data = archive({f"{n}.txt": "x" for n in range(100)})
    assert of(tmp_path / "n.zip", data) == ["!the archive has too many members"]


def test_a_bomb_is_stopped_whatever_it_is_in(tmp_path: Path) -> None:
    bomb = (b" " * 2**20 + b"\n") * 66
    said = "!unpacks to more than 64 MB, too much for its size: not read on"
    for packing, pack in PACKERS.items():
        assert of(tmp_path / f"a.jsonl{packing}", pack(bomb))[-1] == said
    assert of(tmp_path / "a.zip", archive({"a.jsonl": bomb}))[-1] == said
    # Many members that are each small enough are a bomb together.
    many = archive({f"{n}.txt": b" " * 10 * 2**20 for n in range(10)})
    assert of(tmp_path / "b.zip", many).count(said) >= 3


def test_text_that_packs_well_is_no_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "FREE", 1000)
    lines = "".join(f'{{"id": "{n}", "title": "{"Le port rouvre ses quais. " * 20}"}}\n' for n in range(2000))
    assert len(of(tmp_path / "a.jsonl.gz", gzip.compress(lines.encode()))) == 2000


@pytest.mark.parametrize("name", ["a.zip", "a.jsonl.bz2", "a.html.xz", "a.warc.gz", "a.warc"])
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_damage(tmp_path: Path, name: str, data: st.DataObject) -> None:
    warc = (
        b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: 30\r\n\r\n"
        + b"a" * 30
    )
    whole = {
        "a.zip": archive({"a.txt": PAGE, "b.html": HTML}),
        "a.jsonl.bz2": bz2.compress(LINE.encode()),
        "a.html.xz": lzma.compress(HTML.encode()),
        "a.warc.gz": gzip.compress(warc) * 3,
        "a.warc": (warc + b"\r\n\r\n") * 3,
    }[name]
    at = data.draw(st.integers(0, len(whole)))
    new = data.draw(st.binary(max_size=20))
    gone = data.draw(st.integers(0, 20))
    for item in of(tmp_path / name, whole[:at] + new + whole[at + gone :]):
        item.encode()


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.tsv", "a.ndjson"])
@pytest.mark.parametrize(
    ("suffix", "pack"), [("", bytes), (".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)]
)
def test_the_estimate_counts_the_lines_of_packed_files(
    tmp_path: Path, name: str, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    (tmp_path / f"{name}{suffix}").write_bytes(pack(b'{"title": "T"}\n' * 700))
    assert estimate([tmp_path]) == 700
