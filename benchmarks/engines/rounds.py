"""Rounds: the same questions to all systems in turn, so that what disturbs one disturbs them all."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.engines.answers import Answer, Difference, System, differences
from benchmarks.engines.questions import Question


@dataclass(frozen=True, slots=True)
class Opened:
    """Hold a system that is asked, its name and the kinds of questions that it can be asked."""

    name: str
    system: System
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Measured:
    """Hold for each system the milliseconds of each question (the median of the rounds), and what differs.

    A question that a system cannot be asked, or had no time for, is not among its times. `compared` counts
    the answers that were compared with another one.
    """

    times: Mapping[str, Mapping[Question, float]]
    differences: tuple[Difference, ...]
    compared: Mapping[str, int]


CLOCKS: Mapping[str, Callable[[], float]] = {"wall": time.perf_counter, "processor": time.thread_time}
"""What times are taken by: `processor` is what the asking thread was given of one, whoever else was busy."""


def measure(
    opened: Sequence[Opened],
    questions: Sequence[Question],
    articles: int,
    rounds: int,
    budget: float,
    clock: str = "wall",
) -> Measured:
    """Ask all questions once to compare the answers, then in rounds that count.

    A system gets `budget` seconds, half of them at most for the first round; where that is over it is
    asked no more. Where it had no second round the first one counts. The first system of those that count
    is what the others are compared with.
    """
    asked: dict[str, dict[Question, list[float]]] = {one.name: {} for one in opened}
    now = CLOCKS[clock]
    spent = dict.fromkeys(asked, 0.0)
    compared = dict.fromkeys(asked, 0)
    found: list[Difference] = []
    gc.collect()
    gc.freeze()  # what one system keeps in memory is not looked through while another answers
    for turn in range(rounds + 1):
        share = budget / 2 if turn == 0 else budget
        for number, question in enumerate(questions):
            reference: tuple[str, Answer] | None = None
            start = 0 if turn == 0 else (number + turn) % len(opened)
            for one in (*opened[start:], *opened[:start]):
                if question.kind not in one.kinds or spent[one.name] >= share:
                    continue
                begun, started = time.perf_counter(), now()
                answer = one.system.ask(question)
                asked[one.name].setdefault(question, []).append((now() - started) * 1000)
                spent[one.name] += time.perf_counter() - begun
                if turn == 0 and (answer_ := one.system.comparable(question, answer)):
                    if reference is None:
                        reference = (one.name, answer_)
                        continue
                    compared[one.name] += 1
                    for part, (got, wanted) in differences(answer_, reference[1]).items():
                        texts = (str(got), str(wanted))
                        found.append(
                            Difference(articles, one.name, reference[0], question.name, part, *texts)
                        )
    gc.unfreeze()
    times = {
        name: {question: _median(values) for question, values in each.items()} for name, each in asked.items()
    }
    return Measured(times, tuple(found), compared)


def _median(values: Sequence[float]) -> float:
    """Return the lower median; the first round warms up and is left out where there are others."""
    counted = sorted(values[1:] or values)
    return counted[(len(counted) - 1) // 2]
