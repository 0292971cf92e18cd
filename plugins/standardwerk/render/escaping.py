"""Escaping for HTML. The same names and numbers stand on many pages, so what was escaped is remembered."""

from __future__ import annotations

import html
from functools import lru_cache

#: A text as HTML, quotation marks included.
escape = lru_cache(maxsize=1 << 14)(html.escape)
