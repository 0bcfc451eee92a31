//! A customer at a glance, and what was done for it.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::access::Role;
use twotier::db::schema::{customers, subscriptions};
use twotier::values::id::{OrganisationId, SubscriptionId};
use twotier::values::moment::Moment;

use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// The reseller is support contact of the subscription.
async fn supports(portal: &Portal, subscription: SubscriptionId, reseller: OrganisationId) {
    portal
        .query(move |conn| {
            diesel::update(subscriptions::table.find(subscription))
                .set(subscriptions::support_organisation_id.eq(reseller))
                .execute(conn)?;
            Ok(())
        })
        .await;
}

#[actix_web::test]
async fn a_customer_that_has_nothing_yet_says_so_and_leads_on() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}")).await;
    sam.sees_heading("Alder").sees("No licenses are active.").sees("Nothing ends or renews.");
    sam.sees("Nobody: there are no subscriptions").sees_not("What needs attention");
    assert_eq!(sam.href("Add subscription"), format!("/customers/{alder}/subscriptions/new"));
    for (tab, address) in [
        ("Subscriptions", "subscriptions"),
        ("Account", "account"),
        ("Orders of this customer", "orders"),
        ("Activity", "activity"),
    ] {
        assert_eq!(sam.href(tab), format!("/customers/{alder}/{address}"));
    }
}

#[actix_web::test]
async fn it_tells_what_the_customer_runs_and_costs_and_who_looks_after_it() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let earning = Some(("4810233".to_owned(), brightwater.id));
    let basic = PlainSubscription { quantity: 1_200, incentives: earning, ..PlainSubscription::new("Basic") };
    let basic = portal.has_subscription(&alder, basic).await;
    supports(&portal, basic, brightwater.id).await;
    portal
        .has_subscription(&alder, PlainSubscription { quantity: 5, ..PlainSubscription::new("Premium") })
        .await;
    portal.has_subscription(&alder, PlainSubscription::trial("Visio trial")).await;
    portal.has_subscription(&alder, PlainSubscription::by_use("Azure")).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}")).await;
    sam.sees_row(&["Basic", "1,200"]).sees_row(&["Visio trial", "25"]).sees_row(&["Premium", "5"]);
    sam.sees("€ 6,145.50 a month").sees("€ 73,746.00 a year").sees("What is billed by usage comes on top.");
    sam.sees("The trial Visio trial ends.").sees("Basic renews.");
    sam.sees("Brightwater IT (4810233)")
        .sees("No reseller: 3 subscriptions")
        .sees("Brightwater IT: 1 subscription");
    // As many bars as products, each as long as its share of the most.
    let bars = sam.html().split("preserveAspectRatio=\"none\"").skip(1);
    let widths: Vec<_> = bars.filter_map(|bar| bar.split("<rect width=\"").nth(1)).map(until_quote).collect();
    assert_eq!(widths, ["100", "3", "1"]);
    sam.follow("4 active").await;
    sam.sees_heading("Alder").sees("Status: active");
}

fn until_quote(rest: &str) -> &str {
    rest.split('"').next().unwrap_or_default()
}

#[actix_web::test]
async fn it_tells_who_the_customer_is() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.database.change("UPDATE customers SET created_at = '2026-02-03 10:00:00'");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}")).await;
    sam.sees("Primary contact Cora Customer").sees("cora@customer.example");
    sam.sees("Customer agreement Active").sees("Special qualifications None");
    sam.sees("Country/region Germany").sees("Customer since 3 Feb 2026");
    sam.sees(&format!("Microsoft ID {alder}"));
}

#[actix_web::test]
async fn what_comes_next_names_the_last_day_of_each_delegation_that_the_reader_may_know() {
    let portal = Portal::open().await;
    let (brightwater, newleaf) = portal.has_two_partners().await;
    let alder = portal.has_customer("Alder").await;
    let in_days = |days| Moment::now().plus_days(days).day();
    for (reseller, days) in [(&brightwater, 20), (&newleaf, 10)] {
        let delegation = portal.has_delegation(&alder, reseller).await;
        let last = in_days(days);
        portal
            .database
            .change(&format!("UPDATE delegations SET ends_on = '{last}' WHERE id = '{delegation}'"));
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}")).await;
    let last_day = |name: &str| format!("It is the last day of the delegation of {name}.");
    let at = |name: &str| sam.text().find(&last_day(name)).expect("the last day");
    assert!(at("Newleaf") < at("Brightwater IT"), "what is sooner comes first");
    assert_eq!(sam.href("delegation of Newleaf"), format!("/customers/{alder}/relationships"));
    let mut olga = portal.browser_in(&brightwater, &[Role::HelpdeskAgent]).await;
    olga.visit(&format!("/customers/{alder}")).await;
    olga.sees(&last_day("Brightwater IT")).sees_not("Newleaf");
}

#[actix_web::test]
async fn whoever_administers_it_no_longer_is_not_named_as_if_it_did() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}")).await;
    sam.sees("Who administers Harbor Distribution Brightwater IT Who earns incentives");
    for (change, administering) in [
        ("customers SET is_delegated = FALSE", "Brightwater IT"),
        ("delegations SET ended_at = CURRENT_TIMESTAMP", "Nobody"),
        ("customers SET is_delegated = TRUE", "Harbor Distribution"),
        ("customers SET ended_at = CURRENT_TIMESTAMP", "Nobody"),
    ] {
        portal.database.change(&format!("UPDATE {change}"));
        sam.reload().await;
        sam.sees(&format!("Who administers {administering} Who earns incentives"));
    }
}

#[actix_web::test]
async fn what_is_wrong_stands_on_top_with_the_way_to_mend_it() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let basic = portal.has_subscription(&alder, PlainSubscription::new("Basic")).await;
    let stranger = portal.has_reseller("Stranger", "DE", "4810300").await;
    supports(&portal, basic, stranger.id).await;
    portal.has_no_agreement(&alder).await;
    portal.has_suspended(&brightwater, "Invoices").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}")).await;
    sam.sees_heading("What needs attention")
        .sees("Brightwater IT administers this customer and is suspended.");
    assert_eq!(sam.href("See what it lacks"), "/resellers/eligibility?missing=yes");
    sam.sees(
        "Stranger is support contact of 1 subscription and no longer deals with the customer, so you help.",
    );
    assert_eq!(
        sam.href("Ask the customer, or record that it accepted"),
        format!("/customers/{alder}/account")
    );
    assert_eq!(sam.href("Choose another one"), format!("/customers/{alder}/subscriptions"));
    // Who may not see what resellers lack reads who may.
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit(&format!("/customers/{alder}")).await;
    helen.sees_no_link("See what it lacks");
    helen.sees("What it lacks is shown to these roles: Global admin, User admin, Admin agent, Sales agent.");
    for way in ["See who can ask for it", "Choose another one"] {
        let address = helen.href(way);
        helen.visit(&address).await;
        assert_eq!(helen.status(), StatusCode::OK, "{way}");
        helen.visit(&format!("/customers/{alder}")).await;
    }
    sam.follow("See what it lacks").await;
    sam.sees_heading("Eligibility").sees_row(&["Brightwater IT"]);
    portal.has_removed_partnerships().await;
    sam.visit(&format!("/customers/{alder}")).await;
    sam.sees("Brightwater IT deals with this customer, but the partnership with it has ended.");
    assert_eq!(sam.href("Decide who takes over"), format!("/customers/{alder}/relationships"));
}

#[actix_web::test]
async fn a_contact_that_no_letter_reaches_is_told_until_one_arrives_or_the_address_changes() {
    let portal = Portal::open().await;
    portal.has_partner("Newleaf", "DE", "5910444").await;
    let alder = portal.has_customer("Alder").await;
    let overview = format!("/customers/{alder}");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("{overview}/relationships/new")).await;
    sam.choose("Indirect reseller", "Newleaf (MPN ID 5910444)").press("See the consequences").await;
    sam.press("Associate reseller").await;
    let fails = |trouble: &str| {
        portal.database.change(&format!(
            "UPDATE letters SET state = 'failed', trouble = '{trouble}' WHERE to_email = 'cora@customer.example'"
        ));
    };
    let told = "A letter to cora@customer.example could not be delivered, and none has arrived since.";
    // The address is not to blame where the portal or the mail server is in trouble, or the letter may have arrived.
    for blameless in ["sign_in", "unconfirmed", "silent", "content"] {
        fails(blameless);
        sam.visit(&overview).await;
        sam.sees_not(told);
    }
    fails("addressee");
    sam.reload().await;
    sam.sees(told);
    sam.follow("Look at the primary contact").await;
    assert_eq!(sam.path(), format!("{overview}/account"));
    let write_to = async |sam: &mut Browser, email: &str| {
        sam.visit(&format!("{overview}/account")).await;
        sam.follow("Update the primary contact").await;
        sam.fill("Email address", email).press("Save").await;
        sam.visit(&overview).await;
    };
    write_to(&mut sam, "bo@customer.example").await;
    sam.sees_not("could not be delivered");
    write_to(&mut sam, "cora@customer.example").await;
    sam.sees(told);
    // One that is sent after it, and arrives, shows that the address is right.
    portal.has_no_agreement(&alder).await;
    sam.visit(&format!("{overview}/account")).await;
    sam.press("Ask the customer to accept the customer agreement").await;
    sam.press("Send").await;
    sam.visit(&overview).await;
    sam.sees(told);
    portal.carry_mail().await;
    sam.reload().await;
    sam.sees_not(told);
}

#[actix_web::test]
async fn a_reseller_sees_its_own_part_and_learns_nothing_of_others() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let other = portal.has_partner("Other Partner", "DE", "4810244").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    portal.has_delegation(&alder, &other).await;
    let earning = Some(("4810244".to_owned(), other.id));
    let basic = PlainSubscription { incentives: earning, ..PlainSubscription::new("Basic") };
    let basic = portal.has_subscription(&alder, basic).await;
    supports(&portal, basic, other.id).await;
    portal.has_no_agreement(&alder).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::HelpdeskAgent]).await;
    olga.visit(&format!("/customers/{alder}")).await;
    olga.sees("Another reseller: 1 subscription").sees_not("Other Partner").sees_not("4810244");
    olga.sees("Harbor Distribution can ask for it.").sees_no_link("Add subscription");
    let mut stranger = portal.browser_in(&other, &[Role::HelpdeskAgent]).await;
    portal
        .query(move |conn| {
            use twotier::db::schema::delegations;
            diesel::update(delegations::table.filter(delegations::reseller_id.eq(other.id)))
                .set(delegations::ended_at.eq(Moment::now()))
                .execute(conn)?;
            Ok(())
        })
        .await;
    for page in ["", "/activity"] {
        stranger.visit(&format!("/customers/{alder}{page}")).await;
        assert_eq!(stranger.status(), StatusCode::NOT_FOUND);
    }
}

#[actix_web::test]
async fn what_was_done_for_the_customer_stands_in_its_own_log() {
    let portal = Portal::open().await;
    let (alder, birch) = (portal.has_customer("Alder").await, portal.has_customer("Birch").await);
    let basic = portal.has_subscription(&alder, PlainSubscription::new("Basic")).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/activity")).await;
    sam.sees("Nobody did anything for this customer in that time.");
    sam.visit(&format!("/subscriptions/{basic}")).await;
    sam.fill("Nickname", "Berlin office").press("Change nickname").await;
    sam.visit(&format!("/customers/{alder}/activity")).await;
    sam.sees_row(&["Sam sales_agent", "Succeeded"]).sees("Berlin office");
    assert_eq!(sam.href("Search or export the log"), format!("/activity?customer={alder}"));
    sam.visit(&format!("/customers/{birch}/activity")).await;
    sam.sees_not("Berlin office");
}

#[actix_web::test]
async fn a_customer_that_ended_says_so_and_nothing_is_begun_there() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal
        .query(move |conn| {
            diesel::update(customers::table.filter(customers::id.eq(alder)))
                .set(customers::ended_at.eq(Moment::now()))
                .execute(conn)?;
            Ok(())
        })
        .await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}")).await;
    sam.sees("Ended on").sees_no_link("Add subscription");
}
