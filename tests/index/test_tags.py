"""Tags: one value however it is spelt, by the file of names, and what may be the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer import Article, Index, SettingsError
from indexer.cli import main
from indexer.tagnames import TagNames
from tests.conftest import make_article

FILE = """
[[tag]]
name = "Gilets jaunes"
type = "event"
aliases = ["Mouvement des gilets jaunes", "GJ"]

[[tag]]
name = "Louis Pasteur"
type = "place"

[[tag]]
name = "Napoléon"
type = "person"
"""


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "tags.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def facet(index: Index, name: str = "tag") -> dict[str, int]:
    return {value.value: value.count for value in index.search(size=0).facets[name]}


@pytest.mark.parametrize(
    "spellings",
    [
        ("Côte d'Ivoire", "Côte d’Ivoire", "cote d' ivoire", "CÔTE D\u2019IVOIRE", "Côte-d'Ivoire"),
        ("Paris-Nice", "Paris–Nice", "Paris \u2014 Nice", "paris nice", "Paris\u00a0-\u202fNice"),
        ("ŒUVRE (art)", "œuvre (art)", "oeuvre  (Art)"),
    ],
)  # fmt: skip
def test_spellings_are_one_value_shown_as_most_write_it(tmp_path: Path, spellings: tuple[str, ...]) -> None:
    articles = [make_article(f"a{n}", "T", tags=(tag,)) for n, tag in enumerate((*spellings, spellings[0]))]
    Index.rebuild(tmp_path, articles, engine="memory", persons="off")
    assert facet(Index.open(tmp_path)) == {spellings[0]: len(articles)}


def test_an_article_has_each_tag_once(tmp_path: Path) -> None:
    Index.rebuild(
        tmp_path, [make_article("a", "T", tags=("Grève", "greve", "-", "SNCF", "GRÈVE"))], engine="memory"
    )
    article = Index.open(tmp_path).article("a")
    assert article is not None
    assert article.tags == ("Grève", "SNCF")


def test_a_text_of_tags_is_split_outside_parentheses() -> None:
    article = Article.from_dict(
        {"id": "a", "title": "T", "tags": " Paris (France, Europe), Seine ,, port (x), (y"}
    )
    assert article.tags == ("Paris (France, Europe)", "Seine", "port (x)", "(y")


def test_aliases_and_types(tmp_path: Path, engine: str, names: Path) -> None:
    articles = [
        make_article("a", "Un premier titre", tags=("GJ", "gilets jaunes")),
        make_article(
            "b", "Un second titre", tags=("mouvement des Gilets Jaunes", "Napoléon", "Louis Pasteur")
        ),
    ]
    directory = tmp_path / "index"
    Index.rebuild(directory, articles, engine=engine)
    assert facet(Index.open(directory), "person") == {"Louis Pasteur": 1}
    report = Index.update(directory, articles, tags=names)
    assert (report.changed, report.unchanged) == (2, 0)
    index = Index.open(directory)
    assert facet(index) == {"Gilets jaunes": 2, "Louis Pasteur": 1, "Napoléon": 1}
    assert facet(index, "person") == {"Napoléon": 1}
    assert Index.update(directory, articles, tags=names).unchanged == 2
    names.write_text(FILE.replace('"place"', '"person"'), encoding="utf-8")
    assert Index.update(directory, articles, tags=names).changed == 1
    assert facet(Index.open(directory), "person") == {"Louis Pasteur": 1, "Napoléon": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[tag", "the tags cannot be read"),
        ("[[tags]]\nname = 'a'", "tags: there is only [[tag]]"),
        ("tag = 3", "tag: write [[tag]] above each"),
        ("tag = [3]", "tag 1: write [[tag]] above each"),
        ("[[tag]]\nname = 'a'\n[[tag]]\nalias = 'b'", "tag 2: alias: there are only name, type and aliases"),
        ("[[tag]]\nname = ' '", "tag 1: name: a text expected"),
        ("[[tag]]\nname = 'a'\ntype = 'thing'", "tag 1: type: 'thing' is none of person, place"),
        ("[[tag]]\nname = 'a'\naliases = 'b'", "tag 1: aliases: a list of texts expected"),
        ("[[tag]]\nname = 'a'\naliases = ['b']\n[[tag]]\nname = 'B'", "tag 2: 'B' is a name of 'a', too"),
    ],
)
def test_a_bad_file_is_an_error_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "tags.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        TagNames.load(path)
    assert str(error.value).startswith(f"{path}: {said}")
    with pytest.raises(SettingsError):
        TagNames.load(tmp_path / "none.toml")


def test_the_list_of_tags(tmp_path: Path, names: Path) -> None:
    tags = [
        *(["gilets jaunes"] * 3),
        *("Covid 19", "Covid19", "Macron Emmanuel", "Emmanuel Macron", "Emmanuel Macron"),
        *(
            "Paris (France)",
            "Paris",
            "élections",
            "élection",
            "Manifestation",
            "Manifestatoin",
            "Mali",
            "Bali",
        ),
    ]
    articles = [make_article(f"a{n}", "T", tags=(tag,)) for n, tag in enumerate(tags)]
    corpus = tmp_path / "a.jsonl"
    corpus.write_text("\n".join(json.dumps(article.to_dict()) for article in articles), encoding="utf-8")
    settings = tmp_path / "index.toml"
    settings.write_text('index_dir = "i"\ntags = "tags.toml"\nengine = "memory"\n', encoding="utf-8")

    def run(*args: str) -> str:
        done = CliRunner().invoke(main, ["--settings", str(settings), *args])
        assert done.exit_code == 0, done.output
        return done.stdout

    run("rebuild", str(corpus))
    rows = json.loads(run("tags", "--json"))
    assert rows[0] == {"tag": "Gilets jaunes", "count": 3, "type": "event", "like": []}
    like = {row["tag"]: [(item["tag"], item["why"]) for item in row["like"]] for row in rows}
    assert like["Covid 19"] == [("Covid19", "spaces")]
    assert like["Emmanuel Macron"] == [("Macron Emmanuel", "inflection or order")]
    assert like["Paris"] == [("Paris (France)", "parentheses")]
    assert like["élection"] == [("élections", "inflection or order")]
    assert like["Manifestation"] == [("Manifestatoin", "one letter")]
    assert like["Mali"] == []
    assert {row["tag"]: row["type"] for row in rows}["Emmanuel Macron"] == "person"
    lines = run("tags", "--like", "--limit", "2").splitlines()
    assert lines[0] == "     2  Emmanuel Macron [person]  ~ Macron Emmanuel (inflection or order)"
    assert len(lines) == 2
