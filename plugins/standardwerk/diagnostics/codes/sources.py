"""3xx: the contract of the monthly files, and the files."""

from __future__ import annotations

from standardwerk.diagnostics.code import ERROR, NOTE, WARNING, Code, _

CODES = (
    Code(
        "SW301",
        ERROR,
        _("The file is empty."),
        _("Export it again with its header line."),
        _("The export found nothing, was interrupted before its first line, or only the preamble was written."),
    ),
    Code(
        "SW302",
        ERROR,
        _("The column “{column}” is missing."),
        _("Accepted headers: {known}."),
        _("A column was removed from the report, or renamed to a header that sources.yml does not list."),
    ),
    Code(
        "SW303",
        ERROR,
        _("The header “{header}” is unknown.{hint}"),
        _("Known columns: {known}."),
        _(
            "The report got a new column, or a header is written in another way. A column that nobody asked for "
            "could hold anything, personal data too."
        ),
    ),
    Code(
        "SW304",
        ERROR,
        _("The header “{header}” appears twice."),
        _("Keep one column."),
        _("Two columns of the export have the same header, or two accepted headers of one column stand in the file."),
    ),
    Code(
        "SW305",
        ERROR,
        _("The row has {found} cells; the header has {expected}."),
        _("Correct the row."),
        _(
            "A cell holds the delimiter and is not quoted, a line break cut a row in two, or the end of the file "
            "is missing."
        ),
    ),
    Code(
        "SW306",
        ERROR,
        _("{column}: {value} is not {expected}."),
        _("Write it like {example}."),
        _(
            "The cell is written in another locale than the source declares (10.5 instead of 10,5), has a text "
            "such as “n/a” in a column of numbers, or a date with a time."
        ),
    ),
    Code(
        "SW307",
        ERROR,
        _("{column} is empty."),
        _("Fill in the cell, or set “required: false” for the column."),
        _(
            "The value was not entered in the CRM. An empty cell is no zero: nobody’s figure may be worked out "
            "from what was not entered."
        ),
    ),
    Code(
        "SW308",
        ERROR,
        _("{column}: {value} is below {limit}."),
        _("Check the figure."),
        _("A credit note, a typing error, or a “minimum:” that is too strict."),
    ),
    Code(
        "SW309",
        ERROR,
        _("{column}: {value} is above {limit}."),
        _("Check the figure."),
        _("A figure in euros where thousands are wanted, a typing error, or a “maximum:” that is too strict."),
    ),
    Code(
        "SW310",
        ERROR,
        _("{column}: {value} is not one of {known}."),
        _("Use one of the values."),
        _("A stage or category of the CRM was renamed or added, or is written in another way."),
    ),
    Code(
        "SW311",
        ERROR,
        _("A row for {key} appears twice; the first is in line {line}."),
        _("Keep one row per key."),
        _(
            "The export was run twice into one file, or its rows are finer than the key: one per deal instead of "
            "one per person."
        ),
    ),
    Code(
        "SW312",
        ERROR,
        _("The rep “{rep}” is unknown.{hint}"),
        _("Correct the id, or add the person to reps.csv."),
        _("An id is misspelt, a name stands where the id is wanted, or the person is not in reps.csv yet."),
    ),
    Code(
        "SW313",
        ERROR,
        _("The product line “{line}” is unknown.{hint}"),
        _("Known: {known}."),
        _("The line is written by its name or number instead of its id, or is not in handbook.yml."),
    ),
    Code(
        "SW314",
        ERROR,
        _("“{rep}” is not on the roster in {month}."),
        _("Correct the row, or the dates in reps.csv."),
        _(
            "The person joined later or has left, and the export still has rows, for example of opportunities not "
            "handed over."
        ),
    ),
    Code(
        "SW315",
        ERROR,
        _("“{line}” is not assigned to “{rep}” in {month}."),
        _("Correct the row, or add the assignment."),
        _(
            "The person sold something of another line, or the assignment begins or ends at another date than the "
            "export supposes."
        ),
    ),
    Code(
        "SW316",
        ERROR,
        _("The row is for {found}, but the folder is {month}."),
        _("Move the row to the right month."),
        _("The file of another month was put into the folder, or the report covers more than the month."),
    ),
    Code(
        "SW317",
        NOTE,
        _("The file is missing; its measures have no data in {month}."),
        _("Export it, or switch the source off."),
        _("The export has not come yet, was forgotten, or has another name."),
    ),
    Code(
        "SW318",
        NOTE,
        _("No row for {missing}."),
        _("Add the rows: what is missing is shown as “no data”."),
        _(
            "The report has no row for people without any case, or somebody is missing in its filter. Zero would "
            "be a figure; no row is none."
        ),
    ),
    Code(
        "SW319",
        ERROR,
        _("The file is not in {encoding} (line {line})."),
        _("Set “encoding:” of the source, or export again."),
        _(
            "The file was saved in another encoding than sources.yml says; read all the same, umlauts would turn "
            "into other signs."
        ),
    ),
    Code(
        "SW320",
        WARNING,
        _("The file does not belong to any source and is ignored.{hint}"),
        _("Name it as in sources.yml, or remove it."),
        _("A file was exported that no source asks for, or its name differs from the one in sources.yml."),
    ),
    Code(
        "SW321",
        ERROR,
        _("{column}: {value} is a percentage."),
        _("Export numerator and denominator instead."),
        _(
            "The report has a finished rate. Rates cannot be added up over months, lines or people, and nobody "
            "can check them."
        ),
    ),
    Code(
        "SW322",
        ERROR,
        _("Numerator {numerator} and denominator {denominator} of “{measure}” do not make a proportion."),
        _("The numerator lies between 0 and the denominator; both are whole numbers."),
        _(
            "Numerator and denominator come from different days, filters or files, so that a part is larger than "
            "its whole."
        ),
    ),
    Code(
        "SW323",
        ERROR,
        _("A quotation mark in this row is not closed."),
        _("Correct the quotes of the row."),
        _("A cell begins with a quotation mark and no other ends it: inches, an abbreviated text, a file cut off."),
    ),
    Code(
        "SW324",
        ERROR,
        _("{column}: {value} is {first} or {second}, and no other cell of the column says which."),
        _("Set “locale:” of the source, for example to de or en."),
        _(
            "With “locale: auto” a column has only values such as 1.234, which are one and a quarter in English "
            "and more than a thousand in German."
        ),
    ),
    Code(
        "SW325",
        ERROR,
        _("{column}: {value} is written in another way than {other} in line {line}."),
        _("Export the whole column in one format."),
        _("Parts of a file come from programs with different settings, or a few cells were typed by hand."),
    ),
    Code(
        "SW326",
        ERROR,
        _("{column}: {value} is not in {currency}."),
        _("Export the amounts in the currency of handbook.yml."),
        _("An order in another currency was exported as it is."),
    ),
    Code(
        "SW327",
        ERROR,
        _("{column}: {value} may begin with the day or with the month."),
        _("Set “dates: day-first” or “dates: month-first” for the source, or export dates like 2026-03-31."),
        _(
            "The date has slashes, and neither the source nor its locale says whether 03/04/2026 is in March or "
            "in April."
        ),
    ),
    Code(
        "SW328",
        ERROR,
        _("{column}: {value} has a year of two digits."),
        _("Export dates like 31.03.2026 or 2026-03-31."),
        _("The report or the spreadsheet shortens years. Which century is meant is not for the tool to guess."),
    ),
    Code(
        "SW329",
        ERROR,
        _("The bytes leave the encoding open: {byte} in line {line} is a different letter in each."),
        _("Set “encoding:” of the source, for example to cp1252, or export as UTF-8."),
        _("The file is not UTF-8, and a byte such as 80 or A4 is another letter in each Windows and ISO code page."),
    ),
    Code(
        "SW330",
        ERROR,
        _("The character {character} in line {line} is no text."),
        _("Export the file again as CSV, and set “encoding:” of the source."),
        _(
            "A workbook was renamed to .csv, a UTF-16 file came without its byte order mark, or a field of the "
            "CRM holds control characters."
        ),
    ),
    Code(
        "SW331",
        ERROR,
        _("None of the delimiters ; , tab | gives the columns that are wanted."),
        _("Check the header, or set “delimiter:”. Known columns: {known}."),
        _(
            "With “delimiter: auto” the header does not fit by any of them: a column is missing or renamed, or "
            "there are lines before the header."
        ),
    ),
    Code(
        "SW332",
        ERROR,
        _("The cells are separated by “{found}”, not by “{delimiter}”."),
        _("Set “delimiter:” of the source."),
        _("The export was made with other regional settings: commas where semicolons are declared."),
    ),
    Code(
        "SW333",
        NOTE,
        _("The last line is not ended: the file may be cut off."),
        _("Export it again, or end the line."),
        _("Some programs never end the last line; a transfer that broke off looks the same."),
    ),
    Code(
        "SW334",
        ERROR,
        _("The footer is not there: the file may be cut off."),
        _("Export it again, or change “footer:” of the source."),
        _("The file ends before the line that closes each export, or that line has other words now."),
    ),
    Code(
        "SW335",
        ERROR,
        _("{column} is empty, but it is required when {condition}."),
        _("Fill in the cell."),
        _("A field that depends on another one was not filled in, for example the order’s date of a won opportunity."),
    ),
    Code(
        "SW336",
        ERROR,
        _("{column}: {value} appears twice; the first is in line {line}."),
        _("Keep one of the two."),
        _("A document or a deal was exported twice."),
    ),
    Code(
        "SW337",
        ERROR,
        _("{column}: {value} is not in {month}."),
        _("Correct the date, or move the row to the right month."),
        _("The report’s period is not the month, or a date was entered wrongly."),
    ),
    Code(
        "SW338",
        ERROR,
        _("A space stands before a quotation mark."),
        _("Remove the space: the quotation mark must be the first character of its cell."),
        _(
            "A program writes “; ” between cells. The quotation mark would then belong to the text, and a "
            "delimiter inside would cut it."
        ),
    ),
    Code(
        "SW339",
        ERROR,
        _("“{column}” cannot be a column of a wide file."),
        _("A wide file has its keys and one value. Export the file with one row per value, or ignore the column."),
        _(
            "A file with the months or product lines as columns is said to have further columns of values; to "
            "which of them they belong is open."
        ),
    ),
    Code(
        "SW340",
        WARNING,
        _("Line {line} has the sign “�” for a letter that was lost in an earlier conversion."),
        _("Export the file again."),
        _(
            "A program before us read the text in a wrong encoding and wrote a replacement sign. The letter is "
            "not in the file any more."
        ),
    ),
    Code(
        "SW341",
        WARNING,
        _("The cell {value} has a quotation mark, but is not quoted; it is read as it stands."),
        _("Look at the cell: a quotation mark is lost, or the export does not quote cells with quotation marks."),
        _(
            "A text with inches or quotes was exported without protecting them, or the mark that opened the cell "
            "is lost."
        ),
    ),
)
