//! What can be reserved is the operator's to say.

use actix_web::http::StatusCode;
use twotier::access::Role;

use crate::catalog::keeper;
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_product_is_added_changed_withdrawn_and_brought_back() {
    let portal = Portal::open().await;
    let mut robin = keeper(&portal).await;
    robin.visit("/catalog").await;
    robin.visit("/reservation-products").await;
    robin.sees("No product yet");
    robin.follow("Add a product").await;
    robin.press("Save").await;
    assert_eq!(robin.status(), StatusCode::UNPROCESSABLE_ENTITY);
    robin.sees("Enter the product.").sees("Enter the region.");
    robin.fill("Product", "D2s v3").fill("Region", "West Europe").press("Save").await;
    robin.sees("Enter at least one price.");
    robin.fill("EUR for 1 year", "500").fill("EUR for 3 years", "x").press("Save").await;
    robin.sees("One problem to solve.");
    let mut twice = robin.fill("EUR for 3 years", "1,200.00").clone_session();
    robin.press("Save").await;
    robin.sees("D2s v3 can be reserved from now on.");
    robin.sees_row(&["D2s v3", "West Europe", "€ 500.00", "€ 1,200.00", "Available"]);
    twice.visit("/reservation-products/new").await;
    twice
        .fill("Product", "d2s V3")
        .fill("Region", "West Europe")
        .fill("USD for 1 year", "9")
        .press("Save")
        .await;
    assert_eq!(twice.status(), StatusCode::UNPROCESSABLE_ENTITY);
    robin.follow("Change D2s v3").await;
    let mut stale = robin.clone_session();
    stale.visit(robin.path()).await;
    robin.fill("EUR for 1 year", "450").press("Save").await;
    robin.sees("D2s v3 is changed.").sees_row(&["D2s v3", "€ 450.00"]);
    stale.fill("Region", "North Europe").press("Save").await;
    assert_eq!(stale.status(), StatusCode::CONFLICT);
    stale.sees("changed it at");
    stale.press("Save").await;
    stale.sees_row(&["D2s v3", "North Europe"]);
    robin.visit("/reservation-products/export").await;
    assert!(robin.download().text().contains("EUR 1 year"));
    robin.visit("/reservation-products").await;
    robin.follow("Withdraw D2s v3").await;
    robin.press("Withdraw").await;
    robin.sees("D2s v3 is withdrawn.").sees_row(&["D2s v3", "Withdrawn"]);
    robin.follow("Bring back D2s v3").await;
    robin.press("Bring back").await;
    robin.sees("D2s v3 can be reserved again.");
    robin.visit("/activity").await;
    robin.sees("Add a reservation product").sees("Withdraw a reservation product");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/reservation-products").await;
    sam.sees_row(&["D2s v3", "Available"]).sees_no_link("Add a product");
}
