//! Workbooks made by hand, to hold what no program writes.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An archive of these parts.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, body) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(body).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook in the making.
#[derive(Default)]
pub struct Book {
    /// Name, state, what stands in the sheet.
    pub sheets: Vec<(&'static str, &'static str, String)>,
    pub strings: String,
    pub styles: String,
    pub properties: &'static str,
}

impl Book {
    /// A workbook of one sheet.
    pub fn of(rows: impl Into<String>) -> Self {
        Self { sheets: vec![("Sheet1", "visible", sheet(&rows.into()))], ..Self::default() }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut contents = String::new();
        let mut relations =
            relation("s", "styles", "styles.xml") + &relation("t", "sharedStrings", "/xl/Strings.xml");
        let mut parts: Vec<(String, String)> = Vec::new();
        for (number, (name, state, body)) in self.sheets.iter().enumerate() {
            contents += &format!(
                "<sheet name=\"{name}\" sheetId=\"{number}\" state=\"{state}\" r:id=\"r{number}\"/>"
            );
            relations += &relation(&format!("r{number}"), "worksheet", &format!("sheets/{number}.xml"));
            parts.push((format!("xl/sheets/{number}.xml"), body.clone()));
        }
        let properties = self.properties;
        parts.push((
            "_rels/.rels".to_owned(),
            relations_of(&relation("b", "officeDocument", "xl/workbook.xml")),
        ));
        parts.push(("xl/_rels/workbook.xml.rels".to_owned(), relations_of(&relations)));
        parts.push((
            "xl/workbook.xml".to_owned(),
            format!("<workbook><workbookPr {properties}/><sheets>{contents}</sheets></workbook>"),
        ));
        parts.push((
            "xl/strings.xml".to_owned(),
            format!("<sst uniqueCount=\"18446744073709551615\">{}</sst>", self.strings),
        ));
        parts.push(("xl/styles.xml".to_owned(), format!("<styleSheet>{}</styleSheet>", self.styles)));
        let parts: Vec<_> = parts.iter().map(|(name, body)| (name.as_str(), body.as_bytes())).collect();
        archive(&parts)
    }
}

pub fn sheet(rows: &str) -> String {
    format!("<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>")
}

/// A row of texts.
pub fn row(texts: &[&str]) -> String {
    let cells: String =
        texts.iter().map(|text| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")).collect();
    format!("<row>{cells}</row>")
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{id}\" Type=\"http://schemas.example/{kind}\" Target=\"{target}\"/>")
}

fn relations_of(relations: &str) -> String {
    format!("<Relationships>{relations}</Relationships>")
}
