"""Nothing that comes from an index or a request is ever run."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent

RUN = {"eval", "exec", "compile", "__import__"}
UNPICKLE = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}

PIPES = {"indexer/worker.py", "indexer/workers.py"}
"""Where pickles go over pipes between a build and its own processes."""


def test_nothing_is_evaluated_or_unpickled() -> None:
    for path in sorted([*(ROOT / "indexer").rglob("*.py"), *(ROOT / "searchapp").rglob("*.py")]):
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in RUN, f"{name}:{node.lineno}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called = ast.unparse(node.func)
                assert called not in {"yaml.load", "os.system"}, f"{name}:{node.lineno}"
                allowed = [ast.unparse(each.value) for each in node.keywords if each.arg == "allow_pickle"]
                assert allowed in ([], ["False"]), f"{name}:{node.lineno}"
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = (
                    [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module]
                )
                assert name in PIPES or not UNPICKLE & set(names), f"{name}:{node.lineno}"
