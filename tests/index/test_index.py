"""The façade, the same on every engine."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from indexer import Article, Index, IndexMissing, Kind, Results, Suggestion
from indexer.query import Everything, Facet, OneOf, Search, Sort
from tests.conftest import few_articles, make_article, many_articles


def ids(results: Results) -> list[str]:
    return [hit.article.id for hit in results.hits]


def counts(results: Results, facet: str) -> dict[str, int]:
    return {value.value: value.count for value in results.facets[facet]}


def test_words_find_articles_and_facets_count_all_of_them(index: Index) -> None:
    results = index.search("grève", size=1)
    assert results.total == 2
    assert len(results.hits) == 1
    assert results.pages == 2
    assert counts(results, "tag") == {"Grève": 2, "SNCF": 1, "éducation": 1}
    assert counts(results, "date") == {"2018-04": 1, "2018-11": 1}
    assert "<mark>Grève</mark>" in results.hits[0].title


def test_a_tag_is_one_value_whatever_its_spelling(index: Index) -> None:
    results = index.search(tags=["GREVE"])
    assert sorted(ids(results)) == ["greve-ecole", "greve-sncf"]
    assert results.facets["tag"][0].selected
    assert index.counts("tag", ["Grève", "rien"]) == {"Grève": 2, "rien": 0}


def test_values_of_a_facet_are_alternatives_and_facets_must_all_hold(index: Index) -> None:
    assert ids(index.search(tags=["brexit", "commerce"], sort="newest")) == ["g20", "brexit"]
    both = index.search(tags=["brexit", "commerce"], persons=["Donald Trump"])
    assert ids(both) == ["g20"]
    assert counts(both, "tag") == {"commerce": 1, "Argentine": 1, "Brexit": 0}
    assert counts(both, "person") == {"Donald Trump": 1, "Theresa May": 2}


def test_an_unknown_value_stays_visible_and_matches_nothing(index: Index) -> None:
    results = index.search(tags=["jamais vu"])
    assert results.total == 0
    first = results.facets["tag"][0]
    assert (first.label, first.count, first.selected) == ("jamais vu", 0, True)


def test_dates_limit_and_undated_articles_are_a_choice(index: Index) -> None:
    november = index.search(first=date(2018, 11, 1), last=date(2018, 11, 30))
    assert sorted(ids(november)) == ["brexit", "greve-ecole"]
    assert counts(november, "date")[""] == 1
    assert [value.value for value in november.facets["date"] if value.selected] == ["2018-11"]
    assert ids(index.search(undated=True)) == ["guide"]
    either = index.search(first=date(2018, 12, 1), undated=True)
    assert ids(either) == ["g20", "guide"]


def test_orders(index: Index) -> None:
    newest = ["g20", "brexit", "greve-ecole", "greve-sncf", "guide"]
    assert ids(index.search()) == newest
    assert index.search().sort == "newest"
    assert ids(index.search(sort="oldest")) == [*reversed(newest[:-1]), "guide"]
    assert ids(index.search("theresa may", sort="oldest")) == ["brexit", "g20"]


def test_articles_with_all_words_come_first(tmp_path: Path, engine: str) -> None:
    articles = [
        make_article("two", "Alpha bêta", "alpha bêta alpha bêta " * 20),
        make_article("all", "Un titre long", f"alpha {'et rien ' * 60} bêta {'et rien ' * 60} gamma"),
    ]
    Index.rebuild(tmp_path, articles, engine=engine, persons="off")
    results = Index.open(tmp_path).search("alpha bêta gamma")
    assert ids(results) == ["all", "two"]
    assert all(hit.score < 100 for hit in results.hits)


def test_a_word_in_the_title_counts_more(tmp_path: Path, engine: str) -> None:
    text = "Un texte de longueur égale qui parle de beaucoup de choses"
    articles = [
        make_article("body", "Une autre chose", f"{text} et de séisme"),
        make_article("title", "Un séisme", f"{text} et de rien"),
    ]
    Index.rebuild(tmp_path, articles, engine=engine, persons="off")
    assert ids(Index.open(tmp_path).search("séisme")) == ["title", "body"]


def test_most_words_are_enough_and_any_word_where_none_has_most(index: Index) -> None:
    assert index.search("grève sncf enseignants").total == 2
    relaxed = index.search("brexit chômage inflation pétrole")
    assert ids(relaxed) == ["brexit"]
    assert Kind.RELAXED in {notice.kind for notice in relaxed.notices}
    assert index.search("inflation pétrole").total == 0


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("l'etat", ["g20"]),
        ('"theresa may"', ["brexit", "g20"]),
        ('"may theresa"', []),
        ("titre:may", ["brexit"]),
        ("personne:trump", ["g20"]),
        ("section:international -brexit", ["g20"]),
        ("date:2018-12", ["g20"]),
        ("éduc*", ["greve-ecole"]),
        ("cheminos~", ["greve-sncf"]),
        ("grève ET (sncf OU brexit)", ["greve-sncf"]),
        ("-theresa -grève", ["guide"]),
    ],
)
def test_the_query_language(index: Index, words: str, found: list[str]) -> None:
    assert sorted(ids(index.search(words))) == sorted(found)


def test_pages_neither_repeat_nor_lose(tmp_path: Path, engine: str) -> None:
    Index.rebuild(tmp_path, many_articles(97), engine=engine, persons="off")
    index = Index.open(tmp_path)
    for sort in ("relevance", "newest", "oldest"):
        seen = [id for page in range(1, 11) for id in ids(index.search("commun", page=page, sort=sort))]
        assert len(seen) == len(set(seen)) == 97
    assert ids(index.search("commun", page=11)) == []
    assert index.search("commun", page=10**9).total == 97


@pytest.mark.parametrize("wrong", [{"page": 0}, {"size": -1}, {"sort": "best"}, {"facet_size": -1}])
def test_numbers_out_of_range_are_refused(index: Index, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"page|best"):
        index.search("grève", **wrong)  # type: ignore[arg-type]


def test_an_article_comes_back_as_it_was(index: Index) -> None:
    article = index.article("greve-sncf")
    assert article is not None
    assert article.title == "Grève à la SNCF : un train sur trois"
    assert article.published is not None
    assert article.published.isoformat() == "2018-04-03T18:30:00+02:00"
    assert index.article("rien") is None


def test_read_also_names_articles_of_the_index(index: Index) -> None:
    article = index.article("greve-sncf")
    assert article is not None
    first, second = index.read_also(article)
    assert first.article is not None
    assert first.article.id == "greve-ecole"
    assert (second.title, second.article) == ("Un titre que personne n’a", None)


def test_related_articles_have_a_reason(index: Index) -> None:
    related = index.related("brexit")
    assert related[0].article.id == "g20"
    assert related[0].reason == "même personne\u202f: Theresa May"
    assert "brexit" not in [item.article.id for item in related]
    assert index.related("rien") == ()


def test_near_copies_are_suggested_once(tmp_path: Path, engine: str) -> None:
    text = "La sonde Rosetta a largué son robot Philae sur la comète après dix ans de voyage dans l’espace. "
    copy = text * 3 + "Une phrase de plus."
    articles = [
        make_article(
            "one", "Philae sur la comète", "Philae et la comète, vus de Toulouse, ville de l’espace."
        ),
        make_article("dispatch", "La comète et Philae", text * 3),
        make_article("copy", "Philae, comète", copy),
        make_article("other", "Sport", "Rien à voir avec le sujet."),
    ]
    Index.rebuild(tmp_path, articles, engine=engine, persons="off")
    found = [item.article.id for item in Index.open(tmp_path).related("one")]
    assert len(set(found) & {"dispatch", "copy"}) == 1


def test_suggestions_are_tags_persons_words_and_titles(index: Index) -> None:
    assert index.complete("ther")[0] == Suggestion("Theresa May", "person", 2)
    assert index.complete("MAY")[0].text == "Theresa May"
    assert index.complete("theresa m")[0].text == "Theresa May"
    assert [item.text for item in index.complete("gre")][:1] == ["Grève"]
    assert index.complete("grève des ens")[-1] == Suggestion(
        "Grève des enseignants", "title", 1, "greve-ecole"
    )
    assert Suggestion("cheminots", "word", 1) in index.complete("chem")
    assert Suggestion("les enseignants", "word", 1) in index.complete("les enseign")
    for nothing in ("%", "", "z", "zzzz", "' OR 1=1"):
        assert index.complete(nothing) == ()
    assert len(index.complete("re", limit=2)) <= 2


def test_each_hit_says_why(index: Index) -> None:
    brexit, g20 = index.search("theresa may accords", sort="oldest", synonyms=False).hits
    theresa, _, accord = brexit.why
    assert (theresa.word, theresa.title, theresa.text, theresa.exact) == ("theresa", 1, 1, True)
    assert (accord.title, accord.exact) == (1, False)
    assert sum(reason.share for reason in brexit.why) == pytest.approx(1)
    assert g20.why[2].share == 0
    assert g20.why[0].share == g20.why[1].share == pytest.approx(0.5)


def test_hits_can_be_looked_at_when_the_index_is_gone(tmp_path: Path, engine: str) -> None:
    Index.rebuild(tmp_path, few_articles(), engine=engine)
    index = Index.open(tmp_path)
    expected = index.search("grève paris accord")
    shown = [(hit.id, hit.article, hit.title, hit.snippet, hit.why) for hit in expected.hits]
    late = index.search("grève paris accord")
    Index.rebuild(tmp_path, few_articles()[:1], engine=engine)
    assert index.search("accord").total == 0
    index.close()
    with ThreadPoolExecutor(4) as threads:
        titles = threads.map(lambda hit: (hit.why, hit.snippet, hit.title), late.hits * 4)
        assert list(titles) == [(why, snippet, title) for _, _, title, snippet, why in shown] * 4
    assert [(hit.id, hit.article, hit.title, hit.snippet, hit.why) for hit in late.hits] == shown
    assert late.hits == expected.hits
    assert len({*late.hits, *expected.hits}) == len(shown)
    assert pickle.loads(pickle.dumps(late)) == expected


def test_what_has_no_words_is_counted_once_a_generation(tmp_path: Path, engine: str) -> None:
    Index.rebuild(tmp_path, few_articles(), engine=engine)
    index = Index.open(tmp_path)
    with index._current() as snapshot:
        for chosen in ((), (OneOf("tag", ("greve",)),)):
            for sort in (Sort.NEWEST, Sort.OLDEST):
                for offset in (0, 1):
                    search = Search(Everything(), chosen, sort, offset, 2, (Facet("tag"), Facet("month")))
                    assert snapshot.search(search) == snapshot.engine.search(search)
        none = Search(Everything(), limit=0, facets=(Facet("tag"),))
        assert snapshot.search(none) == snapshot.engine.search(none)
        assert snapshot._counts._counted.cache_info().currsize == 3
    before = index.search().total
    Index.update(tmp_path, few_articles()[:2])
    assert (before, index.search().total) == (len(few_articles()), 2)


def test_a_misspelt_word_is_corrected_and_said(tmp_path: Path, engine: str) -> None:
    articles = [make_article(f"a{n}", f"Séisme en Haïti, jour {n}", "La terre a tremblé.") for n in range(4)]
    Index.rebuild(tmp_path, articles, engine=engine, persons="off")
    index = Index.open(tmp_path)
    results = index.search("sesime", synonyms=False)
    assert results.total == 4
    assert [(notice.kind, notice.words) for notice in results.notices] == [
        (Kind.CORRECTED, ("sesime", "Séisme"))
    ]
    assert results.hits[0].why[0].via == ("Séisme",)
    assert index.search("sesime", spelling=False).total == 0
    assert index.search("zesime").total == 0


def test_synonyms_find_more_at_a_lower_weight(tmp_path: Path, engine: str) -> None:
    articles = [
        make_article("onu", "Une résolution de l’ONU", "Le vote a eu lieu lundi."),
        make_article("nations", "Une résolution des Nations unies", "Le vote a eu lieu lundi."),
    ]
    Index.rebuild(tmp_path, articles, engine=engine, persons="off")
    index = Index.open(tmp_path)
    results = index.search("résolution onu")
    assert ids(results) == ["onu", "nations"]
    assert Kind.SYNONYMS in {notice.kind for notice in results.notices}
    assert "<mark>Nations unies</mark>" in results.hits[1].title
    assert ids(index.search("onu", synonyms=False)) == ["onu"]
    own = tmp_path / "own.toml"
    own.write_text('[[group]]\nwords = ["vote", "scrutin"]\n', encoding="utf-8")
    assert ids(Index.open(tmp_path, synonyms=own).search("onu")) == ["onu"]


def test_info_says_what_the_index_is(index: Index, engine: str) -> None:
    info = index.info()
    assert (info.engine, info.articles, info.undated) == (engine, 5, 1)
    assert (info.first, info.last) == ("2018-04-03", "2018-12-01")
    assert info.bytes > 0


def test_a_missing_index_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="index rebuild"):
        Index.open(tmp_path / "none").search("grève")


def test_unknown_keys_are_named() -> None:
    article = Article.from_dict({"id": 1, "title": "T", "date": "2018-11-18", "text": "B", "foo": 1})
    assert (article.id, article.body, article.day_only) == ("1", "B", True)
    assert article.warnings == ("unknown key: foo",)
    again = Article.from_dict(article.to_dict())
    assert again == article


@pytest.mark.parametrize(
    "row",
    [{"title": "T"}, {"id": "a"}, {"id": "a", "title": 3}, {"id": "a", "title": "T", "date": "hier"},
     {"id": "a", "title": "T", "tags": [1]}, {"id": "a", "title": "T", "published": 3}],
)  # fmt: skip
def test_rows_that_are_no_article_are_refused(row: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"no id|no title|expected|not a date"):
        Article.from_dict(row)


def test_an_article_is_marked_as_it_was_found(tmp_path: Path, engine: str) -> None:
    articles = [make_article(f"a{n}", f"Séisme en Haïti, jour {n}", "La terre a tremblé.") for n in range(4)]
    Index.rebuild(tmp_path, articles, engine=engine, persons="off")
    index = Index.open(tmp_path)
    article = index.article("a0")
    assert article is not None
    assert "<mark>Séisme</mark>" in index.highlight(article, "sesime").title
    assert "<mark>" not in index.highlight(article, "sesime", spelling=False, synonyms=False).title
