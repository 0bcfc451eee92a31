//! Files of offers as spreadsheets save them: workbooks, and text in the encodings of their countries.

use rust_xlsxwriter::Workbook;
use twotier::access::{OrganisationKind, Role};
use twotier::catalog::command_line;

use super::{HEADS, keeper, upload};
use crate::support::portal::Portal;

const ROW: &str = "suite,Suite für Bäcker,enterprise,1,300,monthly;annual,12,5.00,50.00";

/// The rows of a text as a workbook: a sheet that explains, and one with numbers as numbers.
fn workbook(rows: &[&str]) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("About").unwrap().write(0, 0, "How to fill this in").unwrap();
    let sheet = book.add_worksheet().set_name("Offers").unwrap();
    for (line, row) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(row.split(',')) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(line, column, number).unwrap(),
                Err(_) => sheet.write(line, column, cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

#[actix_web::test]
async fn a_workbook_is_read_and_says_from_which_sheet() {
    let portal = Portal::open().await;
    let mut robin = keeper(&portal).await;
    upload(&mut robin, workbook(&[HEADS, ROW, "", "broken,,enterprise,1,300,monthly,12,,"])).await;
    robin.sees("Read from the sheet Offers.").sees("1 new, 0 changed, 0 the same, 1 refused.");
    robin.sees_row(&["2", "Suite für Bäcker suite", "New"]).sees("Name: Enter the name.");
    robin.sees_row(&["4", "broken", "Refused"]);
    robin.press("Apply").await;
    robin.sees("1 offer was added");
    upload(&mut robin, format!("{HEADS}\n{ROW}\n")).await;
    robin.sees("0 new, 0 changed, 1 the same, 0 refused.").sees_not("Read from the sheet");
}

#[actix_web::test]
async fn text_of_a_country_is_read_in_its_encoding_and_says_so() {
    let portal = Portal::open().await;
    let mut robin = keeper(&portal).await;
    let german = format!("{HEADS}\r\n{ROW}\r\n").replace(';', " ").replace(',', ";");
    let german: Vec<u8> = german.chars().map(|sign| u8::try_from(u32::from(sign)).unwrap()).collect();
    upload(&mut robin, &german).await;
    robin.sees("The text was read as windows-1252.").sees_row(&["2", "Suite für Bäcker suite", "New"]);

    let operator = portal.has_organisation(OrganisationKind::Operator, "さくら商事", "JP").await;
    let mut sakura = portal.browser_in(&operator, &[Role::AdminAgent]).await;
    let name = [0x93, 0x8c, 0x8b, 0x9e];
    let japanese = format!("{HEADS}\r\n{ROW}\r\n").replace("Suite für Bäcker", "NAME").into_bytes();
    let at = japanese.windows(4).position(|window| window == b"NAME").unwrap();
    let japanese = [&japanese[..at], &name, &japanese[at + 4..]].concat();
    upload(&mut sakura, &japanese).await;
    sakura.sees("The text was read as Shift_JIS.").sees_row(&["2", "東京 suite", "New"]);
}

#[actix_web::test]
async fn what_cannot_be_read_says_what_to_save_it_as() {
    let portal = Portal::open().await;
    let mut robin = keeper(&portal).await;
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice();
    for (file, said) in [
        ([compound, &wide("Workbook")].concat(), "It is a workbook as Excel saved them until 2003 (XLS)."),
        ([compound, &wide("EncryptedPackage")].concat(), "It is protected with a password."),
        (b"%PDF-1.7\n%\xe2\xe3".to_vec(), "It is neither CSV nor an Excel workbook (XLSX)."),
        (
            b"<html><table><tr><td>Offer ID".to_vec(),
            "It is no Excel workbook (XLSX), but one of another kind",
        ),
        (b"PK\x03\x04\0\0".to_vec(), "The workbook is damaged."),
        (
            format!("{HEADS}\na,ä,ö,ü\nb,ß,é\n").into_bytes().into_iter().chain([0xe4]).collect(),
            "From line 4 on",
        ),
        (
            workbook(&["Name,Price", "Suite,5"]),
            "There is no column Offer ID. The first row names: How to fill this in.",
        ),
    ] {
        upload(&mut robin, &file).await;
        robin.sees_problem("File", said);
    }
}

#[actix_web::test]
async fn what_was_uploaded_before_an_upgrade_can_be_applied_after_it() {
    let portal = Portal::open().await;
    let mut robin = keeper(&portal).await;
    upload(&mut robin, format!("{HEADS}\n{ROW}\n")).await;
    let body = format!("{HEADS}\n{}\n", ROW.replace("suite", "before"));
    portal.database.change(&format!("UPDATE previewed_files SET body = '{body}'"));
    let preview = robin.path().to_owned();
    robin.visit(&preview).await;
    robin.sees_row(&["2", "Suite für Bäcker before", "New"]);
    robin.press("Apply").await;
    robin.sees("1 offer was added");
}

#[actix_web::test]
async fn the_command_reads_workbooks_too() {
    let portal = Portal::open().await;
    keeper(&portal).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("offers.xlsx");
    std::fs::write(&file, workbook(&[HEADS, ROW])).unwrap();
    let done = command_line::import(&portal.db, command_line::read(&file).unwrap(), false).await.unwrap();
    assert!(done.text.contains("line 2: suite: new"), "{}", done.text);
    std::fs::write(&file, "%PDF-1.7").unwrap();
    let Err(error) = command_line::read(&file) else { panic!("a PDF was read") };
    assert!(error.to_string().ends_with("neither CSV nor a workbook (XLSX)"), "{error}");
}
