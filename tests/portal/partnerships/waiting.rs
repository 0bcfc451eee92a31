//! Indirect providers shows what was sent to the organisation's people, and they answer it without the mailed link.

use actix_web::http::StatusCode;
use twotier::access::Role;

use super::{OLGA, asked, draft, expire_all};
use crate::support::browser::Browser;
use crate::support::portal::Portal;

const ACCEPT: &str = "Authorize indirect provider";
const CONSENT: &str = "I have read what accepting means, and I consent to it for Brightwater IT.";

/// A request to somebody of Brightwater who signs in there; the reseller, the address, the request's page there.
async fn sent(portal: &Portal, roles: &[Role]) -> (Browser, String, String) {
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let email = portal.add_person(&brightwater, roles).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    draft(&mut sam, &email).await;
    sam.press("Send").await;
    let id = sam.path().rsplit('/').next().expect("an id").to_owned();
    (sam, email, format!("/providers/requests/{id}"))
}

#[actix_web::test]
async fn a_request_to_somebody_who_signs_in_waits_on_indirect_providers_and_is_accepted_there() {
    let portal = Portal::open().await;
    let (mut sam, email, place) = sent(&portal, &[Role::AdminAgent]).await;
    let mut olga = portal.signed_in(&email).await;
    olga.visit("/providers").await;
    olga.sees("Requests that wait for your answer").sees_row(&["Harbor Distribution", "Germany", &email]);
    olga.follow(&format!("Answer the request of Harbor Distribution to {email}")).await;
    assert_eq!(olga.path(), place);
    olga.press(ACCEPT).await;
    olga.sees_problem(CONSENT, "Tick this to go on.");
    olga.check(CONSENT).press(ACCEPT).await;
    olga.sees("is now your indirect provider").sees_not("Requests that wait for your answer");
    olga.visit(&place).await;
    olga.sees_heading("You have accepted already");
    sam.visit("/resellers").await;
    sam.sees_row(&["Brightwater IT", "4810233"]);
}

#[actix_web::test]
async fn it_is_declined_there_by_a_colleague_and_read_by_whoever_lacks_the_right() {
    let portal = Portal::open().await;
    let (mut sam, email, place) = sent(&portal, &[Role::HelpdeskAgent]).await;
    let mut hanna = portal.signed_in(&email).await;
    hanna.visit("/providers").await;
    hanna.follow(&format!("Read the request of Harbor Distribution to {email}")).await;
    hanna.sees("Somebody else has to answer").sees_no_button(ACCEPT);
    hanna.post(&format!("{place}/acceptance"), &[("consent", "yes")]).await;
    assert_eq!(hanna.status(), StatusCode::FORBIDDEN);
    let brightwater = email.rsplit('@').next().expect("a domain").to_owned();
    assert!(brightwater.starts_with("brightwater"));
    let own = portal.query(|conn| twotier::partners::store::find_by_name(conn, "Brightwater IT")).await;
    let mut ada = portal.browser_in(&own.expect("Brightwater"), &[Role::GlobalAdmin]).await;
    ada.visit(&place).await;
    ada.fill("Reason", "Not now.").press("Decline").await;
    ada.sees("You declined.").sees_not("Requests that wait for your answer");
    sam.reload().await;
    sam.sees("Brightwater IT declined.").sees("It was not the addressee who answered.");
}

#[actix_web::test]
async fn nobody_opens_or_answers_what_was_sent_to_another_organisation() {
    let portal = Portal::open().await;
    let (_, _, place) = sent(&portal, &[Role::AdminAgent]).await;
    let alder = portal.has_reseller("Alder IT", "DE", "5550004").await;
    let mut other = portal.browser_in(&alder, &[Role::GlobalAdmin]).await;
    other.visit("/providers").await;
    other.sees_not("Requests that wait for your answer");
    other.visit(&place).await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
    for verb in ["acceptance", "refusal", "code"] {
        let fields = [("consent", "yes"), ("reason", "No")];
        other.post(&format!("{place}/{verb}"), &fields).await;
        assert_eq!(other.status(), StatusCode::NOT_FOUND, "{verb}");
    }
    for wrong in ["x", "%00", "0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a4"] {
        other.visit(&format!("/providers/requests/{wrong}")).await;
        assert_eq!(other.status(), StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[actix_web::test]
async fn only_what_can_still_be_answered_and_goes_to_active_people_waits() {
    let portal = Portal::open().await;
    asked(&portal).await;
    let (mut sam, email, place) = sent(&portal, &[Role::AdminAgent]).await;
    let mut olga = portal.signed_in(&email).await;
    olga.visit("/providers").await;
    olga.sees("Requests that wait for your answer").sees_not(OLGA);
    sam.follow("Revoke").await;
    sam.press("Revoke").await;
    olga.reload().await;
    olga.sees_not("Requests that wait for your answer");
    olga.visit(&place).await;
    olga.sees_heading("This request was withdrawn");
    draft(&mut sam, &email).await;
    olga.visit("/providers").await;
    olga.sees("Requests that wait for your answer");
    expire_all(&portal).await;
    olga.reload().await;
    olga.sees_not("Requests that wait for your answer");
}
