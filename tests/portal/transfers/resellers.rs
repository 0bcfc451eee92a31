//! From one reseller of a provider to another one: the subscription stays, and names another reseller.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::partners::model::Organisation;
use twotier::values::id::SubscriptionId;

use super::{Scene, decide, look, start};
use crate::support::bought::PlainSubscription;

const NAMED: &str = "Business Premium, 25 licenses, € 5.10 each a month";

/// Juniper Hall has one that names Brightwater, which helps with it, too; Newleaf is another partner of Harbor.
async fn named(scene: &Scene) -> (Organisation, Organisation, SubscriptionId) {
    let (brightwater, newleaf) = scene.portal.has_two_partners().await;
    let mut premium = PlainSubscription::new("Business Premium");
    premium.incentives = Some(("4810233".to_owned(), brightwater.id));
    let id = scene.portal.has_subscription(&scene.juniper, premium).await;
    scene.portal.database.change(&format!(
        "UPDATE subscriptions SET support_organisation_id = '{}' WHERE id = '{id}'",
        brightwater.id
    ));
    (brightwater, newleaf, id)
}

#[actix_web::test]
async fn a_provider_passes_on_what_names_a_reseller_and_the_new_one_takes_it() {
    let scene = Scene::open().await;
    let (brightwater, newleaf, premium) = named(&scene).await;
    let mut alma = scene.choosing().await;
    look(&mut alma, "5910444", &["Business Basic", "Business Premium"]).await;
    alma.sees("Business Basic names no reseller from whom it could move.");
    alma.uncheck("Move Business Basic").press("See what it will do").await;
    alma.sees("in place of Brightwater IT");
    alma.press("Start the transfer").await;
    alma.sees("Waits for the new partner");
    let before = scene.stands(&premium).await;
    let mut olga = scene.portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    let mut nora = scene.portal.browser_in(&newleaf, &[Role::SalesAgent]).await;
    nora.visit("/transfers?direction=in").await;
    nora.follow("Juniper Hall").await;
    decide(&mut nora, &[NAMED], &[]).await;
    nora.sees("1 subscription has moved.");
    let after = scene.stands(&premium).await;
    assert_eq!(after, super::Kept { mpn_reseller_id: Some(newleaf.id), ..before });
    let helper = format!("SELECT support_organisation_id AS text FROM subscriptions WHERE id = '{premium}'");
    assert_eq!(scene.portal.database.texts(&helper), [newleaf.id.to_string()]);
    nora.visit(&format!("/subscriptions/{premium}")).await;
    nora.sees("it passed from Brightwater IT to Newleaf");
    for log in [&scene.portal.harbor.id, &brightwater.id, &newleaf.id] {
        assert_eq!(scene.log(log).await, ["create_transfer", "accept_transfer"], "all of them know");
    }
    olga.visit("/transfers").await;
    olga.sees_row(&["Juniper Hall", "Brightwater IT", "Newleaf"]);
    scene.portal.carry_mail().await;
    assert!(scene.has_told("brightwater-it", "have moved to Newleaf"));
}

#[actix_web::test]
async fn a_reseller_passes_its_own_on_with_the_consent_of_its_provider() {
    let scene = Scene::open().await;
    let (brightwater, newleaf, premium) = named(&scene).await;
    let mut olga = scene.portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    olga.visit(&format!("/subscriptions/{premium}")).await;
    olga.follow("Switch to a different partner").await;
    olga.sees("Business Premium").sees_not("Business Basic").sees_not("Not on this portal");
    look(&mut olga, "Kestrel Cloud", &["Business Premium"]).await;
    olga.sees_problem("MPN ID or name (optional)", "another reseller of the same indirect provider only");
    start(&mut olga, "Newleaf", &["Business Premium"]).await;
    olga.sees("Waits for the provider");
    let mut nora = scene.portal.browser_in(&newleaf, &[Role::AdminAgent]).await;
    nora.visit(olga.path()).await;
    assert_eq!(nora.status(), StatusCode::NOT_FOUND);
    let mut sam = scene.portal.browser_of(Role::SalesAgent).await;
    sam.visit(olga.path()).await;
    sam.follow("Answer").await;
    sam.press("See what it will do").await;
    sam.sees_problem("Your answer", "Choose");
    sam.choose("Your answer", "Let it go").press("See what it will do").await;
    sam.sees("1 subscription may go from Brightwater IT to Newleaf");
    sam.press("Send the answer").await;
    sam.sees("You let it go.");
    nora.visit(olga.path()).await;
    decide(&mut nora, &[NAMED], &[]).await;
    nora.sees("1 subscription has moved.");
    assert_eq!(scene.stands(&premium).await.mpn_reseller_id, Some(newleaf.id));
}

#[actix_web::test]
async fn a_provider_does_not_let_it_go() {
    let scene = Scene::open().await;
    let (brightwater, _, premium) = named(&scene).await;
    let mut olga = scene.portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    olga.visit(&format!("/customers/{}/transfers/new", scene.juniper)).await;
    start(&mut olga, "Newleaf", &["Business Premium"]).await;
    let mut sam = scene.portal.browser_of(Role::SalesAgent).await;
    sam.visit(olga.path()).await;
    sam.follow("Answer").await;
    sam.choose("Your answer", "Refuse").press("See what it will do").await;
    sam.sees_problem("Reason (optional)", "Enter");
    sam.fill("Reason (optional)", "Not now.").press("See what it will do").await;
    sam.press("Send the answer").await;
    olga.reload().await;
    olga.sees("Not now.").sees("Left as it was");
    assert_eq!(scene.stands(&premium).await.mpn_reseller_id, Some(brightwater.id));
}

#[actix_web::test]
async fn what_names_another_reseller_by_then_stays() {
    let scene = Scene::open().await;
    let (brightwater, newleaf, premium) = named(&scene).await;
    let mut alma = scene.choosing().await;
    start(&mut alma, "Newleaf", &["Business Premium"]).await;
    scene.portal.database.change(&format!(
        "UPDATE subscriptions SET mpn_id = '', mpn_reseller_id = NULL WHERE id = '{premium}'"
    ));
    let mut nora = scene.portal.browser_in(&newleaf, &[Role::AdminAgent]).await;
    nora.visit(alma.path()).await;
    decide(&mut nora, &[NAMED], &[]).await;
    nora.sees("names another reseller by now");
    assert_eq!(scene.stands(&premium).await.mpn_reseller_id, None);
    // A reseller that has nothing of a customer starts nothing for it.
    let mut olga = scene.portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    olga.visit(&format!("/customers/{}/transfers/new", scene.juniper)).await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
}

/// Harbor does not let a reseller be named on the offer of a subscription.
async fn closes(scene: &Scene, subscription: &SubscriptionId, reseller: &str) {
    let offer = scene.portal.offer_of(subscription).await;
    let mut ada = scene.portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/catalog/{offer}/resellers")).await;
    ada.choose("Who can be named", "Every reseller except those ticked").check(reseller).press("Save").await;
}

#[actix_web::test]
async fn nothing_passes_to_a_reseller_to_which_its_offer_is_closed() {
    let scene = Scene::open().await;
    let (brightwater, newleaf, premium) = named(&scene).await;
    let mut alma = scene.choosing().await;
    start(&mut alma, "5910444", &["Business Premium"]).await;
    closes(&scene, &premium, "Newleaf").await;
    let mut nora = scene.portal.browser_in(&newleaf, &[Role::SalesAgent]).await;
    nora.visit("/transfers?direction=in").await;
    nora.follow("Juniper Hall").await;
    decide(&mut nora, &[NAMED], &[]).await;
    nora.sees("Nothing could be moved any more");
    nora.sees("does not let the new reseller be named on this offer");
    assert_eq!(scene.stands(&premium).await.mpn_reseller_id, Some(brightwater.id));
    // And no such file is begun.
    let mut alma = scene.choosing().await;
    look(&mut alma, "5910444", &["Business Premium"]).await;
    alma.sees("does not let this reseller be named on Business Premium");
    alma.sees_no_button("Start the transfer");
}
