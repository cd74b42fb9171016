"""The command, as an operator uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import main
from indexer.settings import Settings
from tests.conftest import few_articles


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = [json.dumps(article.to_dict(), ensure_ascii=False) for article in few_articles()]
    folder.joinpath("articles.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def built(corpus: Path, *args: object) -> Path:
    directory = corpus.parent / "index"
    done = run("rebuild", corpus, "--index-dir", directory, "--engine", "memory", "--persons", "off", *args)
    assert done.exit_code == 0, done.output
    return directory


def test_rebuild_says_what_it_did(corpus: Path) -> None:
    done = run("rebuild", corpus, "--index-dir", corpus.parent / "i", "--engine", "memory")
    assert done.exit_code == 0
    assert "5 articles" in done.stdout
    assert "5 added" in done.stdout


def test_search_prints_json_with_the_documented_keys(corpus: Path) -> None:
    directory = built(corpus)
    done = run("search", "grève", "--index-dir", directory, "--json", "--tag", "sncf")
    row = json.loads(done.stdout)
    assert row["total"] == 1
    assert row["hits"][0].keys() >= {
        "id", "title", "published", "score", "tags", "persons", "section", "snippet",
    }  # fmt: skip
    assert row["facets"]["tag"][0] == {"value": "SNCF", "count": 1, "selected": True}
    assert row["facets"]["date"] == [{"value": "2018-04", "count": 1, "selected": False}]
    assert [notice["kind"] for notice in row["notices"]] == ["synonyms"]


def test_search_for_several_tags_or_persons_at_once(corpus: Path) -> None:
    index = ("--index-dir", built(corpus), "--json")
    for kind, values in (("tag", ("commerce", "Argentine")), ("person", ("Theresa May", "Donald Trump"))):
        given = [word for value in values for word in (f"--{kind}", value)]
        more = [*given, f"--{kind}", values[0], f"--all-{kind}s"]
        assert json.loads(run("search", *index, *more).stdout)["total"] == 1
    any_of = ("--person", "Theresa May", "--person", "Guillaume Pepy")
    assert json.loads(run("search", *index, *any_of).stdout)["total"] == 3
    assert json.loads(run("search", *index, *any_of, "--all-persons").stdout)["total"] == 0


def test_search_for_people(corpus: Path) -> None:
    directory = built(corpus)
    done = run("search", "theresa", "may", "--index-dir", directory, "--sort", "oldest", "--from", "2018-11")
    assert "2 articles" in done.stdout
    assert done.stdout.index("Brexit") < done.stdout.index("G20")
    assert "person: Theresa May (2)" in done.stdout


def test_a_wrong_date_is_a_usage_error(corpus: Path) -> None:
    done = run("search", "x", "--index-dir", built(corpus), "--from", "2018-11-31")
    assert done.exit_code == 2
    assert "'2018-11-31' is not a day" in done.output


def test_show_related_info_check_rollback(corpus: Path) -> None:
    directory = built(corpus)
    shown = json.loads(run("show", "brexit", "--index-dir", directory, "--json").stdout)
    assert shown["lede"] == "Londres négocie."
    related = json.loads(run("related", "brexit", "--index-dir", directory, "--json").stdout)
    assert related[0].keys() >= {"id", "title", "score", "reason"}
    text = directory.parent / "text.txt"
    text.write_text("Theresa May parle de son accord.", encoding="utf-8")
    alike = json.loads(run("related", "--file", text, "--index-dir", directory, "--json").stdout)
    assert alike[0]["id"] == "brexit"
    assert run("related", "brexit", "--file", text, "--index-dir", directory).exit_code == 2
    assert run("related", "--index-dir", directory).exit_code == 2
    text.write_bytes(b"caf\xe9")
    assert "not UTF-8" in run("related", "--file", text, "--index-dir", directory).stderr
    info = json.loads(run("info", "--index-dir", directory, "--json").stdout)
    assert (info["engine"], info["articles"]) == ("memory", 5)
    assert run("check", "--index-dir", directory).exit_code == 0
    assert run("rollback", "--index-dir", directory).exit_code == 1
    built(corpus)
    assert "is live again" in run("rollback", "--index-dir", directory).stdout
    unknown = run("show", "rien", "--index-dir", directory)
    assert unknown.exit_code == 1
    assert "no such article" in unknown.stderr


def test_check_finds_a_changed_file(corpus: Path) -> None:
    directory = built(corpus)
    file = next(directory.rglob("entries.jsonl"))
    file.write_bytes(file.read_bytes().replace(b"Brexit", b"Frexit"))
    done = run("check", "--index-dir", directory)
    assert done.exit_code == 1
    assert "checksum differs" in done.stdout


def test_a_broken_line_is_named_and_the_rest_is_indexed(corpus: Path) -> None:
    corpus.joinpath("broken.jsonl").write_text('{"id": "x", "title": "Bon"}\n{"id":\n', encoding="utf-8")
    args = ("--index-dir", corpus.parent / "index", "--engine", "memory", "--persons", "off")
    done = run("rebuild", corpus, *args)
    assert done.exit_code == 0
    assert "broken.jsonl:2" in done.stderr
    assert "1 file or line left out" in done.stderr
    assert "6 articles" in done.stdout
    strict = run("rebuild", corpus, *args, "--strict")
    assert strict.exit_code == 1
    assert "broken.jsonl:2" in strict.stderr
    info = json.loads(run("info", "--index-dir", corpus.parent / "index", "--json").stdout)
    assert info["generation"] in done.stdout


def test_nothing_to_index_is_an_error(tmp_path: Path) -> None:
    done = run("rebuild", tmp_path / "none", "--index-dir", tmp_path / "index")
    assert done.exit_code == 1
    assert "no article found" in done.stderr


def test_update_from_the_command(corpus: Path) -> None:
    directory = built(corpus)
    done = run("update", corpus, "--index-dir", directory)
    assert done.exit_code == 0
    assert "nothing had changed" in done.stdout


def test_an_unknown_engine_is_named(corpus: Path) -> None:
    done = run("rebuild", corpus, "--index-dir", corpus.parent / "i", "--engine", "lucene")
    assert done.exit_code == 1
    assert "there is no engine 'lucene'" in done.stderr


def test_settings_from_file_environment_and_options(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = corpus.parent
    home.joinpath("index.toml").write_text('index_dir = "i"\nengine = "memory"\ncorpus = ["corpus"]\n')
    monkeypatch.chdir(home)
    assert run("rebuild", "--quiet").exit_code == 0
    assert (home / "i" / "current").exists()
    monkeypatch.setenv("MANCHETTE_INDEX_DIR", str(home / "j"))
    assert run("rebuild", "--quiet").exit_code == 0
    assert (home / "j" / "current").exists()
    assert run("--index-dir", home / "k", "rebuild", "--quiet").exit_code == 0
    assert (home / "k" / "current").exists()
    home.joinpath("own.toml").write_text('[[group]]\nwords = ["brexit", "trêve"]\n', encoding="utf-8")
    monkeypatch.setenv("MANCHETTE_SYNONYMS", str(home / "own.toml"))
    assert "2 articles" in run("search", "brexit").stdout
    monkeypatch.setenv("MANCHETTE_JOBS", "2")
    assert Settings.load(home / "index.toml").jobs == 2
    assert run("rebuild", "--quiet", "--jobs", "1").exit_code == 0
    monkeypatch.setenv("MANCHETTE_JOBS", "-2")
    assert "environment: jobs: the value has the wrong type" in run("info").stderr
    home.joinpath("index.toml").write_text("motor = 1\n")
    done = run("info")
    assert done.exit_code == 1
    assert "index.toml: motor: there are only" in done.stderr
