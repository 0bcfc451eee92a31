//! What an offer can be upgraded to: kept by the operator, read by whoever sells it.

use twotier::access::Role;
use twotier::catalog::facts::upgrade_targets;
use twotier::catalog::sample;
use twotier::values::id::OfferId;

use super::{keeper, upload};
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

async fn targets(portal: &Portal, id: &OfferId) -> Vec<OfferId> {
    let id = *id;
    portal.query(move |conn| upgrade_targets(conn, &id)).await
}

#[actix_web::test]
async fn the_operator_says_what_an_offer_can_be_upgraded_to() {
    let portal = Portal::open().await;
    let basic = portal.has_offer(PlainOffer::new("Basic", 500)).await;
    let suite = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let best = portal.has_offer(PlainOffer::new("Best", 3000)).await;
    let mut robin = keeper(&portal).await;
    robin.visit(&format!("/catalog/{basic}/change")).await;
    robin.fill("Upgrades to (optional)", &format!("{suite}\nnowhere")).press("Save").await;
    robin.sees_problem("Upgrades to", "There is no offer with the ID “nowhere”.");
    robin.fill("Upgrades to (optional)", &format!("{basic}")).press("Save").await;
    robin.sees_problem("Upgrades to", "This is the offer itself. Name what it can be upgraded to.");
    robin.fill("Upgrades to (optional)", &format!("{suite}\n{best}")).press("Save").await;
    robin.sees("Can be upgraded to").sees_link("Suite").sees_link("Best");
    assert_eq!(targets(&portal, &basic).await, [best, suite], "by name");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/catalog/{basic}")).await;
    sam.sees("Can be upgraded to");
    sam.follow("Best").await;
    sam.sees_heading("Best").sees_not("Can be upgraded to");
    // What something is upgraded to is bought by itself.
    robin.visit(&format!("/catalog/{best}/change")).await;
    robin.choose("Kind", "Add-on").fill("Prerequisites (optional)", &suite.to_string()).press("Save").await;
    robin.sees_problem("Kind", "can be upgraded to it, so it stays an offer.");
    upload(&mut robin, &format!("Offer ID,Upgrades to\n{basic},{suite}\n")).await;
    robin.sees("0 new, 1 changed");
    robin.press("Apply").await;
    assert_eq!(targets(&portal, &basic).await, [suite]);
}

#[actix_web::test]
async fn the_sample_knows_the_ways_up() {
    let portal = Portal::open().await;
    let mut robin = keeper(&portal).await;
    upload(&mut robin, sample::FILE).await;
    robin.press("Apply").await;
    robin.visit("/catalog?search=office-365-business-premium").await;
    robin.follow("Office 365 Business Premium").await;
    robin.sees("Can be upgraded to").sees_link("Office 365 Enterprise E3").sees_link("Microsoft 365 E5");
}
