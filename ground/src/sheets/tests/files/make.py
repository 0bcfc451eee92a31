"""Makes the files beside this one: `pip install openpyxl xlwt msoffcrypto-tool && python make.py`.

Those of LibreOffice 7.4 were converted of `openpyxl.xlsx` by `soffice --headless --outdir out --convert-to KIND`, where
KIND is `xlsx:"Calc MS Excel 2007 XML"`, `ods`, `xls`, and, for the third sheet with semicolons in UTF-8,
`csv:"Text - txt - csv (StarCalc)":59,34,76,1,,0,false,true,false,false,false,3`.
"""

import datetime
import io

import msoffcrypto.format.ooxml
import openpyxl
import xlwt

HEADS = ["Offer code", "Name", "Note"]
WESTERN = [
    ["de-1", 'Müller & Söhne "Größe"', "2026-01-31"],
    ["fr-2", "Café Élysée; Hélène, Noël", "493012345678"],
    ["es-3", "Año Niño\nsegunda línea", "5.1"],
]
JAPANESE = [["jp-1", "株式会社さくら", "東京支店"], ["jp-2", "ソフトウェア販売", "一行目\n二行目"]]


def quoted(cell, divider):
    must = any(sign in cell for sign in (divider, '"', "\n", "\r"))
    return '"' + cell.replace('"', '""') + '"' if must else cell


def text(rows, divider, line_end, last=True):
    lines = [divider.join(quoted(cell, divider) for cell in row) for row in [HEADS] + rows]
    return line_end.join(lines) + (line_end if last else "")


def write(name, content, encoding):
    with open(name, "wb") as file:
        file.write(content.encode(encoding))


# Excel: "CSV UTF-8" has a mark; "Unicode Text" is UTF-16 with a mark and tabs; "CSV" is in the encoding of the country,
# with semicolons where the comma is the decimal point; "CSV (Macintosh)" ends lines as old Macs did.
write("excel-csv-utf8.csv", text(WESTERN, ",", "\r\n"), "utf-8-sig")
write("excel-unicode-text.txt", "\ufeff" + text(WESTERN, "\t", "\r\n"), "utf-16-le")
write("excel-csv-german.csv", text(WESTERN, ";", "\r\n"), "cp1252")
write("excel-csv-japanese.csv", text(JAPANESE, ",", "\r\n"), "cp932")
write("excel-csv-macintosh.csv", text([["mac-1", "Brightwater", "a, b"], ["mac-2", "Alder", ""]], ",", "\r"), "ascii")
# Google Sheets: UTF-8 without a mark, and no end of the last line.
write("google-sheets.csv", text(WESTERN, ",", "\r\n", last=False), "utf-8")

book = openpyxl.Workbook()
about = book.active
about.title = "About"
about["A1"] = "How to fill this in"
hidden = book.create_sheet("Lists")
hidden.sheet_state = "hidden"
hidden.append(HEADS)
hidden.append(["hidden", "", ""])
sheet = book.create_sheet("Offers")
sheet.append(HEADS)
for code, name, note in WESTERN:
    sheet.append([code, name, note])
sheet["C2"] = datetime.date(2026, 1, 31)
sheet["C3"] = 493012345678
sheet["C4"] = 5.1
book.save("openpyxl.xlsx")

old = xlwt.Workbook()
page = old.add_sheet("Offers")
for line, row in enumerate([HEADS] + WESTERN):
    for column, cell in enumerate(row):
        page.write(line, column, cell)
old.save("xlwt.xls")

with open("openpyxl.xlsx", "rb") as plain, open("encrypted.xlsx", "wb") as encrypted:
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(plain.read())).encrypt("password", encrypted)
