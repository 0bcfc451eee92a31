//! The ledger: what a provider and a reseller read of who looks after a customer.

use twotier::access::Role;

use super::{Scene, does};
use crate::support::bought::PlainSubscription;

/// What a delegation allows that lasts.
const ALL: &str = "Managing the account, all subscriptions and users; seeing orders";

#[actix_web::test]
async fn past_rows_stay_and_say_by_whom() {
    let scene = Scene::open().await;
    scene.ends_in(90);
    let mut ada = scene.portal.browser_of(Role::AdminAgent).await;
    ada.visit(&scene.change()).await;
    ada.choose("Indirect reseller", "Newleaf (MPN ID 5910444)");
    does(&mut ada, "Change reseller").await;
    ada.sees_row(&["Newleaf", "Active", "given by Sam admin_agent", "Open"]);
    ada.sees_row(&["Brightwater IT", "Ended", "by Sam admin_agent"]);
}

#[actix_web::test]
async fn a_reseller_reads_of_itself_and_of_no_other() {
    let scene = Scene::open().await;
    let Scene { portal, brightwater, newleaf, alder, .. } = &scene;
    portal.has_delegation(alder, newleaf).await;
    for (name, mpn_id, reseller) in
        [("Business Basic", "4810233", brightwater), ("Enterprise E3", "5910444", newleaf)]
    {
        let named = PlainSubscription {
            incentives: Some((mpn_id.to_owned(), reseller.id)),
            ..PlainSubscription::new(name)
        };
        portal.has_subscription(alder, named).await;
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&scene.ledger()).await;
    sam.sees_row(&["Brightwater IT", "1 of 2"]).sees_row(&["Newleaf", "1 of 2"]);
    sam.sees_row(&["Harbor Distribution", "Business Basic, Enterprise E3"]);
    for (own, other) in [(brightwater, "Newleaf"), (newleaf, "Brightwater")] {
        let mut owner = portal.browser_in(own, &[Role::HelpdeskAgent]).await;
        owner.visit(&scene.ledger()).await;
        owner.sees_row(&[&own.name, "Active"]).sees_row(&[&own.name, "1 of 2"]).sees_not(other);
        owner.sees("Harbor Distribution has been the indirect provider of this customer since");
        owner.sees_no_link("Associate a reseller").sees_no_link("All delegations that end within 60 days");
    }
}

#[actix_web::test]
async fn both_sides_read_the_same_of_a_delegation_and_of_what_it_allows() {
    let scene = Scene::open().await;
    scene.ends_in(90);
    let last = twotier::values::moment::Moment::now().plus_days(90).day().format("%-d %b %Y").to_string();
    scene.portal.database.change(&format!(
        "UPDATE delegations SET since = '2026-02-03 10:00:00', given_by_name = 'Ada' WHERE id = '{}'",
        scene.delegation
    ));
    let mut sam = scene.portal.browser_of(Role::SalesAgent).await;
    let mut olga = scene.portal.browser_in(&scene.brightwater, &[Role::HelpdeskAgent]).await;
    let mut read = Vec::new();
    for browser in [&mut sam, &mut olga] {
        browser.visit(&scene.ledger()).await;
        browser.sees_row(&["Brightwater IT", "Active", ALL, "3 Feb 2026, given by Ada", &last, "–"]);
        browser.sees("sees its account, its subscriptions and its orders");
        browser.sees("Its people change accounts, change quantity and nickname of subscriptions, suspend and reactivate them, add, change and delete users and give them licenses and new passwords, as their roles allow.");
        let mut row = browser.rows().into_iter().find(|row| row[0] == "Brightwater IT").expect("its row");
        // What each may do about it is each one's own.
        row.truncate(6);
        read.push(row);
    }
    assert_eq!(read[0], read[1]);
}

#[actix_web::test]
async fn a_delegation_that_is_over_allows_nothing_but_what_subscriptions_name() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    portal.has_ended(&scene.delegation).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&scene.ledger()).await;
    sam.sees_row(&["Brightwater IT", "Ended", "–"]).sees_not(ALL);
    let named = PlainSubscription {
        incentives: Some(("4810233".to_owned(), scene.brightwater.id)),
        ..PlainSubscription::new("Business Basic")
    };
    portal.has_subscription(&scene.alder, named).await;
    sam.reload().await;
    sam.sees_row(&["Brightwater IT", "Ended", "Managing 1 subscription that names it"]);
    // Of two that are over, it is said once.
    let again = portal.has_delegation(&scene.alder, &scene.brightwater).await;
    portal.has_ended(&again).await;
    sam.reload().await;
    let rows = sam.rows();
    let of_it = || rows.iter().filter(|row| row[0] == "Brightwater IT" && row[1] == "Ended");
    let managing = of_it().filter(|row| row.iter().any(|cell| cell.starts_with("Managing")));
    assert_eq!((of_it().count(), managing.count()), (2, 1));
}

#[actix_web::test]
async fn nobody_is_said_to_administer_a_customer_whose_relationship_has_ended() {
    let scene = Scene::open().await;
    scene.portal.has_ended(&scene.delegation).await;
    let mut sam = scene.portal.browser_of(Role::SalesAgent).await;
    sam.visit(&scene.ledger()).await;
    sam.sees("Harbor Distribution has administered this customer as its indirect provider since");
    scene.portal.database.change(
        "UPDATE customers SET created_at = '2026-02-03 10:00:00', ended_at = '2026-08-04 10:00:00', ended_by_name = 'Ada'",
    );
    sam.reload().await;
    sam.sees(
        "Harbor Distribution was the indirect provider of this customer from 3 Feb 2026 until 4 Aug 2026.",
    );
    sam.sees("Nobody administers it any more").sees_not("has administered").sees_not("Its people change");
}
