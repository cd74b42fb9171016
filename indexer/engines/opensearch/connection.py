"""The connection to a cluster: questions with time-outs and second tries, and errors of ours for its own.

This is the only place that imports the client.
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

import opensearchpy
from opensearchpy.exceptions import ConnectionTimeout, SSLError, TransportError

from indexer.engines.opensearch.address import Address
from indexer.errors import EngineError, EngineUnavailable

Json = dict[str, Any]

OLDEST = (2, 0)
"""The oldest version that is known to do what is asked of it here."""

TRIES = 7
"""Of what may be asked twice, within five seconds or so: a busy cluster takes as long to miss a node."""

# What goes wrong is told by our errors: the client would print its warnings where nobody set up logging.
logging.getLogger("opensearch").addHandler(logging.NullHandler())

BUSY = frozenset({429, 500, 502, 503, 504})
"""What a cluster answers that may answer otherwise in a moment; 500 where a node went between two phases."""

_ADMIN_SECONDS = 120


class Refused(EngineError):
    """Say that a cluster answered with an error; `status` is that of HTTP, `kind` its own name of it."""

    def __init__(self, status: int, kind: str, reason: str) -> None:
        self.status, self.kind, self.reason = status, kind, reason
        super().__init__(f"the cluster answered {status} {kind}: {reason}")


class Unreachable(EngineUnavailable):
    """Say that no answer came; whether the question was carried out is not known."""


class Connection:
    """Ask a cluster. Any number of threads may."""

    def __init__(self, address: Address) -> None:
        self.address = address
        login = address.login
        secured: Json = {"ca_certs": login.authority or None} if address.secure else {}
        self._client = opensearchpy.OpenSearch(
            hosts=list(address.nodes),
            http_auth=(login.user, login.password) if login.user else None,
            use_ssl=address.secure,
            verify_certs=address.secure,
            max_retries=0,  # second tries are made here, after a while
            retry_on_timeout=True,  # so that the next one asks another node
            pool_maxsize=16,
            dead_timeout=5,
            **secured,
        )
        self._version = ""

    @property
    def version(self) -> str:
        """Return the version of the cluster; raise EngineUnavailable where it is none that is known."""
        if not self._version:
            told = self.ask("GET", "/", tries=TRIES).get("version", {})
            number = str(told.get("number", ""))
            if told.get("distribution") != "opensearch" or _numbers(number) < OLDEST:
                found = f"{told.get('distribution', 'no OpenSearch')} {number}".strip()
                raise EngineUnavailable(
                    f"{self.address} is {found}; OpenSearch {OLDEST[0]}.{OLDEST[1]} or newer is needed"
                )
            self._version = number
        return self._version

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        seconds: float = _ADMIN_SECONDS,
        tries: int = 1,
        **parameters: str | int,
    ) -> Json:
        """Return what the cluster answers; ask again where it is busy or silent, `tries` times in all.

        After twice as many `seconds` as an answer may take it is not asked again.

        Raises Refused for an error that the cluster tells of, Unreachable where there was no answer.
        """
        end = time.monotonic() + 2 * seconds
        for number in range(1, tries + 1):
            try:
                return self._once(method, path, body, seconds, parameters)
            except (Unreachable, Refused) as error:
                final = isinstance(error, Refused) and error.status not in BUSY
                if final or number == tries or time.monotonic() >= end:
                    raise
                time.sleep(random.uniform(0.7, 1) * min(0.1 * 2**number, 1.5))  # noqa: S311
        raise AssertionError

    def search(self, index: str, body: Json, **parameters: str | int) -> Json:
        """Return the answer of all shards; raise EngineUnavailable where any of them did not give its own."""
        parameters.setdefault("allow_partial_search_results", "false")
        path = f"/{index}/_search" if index else "/_search"
        if not index:  # a point in time knows its index
            del parameters["allow_partial_search_results"]
        try:
            found = self.ask("POST", path, body, seconds=self.address.timeout, tries=TRIES, **parameters)
        except Refused as error:
            raise fitting(error, self.address) from error
        return _whole(found)

    def search_many(self, index: str, bodies: Iterable[Json], **parameters: str | int) -> list[Json]:
        """Return the answers to several searches, asked at once."""
        lines = "".join(f'{{"allow_partial_search_results":false}}\n{json.dumps(body)}\n' for body in bodies)
        try:
            found = self.ask(
                "POST",
                f"/{index}/_msearch",
                lines,
                seconds=3 * self.address.timeout,
                tries=TRIES,
                **parameters,
            )
        except Refused as error:
            raise fitting(error, self.address) from error
        return [_whole(each) for each in found["responses"]]

    def close(self) -> None:
        """Let go of all connections."""
        self._client.close()

    def _once(
        self, method: str, path: str, body: Any, seconds: float, parameters: Mapping[str, str | int]
    ) -> Json:
        query = urlencode(parameters, quote_via=quote)
        try:
            answer = self._client.transport.perform_request(
                method,
                f"{path}?{query}" if query else path,
                params={"request_timeout": seconds},
                body=body,
            )
        except SSLError as error:
            raise EngineUnavailable(
                f"{self.address} cannot be trusted: {_reason(error)}. Is OPENSEARCH_CA right?"
            ) from None
        except ConnectionTimeout:
            raise Unreachable(f"{self.address} did not answer within {seconds:g} s") from None
        except opensearchpy.exceptions.ConnectionError as error:
            raise Unreachable(f"{self.address} cannot be reached: {_reason(error)}") from None
        except TransportError as error:
            raise self._refusal(error) from None
        except opensearchpy.exceptions.OpenSearchException as error:
            raise EngineError(f"the client of the cluster failed: {error}") from error
        return answer if isinstance(answer, dict) else {"found": answer, "error": None}

    def _refusal(self, error: TransportError) -> EngineError:
        status = error.status_code if isinstance(error.status_code, int) else 0
        if status in (401, 403) and "block" not in str(error.error):
            return EngineUnavailable(
                f"{self.address} refused the user {self.address.login.user or '(none)'} ({status}): "
                "see OPENSEARCH_USER and OPENSEARCH_PASSWORD"
            )
        info = error.info if isinstance(error.info, dict) else {}
        if "found" in info or "result" in info:  # an article that is not there is no error
            return _Missing(info)
        told = info.get("error", error.error)
        if isinstance(told, dict):
            return Refused(status, str(told.get("type", "")), _deepest(told))
        return Refused(status, str(told), str(error.info)[:200])


class _Missing(Refused):
    """Say that an article is not there."""

    def __init__(self, info: Json) -> None:
        super().__init__(404, "missing", str(info.get("_id", "")))


def missing(error: Refused) -> bool:
    """Tell whether an error only says that an article is not there."""
    return isinstance(error, _Missing)


def fitting(error: Refused, address: Address) -> EngineError:
    """Return the error of a search as one that says whether trying later may help."""
    if error.kind == "index_not_found_exception":
        return EngineError(f"{address} has lost an index ({error.reason}). Run: index rebuild")
    if error.status in BUSY or error.status >= 500:
        return EngineUnavailable(f"{address} cannot answer now ({error.kind}: {error.reason})")
    return error


def _whole(found: Json) -> Json:
    """Return an answer that all shards have a part in."""
    if told := found.get("error"):
        kind, reason = (told.get("type", ""), _deepest(told)) if isinstance(told, dict) else ("", str(told))
        if kind == "index_not_found_exception":
            raise EngineError(f"the cluster has lost an index ({reason}). Run: index rebuild")
        busy = found.get("status", 500) in BUSY or found.get("status", 500) >= 500
        raise (EngineUnavailable if busy else EngineError)(f"the cluster failed to search: {kind}: {reason}")
    shards = found.get("_shards", {})
    if shards.get("failed") or found.get("timed_out"):
        failures = shards.get("failures") or [{}]
        reason = _deepest(failures[0].get("reason", {})) or "it took too long"
        raise EngineUnavailable(
            f"{shards.get('failed', 0)} of {shards.get('total', 0)} shards did not answer: {reason}"
        )
    return found


def _deepest(told: Json) -> str:
    """Return the reason at the bottom of an error, where the words are."""
    while isinstance(told.get("caused_by"), dict):
        told = told["caused_by"]
    reasons = [told.get("reason"), *(cause.get("reason") for cause in told.get("root_cause", []))]
    return next((str(reason) for reason in reasons if reason), str(told.get("type", "")))[:400]


def _reason(error: TransportError) -> str:
    return str(error.info if len(error.args) > 2 else error)[:300]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
