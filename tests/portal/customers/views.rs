//! The views of the Customers list.

use diesel::connection::SimpleConnection as _;
use twotier::access::Role;
use twotier::values::id::CustomerId;
use twotier::values::moment::{Moment, days_after};

use super::names;
use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

/// The relationship with the customer has ended so many days ago.
async fn has_ended(portal: &Portal, customer: &CustomerId, days: i64) {
    let at = Moment::now().plus_days(-days).exact().replace('T', " ");
    let sql = format!(
        "UPDATE customers SET ended_at = '{at}' WHERE id = '{customer}';
         UPDATE delegations SET ended_at = '{at}' WHERE customer_id = '{customer}' AND ended_at IS NULL"
    );
    portal.db.write(move |conn| Ok(conn.batch_execute(&sql)?)).await.expect("the relationship ends");
}

/// The data of the customer's suspended subscription is deleted after so many days.
async fn is_kept_for(portal: &Portal, customer: &CustomerId, days: u64) {
    let day = days_after(Moment::now().day(), days);
    let sql = format!(
        "UPDATE subscriptions SET status = 'suspended', kept_until = '{day}' WHERE customer_id = '{customer}'"
    );
    portal.db.write(move |conn| Ok(conn.batch_execute(&sql)?)).await.expect("it is suspended");
}

#[actix_web::test]
async fn each_view_shows_its_own_and_what_ended_stands_nowhere_else() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let (alder, birch) = (portal.has_customer("Alder").await, portal.has_customer("Birch").await);
    let cedar = portal.has_customer("Cedar").await;
    portal.has_customer("Delta").await;
    let elm = portal.has_customer("Elm").await;
    for customer in [&alder, &birch, &cedar, &elm] {
        portal.has_delegation(customer, &brightwater).await;
    }
    portal.has_no_agreement(&birch).await;
    portal.has_subscription(&cedar, PlainSubscription::new("Business Basic")).await;
    is_kept_for(&portal, &cedar, 12).await;
    portal.does("keep_what_ends_soon", Moment::now()).await;
    has_ended(&portal, &elm, 9).await;
    let fir = portal.has_customer("Fir").await;
    has_ended(&portal, &fir, 2).await;

    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    assert_eq!(names(&sam), ["Alder", "Birch", "Cedar", "Delta"]);
    sam.sees("4 customers");
    let states = ["Alder", "Birch", "Cedar", "Delta"].map(|name| sam.cell(name, "State"));
    assert_eq!(states, ["Active", "Agreement awaited", "Ending soon", "Active"]);
    for (view, found) in [
        ("Without reseller 1", ["Delta"].as_slice()),
        ("Agreement missing 1", &["Birch"]),
        ("Ending soon 1", &["Cedar"]),
        ("Ended 2", &["Fir", "Elm"]),
        ("Mine 4", &["Alder", "Birch", "Cedar", "Delta"]),
    ] {
        sam.follow(view).await;
        assert_eq!(names(&sam), found, "{view}");
        sam.follow("Export as CSV").await;
        assert_eq!(sam.download().text().lines().count(), found.len() + 1, "{view}");
    }
    // What is searched for stays, and so does the view.
    sam.follow("Ended 2").await;
    sam.fill("Search name, domain or Microsoft ID", "elm").press("Apply").await;
    assert_eq!(names(&sam), ["Elm"]);
    sam.follow("Mine 4").await;
    sam.sees_heading("No customer matches");

    let mut olga = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    olga.visit("/customers").await;
    assert_eq!(names(&olga), ["Alder", "Birch", "Cedar"]);
    olga.sees_not("Without reseller").sees_not("Ended");
    olga.follow("Agreement missing 1").await;
    assert_eq!(names(&olga), ["Birch"]);
    olga.follow("Ending soon 1").await;
    assert_eq!(names(&olga), ["Cedar"]);
    // A view that is not a reseller's is the first one.
    olga.visit("/customers?view=ended").await;
    assert_eq!(names(&olga), ["Alder", "Birch", "Cedar"]);
}

#[actix_web::test]
async fn a_view_with_nobody_in_it_says_what_stands_there() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for (view, heading) in [
        ("without-reseller", "No customer is without a reseller"),
        ("agreement-missing", "No agreement is missing"),
        ("ending-soon", "Nothing ends soon"),
        ("ended", "No customer has ended"),
    ] {
        sam.visit(&format!("/customers?view={view}")).await;
        sam.sees_heading(heading).sees_link("Show all customers");
        sam.visit(&format!("/customers?view={view}&reseller={}", brightwater.id)).await;
        sam.sees_heading("No customer matches");
    }
    sam.visit("/customers?view=nonsense&sort=nonsense").await;
    assert_eq!(names(&sam), ["Alder"]);
}

#[actix_web::test]
async fn what_ends_soon_changes_with_the_day_and_with_what_people_do() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let id = portal.has_subscription(&alder, PlainSubscription::new("Business Basic")).await;
    is_kept_for(&portal, &alder, 40).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let now = Moment::now();
    portal.does("keep_what_ends_soon", now).await;
    sam.visit("/customers?view=ending-soon").await;
    sam.sees_heading("Nothing ends soon");
    portal.does("keep_what_ends_soon", now.plus_days(15)).await;
    sam.reload().await;
    assert_eq!(names(&sam), ["Alder"]);
    sam.visit(&format!("/subscriptions/{id}")).await;
    sam.press("Reactivate").await;
    sam.visit("/customers?view=ending-soon").await;
    sam.sees_heading("Nothing ends soon");
}
