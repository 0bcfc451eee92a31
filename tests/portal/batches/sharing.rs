//! Several people, other organisations, and whoever may no longer.

use actix_web::http::StatusCode;
use futures_util::future::join;
use twotier::access::Role;

use super::{HEADS, applies, begins, uploads, users, works};
use crate::support::portal::Portal;

#[actix_web::test]
async fn two_people_with_the_same_file_make_one_set() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let file = format!("{HEADS}\nMia,Moss,Mia Moss,mia,\nDan,Dorn,Dan Dorn,dan,\n");
    uploads(&mut ada, &alder, &file).await;
    uploads(&mut sam, &alder, &file).await;
    let mut again = ada.duplicate();
    again.visit(ada.path()).await;
    join(ada.press("Apply 2 rows"), sam.press("Apply 2 rows")).await;
    again.press("Apply 2 rows").await;
    again.sees("This file had been applied already. Nothing was done twice.");
    works(&portal).await;
    assert_eq!(users(&portal), 2);
    ada.reload().await;
    sam.reload().await;
    let told = format!("{} {}", ada.text(), sam.text());
    assert!(
        told.contains("2 added, 0 changed, 0 unchanged") && told.contains("0 added, 0 changed, 2 unchanged")
    );
}

#[actix_web::test]
async fn a_reseller_does_it_for_its_customers_and_its_provider_reads_that_in_the_log() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let delegation = portal.has_delegation(&alder, &brightwater).await;
    let mut ben = portal.browser_in(&brightwater, &[Role::HelpdeskAgent]).await;
    uploads(&mut ben, &alder, "Display name,Email\nMia Moss,mia\n,dan\n").await;
    let page = ben.path().to_owned();
    applies(&mut ben, "Apply 1 row").await;
    ben.sees("1 added").sees_link("Refused rows as CSV");
    ben.follow("Refused rows for Excel").await;
    assert_eq!(ben.download().name, "users.xlsx");
    ada.visit("/activity").await;
    ada.sees("Apply an uploaded file").sees("Brightwater IT");
    ada.visit(&page).await;
    assert_eq!(ada.status(), StatusCode::NOT_FOUND, "it is the reseller's file");
    uploads(&mut ben, &alder, "Display name,Email\nEve,eve\n").await;
    let waiting = ben.path().to_owned();
    portal.has_ended(&delegation).await;
    ben.visit(&page).await;
    assert_eq!(ben.status(), StatusCode::NOT_FOUND);
    ben.post(&waiting, &[]).await;
    assert_eq!(ben.status(), StatusCode::NOT_FOUND);
    assert_eq!(users(&portal), 1);
}

#[actix_web::test]
async fn it_stops_by_itself_once_whoever_applied_it_may_not() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    uploads(&mut sam, &alder, many()).await;
    sam.press("Apply 300 rows").await;
    sam.sees("The rows are being done.");
    portal
        .database
        .change("UPDATE people SET state = 'inactive' WHERE id IN (SELECT person_id FROM batches)");
    works(&portal).await;
    assert_eq!(users(&portal), 0);
    ada.visit(sam.path()).await;
    ada.sees("The portal stopped it on").sees_link("Not done 300");
    ada.visit("/activity").await;
    ada.sees_row(&["Stop an uploaded file"]);
}

#[actix_web::test]
async fn nothing_is_done_while_the_organisation_is_suspended() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    uploads(&mut ada, &alder, "Display name,Email\nMia Moss,mia\n").await;
    let page = ada.path().to_owned();
    portal.has_suspended(&portal.harbor, "60 days overdue.").await;
    ada.visit(&page).await;
    ada.sees_no_button("Apply 1 row");
    ada.post(&page, &[]).await;
    assert_eq!(ada.status(), StatusCode::FORBIDDEN);
}

/// More rows than are done at once.
fn many() -> String {
    let rows: String = (0..300).map(|row| format!("User {row},user{row}\n")).collect();
    format!("Display name,Email\n{rows}")
}

#[actix_web::test]
async fn somebody_stops_what_the_page_shows_and_nothing_else() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    uploads(&mut ada, &alder, many()).await;
    let page = ada.path().to_owned();
    ada.press("Apply 300 rows").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page).await;
    ada.press("Stop here").await;
    ada.sees("Stopped. What was done stays.").sees("stopped it on").sees_link("Not done 300");
    sam.press("Stop here").await;
    sam.sees("Nothing was stopped: what you wanted to stop had come to its end already.");
    works(&portal).await;
    assert_eq!(users(&portal), 0);
}

#[actix_web::test]
async fn it_stops_while_the_organisation_is_suspended_and_says_so() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    uploads(&mut ada, &alder, many()).await;
    ada.press("Apply 300 rows").await;
    portal.has_suspended(&portal.harbor, "60 days overdue.").await;
    works(&portal).await;
    ada.reload().await;
    ada.sees("The portal stopped it on").sees("the organization is suspended");
    assert_eq!(users(&portal), 0);
}
