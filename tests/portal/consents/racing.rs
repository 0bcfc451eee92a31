//! Several at once: one answer, one letter, and what both sides did stays true.

use futures_util::future::join_all;

use super::{asked, count, fill_acceptance};
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

#[actix_web::test]
async fn of_two_answers_at_once_one_counts() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let (mut yes, mut no) = (portal.browser(), portal.browser());
    yes.visit(&link).await;
    fill_acceptance(&mut yes);
    no.visit(&link).await;
    let mut form = no.within("Reason");
    form.fill("First name", "Bo").fill("Last name", "Finch").fill("Reason", "No.");
    drop(form);
    let accepts = yes.press("Accept the customer agreement");
    let declines = no.press("Decline");
    futures_util::future::join(accepts, declines).await;
    assert_eq!(count(&portal, "accepted") + count(&portal, "declined"), 1);
    let said = if count(&portal, "accepted") == 1 { "is accepted" } else { "was declined" };
    for browser in [&yes, &no] {
        assert!(browser.text().contains(&format!("The customer agreement {said}")), "{}", browser.text());
    }
    assert_eq!(portal.carry_mail().await, 1);
}

#[actix_web::test]
async fn of_accepting_and_revoking_one_holds() {
    let portal = Portal::open().await;
    let (mut sam, link) = asked(&portal).await;
    sam.follow("Resend or revoke the request").await;
    sam.follow("Revoke").await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    fill_acceptance(&mut ada);
    let (accepts, revokes) = (ada.press("Accept the customer agreement"), sam.press("Revoke"));
    futures_util::future::join(accepts, revokes).await;
    let (accepted, revoked) = (count(&portal, "accepted"), count(&portal, "revoked"));
    assert_eq!(accepted + revoked, 1);
    if accepted == 1 {
        ada.sees_heading("The customer agreement is accepted");
        sam.sees("Nothing was changed: the request no longer stood as you saw it.");
    } else {
        ada.sees_heading("This request was withdrawn");
        sam.sees("The request to ada@juniper.example is revoked.");
    }
    let records = "SELECT count(*) FROM activity_records WHERE action = 'accept_customer_agreement'";
    assert_eq!(portal.database.number(records), accepted);
}

#[actix_web::test]
async fn accepting_many_times_at_once_accepts_once() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let mut tabs: Vec<_> = (0..4).map(|_| portal.browser()).collect();
    for tab in &mut tabs {
        tab.visit(&link).await;
        fill_acceptance(tab);
    }
    join_all(tabs.iter_mut().map(|tab| tab.press("Accept the customer agreement"))).await;
    for tab in &tabs {
        tab.sees_heading("The customer agreement is accepted");
    }
    let records = "activity_records WHERE action = 'accept_customer_agreement'";
    assert_eq!(portal.database.number(&format!("SELECT count(*) FROM {records}")), 1);
    assert_eq!(portal.carry_mail().await, 1);
}

#[actix_web::test]
async fn whoever_submits_while_the_customer_accepts_has_a_customer_that_accepted() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Business Basic", 510)).await;
    let (mut sam, link) = asked(&portal).await;
    sam.press("Next: Review").await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    fill_acceptance(&mut ada);
    let submits = sam.press("Submit");
    let accepts = ada.press("Accept the customer agreement");
    futures_util::future::join(submits, accepts).await;
    sam.sees_heading("Confirmation");
    ada.sees_heading("The customer agreement is accepted");
    let accepted = "customers WHERE agreement = 'accepted' AND agreement_attested_by IS NULL";
    assert_eq!(portal.database.number(&format!("SELECT count(*) FROM {accepted}")), 1);
    let moved = "agreement_requests r JOIN customers c ON c.id = r.customer_id";
    assert_eq!(portal.database.number(&format!("SELECT count(*) FROM {moved}")), 1);
}

#[actix_web::test]
async fn asking_in_two_tabs_at_once_asks_once() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper Hall").await;
    portal.has_no_agreement(&juniper).await;
    let sam = portal.browser_of(twotier::access::Role::SalesAgent).await;
    let mut tabs: Vec<_> = (0..4).map(|_| sam.clone_session()).collect();
    for tab in &mut tabs {
        tab.visit(&format!("/customers/{juniper}/account")).await;
    }
    let ask = "Ask the customer to accept the customer agreement";
    join_all(tabs.iter_mut().map(|tab| tab.press(ask))).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM agreement_requests"), 1);
    for tab in &tabs {
        assert!(tab.path().starts_with("/agreement-requests/"), "{}", tab.path());
    }
}
