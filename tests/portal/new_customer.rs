//! New customer, the first step, and the drafts it leaves.

use twotier::access::Role;

use crate::support::portal::Portal;

#[actix_web::test]
async fn a_sales_agent_begins_a_customer_for_a_reseller() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/new?reseller={}", brightwater.id)).await;
    sam.sees_heading("New customer").sees("through Brightwater IT (MPN ID 4810233)");
    assert_eq!(sam.field("Indirect reseller"), "Brightwater IT (MPN ID 4810233)");
    sam.press("Next: Subscriptions").await;
    sam.sees_problem("Company name", "Fill this in.");
}
