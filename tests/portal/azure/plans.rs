//! One Azure plan for each customer and reseller, and what a subscription is called in Azure.

use twotier::access::Role;
use twotier::catalog::model::{Category, LimitScope, Unit};
use twotier::values::id::CustomerId;

use super::{HEADS, Scene, today};
use crate::support::browser::Browser;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

const BRIGHTWATER: &str = "Brightwater IT (4810233)";
const NEWLEAF: &str = "Newleaf (5910444)";
const FIELD: &str = "Reseller (MPN ID) for incentives";

/// A customer can have it once with each reseller.
fn plan() -> PlainOffer {
    PlainOffer {
        category: Category::Usage,
        unit: Unit::Usage,
        maximum: 999_999_999,
        limit: (LimitScope::Reseller, 1),
        billed: (true, false),
        term_months: 9999,
        ..PlainOffer::new("Azure plan", 0)
    }
}

/// Somebody orders the plan for a customer through a reseller, up to Review.
async fn choose(sam: &mut Browser, customer: &CustomerId, reseller: &str) {
    sam.visit(&format!("/customers/{customer}/subscriptions/new")).await;
    sam.check("Order Azure plan").choose(FIELD, reseller).press("Next: Review").await;
}

async fn order(sam: &mut Browser, customer: &CustomerId, reseller: &str) {
    choose(sam, customer, reseller).await;
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
}

#[actix_web::test]
async fn a_second_plan_with_the_same_reseller_is_refused_with_the_way_to_the_first() {
    let portal = Portal::open().await;
    portal.has_two_partners().await;
    portal.has_offer(plan()).await;
    let fabrikam = portal.has_customer("Fabrikam").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    order(&mut sam, &fabrikam, BRIGHTWATER).await;
    choose(&mut sam, &fabrikam, BRIGHTWATER).await;
    sam.sees("One problem to solve.").sees("A customer can have this 1 time with each reseller.");
    let mut tab = sam.clone_session();
    tab.visit(sam.path()).await;
    tab.press("Next: Review").await;
    tab.follow("Open what the customer has").await;
    tab.sees_heading("Azure plan").sees(BRIGHTWATER);
    // With another reseller, and with none, it is another plan.
    sam.choose(FIELD, NEWLEAF).press("Next: Review").await;
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
    order(&mut sam, &fabrikam, "No reseller").await;
    assert_eq!(portal.database.number("SELECT count(*) FROM subscriptions"), 3);
    // Nor does one become that of a reseller that has one already.
    tab.follow("Update Reseller (MPN ID)").await;
    tab.choose("Indirect reseller (optional)", NEWLEAF).press("Submit").await;
    tab.sees("The customer has Azure plan with this reseller already, and can have no more of it.");
}

#[actix_web::test]
async fn what_it_is_called_in_azure_is_shown_and_usage_can_go_by_it() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let called = portal.database.texts("SELECT entitlement_id AS text FROM subscriptions").remove(0);
    let mut ada = scene.ada().await;
    for page in [format!("/subscriptions/{}", scene.azure), scene.page()] {
        ada.visit(&page).await;
        ada.sees("Entitlement ID").sees(&called);
    }
    ada.visit(&format!("/customers/{}/subscriptions/export", scene.contoso)).await;
    assert!(ada.download().text().contains(&called));
    let heads = HEADS.replace("Customer domain", "Entitlement ID");
    let row = |id: &str, meter: &str| format!("{id},{},Storage,{meter},1,1 GB,2.5", today());
    let file = format!("{heads}\n{}\n{}\n", row(&called, "Hot"), row(scene.azure.as_str(), "Cool"));
    ada.visit("/azure-spending/usage").await;
    ada.attach("File", file).press("Show what it does").await;
    ada.sees("1 new, 0 changed, 0 the same, 1 refused.");
    ada.sees("None of your customers has a subscription with this entitlement ID.");
    ada.press("Apply").await;
    ada.visit("/azure-spending").await;
    ada.sees_row(&["Contoso", "€ 2.50"]);
}

#[actix_web::test]
async fn licenses_are_called_nothing_in_azure() {
    let portal = Portal::open().await;
    let fabrikam = portal.has_customer("Fabrikam").await;
    let plain = crate::support::bought::PlainSubscription::new("Business Basic");
    let id = portal.has_subscription(&fabrikam, plain).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/subscriptions/{id}")).await;
    assert!(!sam.text().contains("Entitlement ID"));
}
