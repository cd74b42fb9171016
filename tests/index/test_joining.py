"""One person, one value: joined at the end of a build, found by any spelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import Article, Index, joining
from indexer.errors import SettingsError
from tests.conftest import make_article

MAIN, OTHER = "Vladimir Poutine", "Vladimir Putin"


def articles() -> list[Article]:
    spelled = [MAIN, MAIN, MAIN, OTHER, OTHER, "Oleg Tchernovski", "Oleg Tchernovski", "Oleg Tchernovski"]
    made = [
        make_article(
            f"a{at}", f"Rencontre numéro {at}", "Le chef est venu.", f"2019-01-{at + 1:02}", persons=(name,)
        )
        for at, name in enumerate(spelled)
    ]
    both = make_article(
        "both", "Deux graphies", "Le même.", "2019-02-01", persons=(OTHER, "Oleg Chernovsky", MAIN)
    )
    return [*made, both]


def persons(index: Index) -> dict[str, int]:
    return {value.label: value.count for value in index.search(facet_size=100).facets["person"]}


def state(directory: Path) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    index = Index.open(directory)
    hits = index.search(size=100).hits
    found = persons(index), {hit.article.id: hit.article.persons for hit in hits}
    index.close()
    return found


@pytest.fixture
def joined(tmp_path: Path, engine: str) -> Index:
    Index.rebuild(tmp_path / "index", articles(), engine=engine, persons="off")
    return Index.open(tmp_path / "index")


def test_each_person_is_one_value_and_counted_by_articles(joined: Index) -> None:
    assert persons(joined) == {MAIN: 6, "Oleg Tchernovski": 4}
    assert joined.counts("person", [MAIN, OTHER, "Oleg Chernovsky"]) == {
        MAIN: 6,
        OTHER: 6,
        "Oleg Chernovsky": 4,
    }
    article = joined.article("both")
    assert article is not None
    assert article.persons == (MAIN, "Oleg Tchernovski")


def test_a_rebuild_writes_no_article_twice_where_joins_are_as_they_were(
    joined: Index, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(tmp_path / "index")
    rewritten: list[str] = []
    plain = joining.entry_of

    def noted(article: Article, *more: object) -> object:
        rewritten.append(article.id)
        return plain(article, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(joining, "entry_of", noted)
    Index.rebuild(tmp_path / "index", articles(), engine=engine, persons="off")
    assert state(tmp_path / "index") == before
    assert rewritten == []
    # Without one half of them nobody is joined, and the spellings come back.
    few = [article for article in articles() if MAIN not in article.persons]
    Index.rebuild(tmp_path / "index", few, engine=engine, persons="off")
    Index.rebuild(tmp_path / "other", few, engine=engine, persons="off")
    assert state(tmp_path / "index") == state(tmp_path / "other")


def test_a_filter_takes_any_spelling(joined: Index) -> None:
    for name in (MAIN, OTHER, "vladimir putin", "Wladimir Putin"):
        results = joined.search(persons=[name])
        assert results.total == 6
        chosen = results.facets["person"][0]
        assert (chosen.label, chosen.count, chosen.selected) == (MAIN, 6, True)
    assert joined.search(persons=[OTHER]).facets["person"][0].value == OTHER


def test_suggestions_complete_other_spellings_and_show_the_person(joined: Index) -> None:
    for typed in ("vladimir put", "putin", "cherno"):
        first = joined.complete(typed)[0]
        assert (first.text, first.kind) in {(MAIN, "person"), ("Oleg Tchernovski", "person")}


def test_the_field_finds_a_person_by_any_spelling(joined: Index) -> None:
    for words in ("personne:poutine", "personne:putin", 'personne:"vladimir putin"'):
        assert joined.search(words).total == 6, words
    assert joined.search("personne:putin", synonyms=False).total == 0
    assert [notice.kind.value for notice in joined.search("personne:putin").notices] == ["synonyms"]


def test_updates_come_to_the_same_as_a_rebuild(tmp_path: Path, engine: str) -> None:
    whole = articles()
    more = [make_article(f"m{at}", f"Autre {at}", "x", persons=("Oleg Chernovsky",)) for at in range(9)]
    Index.rebuild(tmp_path / "grown", whole[3:5], engine=engine, persons="off")
    assert state(tmp_path / "grown")[0] == {OTHER: 2}
    for part in (whole[3:], whole, [*whole, *more], [*whole[:6], *more], [*whole[1:], *more[:1]]):
        Index.update(tmp_path / "grown", part)
        Index.rebuild(tmp_path / "new", part, engine=engine, persons="off")
        assert state(tmp_path / "grown") == state(tmp_path / "new")


def test_an_update_sees_a_changed_file_in_articles_that_have_not_changed(tmp_path: Path, engine: str) -> None:
    file = tmp_path / "persons.toml"
    file.write_text(
        'never = ["Oleg Tchernovski"]\n[[person]]\nname = "V. Poutine"\naliases = ["Vladimir Poutine"]\n'
    )
    Index.rebuild(tmp_path / "index", articles(), engine=engine, persons="off")
    report = Index.update(tmp_path / "index", articles(), persons_file=file)
    assert report.swapped
    assert (report.changed, report.unchanged) == (0, 9)
    assert persons(Index.open(tmp_path / "index")) == {"V. Poutine": 6, "Oleg Chernovsky": 1}
    assert not Index.update(tmp_path / "index", articles(), persons_file=file).swapped
    Index.update(tmp_path / "index", articles())
    Index.rebuild(tmp_path / "new", articles(), engine=engine, persons="off")
    assert state(tmp_path / "index") == state(tmp_path / "new")


def test_a_bad_file_is_named_before_anything_is_built(tmp_path: Path) -> None:
    file = tmp_path / "persons.toml"
    file.write_text('[[person]]\nname = "A B"\naliases = "C D"\n')
    with pytest.raises(SettingsError, match=r"persons.toml: person 1 \(A B\): aliases: a list of texts"):
        Index.rebuild(tmp_path / "index", articles(), persons_file=file)
    assert not (tmp_path / "index").exists()
