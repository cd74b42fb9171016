"""Builds with several processes: the same index as with one, and nothing left behind when they fail."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import TypeVar

import pytest

from indexer import Article, Index, ReadError
from indexer import workers as workers_module
from indexer.corpus import Batch, Corpus, batches_of
from indexer.errors import ArticleFailed, WorkerDied
from indexer.preparing import Plan, Prepared
from indexer.skipped import summed
from indexer.workers import FEW, prepare, prepare_batches
from tests.conftest import make_article
from tests.readers.web_archive import Made, html, plain

ROOT = Path(__file__).parent.parent.parent
MANY = FEW + 150
T = TypeVar("T")
WORDS = ("grève", "ministre", "Élysée", "hôpital", "sécheresse", "budget", "Sénat", "rentrée", "climat")


def rows(count: int) -> Iterator[dict[str, object]]:
    for n in range(count):
        word, other = WORDS[n % 9], WORDS[n // 9 % 9]
        yield {
            "id": f"a{n:05}",
            "title": f"{word.capitalize()} : le dossier {n}",
            "body": f"Le ministre Paul Martin parle de {word} et de {other}. « L’année {n} », dit-il. " * 9,
            "date": f"2018-{n % 12 + 1:02}-{n % 28 + 1:02}",
            "tags": [word, f"série {n % 30}"],
        }


def write_lines(file: Path, count: int = MANY, bad: int | None = None) -> Path:
    with file.open("w", encoding="utf-8") as out:
        for n, row in enumerate(rows(count)):
            out.write("{broken\n" if n == bad else json.dumps(row, ensure_ascii=False) + "\n")
    return file


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Give a folder of a long file, small files and one that is broken."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    write_lines(folder / "long.jsonl", bad=77)
    folder.joinpath("long.meta.json").write_text('{"section": "Dossiers"}', encoding="utf-8")
    for n in range(40):
        text = f"<html><head><title>Page {n}</title></head><body><p>{'Un texte de la page. ' * 20}</p></body>"
        folder.joinpath(f"page{n:02}.html").write_text(text, encoding="utf-8")
    folder.joinpath("page99.html").write_text("", encoding="utf-8")
    return folder


def make_archives(folder: Path) -> Path:
    """Make archives that are longer than what is read in one go: a web archive, and a zip of pages."""
    page = (
        "Les quais du port ont rouvert lundi après des travaux que la ville avait promis pour le printemps."
    )
    texts = [html(f"Le port numéro {n} rouvre", f"{page} {n} bateaux sont là. " * 60) for n in range(300)]
    made = [Made(f"https://presse.example/{n}.html", text) for n, text in enumerate(texts)]
    made[7:7] = [
        Made("https://presse.example/again.html", texts[3]),
        Made("https://presse.example/x", b"", "revisit"),
    ]
    folder.mkdir()
    folder.joinpath("crawl.warc").write_bytes(plain(made)[:-100])
    with zipfile.ZipFile(folder / "pages.zip", "w") as archive:
        for n, text in enumerate(texts[:150]):
            archive.writestr(f"{n:03}.html", text)
        archive.writestr("020.txt", b"")
        archive.writestr("060.jsonl", "\n".join(json.dumps(row) for row in rows(MANY)))
        archive.writestr("../out.html", texts[0])
    folder.joinpath("pages.meta.toml").write_text('section = "Ports"\n', encoding="utf-8")
    return folder


def answers(directory: Path) -> list[object]:
    index = Index.open(directory)
    found: list[object] = []
    for words in ("", "grève", "ministre sécheresse", '"paul martin"', "personne:martin", "section:dossiers"):
        results = index.search(words, size=20, facet_size=50)
        hits = [(hit.article, round(hit.score, 4)) for hit in results.hits]
        found += [results.total, hits, results.facets]
    found += [index.complete("s"), [item.article.id for item in index.related("a00012")]]
    index.close()
    return found


def test_the_index_is_the_same_with_one_process_and_with_several(
    corpus: Path, tmp_path: Path, engine: str
) -> None:
    alone = Index.rebuild(tmp_path / "one", Corpus([corpus]), engine=engine, jobs=1)
    many = Index.rebuild(tmp_path / "many", Corpus([corpus]), engine=engine, jobs=3)
    assert (alone.articles, alone.broken) == (many.articles, many.broken) == (MANY + 39, 2)
    assert list(map(str, alone.problems)) == list(map(str, many.problems))
    assert alone.warnings == many.warnings
    assert answers(tmp_path / "one") == answers(tmp_path / "many")


def test_an_update_with_several_processes(corpus: Path, tmp_path: Path) -> None:
    directory = tmp_path / "index"
    articles = [Article.from_dict(row) for row in rows(MANY)]
    Index.rebuild(directory, articles, engine="memory", jobs=2)
    changed = [make_article("a00003", "Un autre titre"), *articles[:3], *articles[4:-1]]
    report = Index.update(directory, [*changed, make_article("new", "Du neuf")], jobs=2)
    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 1, MANY - 2)
    assert not Index.update(directory, [*changed, make_article("new", "Du neuf")], jobs=2).swapped


def test_batches_hold_what_reading_yields(corpus: Path) -> None:
    def shown(item: Article | ReadError) -> object:
        return item if isinstance(item, Article) else str(item)

    whole = [shown(item) for item in Corpus([corpus, corpus / "gone"])]
    batches = list(Corpus([corpus, corpus / "gone"]).batches())
    assert [shown(item) for batch in batches for item in batch.read()] == whole
    assert len(batches) > 5
    assert any("long.jsonl:" in batch.name for batch in batches)


def test_batches_hold_what_is_in_archives(tmp_path: Path) -> None:
    folder = make_archives(tmp_path / "in")
    corpus = Corpus([folder])
    whole = list(map(str, corpus))
    batches = list(corpus.batches())
    read = [item for batch in batches for item in pickle.loads(pickle.dumps(batch)).read()]
    assert list(map(str, summed(read))) == list(map(str, summed(corpus)))
    left_out = 1 + 2  # a record that is cut off, two members that are refused
    passed_over = 2  # a revisit, and the same content again
    assert len(whole) == 299 + 150 + MANY + left_out + passed_over
    assert len([batch for batch in batches if "warc" in batch.name]) > 5
    assert len([batch for batch in batches if "pages.zip" in batch.name]) > 5


def test_few_articles_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def start() -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(workers_module, "_start", start)
    few = [Article.from_dict(row) for row in rows(FEW - 1)]
    Index.rebuild(tmp_path, few, engine="memory", jobs=2)
    with pytest.raises(AssertionError, match="started"):
        Index.rebuild(tmp_path, [*few, make_article("one", "Un de plus")], engine="memory", jobs=2)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_mistake_in_the_program_names_the_article(tmp_path: Path, jobs: int) -> None:
    articles = [Article.from_dict(row) for row in rows(MANY)]
    Index.rebuild(tmp_path, articles, engine="memory")
    before = answers(tmp_path)
    broken = make_article("broken", "T")
    object.__setattr__(broken, "title", 3)  # no reader makes this
    with pytest.raises(ArticleFailed, match=r"the article broken cannot be indexed \(AttributeError"):
        Index.rebuild(tmp_path, [*articles, broken], engine="memory", jobs=jobs)
    assert answers(tmp_path) == before


def test_a_worker_that_is_killed_ends_the_build(tmp_path: Path) -> None:
    articles = [Article.from_dict(row) for row in rows(MANY)]
    Index.rebuild(tmp_path, articles, engine="memory")
    before = sorted(path.name for path in (tmp_path / "generations").iterdir())

    def endless() -> Iterator[Article]:
        n = 0
        while True:
            n += 1
            if n == 3 * MANY:
                os.kill(children(os.getpid())[0], signal.SIGKILL)
            yield make_article(f"b{n}", f"Titre {n}")

    with pytest.raises(WorkerDied, match=r"was killed .* while it was reading b\d+ … b\d+"):
        Index.rebuild(tmp_path, endless(), engine="memory", jobs=2)
    assert children(os.getpid()) == []
    assert sorted(path.name for path in (tmp_path / "generations").iterdir()) == before
    assert Index.open(tmp_path).search().total == MANY


def test_what_cannot_be_sent_is_said(tmp_path: Path) -> None:
    class Zone(tzinfo):
        """Cannot be pickled, being local."""

        def utcoffset(self, at: datetime | None) -> timedelta:
            return timedelta(hours=1)

        def dst(self, at: datetime | None) -> None:
            return None

    at = datetime(2018, 11, 18, tzinfo=Zone())
    articles = [Article(id=f"a{n}", title="Un titre", published=at) for n in range(MANY)]
    with pytest.raises(WorkerDied, match=r"a0 … a63 cannot be sent to another process .* jobs = 1"):
        Index.rebuild(tmp_path, articles, engine="memory", jobs=2)
    assert Index.rebuild(tmp_path, articles, engine="memory", jobs=1).articles == MANY


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_build(tmp_path: Path, how: signal.Signals) -> None:
    file = write_lines(tmp_path / "long.jsonl", 60_000)
    directory = tmp_path / "index"
    Index.rebuild(directory, [make_article("a", "Un titre")], engine="whoosh")
    command = [sys.executable, "-m", "indexer", "rebuild", file, "--index-dir", directory, "--jobs", "2"]
    done = subprocess.Popen([*map(str, command), "--quiet"], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    workers = _until(lambda: children(done.pid) if len(children(done.pid)) == 2 else [])
    _until(lambda: [file for file in directory.rglob("catalogue.sqlite") if file.stat().st_size])
    done.send_signal(how)
    _, errors = done.communicate(timeout=60)
    if how == signal.SIGINT:
        assert (done.returncode, errors) == (130, "index: interrupted; the index is as it was\n")
        assert len(list((directory / "generations").iterdir())) == 1
    _until(lambda: not any(_alive(pid) for pid in workers))
    assert Index.open(directory).search().total == 1


def test_a_script_needs_no_guard_and_may_have_threads(tmp_path: Path) -> None:
    write_lines(tmp_path / "long.jsonl")
    script = tmp_path / "script.py"
    script.write_text(
        "import sys, threading\n"
        "from pathlib import Path\n"
        "print('started')\n"
        "from indexer import Index\n"
        "from indexer.corpus import Corpus\n"
        "def build():\n"
        "    print(Index.rebuild('index', Corpus([Path('long.jsonl')]), engine='memory', jobs=2).articles)\n"
        "thread = threading.Thread(target=build)\n"
        "thread.start()\n"
        "thread.join()\n",
        encoding="utf-8",
    )
    path = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, env=path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["started", str(MANY)]
    assert done.stderr == ""


def test_memory_is_bounded_by_what_is_on_its_way() -> None:
    asked = 0

    def articles() -> Iterator[Article]:
        nonlocal asked
        for asked in range(100_000):
            yield make_article(f"a{asked}", "Un titre")

    with prepare(articles(), Plan("off"), 2) as items:
        first = next(items)
        assert isinstance(first, Prepared)
        assert asked < 2_000
        time.sleep(0.2)
        assert asked < 2_000


def test_long_articles_make_small_batches() -> None:
    articles = [make_article(str(n), "T", "mot " * 100_000) for n in range(5)]
    batches: list[Batch] = list(batches_of(articles))
    assert [batch.articles for batch in batches] == [1] * 5


def test_the_batches_of_shares_know_their_places_in_the_whole(tmp_path: Path) -> None:
    write_lines(tmp_path / "long.jsonl")
    for number in range(40):
        (tmp_path / f"short{number:02}.txt").write_text(f"Titre {number}\n\nTexte.", "utf-8")
    corpus = Corpus([tmp_path])
    placed: dict[int, list[str]] = {}
    for number in (1, 2, 3):
        share = corpus.share(number, 3)
        with prepare_batches(share, Plan("off"), 1) as batches:
            for count, batch in enumerate(batches):
                placed[share.place(count)] = [item.id for item in batch if isinstance(item, Prepared)]
    assert sorted(placed) == list(range(len(placed)))
    assert len(placed) > 3
    with prepare(corpus, Plan("off"), 1) as items:
        whole = [item.id for item in items if isinstance(item, Prepared)]
    assert [id for place in sorted(placed) for id in placed[place]] == whole


def children(pid: int) -> list[int]:
    """Return the processes that this one started."""
    rows = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
    found = [row.split(None, 2) for row in rows.stdout.splitlines()]
    return [int(row[0]) for row in found if int(row[1]) == pid and "indexer.worker" in row[-1]]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def _until(ask: Callable[[], T]) -> T:
    """Return the first answer that is true."""
    for _ in range(600):
        if answer := ask():
            return answer
        time.sleep(0.05)
    raise AssertionError("waited for half a minute")
