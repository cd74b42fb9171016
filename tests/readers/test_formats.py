"""The formats of agencies, feeds and tables: every part goes into its field, what is broken is named."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers import Conventions, read

CASES = tomllib.loads(Path(__file__).with_name("formats.toml").read_text(encoding="utf-8"))["file"]


def readings(folder: Path, name: str, text: str, encoding: str = "utf-8") -> tuple[list[Article], list[str]]:
    """Return the articles of a file and the errors with their lines."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    items = list(read([path]))
    errors = [item for item in items if isinstance(item, ReadError)]
    assert all(error.path == str(path) for error in errors)
    lines = [f"{error.position}: {error.reason}" if error.position else error.reason for error in errors]
    return [item for item in items if isinstance(item, Article)], lines


def shown(article: Article, name: str) -> Any:
    value = getattr(article, name)
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value or ""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_format(tmp_path: Path, case: dict[str, Any]) -> None:
    articles, errors = readings(tmp_path, case["path"], case["text"], case.get("encoding", "utf-8"))
    wanted = case.get("article", [])
    assert [
        {name: shown(article, name) for name in row} for article, row in zip(articles, wanted, strict=True)
    ] == wanted
    assert len(errors) == len(case.get("errors", [])), errors
    for part, error in zip(case.get("errors", []), errors, strict=True):
        assert part in error


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
PARAMETER = '<!DOCTYPE x [<!ENTITY % b SYSTEM "http://127.0.0.1:9/x"> %b;]>'


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, PARAMETER], ids=["growing", "outside", "parameter"])
@pytest.mark.parametrize(
    "text",
    [
        "<nitf><body><body.head><hedline><hl1>Titre &b;</hl1></hedline></body.head></body></nitf>",
        "<newsItem guid='a'><contentMeta><headline>Titre &b;</headline></contentMeta></newsItem>",
        "<NewsML><NewsItem><NewsComponent>&b;</NewsComponent></NewsItem></NewsML>",
        "<rss><channel><item><title>Titre &b;</title></item></channel></rss>",
        "<feed><entry><title>Titre &b;</title></entry></feed>",
    ],
    ids=["nitf", "g2", "newsml", "rss", "atom"],
)
def test_entities_are_refused(tmp_path: Path, doctype: str, text: str) -> None:
    articles, errors = readings(tmp_path, "a.xml", doctype + text)
    assert articles == []
    assert errors == ["the file declares entities of its own (<!ENTITY …>), which are not read"]


@pytest.mark.parametrize("root", ["nitf", "newsItem", "NewsML"])
def test_xml_that_is_broken_or_too_deep_is_one_error(tmp_path: Path, root: str) -> None:
    for text in (f"<{root}>\n<a>", f"<{root}>" + "<a>" * 5000, f"<{root}>&inconnu;</{root}>"):
        articles, errors = readings(tmp_path, "a.xml", text)
        assert articles == []
        assert len(errors) == 1


def test_an_entity_in_the_text_is_text(tmp_path: Path) -> None:
    text = (
        "<nitf><head><title>Ce que dit XML</title></head><body><body.content>"
        "<p><![CDATA[<!ENTITY a 'b'>]]> et &eacute;t&eacute;&nbsp;!</p></body.content></body></nitf>"
    )
    (article,), errors = readings(tmp_path, "a.xml", text)
    assert errors == []
    assert article.body == "<!ENTITY a 'b'> et été\u00a0!"


def test_columns_of_the_operator(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Surtitre,Accroche,Corps de l’article,Titre\nX,Un accroc,Un texte.,Y\n", encoding="utf-8")
    columns = {"accroche": "title", "Corps de l’article": "body", "titre": "", "surtitre": "section"}
    (article,) = read([path], Conventions(columns=columns))
    assert isinstance(article, Article)
    assert (article.title, article.body, article.section) == ("Un accroc", "Un texte.", "X")
    assert article.warnings == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "titre,date\nLe phare rouvre,18/11/2018 21:11\n"),
        ("a.json", '[{"title": "Le phare rouvre", "date": "18 novembre 2018, 21 h 11"}]'),
        ("a.jsonl", '{"title": "Le phare rouvre", "date": "2018-11-18 21:11"}'),
        (
            "a.xml",
            "<nitf><head><title>Le phare rouvre</title>"
            "<docdata><date.issue norm='20181118T211100'/></docdata></head></nitf>",
        ),
        (
            "a.rss",
            "<rss><channel><item><title>Le phare rouvre</title><pubDate>2018-11-18 21:11</pubDate></item>"
            "</channel></rss>",
        ),
        (
            "a.html",
            "<h1>Le phare de Cordouan rouvre</h1><meta name=date content='2018-11-18 21:11'>"
            f"<p>{'Il se visite. ' * 30}",
        ),
    ],
    ids=["csv", "json", "jsonl", "nitf", "rss", "html"],
)
def test_a_date_without_a_zone_is_of_the_zone_of_the_settings(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (article,) = read([tmp_path / name], Conventions(zone=ZoneInfo("America/Montreal")))
    assert isinstance(article, Article), article
    assert article.published == datetime(2018, 11, 19, 2, 11, tzinfo=UTC)


def test_a_date_in_the_future_is_said(tmp_path: Path) -> None:
    later = (datetime.now(UTC) + timedelta(days=40)).isoformat()
    (article,), _ = readings(tmp_path, "a.jsonl", json.dumps({"title": "T", "date": later}))
    assert shown(article, "published") == later
    assert article.warnings == (f"published lies in the future: {later}",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "titre,texte\nLe phare rouvre,Un texte.\n"),
        ("a.json", '[{"title": "Le phare rouvre"}]'),
        ("a.xml", "<nitf><head><title>Le phare rouvre</title></head></nitf>"),
        ("a.rss", "<rss><channel><item><title>Le phare rouvre</title></item></channel></rss>"),
    ],
)
def test_a_sidecar_overrides_fields_of_every_format(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "a.meta.toml").write_text(
        'date = "18 novembre 2018"\nsection = "Régions"\n', encoding="utf-8"
    )
    (article,) = read([tmp_path])
    assert isinstance(article, Article)
    assert (shown(article, "published"), article.section) == ("2018-11-18T00:00:00+01:00", "Régions")


def test_an_array_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [{"id": str(n), "title": "T", "body": "mot « dit » \\ " * 300} for n in range(500)]
    for indent in (None, 1):
        text = json.dumps(rows, ensure_ascii=False, indent=indent)
        articles, errors = readings(tmp_path, "a.json", text)
        assert errors == []
        assert [article.id for article in articles] == [row["id"] for row in rows]
        assert articles[-1].body == str(rows[-1]["body"]).strip()
