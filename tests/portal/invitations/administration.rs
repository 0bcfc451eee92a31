//! Delegated administration that is asked for, or not, of a company that the provider has.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::id::CustomerId;

use super::{ADA, accept_for, asked, drafted, link_in};
use crate::support::portal::Portal;

/// The admin user of Alder opens a link, and accepts for it.
async fn accepts(portal: &Portal, user_name: &str, link: &str) {
    let mut cora = portal.signed_in(user_name).await;
    cora.visit(link).await;
    cora.follow("Go on for Alder").await;
    cora.sees("nothing is doubled");
    accept_for(&mut cora, "Alder").await;
    cora.sees_heading("This link has been used");
}

fn is_administered(portal: &Portal, customer: &CustomerId) -> bool {
    let given = format!("SELECT count(*) FROM customers WHERE id = '{customer}' AND is_delegated");
    portal.database.number(&given) == 1
}

#[actix_web::test]
async fn what_was_not_given_is_given_by_accepting() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let user_name = portal.has_admin(&alder).await;
    portal.database.change("UPDATE customers SET is_delegated = FALSE");
    let (mut alma, link) = asked(&portal).await;
    let password = format!("/customers/{alder}/admin-password");
    alma.visit(&password).await;
    alma.sees_heading("No delegated administration of Alder");
    accepts(&portal, &user_name, &link).await;
    assert!(is_administered(&portal, &alder));
    alma.visit(&password).await;
    assert_eq!(alma.status(), StatusCode::OK);
    alma.sees_button("Reset password");
    assert_eq!(portal.database.number("SELECT count(*) FROM customers"), 1, "nothing is doubled");
}

#[actix_web::test]
async fn what_was_given_stays_where_it_is_not_asked_for() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let user_name = portal.has_admin(&alder).await;
    let mut sam = drafted(&portal, Role::SalesAgent).await;
    sam.press("Send").await;
    portal.carry_mail().await;
    accepts(&portal, &user_name, &link_in(&portal.letter_to(ADA))).await;
    assert!(is_administered(&portal, &alder));
}
