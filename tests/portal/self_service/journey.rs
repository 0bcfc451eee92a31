//! From Confirmation to a reseller that is out.

use actix_web::http::StatusCode;
use twotier::access::Role;

use super::{ADMIN, NEW, sam_adds_juniper_hall, sign_in};
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_new_customer_signs_in_sees_who_looks_after_it_and_takes_delegated_admin_away() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let password = sam_adds_juniper_hall(&portal, Some(&brightwater)).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    olga.visit("/customers").await;
    olga.follow("Juniper Hall").await;
    olga.follow("Account").await;
    olga.sees_heading("Juniper Hall");
    let mut ada = portal.browser();
    sign_in(&mut ada, ADMIN, &password).await;
    ada.fill("Current password", &password).fill("New password", NEW).fill("New password again", NEW);
    ada.press("Change password").await;
    ada.sees_heading("Partner relationships").sees("Who may do what for Juniper Hall");
    ada.sees_heading("Harbor Distribution").sees_heading("Brightwater IT");
    ada.sees("It administers your account. It sees your account with all subscriptions and orders");
    ada.follow("Subscriptions").await;
    ada.sees_row(&["Enterprise E3", "40 licenses"]).sees_not("€");
    ada.follow("Customer agreement").await;
    ada.sees("Harbor Distribution recorded that your company accepted it on 31 Jan 2026");
    ada.follow("Partner relationships").await;
    ada.follow("Remove delegated admin of Brightwater IT").await;
    ada.press("Remove delegated admin").await;
    ada.sees("Brightwater IT no longer administers your account.");
    olga.reload().await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
}
