"""Headers that protect readers: what a page may load, who may frame it, what it tells others."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'"
"""The Content-Security-Policy: nothing inline, nothing from elsewhere."""

_OPTIONS = {"'self'": "SAMEORIGIN", "'none'": "DENY"}
"""What X-Frame-Options can say for browsers that do not know `frame-ancestors`; origins it cannot name."""


@dataclass(frozen=True, slots=True)
class Protection:
    """Hold what the responses of a mount say; a header that the host has set stands.

    `policy` is the Content-Security-Policy, None to leave that and frames to the host. `frames` names who
    may show the pages in a frame. Raises ValueError where `frames` would end the directive.
    """

    policy: str | None = POLICY
    frames: str = "'self'"

    def __post_init__(self) -> None:
        if not self.frames.strip() or any(char in self.frames for char in ";,\r\n"):
            raise ValueError(f"frames {self.frames!r}: 'self', 'none', or origins with blanks between them")

    def on(self, response: Response) -> Response:
        """Return the response with them."""
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if self.policy is None:
            return response
        own = "frame-ancestors" in self.policy
        policy = self.policy if own else f"{self.policy}; frame-ancestors {self.frames}"
        response.headers.setdefault("Content-Security-Policy", policy)
        if not own and self.frames in _OPTIONS:
            response.headers.setdefault("X-Frame-Options", _OPTIONS[self.frames])
        return response
