"""What a query may cost: time. A query that a stranger gives must not hold a computer up."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from kz_textkit.errors import UsageError

__all__ = ["NO_DEADLINE", "Deadline"]


@dataclass(frozen=True)
class Deadline:
    """When a query has to be done."""

    seconds: float
    """Time that it has."""
    end: float
    """The end of it on the clock of `time.monotonic`."""

    @classmethod
    def in_seconds(cls, seconds: float) -> Deadline:
        """The deadline of a query that begins now."""
        return cls(seconds, monotonic() + seconds)

    def check(self) -> None:
        """Raise `UsageError` where the time is over.

        >>> Deadline.in_seconds(0.0).check()
        Traceback (most recent call last):
        ...
        kz_textkit.errors.UsageError: the query takes longer than 0 seconds: make it narrower, or raise query_seconds in the settings
        """
        if monotonic() >= self.end:
            raise self.error()

    def error(self) -> UsageError:
        """What is said when the time is over."""
        return UsageError(
            f"the query takes longer than {self.seconds:g} seconds: make it narrower, or raise query_seconds in the settings"
        )


NO_DEADLINE = Deadline(float("inf"), float("inf"))
