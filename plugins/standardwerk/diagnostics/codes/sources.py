"""3xx: the contract of the monthly files, and the files."""

from __future__ import annotations

from standardwerk.diagnostics.code import ERROR, NOTE, WARNING, Code, _

CODES = (
    Code("SW301", ERROR, _("The file is empty."), _("Export it again with its header line.")),
    Code("SW302", ERROR, _("The column “{column}” is missing."), _("Accepted headers: {known}.")),
    Code("SW303", ERROR, _("The header “{header}” is unknown.{hint}"), _("Known columns: {known}.")),
    Code("SW304", ERROR, _("The header “{header}” appears twice."), _("Keep one column.")),
    Code("SW305", ERROR, _("The row has {found} cells; the header has {expected}."), _("Correct the row.")),
    Code("SW306", ERROR, _("{column}: {value} is not {expected}."), _("Write it like {example}.")),
    Code("SW307", ERROR, _("{column} is empty."), _("Fill in the cell, or set “required: false” for the column.")),
    Code("SW308", ERROR, _("{column}: {value} is below {limit}."), _("Check the figure.")),
    Code("SW309", ERROR, _("{column}: {value} is above {limit}."), _("Check the figure.")),
    Code("SW310", ERROR, _("{column}: {value} is not one of {known}."), _("Use one of the values.")),
    Code("SW311", ERROR, _("A row for {key} appears twice; the first is in line {line}."), _("Keep one row per key.")),
    Code("SW312", ERROR, _("The rep “{rep}” is unknown.{hint}"), _("Correct the id, or add the person to reps.csv.")),
    Code("SW313", ERROR, _("The product line “{line}” is unknown.{hint}"), _("Known: {known}.")),
    Code(
        "SW314", ERROR, _("“{rep}” is not on the roster in {month}."), _("Correct the row, or the dates in reps.csv.")
    ),
    Code(
        "SW315",
        ERROR,
        _("“{line}” is not assigned to “{rep}” in {month}."),
        _("Correct the row, or add the assignment."),
    ),
    Code(
        "SW316", ERROR, _("The row is for {found}, but the folder is {month}."), _("Move the row to the right month.")
    ),
    Code(
        "SW317",
        NOTE,
        _("The file is missing; its measures have no data in {month}."),
        _("Export it, or switch the source off."),
    ),
    Code("SW318", NOTE, _("No row for {missing}."), _("Add the rows: what is missing is shown as “no data”.")),
    Code(
        "SW319",
        ERROR,
        _("The file is not in {encoding} (line {line})."),
        _("Set “encoding:” of the source, or export again."),
    ),
    Code(
        "SW320",
        WARNING,
        _("The file does not belong to any source and is ignored.{hint}"),
        _("Name it as in sources.yml, or remove it."),
    ),
    Code("SW321", ERROR, _("{column}: {value} is a percentage."), _("Export numerator and denominator instead.")),
    Code(
        "SW322",
        ERROR,
        _("Numerator {numerator} and denominator {denominator} of “{measure}” do not make a proportion."),
        _("The numerator lies between 0 and the denominator; both are whole numbers."),
    ),
    Code("SW323", ERROR, _("A quotation mark in this row is not closed."), _("Correct the quotes of the row.")),
    Code(
        "SW324",
        ERROR,
        _("{column}: {value} is {first} or {second}, and no other cell of the column says which."),
        _("Set “locale:” of the source, for example to de or en."),
    ),
    Code(
        "SW325",
        ERROR,
        _("{column}: {value} is written in another way than {other} in line {line}."),
        _("Export the whole column in one format."),
    ),
    Code(
        "SW326",
        ERROR,
        _("{column}: {value} is not in {currency}."),
        _("Export the amounts in the currency of handbook.yml."),
    ),
    Code(
        "SW327",
        ERROR,
        _("{column}: {value} may begin with the day or with the month."),
        _("Set “dates: day-first” or “dates: month-first” for the source, or export dates like 2026-03-31."),
    ),
    Code(
        "SW328",
        ERROR,
        _("{column}: {value} has a year of two digits."),
        _("Export dates like 31.03.2026 or 2026-03-31."),
    ),
    Code(
        "SW329",
        ERROR,
        _("The bytes leave the encoding open: {byte} in line {line} is a different letter in each."),
        _("Set “encoding:” of the source, for example to cp1252, or export as UTF-8."),
    ),
    Code(
        "SW330",
        ERROR,
        _("The character {character} in line {line} is no text."),
        _("Export the file again as CSV, and set “encoding:” of the source."),
    ),
    Code(
        "SW331",
        ERROR,
        _("None of the delimiters ; , tab | gives the columns that are wanted."),
        _("Check the header, or set “delimiter:”. Known columns: {known}."),
    ),
    Code(
        "SW332",
        ERROR,
        _("The cells are separated by “{found}”, not by “{delimiter}”."),
        _("Set “delimiter:” of the source."),
    ),
    Code(
        "SW333",
        NOTE,
        _("The last line is not ended: the file may be cut off."),
        _("Export it again, or end the line."),
    ),
    Code(
        "SW334",
        ERROR,
        _("The footer is not there: the file may be cut off."),
        _("Export it again, or change “footer:” of the source."),
    ),
    Code(
        "SW335",
        ERROR,
        _("{column} is empty, but it is required when {condition}."),
        _("Fill in the cell."),
    ),
    Code(
        "SW336",
        ERROR,
        _("{column}: {value} appears twice; the first is in line {line}."),
        _("Keep one of the two."),
    ),
    Code(
        "SW337",
        ERROR,
        _("{column}: {value} is not in {month}."),
        _("Correct the date, or move the row to the right month."),
    ),
    Code(
        "SW338",
        ERROR,
        _("A space stands before a quotation mark."),
        _("Remove the space: the quotation mark must be the first character of its cell."),
    ),
    Code(
        "SW339",
        ERROR,
        _("“{column}” cannot be a column of a wide file."),
        _("A wide file has its keys and one value. Export the file with one row per value, or ignore the column."),
    ),
    Code(
        "SW340",
        WARNING,
        _("Line {line} has the sign “�” for a letter that was lost in an earlier conversion."),
        _("Export the file again."),
    ),
    Code(
        "SW341",
        WARNING,
        _("The cell {value} has a quotation mark, but is not quoted; it is read as it stands."),
        _("Look at the cell: a quotation mark is lost, or the export does not quote cells with quotation marks."),
    ),
    Code(
        "SW342",
        ERROR,
        _("{column}: {value} is not in {table}.{hint}"),
        _("Correct the cell, or add it to the table."),
    ),
    Code(
        "SW343",
        ERROR,
        _("This is not a workbook that can be read: {problem}."),
        _("Save it as an Excel workbook (.xlsx) without a password, or export it as CSV."),
    ),
    Code(
        "SW344",
        ERROR,
        _("No visible sheet of the workbook has the columns that are wanted. Sheets: {sheets}."),
        _("Check the header and “skip_rows:”, or set “sheet:” of the source."),
    ),
    Code(
        "SW345",
        ERROR,
        _("Several sheets of the workbook have the columns that are wanted: {sheets}."),
        _("Set “sheet:” of the source, or hide the sheets that are not meant."),
    ),
    Code(
        "SW346",
        ERROR,
        _("The formula has no value: the program that wrote the workbook did not compute it."),
        _("Open the workbook in a spreadsheet program and save it, or put the value in."),
    ),
    Code(
        "SW347",
        ERROR,
        _("The cells {range} are merged: only the first of them has the value."),
        _("Undo the merging and fill in each cell."),
    ),
    Code(
        "SW348",
        ERROR,
        _("{month} stands here and in {other} as well."),
        _("Remove one of the two."),
    ),
    Code(
        "SW349",
        WARNING,
        _("{file} was imported and is no longer there."),
        _("Restore it, or remove its entry."),
    ),
    Code(
        "SW350",
        NOTE,
        _("The file was changed after it was imported from {original}."),
        _("Nothing needs to be done if that was meant; else import it again."),
    ),
    Code(
        "SW351",
        WARNING,
        _("The original {original} is not there: nobody can see where the figures came from."),
        _("Restore it."),
    ),
    Code(
        "SW352",
        ERROR,
        _("An import was interrupted; the folder of {month} is not in its place."),
        _("Rename {folder} to {month}, or import the month’s files again."),
    ),
)
