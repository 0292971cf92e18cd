"""What commands change in a project: seals, closed months, corrections.

Each refuses with a reason, or writes at once.
"""

from __future__ import annotations

from standardwerk.diagnostics import Diagnostics


class RefusedError(Exception):
    """A command that is not carried out: a message id with its values."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = {name: str(value) for name, value in values.items()}


class NotReadError(Exception):
    """The project itself cannot be read; its diagnostics say why."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        super().__init__()
        self.diagnostics = diagnostics
