//! The same users, as one program after the other writes them; `files/make.py` says how.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::{applies, begins, uploads};
use crate::support::portal::Portal;
use crate::users::licenses::product;

macro_rules! file {
    ($name:literal) => {
        ($name, include_bytes!(concat!("files/", $name)).as_slice())
    };
}

#[actix_web::test]
async fn whichever_program_wrote_a_file_its_rows_are_the_same() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    portal.has_subscription(&alder, product("Suite", 9, "")).await;
    portal.has_subscription(&alder, product("Mail", 9, "")).await;
    let utf_8 = [
        file!("excel-csv-utf8.csv"),
        file!("excel-csv-utf8-german.csv"),
        file!("google-sheets.csv"),
        file!("google-lines-of-unix.csv"),
        file!("numbers.csv"),
        file!("numbers-german.csv"),
        file!("libreoffice-utf8.csv"),
        file!("all-quoted.csv"),
    ];
    let others = [
        (file!("excel-unicode-text.txt"), "The text was read as UTF-16LE."),
        (file!("excel-csv-german.csv"), "The text was read as windows-1252."),
        (file!("libreoffice-utf16.csv"), "The text was read as UTF-16LE."),
        (file!("libreoffice-windows1252.csv"), "The text was read as windows-1252."),
        (file!("libreoffice.xlsx"), "Read from the sheet excel-csv-utf8."),
    ];
    let mut seen = Vec::new();
    for ((name, file), origin) in utf_8.into_iter().map(|file| (file, "")).chain(others) {
        uploads(&mut ada, &alder, file).await;
        ada.sees("3 new, 0 changed, 0 the same, 1 refused.").sees(origin);
        if origin.is_empty() {
            ada.sees_not("The text was read as");
        }
        seen.push((name, ada.rows()));
    }
    let (_, first) = seen.first().expect("a file was uploaded");
    for (name, rows) in &seen {
        assert_eq!(rows, first, "{name}");
    }
    let jo = r#"Jörg "Jo" Müller"#;
    let address = "joerg.mueller@alder.onmicrosoft.com";
    ada.sees_row(&["2", "Jörg", "Müller", jo, address, "DE", "Suite; Mail", "New"]);
    ada.sees_row(&["3", "Hélène", "Noël, Élysée", "Hélène Noël", "helene", "France", "Suite", "New"]);
    ada.sees_row(&["4", "Niño", "Año", "Enter the display name.", "nino", "ES", "Refused"]);
    // There is a line break in the name.
    ada.sees_row(&["5", "María", "Muñoz", "María Muñoz", "maria", "New"]);
    applies(&mut ada, "Apply 3 rows").await;
    ada.sees("3 added, 0 changed, 0 unchanged, 1 refused.");
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees_row(&[jo, address, "Mail, Suite"]).sees_row(&["María Muñoz", "maria@alder.onmicrosoft.com"]);
    assert_eq!(
        portal.database.number("SELECT count(*) FROM customer_users WHERE last_name = 'Noël, Élysée'"),
        1
    );
}

#[actix_web::test]
async fn numbers_days_and_formulas_in_a_workbook_are_read_as_people_see_them() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    portal.has_subscription(&alder, product("Suite", 2, "")).await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Staff").expect("a name");
    let heads = ["First name", "Last name", "Display name", "Email", "Status update", "Location", "Licenses"];
    sheet.write_row_with_format(0, 0, heads, &Format::new().set_bold()).expect("the heads");
    let day = ExcelDateTime::parse_from_str("2026-01-31").expect("a day");
    sheet.write(1, 0, 7).expect("a number");
    sheet.write_with_format(1, 1, &day, &Format::new().set_num_format("dd/mm/yyyy")).expect("a day");
    sheet.write_with_format(1, 2, 4711, &Format::new().set_num_format("00000")).expect("a number");
    sheet.write(1, 3, 4711).expect("a number");
    sheet.write(1, 4, Formula::new("=1/0").set_result("#DIV/0!")).expect("a formula");
    sheet.write(1, 5, "DE").expect("a text");
    sheet.write(1, 6, Formula::new("=\"Su\"&\"ite\"").set_result("Suite")).expect("a formula");
    // Rows that are formatted and empty are none.
    sheet.write_with_format(2, 0, "", &Format::new().set_bold()).expect("a blank cell");
    sheet.set_freeze_panes(1, 0).expect("a frozen row");
    sheet.autofilter(0, 0, 1, 6).expect("a filter");
    uploads(&mut ada, &alder, book.save_to_buffer().expect("a workbook")).await;
    ada.sees("1 new, 0 changed, 0 the same, 0 refused.").sees("Read from the sheet Staff.");
    ada.sees_row(&["2", "7", "2026-01-31", "04711", "4711", "DE", "Suite", "New"]);
    applies(&mut ada, "Apply 1 row").await;
    ada.sees("1 added, 0 changed, 0 unchanged, 0 refused.");
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees_row(&["04711", "4711@alder.onmicrosoft.com", "Suite"]);
}
