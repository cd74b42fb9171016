"""Settings: the file, then the environment; a zone and columns that mean something."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from indexer import Article, Index, Settings, SettingsError
from searchapp import create_app


def test_zone_and_columns_from_the_file_and_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "index.toml"
    text = 'zone = "America/Montreal"\n[columns]\nAccroche = "title"\nHumeur = ""\n'
    file.write_text(text, encoding="utf-8")
    settings = Settings.load(file, {})
    assert settings.zone == ZoneInfo("America/Montreal")
    assert settings.columns == {"Accroche": "title", "Humeur": ""}
    environ = {"MANCHETTE_ZONE": "Indian/Reunion", "MANCHETTE_COLUMNS": "Accroche=lede; Corps = body"}
    settings = Settings.load(file, environ)
    assert settings.zone == ZoneInfo("Indian/Reunion")
    assert settings.columns == {"Accroche": "lede", "Corps": "body"}
    assert Settings().zone == ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('zone = "Europe/Atlantide"', "there is no zone 'Europe/Atlantide'"),
        ('zone = "../etc/passwd"', "there is no zone"),
        ("zone = 1", "the value has the wrong type"),
        ('[columns]\nAccroche = "titre"', "'titre' is no field; there are author, body"),
        ("[columns]\nAccroche = 1", "a field is a text"),
    ],
)
def test_what_means_nothing_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "index.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=reason):
        Settings.load(file, {})


def test_days_are_counted_and_shown_in_the_zone_of_the_index(tmp_path: Path) -> None:
    at = datetime(2018, 11, 19, 2, 11, tzinfo=UTC)
    article = Article(id="a", title="Le phare rouvre", body="Il se visite.", published=at)
    zone = ZoneInfo("America/Montreal")
    Index.rebuild(tmp_path, [article], "whoosh", zone=zone)
    for _ in range(2):
        index = Index.open(tmp_path)
        assert index.zone == zone
        assert index.info().first == "2018-11-18"
        app = create_app({"MANCHETTE_INDEX_DIR": str(tmp_path)})
        for path in ("/?q=phare", "/article/a"):
            page = app.test_client().get(path).text
            assert "2018-11-18" in page
            assert "2018-11-19" not in page
        index.close()
        Index.update(tmp_path, [article, Article(id="b", title="Le port", published=at)])
