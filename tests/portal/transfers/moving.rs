//! What moves, as it was, and what does not.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::days_after;

use super::{AZURE, BASIC, CORA, Scene, decide, today};
use crate::support::bought::PlainSubscription;

#[actix_web::test]
async fn a_customer_moves_with_what_it_has() {
    let scene = Scene::open().await;
    let (portal, harbor) = (&scene.portal, scene.portal.harbor.id);
    let add_on =
        portal.has_subscription(&scene.juniper, PlainSubscription::add_on("Calling", &scene.basic)).await;
    portal.database.change(&format!(
        "UPDATE subscriptions SET starts_on = '2026-03-01', renews_on = '2027-03-01', auto_renews = FALSE WHERE id IN ('{}', '{add_on}')",
        scene.basic
    ));
    let nickname = format!("UPDATE subscriptions SET nickname = 'Front desk' WHERE id = '{}'", scene.basic);
    portal.database.change(&nickname);
    let before = scene.stands(&scene.basic).await;
    let mut alma = scene.choosing().await;
    alma.fill("MPN ID or name (optional)", "MPN ID 490-0031")
        .fill("Message to the others (optional)", "As agreed.");
    alma.check("Move Front desk").check("Move Azure").press("See what it will do").await;
    alma.sees("Start the transfer to Kestrel Cloud?").sees("Calling").sees("under other subscription IDs");
    alma.press("Start the transfer").await;
    alma.sees("Waits for the customer")
        .sees("Until then the quantities cannot be changed.")
        .sees("Letter to");
    // The new partner knows nothing yet.
    let mut kim = portal.browser_in(&scene.kestrel, &[Role::SalesAgent]).await;
    kim.visit("/transfers?direction=in").await;
    kim.sees("No partner offers you anything");
    kim.visit(alma.path()).await;
    assert_eq!(kim.status(), StatusCode::NOT_FOUND);

    let mut cora = scene.link().await;
    assert!(scene.has_told(CORA, "As agreed."));
    cora.sees("Front desk").sees("As agreed.").sees_not("5.10");
    super::consent(&mut cora).await;
    portal.carry_mail().await;
    assert!(
        scene.has_told(
            "kestrel-cloud.example",
            "Harbor Distribution offers you subscriptions of Juniper Hall"
        )
    );
    kim.visit("/transfers?direction=in").await;
    kim.sees("1 waits").sees("Your turn");
    kim.follow("Juniper Hall").await;
    kim.sees("by Cora Customer, by the mailed link").sees("Accepted");
    let group = "Front desk, 25 licenses, € 5.10 each a month";
    decide(&mut kim, &[group, AZURE], &[]).await;
    kim.sees("3 subscriptions have moved.").sees("Done on");

    let gone = scene.stands(&scene.basic).await;
    assert_eq!((gone.status.as_str(), gone.end_reason.as_deref()), ("deleted", Some("transferred")));
    assert_eq!(gone.ended_on, Some(today()), "it ends on the day on which it begins elsewhere");
    let there = scene.living(&scene.kestrel.id, "Business Basic").await.pop().expect("one");
    assert_eq!(there.customer_id, scene.beside);
    let as_it_was = super::Kept { id: there.id, customer_id: there.customer_id, ..before };
    assert_eq!(there, as_it_was);
    let calling = scene.living(&scene.kestrel.id, "Calling").await.pop().expect("one");
    assert_eq!(calling.parent_id, Some(there.id), "add-ons travel with their base");
    for name in ["Business Basic", "Calling", "Azure"] {
        assert_eq!(scene.living(&harbor, name).await.len(), 0, "{name}");
        assert_eq!(scene.living(&scene.kestrel.id, name).await.len(), 1, "{name}");
    }
    let worth =
        |id| portal.database.number(&format!("SELECT monthly_minor FROM customers WHERE id = '{id}'"));
    assert_eq!((worth(scene.juniper), worth(scene.beside)), (0, 51 * 510), "nothing is billed twice");

    kim.visit(&format!("/subscriptions/{}", there.id)).await;
    kim.sees("Its ID there was")
        .sees(scene.basic.as_str())
        .sees("Take a subscription over from another partner");
    kim.visit(&format!("/customers/{}/orders", scene.beside)).await;
    kim.sees("Transferred");
    alma.visit(&format!("/subscriptions/{}", scene.basic)).await;
    alma.sees("It moved to another partner on").sees("Its ID there is").sees(there.id.as_str());
    let steps = ["create_transfer", "consent_to_transfer", "accept_transfer"];
    assert_eq!(scene.log(&harbor).await, steps);
    assert_eq!(scene.log(&scene.kestrel.id).await, ["accept_transfer"]);
    portal.carry_mail().await;
    assert!(
        scene.has_told("harbor", "- 3 subscriptions moved")
            && scene.has_told(CORA, "- 3 subscriptions moved")
    );
}

#[actix_web::test]
async fn some_are_taken_and_others_refused_each_with_its_reason() {
    let scene = Scene::open().await;
    let mut alma = scene.consented(&["Business Basic", "Azure"]).await;
    let mut kim = scene.at_kestrel(Role::AdminAgent).await;
    kim.follow("Answer").await;
    kim.choose(BASIC, "Take it over").choose(AZURE, "Refuse");
    kim.press("See what it will do").await;
    kim.sees_problem("Why you refuse Azure (optional)", "Say why you refuse it.");
    kim.fill("Why you refuse Azure (optional)", "We sell no Azure.").press("See what it will do").await;
    kim.sees("We sell no Azure.").sees("1 subscription begins with you today");
    kim.press("Choose otherwise").await;
    assert_eq!(kim.field(AZURE), "Refuse");
    kim.press("See what it will do").await;
    kim.press("Send the answer").await;
    kim.sees("1 subscription has moved.");
    assert_eq!(kim.cell("Azure", "Result"), "Refused");
    assert_eq!(kim.cell("Azure", "Why"), "We sell no Azure.");
    assert_eq!(kim.cell("Business Basic", "Result"), "Moved");
    alma.reload().await;
    assert_eq!(alma.cell("Azure", "Why"), "We sell no Azure.");
    assert_eq!(scene.stands(&scene.azure).await.status, "active");
    assert_eq!(scene.stands(&scene.basic).await.status, "deleted");
}

#[actix_web::test]
async fn what_stands_otherwise_by_then_does_not_move_and_holds_up_nothing_else() {
    let scene = Scene::open().await;
    let (portal, add_on) = (&scene.portal, "UPDATE subscriptions SET quantity = 26");
    let calling =
        portal.has_subscription(&scene.juniper, PlainSubscription::add_on("Calling", &scene.basic)).await;
    scene.consented(&["Business Basic", "Azure"]).await;
    // By a way that asks nobody.
    portal.database.change(&format!("{add_on} WHERE id = '{calling}'"));
    let mut kim = scene.at_kestrel(Role::AdminAgent).await;
    decide(&mut kim, &[BASIC, AZURE], &[]).await;
    kim.sees("1 subscription has moved.").sees("2 could not");
    assert!(kim.cell("Calling Add-on", "Why").contains("quantity"), "{}", kim.text());
    assert_eq!(scene.stands(&scene.basic).await.status, "active");
    assert_eq!(scene.stands(&calling).await.status, "active");
    assert_eq!(scene.living(&scene.kestrel.id, "Business Basic").await.len(), 0);
    assert_eq!(scene.living(&scene.kestrel.id, "Azure").await.len(), 1);
}

#[actix_web::test]
async fn where_nothing_can_move_any_more_everything_stays() {
    let scene = Scene::open().await;
    let mut alma = scene.consented(&["Business Basic"]).await;
    alma.visit(&format!("/subscriptions/{}/suspension", scene.basic)).await;
    alma.choose("Reason", "Customer request").press("Suspend subscription").await;
    let mut kim = scene.at_kestrel(Role::AdminAgent).await;
    decide(&mut kim, &[BASIC], &[]).await;
    kim.sees("Nothing could be moved any more").sees("is not active");
    assert_eq!(scene.stands(&scene.basic).await.status, "suspended");
    let open = "SELECT count(*) FROM transfer_items WHERE result = 'waiting'";
    assert_eq!(scene.portal.database.number(open), 0);
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM orders WHERE transfer_id IS NOT NULL"), 0);
}

#[actix_web::test]
async fn a_price_that_rose_at_renewal_meanwhile_moves_as_it_is() {
    let scene = Scene::open().await;
    scene.consented(&["Business Basic"]).await;
    let (next, year) = (days_after(today(), 20), days_after(today(), 385));
    scene.portal.database.change(&format!(
        "UPDATE subscriptions SET unit_price_minor = 600, renews_on = '{year}', version = version + 1 WHERE id = '{}'",
        scene.basic
    ));
    assert!(next < year);
    let mut kim = scene.at_kestrel(Role::AdminAgent).await;
    decide(&mut kim, &[BASIC], &[]).await;
    kim.sees("1 subscription has moved.");
    let there = scene.living(&scene.kestrel.id, "Business Basic").await.pop().expect("one");
    assert_eq!((there.unit_price_minor, there.renews_on), (600, year));
}
