//! How requests fare: resent, reminded of, revoked, expired; and whose they are.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};

use super::{ADA, asked, count, drafted, expire_all, link_in, wait_days};
use crate::support::portal::Portal;

#[actix_web::test]
async fn resending_makes_a_new_link_and_the_old_one_dies() {
    let portal = Portal::open().await;
    let (mut alma, old) = asked(&portal).await;
    alma.press("Resend").await;
    alma.sees("There is a new link, and the old one no longer works.");
    let mut ada = portal.browser();
    ada.visit(&old).await;
    assert_eq!(ada.status(), StatusCode::NOT_FOUND);
    alma.press("Send").await;
    portal.carry_mail().await;
    let new = link_in(&portal.letter_to(ADA));
    assert_ne!(new, old);
    ada.visit(&new).await;
    ada.sees_heading("Harbor Distribution asks to work for your company");
}

#[actix_web::test]
async fn a_reminder_names_the_letter_and_leaves_its_link_alive() {
    let portal = Portal::open().await;
    let (mut alma, link) = asked(&portal).await;
    alma.reload().await;
    alma.sees_no_button("Remind");
    let place = alma.path().to_owned();
    alma.post(&format!("{place}/reminder"), &[]).await;
    alma.sees("No reminder was made");
    wait_days(&portal, 4).await;
    alma.visit(&place).await;
    alma.press("Remind").await;
    alma.sees("The reminder is on its way to ada@juniper.example.").sees_no_button("Remind");
    assert_eq!(portal.carry_mail().await, 1);
    let letter = portal.letter_to(ADA);
    assert!(letter.subject.starts_with("Reminder: "), "{}", letter.subject);
    assert!(!letter.body_text.contains("/customer-invitations/"), "the link is not kept");
    let mut ada = portal.browser();
    ada.visit(&link).await;
    assert_eq!(ada.status(), StatusCode::OK);
    alma.visit("/activity").await;
    alma.sees_row(&["Remind of a request to become a customer"]);
}

#[actix_web::test]
async fn a_revoked_request_says_so_and_its_letter_stays_behind() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal, Role::SalesAgent).await;
    sam.press("Send").await;
    sam.follow("Revoke").await;
    sam.sees("This cannot be undone");
    sam.press("Revoke").await;
    sam.sees("The request to ada@juniper.example is revoked.");
    assert_eq!((portal.carry_mail().await, count(&portal, "revoked")), (0, 1));
    sam.visit("/customer-requests?state=revoked").await;
    sam.sees_row(&[ADA, "Revoked"]);
}

#[actix_web::test]
async fn an_expired_request_says_so_and_can_be_resent() {
    let portal = Portal::open().await;
    let (mut alma, link) = asked(&portal).await;
    expire_all(&portal).await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    assert_eq!(ada.status(), StatusCode::GONE);
    ada.sees_heading("This link has expired").sees_no_button("Mail a code");
    alma.visit("/customer-requests?state=expired").await;
    alma.sees_row(&[ADA, "Expired"]);
    alma.follow(ADA).await;
    alma.press("Resend").await;
    alma.press("Send").await;
    portal.carry_mail().await;
    ada.visit(&link_in(&portal.letter_to(ADA))).await;
    assert_eq!(ada.status(), StatusCode::OK);
}

#[actix_web::test]
async fn requests_of_others_do_not_exist() {
    let portal = Portal::open().await;
    let (alma, _) = asked(&portal).await;
    let place = alma.path().to_owned();
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    for organisation in [&summit, &brightwater] {
        let mut other = portal.browser_in(organisation, &[Role::GlobalAdmin]).await;
        other.visit("/customer-requests").await;
        other.sees("No customer request yet");
        other.stay().visit(&place).await;
        assert_eq!(other.status(), StatusCode::NOT_FOUND);
        for deed in ["text", "delivery", "link", "reminder", "revocation"] {
            other.stay().post(&format!("{place}/{deed}"), &[]).await;
            assert_eq!(other.status(), StatusCode::NOT_FOUND, "{deed}");
        }
    }
    assert_eq!(count(&portal, "open"), 1);
}

#[actix_web::test]
async fn the_list_is_searched_by_address_and_state() {
    let portal = Portal::open().await;
    let (mut alma, _) = asked(&portal).await;
    alma.visit("/customer-requests?search=juniper&state=open").await;
    alma.sees_row(&[ADA]);
    alma.visit("/customer-requests?search=elder").await;
    alma.sees("No request matches");
    alma.follow("Show all requests").await;
    alma.sees_row(&[ADA]);
}
