"""Serve the search of one index: `python -m searchapp --index DIR`."""

from __future__ import annotations

import argparse
import logging
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec

from flask import Flask
from werkzeug.serving import make_server

from indexer import SettingsError
from searchapp.app import INDEX_DIR, create_app

THREADS = 8


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C, and return the exit status."""
    options = _options().parse_args(arguments)
    try:
        app = create_app({INDEX_DIR: options.index} if options.index else None)
        listener = _listen(options.host, options.port)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"{options.host}:{options.port}: {error.strerror or error}\n")
        return 1
    with listener:
        run = _server(app, listener)
        sys.stdout.write(
            f"Manchette : {address(options.host, listener.getsockname()[1])} (Ctrl-C pour arrêter)\n"
        )
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            run()
    return 0


def address(host: str, port: int) -> str:
    """Return the address to open in a browser."""
    shown = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def _server(app: Flask, listener: socket.socket) -> Callable[[], object]:
    """Return what serves: waitress where it is installed, else Werkzeug's server."""
    if find_spec("waitress"):
        # It warns of a queue of one request, which is nothing to warn of.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        # By name, so that neither the import nor its types are needed where it is not installed.
        server = import_module("waitress.server").create_server(app, sockets=[listener], threads=THREADS)
        run: Callable[[], object] = server.run
        return run
    host, port = listener.getsockname()[:2]
    return make_server(host, port, app, threaded=True, fd=listener.fileno()).serve_forever


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m searchapp", description="Serve the search of an index.")
    parser.add_argument("--index", metavar="DIR", help="folder of the index (default: that of index.toml)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port (default: %(default)s; 0: any free)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
