"""Nodes of OpenSearch as processes on the loopback: started, killed, started again, stopped.

The server comes from Maven; a JDK of 21 or newer runs it. Everything lies in one folder, also which
processes there are, so that another process can stop them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
OLDEST_JAVA = 21
HEAP = "512m"

_STATE = "nodes.json"
_OPTIONS = ("--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC")


class CannotStart(Exception):
    """Say why there is no cluster."""


@dataclass(frozen=True)
class Cluster:
    """Hold a cluster: the folder of its nodes, their number and their first ports."""

    folder: Path
    nodes: int = 3
    http: int = 19200
    transport: int = 19300

    @classmethod
    def of(cls, folder: Path) -> Cluster:
        """Return the cluster that another process started in a folder."""
        state = json.loads(folder.joinpath(_STATE).read_text("utf-8"))
        return cls(folder, state["nodes"], state["http"], state["transport"])

    @property
    def url(self) -> str:
        """Return the addresses of all nodes, as OPENSEARCH_URL has them."""
        return "http://" + ",".join(f"127.0.0.1:{self.http + number}" for number in range(self.nodes))

    def start(self) -> None:
        """Start all nodes and wait until they have found each other; raise CannotStart where they do not."""
        java = find_java()
        self.folder.mkdir(parents=True, exist_ok=True)
        classpath = _fetched(self.folder, java)
        self._save({"nodes": self.nodes, "http": self.http, "transport": self.transport, "pids": {}})
        try:
            for number in range(self.nodes):
                self._launch(number, java, classpath)
            self.wait(self.nodes)
        except BaseException:
            self.stop()
            raise

    def restart(self, number: int, *, wait: bool = True) -> None:
        """Start a node that was killed, with the files that it left."""
        java = find_java()
        self._launch(number, java, _fetched(self.folder, java))
        if wait:
            self.wait(self.nodes)

    def kill(self, number: int, *, gently: bool = False) -> None:
        """End a node at once, or let it say goodbye."""
        pids = self._state()["pids"]
        pid = pids.pop(str(number), None)
        if pid is not None:
            _end(pid, signal.SIGTERM if gently else signal.SIGKILL)
            self._save(self._state() | {"pids": pids})

    def alive(self, number: int) -> bool:
        """Tell whether a node runs."""
        pid = self._state()["pids"].get(str(number))
        return pid is not None and _alive(pid)

    def pause(self, number: int) -> None:
        """Let a node stand still, its connections open."""
        os.kill(self._state()["pids"][str(number)], signal.SIGSTOP)

    def resume(self, number: int) -> None:
        """Let a node that stands still go on."""
        os.kill(self._state()["pids"][str(number)], signal.SIGCONT)

    def wait(self, nodes: int, seconds: float = 120) -> None:
        """Wait until so many nodes answer, are one cluster and have nothing left to do.

        Each is asked: for some seconds the others still count a node that was killed, and believe that
        nothing is missing while it starts again.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if sum(self._settled(number, nodes) for number in range(self.nodes)) >= nodes:
                return
            time.sleep(0.5)
        logs = "\n".join(_tail(self._home(number) / "node.log") for number in range(self.nodes))
        raise CannotStart(f"{nodes} nodes did not find each other in {seconds:.0f} s:\n{logs}")

    def _settled(self, number: int, nodes: int) -> bool:
        """Tell whether a node answers, sees so many nodes and no shard on its way."""
        query = f"wait_for_nodes=>={nodes}&wait_for_no_initializing_shards=true&timeout=5s"
        address = f"http://127.0.0.1:{self.http + number}/_cluster/health?{query}"
        try:
            with urllib.request.urlopen(address, timeout=10) as got:
                return not json.load(got)["timed_out"]
        except (OSError, ValueError):
            return False

    def stop(self) -> None:
        """End all nodes and remove what they wrote; the server that was fetched stays."""
        if not self.folder.joinpath(_STATE).exists():
            return
        for pid in self._state()["pids"].values():
            _end(pid, signal.SIGKILL)
        for number in range(self.nodes):
            shutil.rmtree(self._home(number), ignore_errors=True)
        self.folder.joinpath(_STATE).unlink()

    def _launch(self, number: int, java: Path, classpath: str) -> None:
        home = self._home(number)
        home.joinpath("config").mkdir(parents=True, exist_ok=True)
        seeds = ",".join(f"127.0.0.1:{self.transport + other}" for other in range(self.nodes))
        names = ",".join(f"n{other}" for other in range(self.nodes))
        settings = {
            "cluster.name": "manchette-test",
            "node.name": f"n{number}",
            "network.host": "127.0.0.1",
            "http.port": self.http + number,
            "transport.port": self.transport + number,
            "discovery.seed_hosts": seeds,
            "cluster.initial_cluster_manager_nodes": names,
            # A shared disk that is nearly full is no concern of tests.
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "cluster.routing.allocation.node_concurrent_recoveries": 8,
            "node.processors": 2,
        }
        command = [
            java.joinpath("bin/java"),
            f"-Xms{HEAP}",
            f"-Xmx{HEAP}",
            *_OPTIONS,
            "-cp",
            classpath,
            "ClusterNode",
            home,
            *(f"{name}={value}" for name, value in settings.items()),
        ]
        with home.joinpath("node.log").open("ab") as log:
            process = subprocess.Popen(
                list(map(str, command)),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        process.returncode = 0  # it outlives this process: no warning for that
        state = self._state()
        self._save(state | {"pids": state["pids"] | {str(number): process.pid}})

    def _home(self, number: int) -> Path:
        return self.folder / f"n{number}"

    def _state(self) -> dict[str, dict[str, int]]:
        state: dict[str, dict[str, int]] = json.loads(self.folder.joinpath(_STATE).read_text("utf-8"))
        return state

    def _save(self, state: object) -> None:
        self.folder.joinpath(_STATE).write_text(json.dumps(state), "utf-8")


def find_java() -> Path:
    """Return the home of a JDK that is new enough: JAVA_HOME, else the newest of the machine."""
    homes = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    homes += Path("/usr/lib/jvm").glob("*")
    found = {home: version for home in homes if (version := _java_version(home)) >= OLDEST_JAVA}
    if not found:
        raise CannotStart(f"there is no JDK of {OLDEST_JAVA} or newer: set JAVA_HOME")
    return max(found, key=lambda home: found[home])


def _java_version(home: Path) -> int:
    """Return the version of a JDK; 0 for what is none."""
    if not home.joinpath("bin/javac").exists():
        return 0
    shown = subprocess.run([home / "bin/javac", "-version"], capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)", shown.stdout + shown.stderr)
    return int(found[1]) if found else 0


def _fetched(folder: Path, java: Path) -> str:
    """Return the class path of a node; what is not here yet comes from Maven."""
    kept = folder / "classpath"
    if not kept.exists():
        if not shutil.which("mvn"):
            raise CannotStart("there is no mvn, which fetches the server")
        fetch = ["mvn", "-q", "-B", "-f", HERE / "pom.xml", "dependency:build-classpath"]
        aside = folder / "classpath.new"
        _run([*fetch, f"-Dmdep.outputFile={aside.absolute()}"], java)
        classes = folder.absolute() / "classes"
        jars = aside.read_text("utf-8").strip()
        _run([java / "bin/javac", "-cp", jars, "-d", classes, HERE / "ClusterNode.java"], java)
        aside.write_text(f"{classes}{os.pathsep}{jars}", "utf-8")
        aside.replace(kept)
    return kept.read_text("utf-8")


def _run(command: Sequence[str | Path], java: Path) -> None:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        env=os.environ | {"JAVA_HOME": str(java)},
    )
    if done.returncode:
        raise CannotStart(f"{command[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def _end(pid: int, by: signal.Signals) -> None:
    """End a process of ours and wait until it is gone."""
    for sent in (by, signal.SIGKILL):
        try:
            os.kill(pid, sent)
        except ProcessLookupError:
            return
        for _ in range(200):
            if not _alive(pid):
                return
            time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    except ChildProcessError:  # started by another process
        pass
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _tail(log: Path) -> str:
    return log.read_text("utf-8", "replace")[-1500:] if log.exists() else ""
