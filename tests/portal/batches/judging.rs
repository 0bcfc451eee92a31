//! What the rows would do, and what comes of them.

use actix_web::http::StatusCode;
use data_encoding::HEXLOWER;
use rust_xlsxwriter::Workbook;
use sha2::{Digest as _, Sha256};
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::{HEADS, applies, begins, uploads, users};
use crate::support::portal::Portal;
use crate::users::adds;

#[actix_web::test]
async fn every_row_says_what_becomes_of_it_before_anything_happens() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    adds(&mut ada, &alder, ("Ben", "Beck", "ben")).await;
    adds(&mut ada, &alder, ("Cyd", "Cole", "cyd")).await;
    let long = "x".repeat(51);
    let file = format!(
        "{HEADS},Colour\nMia,Moss,Mia Moss,mia@alder.onmicrosoft.com,,red\nBen,Beck,Benjamin Beck,ben,,red\n\
         Cyd,Cole,Cyd Cole,CYD@alder.onmicrosoft.com,,red\n{long},,Dan,dan,,red\n,,,eve,,red\n\
         ,,Fay,fay@gmail.example,,red\n,,Mia again,Mia,,red\n\
         Mia,Moss,Moss, Mia,mia2,,red\n,,Eve Eder,eve,,red\n"
    );
    uploads(&mut ada, &alder, &file).await;
    ada.sees("2 new, 1 changed, 1 the same, 5 refused.").sees("Nothing has happened yet.");
    ada.sees("This column is not known and is left out: Colour.");
    ada.sees_row(&["2", "Mia", "Moss", "Mia Moss", "mia@alder.onmicrosoft.com", "New"]);
    ada.sees_row(&["3", "Ben", "Beck", "Benjamin Beck", "ben", "Changed Name: Ben Beck → Benjamin Beck"]);
    ada.sees_row(&["4", "Cyd", "Same"]).sees_row(&["5", "Use 50 characters or fewer.", "Refused"]);
    ada.sees_row(&["6", "Enter the display name.", "eve", "Refused"]);
    ada.sees_row(&["7", "Fay", "User names of this customer end with @alder.onmicrosoft.com."]);
    ada.sees_row(&["8", "Mia again", "The same user stands in line 2, which goes first."]);
    ada.sees_row(&["9", "This row has 7 cells where there are 6 columns.", "Refused"]);
    ada.sees_row(&["10", "Eve Eder", "eve", "New"]);
    assert_eq!(users(&portal), 2);
    ada.follow("Refused 5").await;
    ada.sees_no_row(&["2", "Mia"]).sees_row(&["5", "Refused"]).sees_row(&["8", "Refused"]);
    assert_eq!(ada.page().rows().len(), 1 + 5, "as many rows are marked as are counted");
    applies(&mut ada, "Apply 3 rows").await;
    ada.sees("2 added, 1 changed, 1 unchanged, 5 refused.").sees("Done, rows refused");
    assert_eq!(users(&portal), 4);
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees_row(&["Benjamin Beck", "ben@alder.onmicrosoft.com"]).sees_row(&["Mia Moss", "Germany"]);
    ada.visit("/activity").await;
    ada.sees("Apply an uploaded file").sees("Finish an uploaded file").sees("Add a user of a customer");
}

#[actix_web::test]
async fn refused_rows_come_back_as_a_file_and_the_same_again_changes_nothing() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    uploads(&mut ada, &alder, format!("{HEADS}\nMia,Moss,Mia Moss,mia,\nDan,Dorn,,dan,\n")).await;
    applies(&mut ada, "Apply 1 row").await;
    ada.follow("Refused rows as CSV").await;
    let refused = ada.download().text();
    let lines: Vec<&str> = refused.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines, [HEADS, "Dan,Dorn,,dan,Display name: Enter the display name."]);
    // Mended, it is sent as it came; and what went in before is the same.
    uploads(&mut ada, &alder, refused.replace("Dan,Dorn,,dan", "Dan,Dorn,Dan Dorn,dan")).await;
    ada.sees("1 new, 0 changed, 0 the same, 0 refused.");
    applies(&mut ada, "Apply 1 row").await;
    uploads(&mut ada, &alder, format!("{HEADS}\nMia,Moss,Mia Moss,mia,\nDan,Dorn,,dan,\n")).await;
    ada.sees("0 new, 0 changed, 1 the same, 1 refused.").sees("There is nothing to apply.");
    ada.sees("The same file was applied on").sees_no_button("Apply 1 row");
    // What stands in the list of users is a file of users, too.
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.follow("Export as CSV").await;
    let export = ada.download();
    uploads(&mut ada, &alder, export.bytes).await;
    ada.sees("0 new, 0 changed, 2 the same, 0 refused.");
}

#[actix_web::test]
async fn files_come_in_every_dialect() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    ada.visit(&format!("/customers/{alder}/users/uploads/new")).await;
    ada.follow("the sample").await;
    let sample = ada.download();
    assert_eq!(
        (sample.name.as_str(), sample.text().contains("ada.example@alder.onmicrosoft.com")),
        ("users.csv", true)
    );
    uploads(&mut ada, &alder, &sample.bytes).await;
    ada.sees("1 new, 0 changed, 0 the same, 0 refused.");
    let semicolons = "Display name;Email;Location\n\"Jörg\nMüller\";joerg;österreich\n";
    let utf_16: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(semicolons.replace("österreich", "AT").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    uploads(&mut ada, &alder, &utf_16).await;
    ada.sees("1 new").sees("Jörg Müller").sees("The text was read as UTF-16LE.");
    let latin: Vec<u8> = semicolons
        .replace("österreich", "Austria")
        .chars()
        .map(|sign| u8::try_from(u32::from(sign)).unwrap())
        .collect();
    uploads(&mut ada, &alder, &latin).await;
    ada.sees("1 new").sees("The text was read as windows-1252.");
    uploads(&mut ada, &alder, "Email\tDisplay name\nmia\tMia\n").await;
    ada.sees_row(&["2", "Mia", "mia", "New"]);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("People").unwrap();
    for (column, (head, cell)) in (0..).zip([("Email", "mia"), ("Display name", "Mia")]) {
        sheet.write(0, column, head).unwrap();
        sheet.write(1, column, cell).unwrap();
    }
    uploads(&mut ada, &alder, book.save_to_buffer().unwrap()).await;
    ada.sees("Read from the sheet People.").sees("1 new");
    // What is no file of users says what it lacks.
    uploads(&mut ada, &alder, "Name\nMia\n").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees("Display name").sees_heading("Upload users");
    ada.visit(&format!("/customers/{alder}/users/uploads/new")).await;
    ada.fill("Or paste its text", "Display name,Email\nMia,mia\n").press("Show what it does").await;
    ada.sees_heading("Pasted users").sees("1 new");
    // Of all these, only the last one still waits.
    ada.follow("All uploads").await;
    ada.sees_row(&["Pasted users", "Not applied yet"]).sees_row(&["Not applied"]);
    assert_eq!(portal.database.number("SELECT count(*) FROM batches WHERE state = 'shown'"), 1);
}

#[actix_web::test]
async fn a_name_that_is_taken_is_refused_whoever_has_it() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    ada.press("Done").await;
    ada.follow("Mia Moss").await;
    ada.follow("Delete").await;
    ada.press("Yes, delete user").await;
    portal.has_admin(&alder).await;
    uploads(&mut ada, &alder, "Display name,Email\nMia Moss,mia\nAdmin,admin\n").await;
    ada.sees_row(&["2", "A deleted user has this user name. Restore that user, or choose another name."]);
    // The first admin has roles; whoever may not change those is refused.
    ada.sees_row(&["3", "admin", "Changed"]);
    let mut una = portal.browser_of(Role::UserAdmin).await;
    uploads(&mut una, &alder, "Display name,Email\nAdmin,admin\n").await;
    una.sees_row(&["2", "This user has admin roles, and your roles do not let you change such users."]);
}

#[actix_web::test]
async fn what_changed_after_the_preview_is_not_overwritten() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    adds(&mut ada, &alder, ("Ben", "Beck", "ben")).await;
    uploads(&mut ada, &alder, "Display name,Email\nMia Moss,mia\nBenjamin,ben\nDan Dorn,dan\n").await;
    ada.sees("2 new, 1 changed");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    adds(&mut sam, &alder, ("Mia", "Else", "mia")).await;
    sam.visit(&format!("/customers/{alder}/users")).await;
    sam.follow("Ben Beck").await;
    sam.fill("Display name", "Benno").press("Save").await;
    applies(&mut ada, "Apply 3 rows").await;
    ada.sees("1 added, 0 changed, 0 unchanged, 2 refused.");
    ada.sees_row(&["2", "Somebody else added or changed this user after you had read what the file does."]);
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees("Mia Else").sees("Benno").sees("Dan Dorn");
}

#[actix_web::test]
async fn a_preview_is_let_go_of_and_rows_are_forgotten_but_not_that_there_was_a_file() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    uploads(&mut ada, &alder, "Display name,Email\nMia Moss,mia\n").await;
    let first = ada.path().to_owned();
    uploads(&mut ada, &alder, "Display name,Email\nDan Dorn,dan\n").await;
    let second = ada.path().to_owned();
    ada.visit(&first).await;
    ada.sees("Nothing was done: another file took the place of this one").sees_no_button("Apply 1 row");
    ada.post(&first, &[]).await;
    ada.sees("Nothing was done: another file took the place of this one, or it waited for too long.");
    ada.visit(&second).await;
    applies(&mut ada, "Apply 1 row").await;
    portal.does("forget_uploads", Moment::now().plus_days(2)).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM batch_rows"), 1, "whom the first one named");
    assert_eq!(portal.database.number("SELECT count(*) FROM batches"), 2);
    ada.visit(&second).await;
    ada.sees("1 added").sees_link("Take back");
    portal.does("forget_uploads", Moment::now().plus_days(91)).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM batch_rows"), 0);
    ada.visit(&second).await;
    ada.sees("1 added").sees("The rows are forgotten by now").sees_no_link("Take back");
    uploads(&mut ada, &alder, "Display name,Email\nEve Eder,eve\n").await;
    portal.does("forget_uploads", Moment::now().plus_days(93)).await;
    ada.reload().await;
    ada.sees("or nobody applied it in time.");
    assert_eq!(portal.database.number("SELECT count(*) FROM batch_rows"), 0);
    ada.follow("All uploads").await;
    assert_eq!(ada.page().rows().len(), 4, "that there were three is kept, below the heads");
}

#[actix_web::test]
async fn a_file_has_a_hundred_thousand_rows_at_most() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    let rows: String = (0..100_001).map(|row| format!("U,u{row}\n")).collect();
    uploads(&mut ada, &alder, format!("Display name,Email\n{rows}")).await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees_heading("Upload users").sees("100,000");
    assert_eq!(portal.database.number("SELECT count(*) FROM batches"), 0);
}

#[actix_web::test]
async fn the_record_says_which_file_it_was_whose_and_where_new_users_are() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    let file = "Display name,Email\nMia Moss,mia\n";
    ada.visit(&format!("/customers/{alder}/users/uploads/new")).await;
    ada.attach("File", file).choose("Location", "France").press("Show what it does").await;
    applies(&mut ada, "Apply 1 row").await;
    let hash = HEXLOWER.encode(&Sha256::digest(file));
    ada.sees(&hash).sees("Uploaded").sees("by Sam admin_agent").sees("France");
    ada.follow("All uploads").await;
    ada.follow("Export as CSV").await;
    assert!(ada.download().text().contains(&hash));
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees_row(&["Mia Moss", "France"]);
}
