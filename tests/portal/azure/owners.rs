//! Tenant owner permission: given with an order or on the subscription's page, shown, withdrawn, and ending by itself.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::catalog::model::{Category, Unit};
use twotier::partners::model::Organisation;
use twotier::values::id::{CustomerId, SubscriptionId};

use super::Scene;
use crate::ordering::begun::sam_chooses;
use crate::support::browser::Browser;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

/// The scene, with a subscription that names Brightwater.
async fn named() -> (Scene, Organisation) {
    let scene = Scene::open().await;
    let brightwater = scene.portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut sam = scene.portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&scene.azure)).await;
    sam.sees("No reseller has tenant owner permission for it. It can be given to the reseller (MPN ID) once one is set.");
    sam.follow("Update Reseller (MPN ID)").await;
    sam.choose("Indirect reseller (optional)", "Brightwater IT (4810233)").press("Submit").await;
    (scene, brightwater)
}

/// What is billed by usage.
fn azure() -> PlainOffer {
    PlainOffer {
        category: Category::Usage,
        unit: Unit::Usage,
        maximum: 999_999_999,
        billed: (true, false),
        term_months: 9999,
        ..PlainOffer::new("Microsoft Azure", 0)
    }
}

fn page(subscription: &SubscriptionId) -> String {
    format!("/subscriptions/{subscription}")
}

/// Gives it on the subscription's page.
async fn give(sam: &mut Browser, scene: &Scene) {
    sam.visit(&page(&scene.azure)).await;
    sam.follow("Give tenant owner permission").await;
    sam.press("Give permission").await;
    sam.sees("The reseller has tenant owner permission.");
}

/// Somebody who may ends the relationship with a customer in whose way nothing stands.
async fn end(ada: &mut Browser, customer: &CustomerId) {
    ada.visit(&format!("/customers/{customer}/end")).await;
    ada.press("Go on").await;
    ada.press("End the relationship").await;
}

/// How many have it.
fn lasting(portal: &Portal) -> i64 {
    portal.database.number("SELECT count(*) FROM tenant_owners WHERE ended_at IS NULL")
}

/// Why it ended for those who had it.
fn ends(portal: &Portal) -> Vec<String> {
    portal.database.texts("SELECT end_reason AS text FROM tenant_owners WHERE ended_at IS NOT NULL")
}

#[actix_web::test]
async fn it_is_given_after_a_question_shown_to_both_sides_and_withdrawn() {
    let (scene, brightwater) = named().await;
    let portal = &scene.portal;
    let olga = portal.add_person(&brightwater, &[Role::SalesAgent]).await;
    portal.has_delegation(&scene.contoso, &brightwater).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&scene.azure)).await;
    sam.sees("No reseller has tenant owner permission for it.");
    sam.follow("Give tenant owner permission").await;
    sam.sees_heading("Give Brightwater IT tenant owner permission?");
    sam.sees("It can create, change and delete everything in it, and give others access.");
    let mut tab = sam.clone_session();
    tab.visit(&format!("{}/tenant-owner", page(&scene.azure))).await;
    sam.press("Give permission").await;
    sam.sees("The reseller has tenant owner permission.")
        .sees("Brightwater IT manages the customer’s Azure account.");
    tab.press("Give permission").await;
    assert_eq!(tab.status(), StatusCode::CONFLICT);
    tab.sees("Somebody changed this subscription after you had read the question.");
    assert_eq!(lasting(portal), 1);
    let ledger = format!("/customers/{}/relationships", scene.contoso);
    sam.visit(&ledger).await;
    sam.sees_row(&["Brightwater IT", "Microsoft Azure", "given by Sam sales_agent"]);
    let mut reseller = portal.signed_in(&olga).await;
    reseller.visit(&page(&scene.azure)).await;
    reseller
        .sees("Brightwater IT manages the customer’s Azure account.")
        .sees_no_link("Withdraw tenant owner permission");
    reseller.visit(&ledger).await;
    reseller.sees_row(&["Brightwater IT", "Microsoft Azure"]);
    reseller.visit("/activity").await;
    reseller.sees_row(&["Contoso", "Give tenant owner permission"]);
    portal.carry_mail().await;
    let letter = portal.letter_to(&olga);
    assert!(
        letter
            .body_text
            .contains("gave your organization tenant owner permission for Microsoft Azure of Contoso.")
    );
    sam.visit(&page(&scene.azure)).await;
    sam.follow("Withdraw tenant owner permission").await;
    sam.sees("Take the access away in the Azure portal, too");
    sam.press("Withdraw permission").await;
    sam.sees("Tenant owner permission is withdrawn.").sees("No reseller has tenant owner permission for it.");
    sam.visit(&ledger).await;
    sam.sees_row(&["Brightwater IT", "Microsoft Azure", "It was withdrawn"]);
    assert_eq!(ends(portal), ["withdrawn"]);
}

#[actix_web::test]
async fn it_ends_when_the_subscription_names_another_reseller() {
    let (scene, brightwater) = named().await;
    let portal = &scene.portal;
    portal.has_partner("Newleaf", "DE", "5910444").await;
    let olga = portal.add_person(&brightwater, &[Role::SalesAgent]).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    give(&mut sam, &scene).await;
    sam.follow("Update Reseller (MPN ID)").await;
    sam.choose("Indirect reseller (optional)", "Newleaf (5910444)").press("Submit").await;
    sam.sees("No reseller has tenant owner permission for it.");
    assert_eq!(ends(portal), ["reseller_changed"]);
    portal.carry_mail().await;
    let letter = portal.letter_to(&olga);
    assert!(
        letter.body_text.contains("has ended: The subscription names another reseller, or none."),
        "{}",
        letter.body_text
    );
    give(&mut sam, &scene).await;
    sam.sees("Newleaf manages the customer’s Azure account.");
    assert_eq!(lasting(portal), 1);
}

#[actix_web::test]
async fn it_ends_with_the_relationship() {
    let (scene, _) = named().await;
    let portal = &scene.portal;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    give(&mut sam, &scene).await;
    sam.follow("Suspend").await;
    sam.choose("Reason", "Customer request").press("Suspend subscription").await;
    // While it is suspended, it stays with whoever has it.
    assert_eq!(lasting(portal), 1);
    end(&mut scene.ada().await, &scene.contoso).await;
    assert_eq!(ends(portal), ["relationship_ended"]);
}

#[actix_web::test]
async fn a_reseller_that_gives_the_customer_back_and_is_named_no_longer_loses_it() {
    let (scene, brightwater) = named().await;
    let portal = &scene.portal;
    portal.has_delegation(&scene.contoso, &brightwater).await;
    give(&mut portal.browser_of(Role::SalesAgent).await, &scene).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    olga.visit(&format!("/customers/{}/return", scene.contoso)).await;
    olga.check("They no longer name you").press("Give back").await;
    assert_eq!(ends(portal), ["relationship_ended"]);
}

#[actix_web::test]
async fn licenses_have_no_tenant_owner() {
    let scene = Scene::open().await;
    let basic = crate::support::bought::PlainSubscription::new("Business Basic");
    let basic = scene.portal.has_subscription(&scene.contoso, basic).await;
    let mut sam = scene.portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&basic)).await;
    sam.sees_not("Tenant owner");
    for (path, now_at) in
        [("tenant-owner", &basic), ("tenant-owner/withdrawal", &basic), ("tenant-owner", &scene.azure)]
    {
        sam.visit(&format!("{}/{path}", page(now_at))).await;
        assert_eq!(sam.path(), page(now_at));
    }
    let (path, fields) = (format!("{}/tenant-owner", page(&scene.azure)), [("version", "1")]);
    sam.stay().post(&path, &fields).await;
    assert_eq!(lasting(&scene.portal), 0);
}

#[actix_web::test]
async fn an_order_gives_it_with_a_tick_on_review() {
    for gives in [true, false] {
        let portal = Portal::open().await;
        let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
        portal.has_offer(azure()).await;
        let (mut sam, _) = sam_chooses(&portal, "fabrikam", Some(&brightwater)).await;
        sam.check("Order Microsoft Azure").press("Next: Review").await;
        if gives {
            sam.sees("It then manages the customer’s Azure account");
            sam.check("Give Brightwater IT tenant owner permission");
        }
        sam.press("Submit").await;
        sam.sees_heading("Confirmation");
        assert_eq!(lasting(&portal), i64::from(gives));
        if gives {
            sam.sees("Brightwater IT has tenant owner permission");
        } else {
            sam.sees_not("has tenant owner permission").sees("tenant owner permissions: in the Azure portal");
        }
    }
}
