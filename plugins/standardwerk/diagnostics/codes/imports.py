"""3xx, the rest: tables that stand for texts, workbooks, imports, entry sheets, transactions."""

from __future__ import annotations

from standardwerk.diagnostics.code import ERROR, NOTE, WARNING, Code, _

CODES = (
    Code(
        "SW342",
        ERROR,
        _("{column}: {value} is not in {table}.{hint}"),
        _("Correct the cell, or add it to the table."),
        _("A personnel number or an article is not in the table yet, for example of a new colleague."),
    ),
    Code(
        "SW343",
        ERROR,
        _("This is not a workbook that can be read: {problem}."),
        _("Save it as an Excel workbook (.xlsx) without a password, or export it as CSV."),
        _("The workbook is protected by a password, in the format of Excel 97, or damaged."),
    ),
    Code(
        "SW344",
        ERROR,
        _("No visible sheet of the workbook has the columns that are wanted. Sheets: {sheets}."),
        _("Check the header and “skip_rows:”, or set “sheet:” of the source."),
        _("The data are on a hidden sheet, the header stands further down, or the wrong workbook was taken."),
    ),
    Code(
        "SW345",
        ERROR,
        _("Several sheets of the workbook have the columns that are wanted: {sheets}."),
        _("Set “sheet:” of the source, or hide the sheets that are not meant."),
        _("The workbook has a sheet per month or a copy of a sheet, and each of them would fit."),
    ),
    Code(
        "SW346",
        ERROR,
        _("The formula has no value: the software that wrote the workbook did not compute it."),
        _("Open the workbook in spreadsheet software and save it, or put the value in."),
        _("The workbook was written by a program that stores formulas without computing them."),
    ),
    Code(
        "SW347",
        ERROR,
        _("The cells {range} are merged: only the first of them has the value."),
        _("Undo the merging and fill in each cell."),
        _("Cells were merged to look tidy. For the rows below, the file then has no value."),
    ),
    Code(
        "SW348",
        ERROR,
        _("{month} stands here and in {other} as well."),
        _("Remove one of the two."),
        _("A month of a file with several months was also imported into the month’s folder."),
    ),
    Code(
        "SW349",
        WARNING,
        _("{file} was imported and is no longer there."),
        _("Restore it, or remove its entry."),
        _("The file was deleted or renamed by hand after the import."),
    ),
    Code(
        "SW350",
        NOTE,
        _("The file was changed after it was imported from {original}."),
        _("Nothing needs to be done if that was meant; else import it again."),
        _("Somebody edited the imported file, on purpose or by opening and saving it in a spreadsheet program."),
    ),
    Code(
        "SW351",
        WARNING,
        _("The original {original} is not there: nobody can see where the figures came from."),
        _("Restore it."),
        _("The folder originals/ was not copied along, or was tidied up."),
    ),
    Code(
        "SW352",
        ERROR,
        _("An import was interrupted; the folder of {month} is not in its place."),
        _("Rename {folder} to {month}, or import the month’s files again."),
        _(
            "The computer or the program was stopped between two steps of an import. Nothing is lost: the former "
            "folder lies beside."
        ),
    ),
    Code(
        "SW353",
        ERROR,
        _("“{value}” is not in the sheet’s list.{hint}"),
        _("Choose from the list: {known}."),
        _("A value was pasted over the list of the entry sheet."),
    ),
    Code(
        "SW354",
        ERROR,
        _("{columns} is filled in, but there is no rating."),
        _("Enter the rating, or empty the cell."),
        _("A reason or note was written, and the rating itself was forgotten or deleted."),
    ),
    Code(
        "SW355",
        ERROR,
        _("The sheet is for {found}, not for {month}."),
        _("Import it into the month it is for."),
        _("The sheet of another month was filled in or chosen."),
    ),
    Code(
        "SW356",
        ERROR,
        _("“{column}” is made from transactions: it needs exactly one of sum, count and count_distinct."),
        _("Say how the column is made of the rows of the list."),
        _("A source with “from: transactions” does not say how one of its columns comes about, or says it twice."),
    ),
    Code(
        "SW357",
        ERROR,
        _("“{column}” cannot be worked out for this row: {empty} is empty."),
        _("Fill in the cell, or say with has() in sources.yml what an empty one means."),
        _(
            "A cell that the formula of the column needs was not filled in. Taken for zero, it would make a wrong "
            "figure."
        ),
    ),
    Code(
        "SW358",
        ERROR,
        _("{column}: {value} has a time of day."),
        _("Set “type: datetime” for the column, whose day then counts, or export days."),
        _("The CRM exports the moment at which a record was made, not only the day."),
    ),
)
