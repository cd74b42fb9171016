"""Rounds: the same questions to all systems by turns, so that what disturbs one disturbs them all."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.engines.answers import Answer, Difference, System, differences
from benchmarks.engines.questions import Question

AT_A_TIME = 20
"""Questions that a system is asked before the next one has its turn: a tenth of a second, mostly."""
_SEED = 300


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

    Systems take turns after every few questions, in an order that is drawn each time: what stands in the
    caches of the processor is then their own, as where one alone serves, and none comes always after the
    one that has just read the same files. A system gets `budget` seconds, half of them at most for the
    first round; where that is over it is asked no more. Where it had no second round the first one counts.
    The first system of those that count is what the others are compared with.
    """
    run = _Run(articles, budget, CLOCKS[clock], {one.name: {} for one in opened})
    drawn = random.Random(_SEED)
    gc.collect()
    gc.freeze()  # what one system keeps in memory is not looked through while another answers
    for turn in range(rounds + 1):
        for first in range(0, len(questions), AT_A_TIME):
            block = questions[first : first + AT_A_TIME]
            if turn == 0:
                run.compare(opened, block)
                continue
            for one in drawn.sample(opened, len(opened)):
                for question in block:
                    run.ask(one, question, budget)
    gc.unfreeze()
    times = {
        name: {question: _median(values) for question, values in each.items()}
        for name, each in run.asked.items()
    }
    return Measured(times, tuple(run.found), run.compared)


class _Run:
    """Collect times and differences."""

    def __init__(
        self,
        articles: int,
        budget: float,
        now: Callable[[], float],
        asked: dict[str, dict[Question, list[float]]],
    ) -> None:
        self.asked = asked
        self.compared = dict.fromkeys(asked, 0)
        self.found: list[Difference] = []
        self._articles = articles
        self._budget = budget
        self._now = now
        self._spent = dict.fromkeys(asked, 0.0)

    def ask(self, one: Opened, question: Question, share: float) -> Answer | None:
        """Ask a system and time it; None where it cannot be asked, or has no time left."""
        if question.kind not in one.kinds or self._spent[one.name] >= share:
            return None
        begun, started = time.perf_counter(), self._now()
        answer = one.system.ask(question)
        self.asked[one.name].setdefault(question, []).append((self._now() - started) * 1000)
        self._spent[one.name] += time.perf_counter() - begun
        return answer

    def compare(self, opened: Sequence[Opened], block: Sequence[Question]) -> None:
        """Ask all systems, and note where one answers otherwise than the first that counts."""
        references: dict[Question, tuple[str, Answer]] = {}
        for one in opened:
            for question in block:
                answer = self.ask(one, question, self._budget / 2)
                if answer and (comparable := one.system.comparable(question, answer)):
                    if question in references:
                        self._compare(one.name, question, comparable, references[question])
                    else:
                        references[question] = one.name, comparable

    def _compare(self, name: str, question: Question, answer: Answer, reference: tuple[str, Answer]) -> None:
        self.compared[name] += 1
        for part, (got, wanted) in differences(answer, reference[1]).items():
            texts = (str(got), str(wanted))
            self.found.append(Difference(self._articles, name, reference[0], question.name, part, *texts))


def _median(values: Sequence[float]) -> float:
    """Return the lower median; the first round warms up and is left out where there are others."""
    counted = sorted(values[1:] or values)
    return counted[(len(counted) - 1) // 2]
