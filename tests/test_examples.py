"""The examples of configuration: what they name exists, and what checks them finds nothing."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from searchapp.config import SETTINGS

ROOT = Path(__file__).parent.parent
UNIT = ROOT / "examples" / "manchette.service"
NGINX = ROOT / "examples" / "nginx.conf"


def test_the_unit_is_read_and_names_settings_that_exist() -> None:
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(UNIT.read_text(encoding="utf-8"))
    assert set(parser.sections()) == {"Unit", "Service", "Install"}
    named = set(re.findall(r"^Environment=(MANCHETTE_\w+)=", UNIT.read_text(encoding="utf-8"), re.MULTILINE))
    assert named
    assert named <= {each.name for each in SETTINGS}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    text = UNIT.read_text(encoding="utf-8").replace("/srv/manchette/.venv/bin/gunicorn", "/bin/true")
    unit = tmp_path / UNIT.name
    unit.write_text(text.replace("User=manchette", "User=root"), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False, timeout=60
    )
    assert not [line for line in (done.stdout + done.stderr).splitlines() if UNIT.name in line]


def test_the_proxy_is_whole() -> None:
    text = re.sub(r"#.*", "", NGINX.read_text(encoding="utf-8"))
    assert text.count("{") == text.count("}")
    for line in filter(None, map(str.strip, text.splitlines())):
        assert line.endswith((";", "{", "}")), line
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text


def test_the_demo_is_locked() -> None:
    pinned = (ROOT / "requirements-demo.txt").read_text(encoding="utf-8")
    names = {match.lower() for match in re.findall(r"^([\w.-]+)==", pinned, re.MULTILINE)}
    wanted = re.findall(
        r'^  "([\w-]+)[\[>]', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    needed = wanted[: wanted.index("whoosh") + 1]
    assert len(needed) > 15
    assert set(needed) <= names
    assert "--constraint requirements-demo.txt" in (ROOT / "Makefile").read_text(encoding="utf-8")
