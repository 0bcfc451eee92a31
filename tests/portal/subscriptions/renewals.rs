//! Renewals: what renews and ends next, what that changes in price, and deciding it for several at once.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::values::id::SubscriptionId;
use twotier::values::moment::{Moment, days_after};

use super::{actions, page};
use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;
use crate::support::table::table;

/// Renews in so many days.
fn due_in(portal: &Portal, id: &SubscriptionId, days: u64) {
    let day = days_after(Moment::now().day(), days);
    portal.database.change(&format!("UPDATE subscriptions SET renews_on = '{day}' WHERE id = '{id}'"));
}

/// Contoso with a subscription that renews in 5 days, its add-on, one in 20, a trial in 10, and one in 80.
async fn scene() -> (Portal, [SubscriptionId; 4]) {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    let soon = portal.has_subscription(&contoso, PlainSubscription::new("Business Basic")).await;
    let add_on = portal.has_subscription(&contoso, PlainSubscription::add_on("Call minutes", &soon)).await;
    let later = portal.has_subscription(&contoso, PlainSubscription::new("Visio Plan")).await;
    let trial = portal.has_subscription(&contoso, PlainSubscription::trial("Trial E5")).await;
    let last = portal.has_subscription(&contoso, PlainSubscription::new("Enterprise E3")).await;
    for (id, days) in [(&soon, 5), (&add_on, 5), (&later, 20), (&trial, 10), (&last, 80)] {
        due_in(&portal, id, days);
    }
    (portal, [soon, later, trial, last])
}

/// From so many days on, Business Basic costs so much a month.
fn announced(portal: &Portal, days: u64, cents: i64) {
    let day = days_after(Moment::now().day(), days);
    portal.database.change(&format!(
        "INSERT INTO offer_prices (offer_id, currency, valid_from, monthly_minor, annual_minor)
         SELECT id, 'EUR', '{day}', {cents}, {cents} * 12 FROM offers WHERE name = 'Business Basic'"
    ));
}

#[actix_web::test]
async fn what_is_announced_counts_for_what_renews_from_its_day_on() {
    let (portal, [soon, ..]) = scene().await;
    announced(&portal, 5, 700);
    announced(&portal, 6, 900);
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/renewals").await;
    sam.sees_row(&["Business Basic", "€ 5.10 → € 7.00 each a month"]);
    due_in(&portal, &soon, 4);
    sam.visit("/renewals").await;
    sam.sees_row(&["Business Basic", "€ 5.10 each a month", "None"]);
    sam.follow("Export as CSV").await;
    assert!(sam.download().text().contains(",5.10,5.10,0.00,EUR"), "the file says the same");
    due_in(&portal, &soon, 20);
    sam.visit("/renewals").await;
    sam.sees_row(&["Business Basic", "€ 5.10 → € 9.00 each a month"]);
}

#[actix_web::test]
async fn what_comes_next_stands_first_with_what_it_changes() {
    let (portal, _) = scene().await;
    portal.database.change(
        "UPDATE offer_prices SET monthly_minor = 600, annual_minor = 7200
         WHERE offer_id IN (SELECT id FROM offers WHERE name IN ('Business Basic', 'Call minutes'))",
    );
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.follow("Renewals").await;
    // Nine cents a license, of 25 and of the 25 of the add-on.
    sam.sees_row(&[
        "Business Basic + Call minutes × 25",
        "Contoso",
        "Renews",
        "€ 5.10 → € 6.00 each a month",
        "+€ 45.00",
    ]);
    sam.sees_row(&["Trial E5", "Trial ends", "–"]).sees_row(&["Visio Plan", "€ 5.10 each a month", "None"]);
    sam.sees_no_row(&["Enterprise E3"]);
    sam.choose("Within", "90 days").press("Apply").await;
    sam.sees_row(&["Enterprise E3", "Renews"]);
    sam.choose("What happens", "Ends").press("Apply").await;
    sam.sees_row(&["Trial E5"]).sees_no_row(&["Visio Plan"]);
    sam.choose("Within", "7 days").press("Apply").await;
    sam.sees("Nothing comes to its end").sees_no_link("Export as CSV");
    sam.visit("/renewals?within=100000&renewing=perhaps&after=x").await;
    assert_eq!(sam.status(), StatusCode::OK);
    sam.sees_row(&["Business Basic"]).sees_no_row(&["Enterprise E3"]);
    sam.visit("/renewals?within=90").await;
    sam.follow("Export as CSV").await;
    let lines = table(&sam.download().bytes);
    assert_eq!(lines.len(), 5);
    assert_eq!(&lines[1][8..], ["monthly", "5.10", "6.00", "45.00", "EUR", "25"]);
}

#[actix_web::test]
async fn several_are_decided_at_once_after_a_question() {
    let (portal, [soon, later, trial, _]) = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/renewals").await;
    sam.press("Let them end").await;
    sam.sees("Tick the subscriptions first that you mean.");
    sam.check("Select Business Basic").check("Select Visio Plan").press("Let them end").await;
    sam.sees_heading("Let these subscriptions end?")
        .sees_row(&["Business Basic + Call minutes × 25", "Renews"]);
    assert_eq!(
        portal.database.number("SELECT count(*) AS number FROM subscriptions WHERE NOT auto_renews"),
        1
    );
    // Meanwhile somebody renames one of them.
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&page(&later)).await;
    ada.fill("Nickname", "Drawings").press("Change nickname").await;
    sam.press("Let them end").await;
    sam.sees_heading("1 subscription ends with its term");
    sam.sees_row(&["Business Basic", "Done"]).sees_row(&["Drawings", "Somebody changed it meanwhile"]);
    assert_eq!(actions(&portal, &portal.harbor.id, &soon).await, ["update_subscription"]);
    sam.follow("Back to Renewals").await;
    sam.sees_row(&["Business Basic", "Ends"]);
    sam.check("Select Business Basic").check("Select Drawings").press("Let them renew").await;
    sam.press("Let them renew").await;
    sam.sees_row(&["Business Basic", "Done"]).sees_row(&["Drawings", "Was so before"]);
    // A trial has no tick, and is refused by hand.
    let tick = format!("{trial}:1");
    let pairs = [("subscription", tick.as_str()), ("auto_renews", "yes"), ("confirmed", "yes")];
    sam.stay().post("/renewals/decision", &pairs).await;
    sam.sees_row(&["Trial E5", "Refused"]);
    for bad in ["x", "x:1", &format!("{trial}:x"), &tick] {
        // The last says nothing of what is to become of it.
        sam.stay().post("/renewals/decision", &[("subscription", bad)]).await;
        assert_eq!(sam.status(), StatusCode::BAD_REQUEST, "{bad}");
    }
}

#[actix_web::test]
async fn nothing_of_another_provider_is_seen_or_decided() {
    let (portal, [soon, ..]) = scene().await;
    let other = portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "DE").await;
    let mut eve = portal.browser_in(&other, &[Role::AdminAgent]).await;
    eve.visit("/renewals?within=90").await;
    eve.sees("Nothing comes to its end");
    let tick = format!("{soon}:1");
    let pairs = [("subscription", tick.as_str()), ("auto_renews", "no"), ("confirmed", "yes")];
    eve.stay().post("/renewals/decision", &pairs).await;
    eve.sees("None of them is there any more.").sees_not("Business Basic");
    assert_eq!(
        portal.database.number("SELECT count(*) AS number FROM subscriptions WHERE NOT auto_renews"),
        1
    );
    let mut hal = portal.browser_of(Role::HelpdeskAgent).await;
    hal.visit("/renewals").await;
    hal.sees_row(&["Business Basic"]).sees_no_button("Let them end").sees_no_link("Export as CSV");
}

#[actix_web::test]
async fn the_list_goes_on_over_pages() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    for number in 0..30 {
        let id =
            portal.has_subscription(&contoso, PlainSubscription::new(&format!("Offer {number:02}"))).await;
        due_in(&portal, &id, number + 1);
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/renewals").await;
    sam.sees_row(&["Offer 00"]).sees_no_row(&["Offer 29"]);
    sam.follow("Next").await;
    sam.sees_row(&["Offer 29"]).sees_no_row(&["Offer 00"]);
    sam.follow("Previous").await;
    sam.sees_row(&["Offer 00"]);
}

#[actix_web::test]
async fn a_reseller_decides_for_what_names_it_and_its_provider_is_told() {
    let (portal, [soon, ..]) = scene().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let name = |id: &SubscriptionId| {
        portal.database.change(&format!(
            "UPDATE subscriptions SET mpn_id = '4810233', mpn_reseller_id = '{}' WHERE id = '{id}'",
            brightwater.id
        ));
    };
    name(&soon);
    let ada = portal.add_person(&portal.harbor, &[Role::AdminAgent]).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    olga.visit("/subscriptions").await;
    olga.follow("Renewals").await;
    // It does not administer the customer: of that it sees the name, and no add-on that names somebody else.
    olga.sees_row(&["Business Basic", "Contoso", "Renews", "25 licenses", "None"]);
    olga.sees_no_link("Contoso").sees_not("Call minutes").sees_no_row(&["Visio Plan"]);
    olga.check("Select Business Basic").press("Let them end").await;
    olga.sees("The people of your indirect provider are told by mail");
    olga.press("Let them end").await;
    olga.sees_row(&["Business Basic", "Done"]).sees_not("Call minutes");
    assert_eq!(actions(&portal, &portal.harbor.id, &soon).await, ["update_subscription"]);
    portal.carry_mail().await;
    let letter = portal.letter_to(&ada);
    assert_eq!(letter.subject, "Brightwater IT lets Business Basic of Contoso end with its term");
    olga.visit("/renewals").await;
    olga.follow("Export as CSV").await;
    assert_eq!(table(&olga.download().bytes).len(), 2);
    let newleaf = portal.has_partner("Newleaf", "DE", "5910444").await;
    let mut nora = portal.browser_in(&newleaf, &[Role::AdminAgent]).await;
    nora.visit("/renewals").await;
    nora.sees("No term of a subscription that names you is over within 30 days");
    let tick = format!("{soon}:2");
    nora.stay()
        .post("/renewals/decision", &[("subscription", &tick), ("auto_renews", "yes"), ("confirmed", "yes")])
        .await;
    nora.sees("None of them is there any more.");
}
