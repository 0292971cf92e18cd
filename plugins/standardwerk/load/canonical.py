"""The form in which ``standardwerk import`` writes a month's file, and how it is known and read.

Its first line says what it is, so that a file in a month's folder may be either an export as it came, read by the
contract of its source, or one that was imported. The writer is ``publish/imports.py``.
"""

from __future__ import annotations

import codecs
import re

from standardwerk.load.headers import MONTH, Contract
from standardwerk.model.sources import ColumnForm, Dialect

#: In a month's folder: which of its files were imported, from what.
MANIFEST = "import.yml"
#: The first line of an imported file.
MARK = "# standardwerk 1"
#: Texts that begin so could be taken for formulas; an apostrophe is put before them, and before one that is theirs.
GUARDED = ("=", "+", "-", "@", "'")
#: A comma, because such a file is opened in German spreadsheets, where 12.5 would become the 12th of May.
LOCALE = "de"
DELIMITER = ";"

#: Of a time of day, only the day is kept.
_STORED = {"datetime": "date"}
# A spreadsheet that saves the file fills the first line up with delimiters.
_MARKED = re.compile(rb"\"?" + re.escape(MARK).encode() + rb"\"?;*[\r\n]")


def is_canonical(data: bytes) -> bool:
    """Whether a file was written by the import."""
    return bool(_MARKED.match(data.removeprefix(codecs.BOM_UTF8)))


def canonical_contract(contract: Contract) -> Contract:
    """How an imported file of a source is read: names, units and headers are settled; what values may be is not."""
    made = contract.made
    columns = {
        name: _plain(name, form) for name, form in (made.columns if made is not None else contract.columns).items()
    }
    dialect = Dialect(LOCALE, DELIMITER, "utf-8", skip_rows=1, currency=contract.dialect.currency, guarded=True)
    key = made.key if made is not None else contract.key
    if contract.wide is not None and contract.wide.key == "product_line" and "product_line" not in key:
        key = (*key, "product_line")
    return Contract(columns, key, dialect)


def _plain(name: str, form: ColumnForm) -> ColumnForm:
    # The folder says which month it is.
    required = form.required and name != MONTH
    as_read = {"header": (), "unit_factor": None, "values": None, "lookup": None}
    return form.model_copy(update={**as_read, "required": required, "type": _STORED.get(form.type, form.type)})
