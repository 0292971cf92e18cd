"""Every figure a second time, written from `plugins/docs/scores.md` alone: no code is shared with the engine."""

from .oracle import recompute, roster

__all__ = ["recompute", "roster"]
