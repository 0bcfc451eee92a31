//! The operator's texts, by country and version.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::{OrganisationKind, Role};

use super::{publish, published};
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_country_reads_its_own_text_and_others_the_one_for_all() {
    let portal = Portal::open().await;
    let mut robin = published(&portal).await;
    publish(&mut robin, "DE", "Germans read this.").await;
    robin.sees("Version 1 holds now.");
    publish(&mut robin, "", "# Scope\n\nYou use more of the cloud.").await;
    robin.sees_row(&["All countries, version 2", "All countries", "Holds"]);
    robin.sees_row(&["All countries, version 1", "All countries", "Replaced"]);
    robin.sees_row(&["Germany, version 1", "Germany", "Holds"]);
    robin.follow("All countries, version 1").await;
    robin.sees("You use the cloud.").sees("No customers have accepted it by a link.");
    let (_, link) = super::asked(&portal).await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    ada.sees("Germans read this.").sees_not("more of the cloud");
}

#[actix_web::test]
async fn a_text_is_looked_at_before_it_is_published() {
    let portal = Portal::open().await;
    let operator = portal.has_organisation(OrganisationKind::Operator, "Operator", "DE").await;
    let mut robin = portal.browser_in(&operator, &[Role::GlobalAdmin]).await;
    robin.visit("/operator/customer-agreements").await;
    robin.sees("No text is published");
    robin.choose("For customers in", "Japan").press("Write the text").await;
    robin.sees_heading("Japan: version 1");
    robin.press("Preview").await;
    robin.sees_problem("Text", "Enter the text.");
    robin.fill("Text", "# 範囲\n\n<b>bold</b>").press("Preview").await;
    robin.sees("Customers in Japan read this text").sees_heading("範囲").sees("<b>bold</b>");
    robin.press("Change the text").await;
    assert_eq!(robin.field("Text"), "# 範囲\n\n<b>bold</b>");
    assert_eq!(portal.database.number("SELECT count(*) FROM customer_agreements"), 0);
    robin.press("Preview").await;
    robin.press("Yes, publish version 1").await;
    robin.sees_row(&["Japan, version 1", "Holds", "Sam global_admin"]);
    robin.visit("/activity").await;
    robin.sees_row(&["Publish a customer agreement"]);
    let mut reader = portal.browser_in(&operator, &[Role::HelpdeskAgent]).await;
    reader.visit("/operator/customer-agreements").await;
    reader.sees_row(&["Japan, version 1"]).sees_no_button("Write the text");
    reader.visit("/operator/customer-agreements/new").await;
    assert_eq!(reader.status(), StatusCode::FORBIDDEN);
}

#[actix_web::test]
async fn of_two_who_publish_at_once_one_is_told() {
    let portal = Portal::open().await;
    let mut robin = published(&portal).await;
    robin.visit("/operator/customer-agreements/new").await;
    let mut tab = robin.clone_session();
    tab.visit("/operator/customer-agreements/new").await;
    for (browser, text) in [(&mut robin, "One."), (&mut tab, "Other.")] {
        browser.fill("Text", text).press("Preview").await;
    }
    join_all([&mut robin, &mut tab].map(|browser| browser.press("Yes, publish version 2"))).await;
    let told = [&robin, &tab].into_iter().filter(|browser| browser.text().contains("while you were writing"));
    assert_eq!(told.count(), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM customer_agreements WHERE version = 2"), 1);
}
