//! Files that other programs wrote; `files/make.py` says how.

use super::*;

macro_rules! file {
    ($name:literal) => {
        include_bytes!(concat!("files/", $name))
    };
}

const WESTERN: [[&str; 3]; 3] = [
    ["de-1", "Müller & Söhne \"Größe\"", "2026-01-31"],
    ["fr-2", "Café Élysée; Hélène, Noël", "493012345678"],
    ["es-3", "Año Niño\nsegunda línea", "5.1"],
];

fn encoding(name: &str) -> Origin {
    Origin::Text { encoding: name.to_owned() }
}

#[test]
fn programs_write_text() {
    for (file, name) in [
        (file!("excel-csv-utf8.csv").as_slice(), "UTF-8"),
        (file!("excel-unicode-text.txt"), "UTF-16LE"),
        (file!("excel-csv-german.csv"), "windows-1252"),
        (file!("google-sheets.csv"), "UTF-8"),
        (file!("libreoffice.csv"), "UTF-8"),
    ] {
        let sheet = read(file);
        assert_eq!((cells(&sheet).as_slice(), &sheet.head.origin), (WESTERN.as_slice(), &encoding(name)));
        assert_eq!(lines(&sheet), [2, 3, 4]);
    }
    let sheet = read(file!("excel-csv-japanese.csv"));
    let japanese = [["jp-1", "株式会社さくら", "東京支店"], ["jp-2", "ソフトウェア販売", "一行目\n二行目"]];
    assert_eq!(
        (cells(&sheet).as_slice(), sheet.head.origin.clone()),
        (japanese.as_slice(), encoding("Shift_JIS"))
    );
    let sheet = read(file!("excel-csv-macintosh.csv"));
    assert_eq!(cells(&sheet), [["mac-1", "Brightwater", "a, b"], ["mac-2", "Alder", ""]]);
    assert_eq!(lines(&sheet), [2, 3]);
}

#[test]
fn programs_write_workbooks() {
    for file in [file!("openpyxl.xlsx").as_slice(), file!("libreoffice.xlsx")] {
        let sheet = read(file);
        assert_eq!(cells(&sheet), WESTERN);
        assert_eq!(sheet.head.origin, Origin::Workbook { sheet: "Offers".to_owned() });
    }
}

#[test]
fn workbooks_that_are_not_read_say_what_they_are() {
    assert_eq!(why(file!("xlwt.xls")), Unreadable::OldWorkbook);
    assert_eq!(why(file!("libreoffice.xls")), Unreadable::OldWorkbook);
    assert_eq!(why(file!("libreoffice.ods")), Unreadable::OtherWorkbook);
    assert_eq!(why(file!("encrypted.xlsx")), Unreadable::Encrypted);
}
