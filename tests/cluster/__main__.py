"""Start a cluster, run a command beside it, stop it: `python -m tests.cluster run pytest -m cluster`.

`start` leaves it running and prints what to export, `stop` ends it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tests.cluster.launcher import CannotStart, Cluster

NO_CLUSTER = 77
"""The status where a cluster cannot be had: not run, which is no failure of what was to be run."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.cluster", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("var/cluster"))
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--http", type=int, default=19200, help="the first port; one a node")
    parser.add_argument("--transport", type=int, default=19300)
    parser.add_argument("do", choices=["start", "stop", "run"])
    parser.add_argument("command", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    cluster = Cluster(asked.folder, asked.nodes, asked.http, asked.transport)
    if asked.do == "stop":
        Cluster.of(asked.folder).stop()
        return 0
    try:
        cluster.start()
    except CannotStart as error:
        print(f"NOT RUN: no cluster: {error}", file=sys.stderr)
        return NO_CLUSTER
    told = {"OPENSEARCH_URL": cluster.url, "OPENSEARCH_CLUSTER": str(asked.folder.absolute())}
    if asked.do == "start":
        print(*(f"export {name}={value}" for name, value in told.items()), sep="\n")
        return 0
    try:
        return subprocess.run(asked.command, check=False, env=os.environ | told).returncode
    finally:
        cluster.stop()


if __name__ == "__main__":
    sys.exit(main())
