//! Ended customers: newest end first, found by name or domain, page by page.

use actix_web::http::StatusCode;
use twotier::access::Role;

use super::{end, has_ended_before};
use crate::support::portal::Portal;

#[actix_web::test]
async fn ended_customers_stand_on_a_page_of_their_own() {
    let portal = Portal::open().await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit("/customers?view=ended").await;
    ada.follow("Until when each can be reinstated").await;
    ada.sees_heading("Ended customers")
        .sees("A customer stands here once the relationship with it has ended.");
    let alder = portal.has_customer("Alder").await;
    let birch = portal.has_customer("Birch").await;
    end(&mut ada, &alder).await;
    end(&mut ada, &birch).await;
    has_ended_before(&portal, &alder, 200);
    ada.visit("/customers/ended").await;
    ada.sees("2 relationships have ended");
    let names: Vec<String> =
        ada.rows().into_iter().skip(1).filter_map(|row| row.into_iter().next()).collect();
    assert_eq!(names, ["Birch", "Alder"]);
    ada.sees_row(&["Alder", "No longer, since"]).sees_row(&["Birch", "Until"]).sees_link("Reinstate Birch");
    ada.visit("/customers/ended?search=ald").await;
    ada.sees("Alder").sees_not("Birch");
    ada.visit("/customers/ended?search=nobody").await;
    ada.sees("No ended customer matches");
    let mut sam = portal.browser_of(Role::HelpdeskAgent).await;
    sam.visit("/customers/ended").await;
    assert_eq!(sam.status(), StatusCode::OK);
    sam.sees_no_link("Reinstate Birch");
}
