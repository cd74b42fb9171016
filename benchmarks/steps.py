"""What each step of a search gains or loses: the same queries with the step left out or changed.

python -m benchmarks.steps --data DIR [--engine whoosh] [--every 4]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

import click

from benchmarks.relevance.evaluation import ALL, evaluate_engine
from benchmarks.relevance.sets import DataMissing, load
from indexer import entries, questions, ranking, searching
from indexer.context import Context
from indexer.request import Request

Change = Mapping[tuple[object, str], object]

STEPS: dict[str, Change] = {
    "as it is": {},
    "title counted once": {(entries, "TITLE_WEIGHT"): 1},
    "title counted five times": {(entries, "TITLE_WEIGHT"): 5},
    "no weight on the form as typed": {(ranking, "EXACT_WEIGHT"): 0.0},
    "no weight on words that stand together": {(ranking, "PAIR_WEIGHT"): 0.0},
    "articles with all words not first": {(ranking, "ALL_WORDS"): 0.0},
    "most of the words, never fewer": {(searching, "ENOUGH"): 1},
    "any word will do": {(ranking, "minimum"): lambda _words, _options: 1},
    "no spelling": {(Request, "spelling"): False},
    "of equally near corrections the most frequent": {(Context, "used"): False},
    "no synonyms": {(Request, "synonyms"): False},
    "auxiliaries of questions searched for": {(questions, "_is_auxiliary"): lambda _word, _before: False},
}
"""What is changed in each variant; the search itself is the one that readers use."""


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the data.")
@click.option("--engine", default="whoosh", show_default=True)
@click.option("--set", "names", multiple=True, default=("piaf", "news-dev"), show_default=True)
@click.option("--every", default=4, show_default=True, help="Take each so many-th query of piaf only.")
def main(data: Path, engine: str, names: tuple[str, ...], every: int) -> None:
    """Print nDCG@10 with each step changed, and what that gains or loses."""
    try:
        sets = [load(data, name, every if name == "piaf" else 1) for name in names]
    except DataMissing as error:
        raise click.ClickException(str(error)) from error
    heads = "".join(f" {test_set.name} | change |" for test_set in sets)
    print(f"| step |{heads}\n| --- |{' ---: | ---: |' * len(sets)}")
    whole: dict[str, float] = {}
    for step, change in STEPS.items():
        cells = ""
        with _changed(change):
            for test_set in sets:
                value = evaluate_engine(test_set, engine).kinds[ALL].scores.ndcg10
                base = whole.setdefault(test_set.name, value)
                cells += f" {value:.4f} | {value - base:+.4f} |"
        print(f"| {step} |{cells}", flush=True)


@contextmanager
def _changed(change: Change) -> Iterator[None]:
    with ExitStack() as stack:
        for (owner, name), value in change.items():
            if owner is Request:
                stack.enter_context(patch.object(searching, "Widener", _without(name)))
            else:
                stack.enter_context(patch.object(owner, name, value))
        yield


def _without(name: str) -> object:
    from indexer.widening import Widener

    def make(speller: object, synonyms: object, persons: object) -> Widener:
        kept = {"spelling": speller, "synonyms": synonyms} | {name: None}
        return Widener(kept["spelling"], kept["synonyms"], persons)  # type: ignore[arg-type]

    return make


if __name__ == "__main__":
    main()
