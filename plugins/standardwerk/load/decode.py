"""Bytes of a CSV to text: by the declared encoding, or by what the bytes themselves settle."""

from __future__ import annotations

import codecs
import re

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.model.sources import AUTO

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: The code pages of western and central Europe. Bytes that are the same letter in all of them need no choice.
_CODE_PAGES = ("cp1252", "cp1250", "iso8859_1", "iso8859_2", "iso8859_15")
#: What is no text: control characters, and a byte order mark amid the file.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff]")
#: What an earlier conversion put for a letter it did not know.
_LOST = "\ufffd"


def _shared() -> frozenset[int]:
    same = set(range(0x80))
    for byte in range(0xA0, 0x100):
        letters = set()
        for page in _CODE_PAGES:
            letters.add(bytes([byte]).decode(page, "replace"))
        if len(letters) == 1:
            same.add(byte)
    return frozenset(same)


_SHARED = _shared()


def decode(data: bytes, file: str, encoding: str, diagnostics: Diagnostics) -> str | None:
    """The text of a file without its byte order mark; None and a diagnostic if the bytes are something else."""
    settled = encoding_of(data, file, encoding, diagnostics)
    text = None if settled is None else _strictly(data, file, settled, diagnostics)
    if text is None:
        return None
    found = _NO_TEXT.search(text)
    if found:
        line = _line_of(text, found.start())
        diagnostics.add("SW330", Place(file, line), character=f"U+{ord(found[0]):04X}", line=line)
        return None
    if _LOST in text:
        line = _line_of(text, text.index(_LOST))
        diagnostics.add("SW340", Place(file, line), line=line)
    return text


def encoding_of(data: bytes, file: str, declared: str, diagnostics: Diagnostics) -> str | None:
    """The encoding as declared, or with ``auto`` as the bytes settle it; None and a diagnostic if they do not."""
    return _settle(data, file, diagnostics) if declared == AUTO else declared


def _strictly(data: bytes, file: str, encoding: str, diagnostics: Diagnostics) -> str | None:
    start = 0
    try:
        if encoding == "utf-16":
            if data and not data.startswith(_UTF16_MARKS):
                # Without the mark, nothing says which byte of a pair comes first.
                raise UnicodeDecodeError(encoding, data, 0, 1, "mark")
            return data.decode("utf-16")
        if encoding == "cp1252" and _is_utf8(data):
            # Read as cp1252 each umlaut would become two other characters, without any error.
            start = next(index for index, byte in enumerate(data) if byte >= 0x80)
            raise UnicodeDecodeError(encoding, data, start, start + 1, "utf-8")
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = 1 + len(re.findall(b"\r\n|\r|\n", data[: error.start]))
        diagnostics.add("SW319", Place(file, line), encoding=encoding, line=line)
        return None


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 with at least one character beyond ASCII."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _settle(data: bytes, file: str, diagnostics: Diagnostics) -> str | None:
    if data.startswith(_UTF16_MARKS):
        return "utf-16"
    if data.isascii() or _is_utf8(data):
        return "utf-8"
    if data.startswith(codecs.BOM_UTF8):
        # The mark says UTF-8; what is not is reported as such.
        return "utf-8"
    for index, byte in enumerate(data):
        if byte not in _SHARED:
            line = 1 + len(re.findall(b"\r\n|\r|\n", data[:index]))
            diagnostics.add("SW329", Place(file, line), byte=f"{byte:02X}", line=line)
            return None
    return "cp1252"


def _line_of(text: str, position: int) -> int:
    return 1 + len(re.findall("\r\n|\r|\n", text[:position]))
