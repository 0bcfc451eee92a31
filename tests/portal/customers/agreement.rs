//! The customer agreement, accepted after the customer was added.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::Moment;

use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

#[actix_web::test]
async fn an_order_that_waits_for_the_agreement_goes_on_once_acceptance_is_recorded() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Business Basic", 510)).await;
    let alder = portal.has_customer("Alder").await;
    portal.has_no_agreement(&alder).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/subscriptions/new")).await;
    sam.sees("Alder has not accepted the customer agreement yet.").sees_row(&["Business Basic"]);
    sam.sees_button("Ask the customer").sees_not("Without offers");
    // What is chosen meanwhile is kept, and not ordered.
    sam.fill("Licenses of Business Basic", "5").press("Next: Review").await;
    sam.sees_heading("Review").sees_no_button("Submit");
    sam.follow("Record the acceptance").await;
    // Whoever is the primary contact most likely is who accepted.
    assert_eq!(sam.field("First name"), "Cora");
    assert_eq!(sam.field("Email address"), "cora@customer.example");

    sam.fill("Last name", "")
        .fill("Agreement acceptance date", "2999-01-01")
        .press("Save and continue")
        .await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees_problem("Last name", "Enter the last name.");
    sam.sees_problem("Agreement acceptance date", "Enter a day that is not in the future.");
    assert_eq!(sam.field("First name"), "Cora");

    let today = Moment::now().day().to_string();
    sam.fill("Last name", "Keel").fill("Agreement acceptance date", &today).press("Save and continue").await;
    sam.sees("It is recorded that the customer has accepted the customer agreement.");
    sam.sees_heading("New subscription").sees("Business Basic × 5").sees_not("has not accepted");
    sam.press("Next: Review").await;
    sam.sees_button("Submit");
    sam.visit(&format!("/customers/{alder}/account")).await;
    sam.sees("Accepted").sees("Cora Keel");

    sam.visit("/activity").await;
    sam.sees_row(&["Alder", "Record acceptance of the customer agreement"]);
}

#[actix_web::test]
async fn of_two_who_record_an_acceptance_the_second_is_told() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_no_agreement(&alder).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/account")).await;
    sam.follow("Record acceptance of the customer agreement").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(sam.path()).await;

    sam.fill("First name", "Carl")
        .fill("Agreement acceptance date", "2026-02-03")
        .press("Save and continue")
        .await;
    assert_eq!(sam.path(), format!("/customers/{alder}/account"));
    ada.fill("First name", "Dora")
        .fill("Agreement acceptance date", "2026-03-04")
        .press("Save and continue")
        .await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees("Somebody recorded another acceptance after you had opened this page.").sees("by Carl Customer");
    assert_eq!(ada.field("First name"), "Dora");
    sam.reload().await;
    sam.sees("Carl Customer");

    ada.press("Save and continue").await;
    ada.sees("Dora Customer");
}

#[actix_web::test]
async fn of_two_who_correct_an_acceptance_in_different_fields_neither_undoes_the_other() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_no_agreement(&alder).await;
    let place = format!("/customers/{alder}/agreement");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&place).await;
    sam.fill("First name", "Carl")
        .fill("Agreement acceptance date", "2026-02-03")
        .press("Save and continue")
        .await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&place).await;
    sam.visit(&place).await;
    sam.fill("Phone number", "+49 30 999999").press("Save and continue").await;
    ada.fill("First name", "Carla").press("Save and continue").await;
    ada.visit(&place).await;
    assert_eq!(
        (ada.field("First name"), ada.field("Phone number")),
        ("Carla".into(), "+49 30 999999".into())
    );
}

#[actix_web::test]
async fn only_who_may_attest_for_the_provider_records_an_acceptance() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_no_agreement(&alder).await;
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit(&format!("/customers/{alder}/account")).await;
    helen.sees("Awaited").sees_no_link("Record acceptance of the customer agreement");

    let summit = portal.has_organisation(twotier::access::OrganisationKind::Provider, "Summit", "US").await;
    let mut stranger = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    stranger.visit(&format!("/customers/{alder}/agreement")).await;
    assert_eq!(stranger.status(), StatusCode::NOT_FOUND);
    stranger.post(&format!("/customers/{alder}/agreement"), &[("version", "1")]).await;
    assert_eq!(stranger.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn every_acceptance_that_was_recorded_stays_readable() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_no_agreement(&alder).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/account")).await;
    sam.sees_not("Who accepted when");
    for (name, day) in [("Keel", "2026-01-05"), ("Marsh", "2026-02-06")] {
        sam.visit(&format!("/customers/{alder}/agreement")).await;
        sam.fill("Last name", name).fill("Agreement acceptance date", day).press("Save and continue").await;
    }
    sam.sees("Who accepted when");
    sam.sees_row(&["Cora Marsh", "6 Feb 2026", "Confirmed by Sam sales_agent"]);
    sam.sees_row(&["Cora Keel", "5 Jan 2026", "Confirmed by Sam sales_agent"]);
    // A reseller that administers the customer reads it, too, and not whose work it was.
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_delegation(&alder, &brightwater).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::HelpdeskAgent]).await;
    olga.visit(&format!("/customers/{alder}/account")).await;
    olga.sees_row(&["Cora Marsh", "6 Feb 2026", "Confirmed by the indirect provider"]);
    olga.sees_row(&["Cora Keel", "5 Jan 2026", "Confirmed by the indirect provider"]);
    olga.sees_not("Sam sales_agent");
    // Sent once more, the same is no second acceptance.
    sam.visit(&format!("/customers/{alder}/agreement")).await;
    sam.press("Save and continue").await;
    assert_eq!(portal.database.number("SELECT count(*) FROM customer_acceptances"), 2);
}
