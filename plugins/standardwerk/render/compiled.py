"""Compiled templates kept in memory, found by the text they were compiled from."""

from __future__ import annotations

from functools import cache

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """For environments with the same settings and filters."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template from memory."""
        found = self._kept.get((bucket.key, bucket.checksum))
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template in memory."""
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


@cache
def compiled_templates(language: str) -> CompiledTemplates:
    """Those of a language, for as long as the process lives: one that serves makes its views again and again."""
    return CompiledTemplates()
