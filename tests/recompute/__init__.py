"""A second implementation of every figure, written from `plugins/docs/scores.md` alone. It shares no code with the engine."""

from .oracle import recompute

__all__ = ["recompute"]
