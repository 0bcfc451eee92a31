//! What providers are told of their resellers.

use twotier::access::Role;

use super::{Scene, letters_to, says, says_not};
use crate::support::bought::PlainSubscription;
use crate::support::portal::ORIGIN;

#[actix_web::test]
async fn a_provider_is_told_what_a_reseller_changed() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let heidi = portal.add_person(&portal.harbor, &[Role::HelpdeskAgent]).await;
    let bill = portal.add_person(&portal.harbor, &[Role::BillingAdmin]).await;
    let colleague = scene.olga(Role::GlobalAdmin).await;
    portal.has_subscription(&scene.contoso, PlainSubscription::add_on("Phone", &scene.basic)).await;
    scene.change_quantity(40).await;
    portal.carry_mail().await;
    let letter = portal.letter_to(&sam);
    assert_eq!(letter.subject, "Brightwater IT changed Business Basic of Contoso from 25 to 40");
    says(
        &letter,
        "Sam sales_agent of Brightwater IT changed the quantity of Business Basic of Contoso from 25 to 40.",
    );
    says(&letter, &format!("{ORIGIN}/subscriptions/{}", scene.basic));
    for other in [&heidi, &bill, &colleague] {
        assert_eq!(letters_to(portal, other), 0, "{other}");
    }
}

#[actix_web::test]
async fn suspending_and_reactivating_is_told_once_and_with_its_reason() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    portal.has_subscription(&scene.contoso, PlainSubscription::add_on("Phone", &scene.basic)).await;
    let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut olga = portal.browser_in(&scene.brightwater, &[Role::SalesAgent]).await;
    olga.visit(&format!("/subscriptions/{}", scene.basic)).await;
    olga.follow("Suspend").await;
    olga.sees("The people of your indirect provider are told by mail");
    olga.choose("Reason", "Non-payment").press("Suspend subscription").await;
    olga.press("Reactivate").await;
    olga.sees("Active");
    portal.carry_mail().await;
    let letter = portal.letter_to(&sam);
    assert_eq!(letter.subject, "2 changes that concern Harbor Distribution");
    says(&letter, "of Brightwater IT suspended Business Basic of Contoso. Reason: Non-payment.");
    says(&letter, "of Brightwater IT reactivated Business Basic of Contoso.");
    says_not(&letter, "Phone");
}

#[actix_web::test]
async fn nobody_is_told_what_the_own_organization_did() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    portal.add_person(&portal.harbor, &[Role::GlobalAdmin]).await;
    scene.olga(Role::GlobalAdmin).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/subscriptions/{}", scene.basic)).await;
    sam.fill("Quantity", "30").press("Change quantity").await;
    sam.press("Change quantity").await;
    sam.sees("The quantity is changed.");
    sam.follow("Suspend").await;
    sam.choose("Reason", "Fraud").press("Suspend subscription").await;
    sam.press("Reactivate").await;
    assert_eq!(portal.carry_mail().await, 0);
}

#[actix_web::test]
async fn what_was_refused_is_not_told() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut olga = portal.browser_in(&scene.brightwater, &[Role::SalesAgent]).await;
    olga.visit(&format!("/subscriptions/{}", scene.basic)).await;
    let stale = [("quantity", "30"), ("version", "7")];
    olga.post(&format!("/subscriptions/{}/quantity", scene.basic), &stale).await;
    let beyond = [("quantity", "301"), ("version", "1")];
    olga.post(&format!("/subscriptions/{}/quantity", scene.basic), &beyond).await;
    let same = [("quantity", "25"), ("version", "1")];
    olga.post(&format!("/subscriptions/{}/quantity", scene.basic), &same).await;
    assert_eq!(portal.carry_mail().await, 0);
}
