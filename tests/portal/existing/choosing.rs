//! Likely duplicates, and what becomes of each.

use twotier::access::Role;

use super::{HEADS, applies, customers, file, row, uploads};
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

#[actix_web::test]
async fn likely_duplicates_are_left_out_unless_somebody_adds_them() {
    let portal = Portal::open().await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    uploads(&mut ada, file(&[row("Alder Mill", "aldermill")])).await;
    applies(&mut ada, "Apply 1 row").await;
    // The same name and city under another domain, nearly the same name, and one that stands twice in the file.
    let rows = [
        row("ALDER mill", "alder2").replace("ada@alder2.example", "bo@elsewhere.example"),
        row("Alder Mills", "alder3").replace("ada@alder3.example", "cy@elsewhere.example"),
        row("Birch Works", "birch1"),
        row("Birch Works", "birch2").replace("ada@birch2.example", "di@elsewhere.example"),
    ];
    uploads(&mut ada, file(&rows)).await;
    ada.sees("1 new, 0 changed, 3 to choose, 0 the same, 0 refused.");
    ada.sees("3 rows look like customers that you have, or like earlier rows.");
    ada.follow("Choose one by one").await;
    ada.sees_row(&[
        "2",
        "Likely duplicate Like Alder Mill (aldermill.onmicrosoft.com): the same name and country",
    ]);
    ada.sees_row(&["3", "nearly the same name, in the same city"]);
    ada.sees_row(&["5", "Like line 4 of this file: nearly the same name, in the same city."]);
    ada.sees_no_row(&["birch1"]);
    ada.press("Add it (line 3)").await;
    ada.sees("Your choice is kept.").sees_row(&["3", "New"]);
    ada.press("Leave it out (line 2)").await;
    ada.sees("2 new, 0 changed, 1 to choose, 1 the same, 0 refused.");
    // Until it is applied, choices can be changed.
    ada.press("Add it (line 2)").await;
    ada.press("Leave it out (line 2)").await;
    applies(&mut ada, "Apply 2 rows").await;
    ada.sees("2 added, 0 changed, 1 unchanged, 1 refused.");
    ada.sees("Nobody had chosen whether this is a customer that was there already.");
    assert_eq!(customers(&portal), 3);
}

#[actix_web::test]
async fn a_name_that_is_nearly_the_same_is_found_among_many_that_begin_alike() {
    let portal = Portal::open().await;
    for number in 0..210 {
        portal.has_customer(&format!("Stadtwerke {number:03}")).await;
    }
    portal.has_customer("Stadtwerke Zellhausen").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    uploads(&mut ada, file(&[row("Stadtwerke Zelhausen", "zelhausen")])).await;
    ada.sees("0 new, 0 changed, 1 to choose, 0 the same, 0 refused.");
    ada.follow("Choose one by one").await;
    ada.sees_row(&["2", "Like Stadtwerke Zellhausen"])
        .sees_row(&["2", "nearly the same name, in the same city"]);
}

#[actix_web::test]
async fn all_of_them_are_decided_at_once_and_a_registration_id_tells_companies() {
    let portal = Portal::open().await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let heads = format!("{HEADS},Registration ID");
    let of = |company: &str, domain: &str, id: &str| format!("{},{id}", row(company, domain));
    uploads(&mut ada, format!("{heads}\n{}\n", of("Alder", "alder", "HRB 12345"))).await;
    applies(&mut ada, "Apply 1 row").await;
    let rows = [of("Completely Different", "other1", "hrb-12345"), of("Else", "other2", "HRB 9")];
    uploads(&mut ada, format!("{heads}\n{}\n", rows.join("\n"))).await;
    ada.sees("1 new, 0 changed, 1 to choose, 0 the same, 0 refused.");
    ada.press("Leave all of them out").await;
    ada.sees("1 new, 0 changed, 0 to choose, 1 the same, 0 refused.");
    ada.sees("the same company registration ID");
    applies(&mut ada, "Apply 1 row").await;
    assert_eq!(customers(&portal), 2);
}

#[actix_web::test]
async fn what_a_duplicate_runs_is_brought_to_the_customer_that_it_is() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Suite", 500)).await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let file = format!("{HEADS},Offer,Quantity\n{},Suite,5\n", row("Alder", "alder2"));
    uploads(&mut ada, file).await;
    ada.sees("0 new, 0 changed, 1 to choose, 0 the same, 0 refused.");
    ada.press("It is this customer: bring the subscription along (line 2)").await;
    ada.sees("0 new, 1 changed, 0 to choose, 0 the same, 0 refused.");
    applies(&mut ada, "Apply 1 row").await;
    ada.sees("0 added, 1 changed");
    ada.visit(&format!("/customers/{alder}/subscriptions")).await;
    ada.sees_row(&["Suite", "5"]);
    assert_eq!(customers(&portal), 1);
}

#[actix_web::test]
async fn a_twin_that_somebody_adds_after_the_preview_is_not_added_beside() {
    let portal = Portal::open().await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    uploads(&mut ada, file(&[row("Alder", "alder2"), row("Birch", "birch"), row("Birchs", "birch2")])).await;
    portal.has_customer("Alder").await;
    // Its own rows may look alike.
    applies(&mut ada, "Apply 3 rows").await;
    ada.sees("2 added, 0 changed, 0 unchanged, 1 refused.");
    ada.sees_row(&["2", "Alder", "Refused"]);
}

#[actix_web::test]
async fn what_a_row_says_of_a_customer_who_is_there_is_not_passed_over() {
    let portal = Portal::open().await;
    portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_no_agreement(&alder).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let heads = "Company name,Primary domain name,Reseller MPN ID,Agreement accepted on";
    for (row, told) in [
        ("Alder,alder,4810233,", "this reseller does not administer it"),
        ("Alder,alder,,2024-05-06", "has not accepted the agreement as far as the portal knows"),
        ("Alder,alder,,", "There is nothing to apply."),
    ] {
        uploads(&mut ada, format!("{heads}\n{row}\n")).await;
        ada.sees(told);
    }
    ada.sees("0 new, 0 changed, 1 the same, 0 refused.");
}

#[actix_web::test]
async fn a_choice_on_the_second_page_leads_back_there() {
    let portal = Portal::open().await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let twin = |at: usize| row("Birch Works", &format!("birch{at}"));
    uploads(&mut ada, file(&(0..40).map(twin).collect::<Vec<_>>())).await;
    ada.sees("1 new, 0 changed, 39 to choose, 0 the same, 0 refused.");
    ada.follow("Choose one by one").await;
    ada.sees_row(&["3", "birch1", "Likely duplicate"]);
    ada.follow("Next").await;
    ada.sees_row(&["30", "birch28"]).sees_no_row(&["3", "birch1 "]);
    ada.press("Add it (line 30)").await;
    ada.sees("Your choice is kept.")
        .sees_row(&["30", "birch28", "New"])
        .sees_row(&["31", "Likely duplicate"]);
    ada.press("Leave all of them out").await;
    ada.sees("2 new, 0 changed, 0 to choose, 38 the same, 0 refused.");
    applies(&mut ada, "Apply 2 rows").await;
    assert_eq!(customers(&portal), 2);
}
