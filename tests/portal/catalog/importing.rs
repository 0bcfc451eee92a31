//! Files of offers: what they would do is shown, the good rows go in, the same file again changes nothing.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::catalog::{command_line, sample};

use super::{HEADS, keeper, upload};
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

#[actix_web::test]
async fn an_empty_catalog_offers_the_sample_and_the_same_again_changes_nothing() {
    let portal = Portal::open().await;
    let mut robin = keeper(&portal).await;
    robin.visit("/catalog").await;
    robin.sees("twotier catalogue import offers.csv");
    robin.follow("Download the sample").await;
    assert_eq!(robin.download().text(), sample::FILE);
    robin.press("Use the sample catalog").await;
    robin.sees("67 new, 0 changed, 0 the same, 0 refused.");
    robin.press("Apply").await;
    robin.sees("The file is applied.").sees("67 offers were added");
    robin.follow("See the catalog").await;
    robin.sees("67 offers").sees_link("Next");
    robin.follow("Export as CSV").await;
    let export = robin.download().text();
    for again in [sample::FILE.to_owned(), export.clone()] {
        upload(&mut robin, &again).await;
        robin.sees("0 new, 0 changed");
    }
    upload(&mut robin, &export).await;
    robin.sees("0 new, 0 changed, 67 the same, 0 refused.").sees_no_button("Apply");
}

#[actix_web::test]
async fn every_row_says_what_becomes_of_it_and_the_good_ones_go_in() {
    let portal = Portal::open().await;
    let mut robin = keeper(&portal).await;
    let first = format!("{HEADS}\nsuite,Suite,enterprise,1,300,monthly;annual,12,5.00,50.00\n");
    upload(&mut robin, &first).await;
    robin.press("Apply").await;
    let second = format!(
        "{HEADS},Colour\nsuite,Suite,enterprise,1,300,monthly;annual,12,6.00,50.00,red\n\
         other,Other,enterprise,1,300,monthly;annual,12,\"1,5\",15,red\n\
         broken,Broken,enterprise,5,2,weekly,12,abc,50.00,red\n,,,,,,,,,red\n"
    );
    upload(&mut robin, &second).await;
    robin
        .sees("1 new, 1 changed, 0 the same, 2 refused.")
        .sees("This column is not known and is left out: Colour");
    // The first price is of today, so it can be mended today.
    robin.sees("EUR monthly: 5.00 → 6.00 from").sees_row(&["3", "Other other", "New"]);
    robin
        .sees("Maximum: Enter 5 or more.")
        .sees("“weekly” is not known here. Use one of: monthly, annual, none.");
    robin.sees("Offer ID: Enter the offer ID.");
    robin.follow("Refused (2)").await;
    robin.sees_no_row(&["3", "Other other"]).sees("Broken");
    robin.press("Apply").await;
    robin.sees("1 offer was added, 1 was changed, 2 rows were refused.");
    robin.visit("/catalog?search=suite").await;
    robin.follow("Suite").await;
    robin.sees_row(&["EUR", "€ 6.00", "€ 50.00"]);
    robin.visit("/activity").await;
    robin.sees("Import a file of offers").sees_row(&["EUR monthly", "5.00", "6.00"]).sees("Refused rows");
}

#[actix_web::test]
async fn applying_twice_does_it_once_and_a_change_in_between_is_shown_first() {
    let portal = Portal::open().await;
    let mut robin = keeper(&portal).await;
    let file = format!("{HEADS}\nsuite,Suite,enterprise,1,300,monthly;annual,12,5.00,50.00\n");
    upload(&mut robin, &file).await;
    let mut tab = robin.clone_session();
    let address = robin.path().to_owned();
    tab.visit(&address).await;
    robin.press("Apply").await;
    tab.press("Apply").await;
    tab.sees("This file was applied before. Nothing was done again.");

    let dearer = file.replace("5.00,", "7.00,");
    upload(&mut robin, &dearer).await;
    upload(&mut tab, &file.replace("5.00,", "6.00,")).await;
    tab.press("Apply").await;
    robin.press("Apply").await;
    assert_eq!(robin.status(), StatusCode::CONFLICT);
    robin.sees("The catalog was changed after you had read this.").sees("EUR monthly: 6.00 → 7.00");
    robin.press("Apply").await;
    robin.sees("1 was changed");
}

#[actix_web::test]
async fn what_is_no_file_of_offers_says_why_and_a_pasted_text_stays() {
    let portal = Portal::open().await;
    let mut robin = keeper(&portal).await;
    robin.visit("/catalog/upload").await;
    robin.press("Show what it does").await;
    robin.sees_problem("File", "There are no rows with offers in it.");
    robin.fill("Or paste its text", "Name;Price\nSuite;5\n").press("Show what it does").await;
    robin.sees_problem("Or paste its text", "There is no column Offer ID. The first row names: Name, Price.");
    assert!(robin.field("Or paste its text").starts_with("Name;Price"));
    robin.fill(
        "Or paste its text",
        &format!("{HEADS}\nsuite,Suite,enterprise,1,9,monthly,12,5,\n").replace(',', "\t"),
    );
    robin.press("Show what it does").await;
    robin.sees_heading("Pasted offers").sees("1 new");
    upload(&mut robin, &"x".repeat(4_000_001)).await;
    robin.sees_problem("File", "It is larger than 4 MB.");
}

#[actix_web::test]
async fn an_upload_is_its_owners_own() {
    let portal = Portal::open().await;
    let mut robin = keeper(&portal).await;
    upload(&mut robin, sample::FILE).await;
    let address = robin.path().to_owned();
    let other = portal.has_organisation(OrganisationKind::Operator, "Second operator", "US").await;
    let mut robert = portal.browser_in(&other, &[Role::GlobalAdmin]).await;
    robert.visit(&address).await;
    assert_eq!(robert.status(), StatusCode::NOT_FOUND);
    robert.post(&address, &[("mark", "x")]).await;
    assert_eq!(robert.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn the_command_does_the_same_and_says_so_row_by_row() {
    let portal = Portal::open().await;
    let mut robin = keeper(&portal).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("offers.csv");
    let text = format!(
        "{HEADS}\nsuite,Suite,enterprise,1,300,monthly;annual,12,5.00,50.00\nbroken,,enterprise,1,300,monthly,12,,\n"
    );
    std::fs::write(&file, text).unwrap();
    let dry = command_line::import(&portal.db, command_line::read(&file).unwrap(), true).await.unwrap();
    assert!(
        dry.text.trim_end().ends_with("Would be: 1 new, 0 changed, 0 the same, 1 refused."),
        "{}",
        dry.text
    );
    robin.visit("/catalog").await;
    robin.sees("There are no offers yet");
    let done = command_line::import(&portal.db, command_line::read(&file).unwrap(), false).await.unwrap();
    assert_eq!(done.refused, 1);
    let lines: Vec<_> = done.text.lines().collect();
    assert_eq!(
        lines,
        [
            "line 2: suite: new",
            "line 3: broken: refused: Name: Enter the name.",
            "1 new, 0 changed, 0 the same, 1 refused."
        ]
    );
    robin.visit("/activity").await;
    robin.sees("twotier catalogue import").sees("Import a file of offers");
    std::fs::write(&file, command_line::export(&portal.db).await.unwrap()).unwrap();
    let again = command_line::import(&portal.db, command_line::read(&file).unwrap(), false).await.unwrap();
    assert_eq!(again.text.trim(), "line 2: suite: same\n0 new, 0 changed, 1 the same, 0 refused.");
}

#[actix_web::test]
async fn an_installation_without_an_operator_can_import_too() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("There before", 100)).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("offers.csv");
    std::fs::write(&file, sample::FILE).unwrap();
    let done = command_line::import(&portal.db, command_line::read(&file).unwrap(), false).await.unwrap();
    assert!(done.text.trim_end().ends_with("67 new, 0 changed, 0 the same, 0 refused."), "{}", done.text);
    let (sam, _) = crate::ordering::begun::sam_chooses(&portal, "fabrikam", None).await;
    sam.sees("Office 365 Enterprise E3").sees("There before");
}
