//! Whose subscriptions somebody sees and changes, and in whose log it stands.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};

use super::{
    EVERYTHING, actions, brightwater_administers_contoso, changes_everything, changes_quantity,
    contoso_has_basic, kept, page,
};
use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

const OWNER: [Role; 2] = [Role::GlobalAdmin, Role::AdminAgent];
const ACTIONS: [&str; 4] = ["quantity", "nickname", "suspension", "reactivation"];

#[actix_web::test]
async fn another_providers_subscription_does_not_exist() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut tess = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    for path in ["", "/suspension", "/reseller"] {
        tess.visit(&format!("{}{path}", page(&id))).await;
        assert_eq!(tess.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let support = summit.id.to_string();
    let fields = [("quantity", "26"), ("nickname", "Mine"), ("reason", "fraud"), ("version", "1")];
    let fields: Vec<_> = fields.into_iter().chain([("support", support.as_str())]).collect();
    for action in ACTIONS.iter().chain(&["reseller", "support-contact"]) {
        tess.post(&format!("{}/{action}", page(&id)), &fields).await;
        assert_eq!(tess.status(), StatusCode::NOT_FOUND, "{action}");
    }
    assert_eq!(kept(&portal, &id).await, (25, 1));
    assert!(actions(&portal, &summit.id, &id).await.is_empty());
    for nothing in
        ["/subscriptions/1", "/subscriptions/%00", "/subscriptions/0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a4"]
    {
        tess.visit(nothing).await;
        assert_eq!(tess.status(), StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[actix_web::test]
async fn a_reseller_changes_what_was_delegated_and_both_logs_say_so() {
    let portal = Portal::open().await;
    let (brightwater, contoso, id) = brightwater_administers_contoso(&portal).await;
    let mut olga = portal.browser_in(&brightwater, &OWNER).await;
    olga.visit(&format!("/customers/{contoso}/subscriptions")).await;
    olga.sees_no_link("Add subscription").sees_link("Export as CSV");
    olga.follow("Business Basic").await;
    olga.sees_no_link("Update Reseller (MPN ID)").sees_no_button("Submit support contact");
    olga.sees("Harbor Distribution");
    changes_everything(&mut olga).await;
    assert_eq!(actions(&portal, &brightwater.id, &id).await, EVERYTHING);
    assert_eq!(actions(&portal, &portal.harbor.id, &id).await, EVERYTHING);
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.sees("Sam global_admin (Brightwater IT)");
    changes_quantity(&mut sam, "31").await;
    assert_eq!(actions(&portal, &portal.harbor.id, &id).await.len(), 5);
    assert_eq!(actions(&portal, &brightwater.id, &id).await.len(), 4, "the provider's own change is its own");
}

#[actix_web::test]
async fn a_reseller_sees_neither_what_was_not_delegated_nor_what_no_longer_is() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let newleaf = portal.has_partner("Newleaf", "DE", "4810234").await;
    let contoso = portal.has_customer("Contoso").await;
    let delegation = portal.has_delegation(&contoso, &brightwater).await;
    let earner = Some(("4810234".to_owned(), newleaf.id));
    let basic = PlainSubscription { incentives: earner, ..PlainSubscription::new("Business Basic") };
    let id = portal.has_subscription(&contoso, basic).await;
    // Who earns manages the subscription and does not administer the customer.
    let mut nora = portal.browser_in(&newleaf, &OWNER).await;
    nora.visit(&page(&id)).await;
    nora.sees_heading("Business Basic");
    nora.visit(&format!("/customers/{contoso}/subscriptions")).await;
    assert_eq!(nora.status(), StatusCode::NOT_FOUND);
    let mut olga = portal.browser_in(&brightwater, &OWNER).await;
    olga.visit(&page(&id)).await;
    portal.has_ended(&delegation).await;
    olga.fill("Quantity", "30").press("Change quantity").await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    let fields = [("quantity", "30"), ("nickname", "Mine"), ("reason", "fraud"), ("version", "1")];
    for action in ACTIONS {
        olga.post(&format!("{}/{action}", page(&id)), &fields).await;
        assert_eq!(olga.status(), StatusCode::NOT_FOUND, "{action}");
    }
    for path in [
        page(&id),
        format!("/customers/{contoso}/subscriptions"),
        format!("/customers/{contoso}/subscriptions/export"),
    ] {
        olga.visit(&path).await;
        assert_eq!(olga.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(kept(&portal, &id).await, (25, 1));
}

#[actix_web::test]
async fn a_removed_partnership_leaves_what_was_delegated() {
    let portal = Portal::open().await;
    let (brightwater, _, id) = brightwater_administers_contoso(&portal).await;
    portal.has_removed_partnerships().await;
    let mut olga = portal.browser_in(&brightwater, &OWNER).await;
    olga.visit(&page(&id)).await;
    changes_quantity(&mut olga, "30").await;
    olga.sees("The quantity is changed.");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.sees("30 licenses");
    let html = sam.html().to_owned();
    assert!(!html.contains(brightwater.id.as_str()), "it can no longer be chosen as support contact");
}

#[actix_web::test]
async fn a_reseller_reads_what_the_provider_did_and_nothing_of_other_resellers() {
    let portal = Portal::open().await;
    let (brightwater, contoso, id) = brightwater_administers_contoso(&portal).await;
    let newleaf = portal.has_partner("Newleaf", "DE", "4810234").await;
    portal.has_delegation(&contoso, &newleaf).await;
    for (person, quantity) in [
        (&mut portal.browser_of(Role::SalesAgent).await, "30"),
        (&mut portal.browser_in(&newleaf, &OWNER).await, "31"),
    ] {
        person.visit(&page(&id)).await;
        changes_quantity(person, quantity).await;
    }
    let mut olga = portal.browser_in(&brightwater, &OWNER).await;
    olga.visit(&page(&id)).await;
    olga.sees("25 → 30")
        .sees("Harbor Distribution, ")
        .sees("30 → 31")
        .sees("Another partner of the customer, ");
    olga.sees_not("Newleaf").sees_not("Sam sales_agent");
}
