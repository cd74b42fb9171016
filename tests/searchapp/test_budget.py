"""The budget of a request: what is left out on an engine that is too slow, and that it is said."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from web_pages import parsed, text

from indexer import Article, Budget, Index, Kind, OutOfTime, within_budget
from searchapp import create_app

pytestmark = pytest.mark.hurried

ARTICLES = [
    Article(id=f"a{n}", title=f"Sommet {n}", body="Un accord sur le climat.", tags=("climat",))
    for n in range(40)
]
SLOW = 0.03


@pytest.fixture(params=["memory", "whoosh", "tantivy"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    Index.rebuild(tmp_path / "index", ARTICLES, engine=request.param, persons="off")
    return tmp_path / "index"


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each call of a real engine take thirty milliseconds more."""
    from indexer import snapshot

    class Slow:
        def __init__(self, engine: object) -> None:
            self._engine = engine

        def __getattr__(self, name: str) -> object:
            answer = getattr(self._engine, name)
            if name not in {"search", "frequencies", "complete"}:
                return answer

            def later(*given: object) -> object:
                time.sleep(SLOW)
                return answer(*given)

            return later

    opened = snapshot.open_engine
    monkeypatch.setattr(snapshot, "open_engine", lambda name, folder: Slow(opened(name, folder)))


def client_of(folder: Path, budget: int) -> FlaskClient:
    return create_app({"MANCHETTE_INDEX_DIR": str(folder), "MANCHETTE_BUDGET": budget}).test_client()


@pytest.mark.usefixtures("slow")
def test_what_does_not_fit_is_left_out_and_the_page_says_so(folder: Path) -> None:
    client = client_of(folder, 10)
    page = parsed(client.get("/?q=accord+climat+xyzabc+uvwdef+klmnop"))
    assert "Recherche abrégée" in text(page)
    english = parsed(client.get("/?q=accord+climat+xyzabc+uvwdef+klmnop&lang=en"))
    assert "took too long" in text(english)
    body = client.get("/api/v1/search?q=accord+climat+xyzabc+uvwdef+klmnop").get_json()
    assert [each["kind"] for each in body["notices"]].count("cut") == 1


@pytest.mark.usefixtures("slow")
def test_the_answer_itself_is_always_given(folder: Path) -> None:
    client = client_of(folder, 1)
    for words in ("accord", "acord", "accord climat", '"accord sur"', "acc*", "climt~"):
        answer = client.get("/api/v1/search", query_string={"q": words, "tri": "recents"})
        assert answer.status_code == 200
    assert client.get("/api/v1/search?q=accord").get_json()["total"] == 40


@pytest.mark.usefixtures("slow")
def test_what_was_cut_is_not_kept(folder: Path) -> None:
    client = client_of(folder, 10)
    answer = client.get("/?q=accord+climat+xyzabc+uvwdef+klmnop")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


@pytest.mark.usefixtures("slow")
def test_what_cannot_be_cut_is_503_with_a_time_to_come_again(folder: Path) -> None:
    client = client_of(folder, 10)
    for path in ("/search.csv", "/feed.atom"):
        answer = client.get(f"{path}?q=accord+climat+xyzabc+uvwdef+klmnop")
        assert answer.status_code == 503
        assert answer.content_type == "application/problem+json"
        assert int(answer.headers["Retry-After"]) > 0
    page = client.get("/?q=accord&page=900")  # the page beyond the last is searched again
    assert page.status_code == 503
    assert int(page.headers["Retry-After"]) > 0
    assert "pris trop de temps" in text(parsed(page, 503))


@pytest.mark.usefixtures("slow")
def test_pages_that_nobody_typed_for_are_whole(folder: Path) -> None:
    client = client_of(folder, 1)
    for path in ("/", "/aide", "/article/a1", "/tag/climat", "/tags", "/api/", "/api/v1/articles/a1/related"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "abrégée" not in answer.text
    assert client.get("/suggest?q=acc").status_code == 200


@pytest.mark.usefixtures("slow")
def test_without_a_budget_everything_is_there(folder: Path) -> None:
    client = client_of(folder, 0)
    answer = client.get("/?q=accord+climat+xyzabc")
    assert "abrégée" not in answer.text
    assert "ETag" in answer.headers


def test_the_budget_of_a_plain_call(folder: Path) -> None:
    index = Index.open(folder)
    with within_budget(Budget(0.0)) as budget:
        results = index.search("accord xyzabc uvwdef")
        assert Kind.CUT in {notice.kind for notice in results.notices}
        assert budget.cut
        with pytest.raises(OutOfTime):
            index.search("accord")
    assert Kind.CUT not in {notice.kind for notice in index.search("accord xyzabc uvwdef").notices}
    index.close()


@given(st.lists(st.sampled_from(["charge", "free"]), max_size=6))
def test_only_what_is_charged_is_limited(kinds: list[str]) -> None:
    budget = Budget(0.0)
    for kind in kinds:
        if kind == "free":
            with budget.counting():
                pass
        else:
            with pytest.raises(OutOfTime), budget.charging(), budget.counting():
                pass
    assert budget.cut == ("charge" in kinds)
