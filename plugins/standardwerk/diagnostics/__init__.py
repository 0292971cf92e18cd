"""Faults of the input: a table of codes, and a collection that never prints.

A diagnostic says where (file, line, column), what is wrong and what to do. Its text is a template of the catalogue
(English message ids, translated in ``theme/locales``), so that a diagnostic can be shown in the reader's language
wherever it is reported.
"""

from standardwerk.diagnostics.code import Code, Severity
from standardwerk.diagnostics.codes import CODES
from standardwerk.diagnostics.collector import Diagnostic, Diagnostics, Place
from standardwerk.diagnostics.discreet import discreet

__all__ = ["CODES", "Code", "Diagnostic", "Diagnostics", "Place", "Severity", "discreet"]
