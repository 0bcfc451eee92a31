"""Makes the files beside this one: `python make.py`.

Those of LibreOffice 7.4 were converted of `excel-csv-utf8.csv` by `soffice --headless --outdir out --convert-to KIND
--infilter="CSV:44,34,76,1"`, where KIND is `xlsx:"Calc MS Excel 2007 XML"`, or `csv:"Text - txt - csv
(StarCalc)":59,34,CHARSET,1` with the character set 76 (UTF-8), 65535 (UTF-16) or 1 (windows-1252).
"""

HEADS = ["First name", "Last name", "Display name", "Email", "Status update", "Location", "Licenses"]
ROWS = [
    ["Jörg", "Müller", 'Jörg "Jo" Müller', "joerg.mueller@alder.onmicrosoft.com", "", "DE", "Suite; Mail"],
    ["Hélène", "Noël, Élysée", "Hélène Noël", "helene", "", "France", "Suite"],
    ["Niño", "Año", "", "nino", "", "ES", ""],
    ["María", "Muñoz", "María\nMuñoz", "maria", "", "", ""],
]


def quoted(cell, divider, always=False):
    must = always or any(sign in cell for sign in (divider, '"', "\n", "\r"))
    return '"' + cell.replace('"', '""') + '"' if must else cell


def text(divider, line_end, last=True, always=False):
    lines = [divider.join(quoted(cell, divider, always) for cell in row) for row in [HEADS] + ROWS]
    return line_end.join(lines) + (line_end if last else "")


def write(name, content, encoding):
    with open(name, "wb") as file:
        file.write(content.encode(encoding))


# Excel: "CSV UTF-8" has a mark, and semicolons where the comma is the decimal point; "Unicode Text" is UTF-16 with a mark
# and tabs; "CSV" is in the encoding of the country.
write("excel-csv-utf8.csv", text(",", "\r\n"), "utf-8-sig")
write("excel-csv-utf8-german.csv", text(";", "\r\n"), "utf-8-sig")
write("excel-unicode-text.txt", "\ufeff" + text("\t", "\r\n"), "utf-16-le")
write("excel-csv-german.csv", text(";", "\r\n"), "cp1252")
# Google Sheets: UTF-8 without a mark, and no end of the last line. Some of its tools end lines as Unix does.
write("google-sheets.csv", text(",", "\r\n", last=False), "utf-8")
write("google-lines-of-unix.csv", text(",", "\n", last=False), "utf-8")
# Numbers: UTF-8 without a mark, and semicolons where the comma is the decimal point.
write("numbers.csv", text(",", "\r\n"), "utf-8")
write("numbers-german.csv", text(";", "\r\n"), "utf-8")
# Databases and scripts: everything in quotes.
write("all-quoted.csv", text(",", "\n", always=True), "utf-8")
