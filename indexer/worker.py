"""A worker: a process that reads batches, prepares their articles, and sends them back.

It is a program of its own, `python -m indexer.worker`, so that the script that builds an index needs no
`if __name__ == "__main__"`, and threads and open files of its process are not copied. It ends when its
input does, and so with its parent, however that ends.
"""

from __future__ import annotations

import os
import pickle
import signal
from typing import BinaryIO

from indexer.article import Article
from indexer.collecting import collecting_seldom
from indexer.corpus import Batch
from indexer.errors import ManchetteError, ReadError, WorkerDied
from indexer.preparing import Plan, Prepared, Preparer
from indexer.readers import Reading
from indexer.skipped import Skipped

Reply = list[Prepared | ReadError | Skipped] | ManchetteError


def main() -> None:
    """Answer the batches of standard input on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent gets it, too, and decides
    # What some library prints must not get among the answers.
    with (
        os.fdopen(os.dup(1), "wb") as replies,
        os.fdopen(os.dup(0), "rb") as requests,
        collecting_seldom(),
    ):
        os.dup2(2, 1)
        try:
            _serve(requests, replies)
        except (BrokenPipeError, EOFError):
            return  # the parent is gone


def _serve(requests: BinaryIO, replies: BinaryIO) -> None:
    plan: Plan = pickle.load(requests)  # noqa: S301 - only its parent writes to it
    preparer: Preparer | None = None
    while True:
        batch: Batch = pickle.load(requests)  # noqa: S301
        reply: Reply
        try:
            preparer = preparer or Preparer(plan)
            reply = [_taken(preparer, reading) for reading in batch.read()]
        except ManchetteError as error:
            reply = error
        except Exception as error:  # noqa: BLE001 - raised in the parent
            reply = WorkerDied(f"{batch.name}: {type(error).__name__}: {error}")
        pickle.dump(reply, replies, pickle.HIGHEST_PROTOCOL)
        replies.flush()


def _taken(preparer: Preparer, reading: Reading) -> Prepared | ReadError | Skipped:
    return preparer.prepared(reading) if isinstance(reading, Article) else reading


if __name__ == "__main__":
    main()
