//! Before it is started: who may, to whom, and what.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};

use super::{Scene, look, start, today};
use crate::support::bought::PlainSubscription;

#[actix_web::test]
async fn only_a_partner_that_can_have_them_is_taken() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "FR").await;
    let fjord = portal.has_organisation(OrganisationKind::Provider, "Fjord", "DE").await;
    portal.has_account_beside(&scene.juniper, &summit).await;
    portal.has_reseller("Stranger", "DE", "4811111").await;
    portal.has_organisation(OrganisationKind::Provider, "Twin", "DE").await;
    portal.has_organisation(OrganisationKind::Provider, "Twin", "DE").await;
    let mut alma = scene.choosing().await;
    for (partner, told) in [
        ("", "Enter"),
        ("Nobody Ltd", "No partner on this portal has this MPN ID or this name."),
        ("4999999", "No partner on this portal has this MPN ID or this name."),
        ("Harbor Distribution", "It has the subscriptions already."),
        ("Summit", "in another country than the customer: France."),
        ("Fjord", "The customer has no reseller relationship with this provider."),
        ("Stranger", "This reseller is no partner of the indirect provider"),
        ("Twin", "Several partners are called so."),
    ] {
        look(&mut alma, partner, &["Business Basic"]).await;
        assert_eq!(alma.status(), StatusCode::UNPROCESSABLE_ENTITY, "{partner}");
        alma.sees_problem("MPN ID or name (optional)", told);
        assert_eq!(alma.field("Move Business Basic"), "on", "what was ticked is kept");
    }
    // Relationships end, and organisations are suspended.
    let ended = portal.has_account_beside(&scene.juniper, &fjord).await;
    portal.database.change(&format!("UPDATE customers SET ended_at = created_at WHERE id = '{ended}'"));
    look(&mut alma, "Fjord", &[]).await;
    alma.sees_problem("MPN ID or name (optional)", "The customer has no reseller relationship");
    portal.has_suspended(&scene.kestrel, "Unpaid").await;
    look(&mut alma, "KESTREL cloud", &[]).await;
    alma.sees_problem("MPN ID or name (optional)", "cannot take anything over at the moment");
    assert_eq!(portal.database.number("SELECT count(*) FROM transfers"), 0);
}

#[actix_web::test]
async fn what_cannot_move_says_why() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    portal.has_subscription(&scene.juniper, PlainSubscription::trial("Trial plan")).await;
    let fresh = portal.has_subscription(&scene.juniper, PlainSubscription::new("Bought today")).await;
    portal.database.change(&format!(
        "UPDATE orders SET cancellable_until = '2199-01-01 00:00:00' WHERE id = (SELECT order_id FROM subscriptions WHERE id = '{fresh}')"
    ));
    let mut alma = scene.choosing().await;
    alma.sees("Trials do not move to another partner.").sees("can still be cancelled today");
    alma.press("See what it will do").await;
    alma.sees("Tick what is to move.");
    alma.fill("Open until", "2020-01-01").press("See what it will do").await;
    alma.sees_problem("Open until", "Enter today or a later day.");
    alma.fill("Open until", "2099-01-01").press("See what it will do").await;
    alma.sees_problem("Open until", "within the next 90 days");
    // Whoever ticks what the page does not offer.
    let path = alma.path().to_owned();
    let id = twotier::values::id::TransferId::new().to_string();
    let open = today().to_string();
    let fields = [
        ("id", id.as_str()),
        ("place", "here"),
        ("partner", "Kestrel Cloud"),
        ("item", fresh.as_str()),
        ("open_until", &open),
    ];
    alma.post(&path, &fields).await;
    alma.sees("Bought today cannot move at the moment");
}

#[actix_web::test]
async fn one_that_is_in_an_open_transfer_is_in_no_other_one_and_keeps_its_quantity() {
    let scene = Scene::open().await;
    let alma = scene.started(&["Business Basic"]).await;
    let file = alma.path().to_owned();
    let mut second = scene.choosing().await;
    second.sees("It is in another transfer that is open.");
    let mut sam = scene.portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/subscriptions/{}", scene.basic)).await;
    sam.sees("It is about to move to another partner.").sees_no_button("Change quantity");
    sam.sees("its quantity is frozen");
    sam.follow("Open the transfer").await;
    assert_eq!(sam.path(), file);
    sam.sees_no_link("Withdraw");
    let twice = format!(
        "INSERT INTO transfer_items SELECT transfer_id, '{}', 9, NULL, offer_name, nickname, unit, quantity, billing, currency, unit_price_minor, renews_on, 'left', '', NULL FROM transfer_items",
        scene.azure
    );
    scene.portal.database.change(&twice);
    // What has ended is in nobody's way.
    second.reload().await;
    start(&mut second, "Kestrel Cloud", &["Azure"]).await;
    second.sees("The transfer to Kestrel Cloud is started.");
}

#[actix_web::test]
async fn the_same_page_sent_twice_starts_one_and_a_change_in_between_is_shown() {
    let scene = Scene::open().await;
    let mut alma = scene.choosing().await;
    look(&mut alma, "Kestrel Cloud", &["Business Basic"]).await;
    let mut second_tab = alma.duplicate();
    scene.portal.database.change(&format!(
        "UPDATE subscriptions SET quantity = 30, version = version + 1 WHERE id = '{}'",
        scene.basic
    ));
    alma.press("Start the transfer").await;
    assert_eq!(alma.status(), StatusCode::CONFLICT);
    alma.sees("What you chose was changed while you were reading.").sees("30 licenses");
    alma.press("Start the transfer").await;
    alma.sees("is started");
    second_tab.press("Start the transfer").await;
    second_tab.sees("That transfer had been started already.");
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM transfers"), 1);
    assert_eq!(scene.portal.database.number("SELECT quantity FROM transfer_items"), 30);
}

#[actix_web::test]
async fn only_admin_agents_of_the_partner_that_has_them_start_it() {
    let scene = Scene::open().await;
    let path = format!("/customers/{}/transfers/new", scene.juniper);
    let mut sam = scene.portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{}/subscriptions", scene.juniper)).await;
    sam.sees_no_link("Switch subscriptions to a different partner");
    sam.visit(&path).await;
    assert_eq!(sam.status(), StatusCode::FORBIDDEN);
    let mut kim = scene.portal.browser_in(&scene.kestrel, &[Role::AdminAgent]).await;
    kim.visit(&path).await;
    assert_eq!(kim.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn the_list_is_searched_and_narrowed() {
    let scene = Scene::open().await;
    let mut alma = scene.started(&["Business Basic"]).await;
    alma.visit("/transfers").await;
    alma.sees_row(&["Juniper Hall", "Harbor Distribution", "Kestrel Cloud"]);
    alma.fill("Search customer or partner", "KESTR").choose("State", "Open").press("Apply").await;
    alma.sees_row(&["Juniper Hall"]);
    alma.choose("State", "Done").press("Apply").await;
    alma.sees("No transfer matches");
    alma.follow("Remove filter State: Done").await;
    alma.sees_row(&["Juniper Hall"]);
    alma.visit("/transfers?search=nobody").await;
    alma.sees("No transfer matches");
}
