//! Review, Submit and Confirmation.

use diesel::prelude::*;
use twotier::access::Role;
use twotier::db::schema::{customers, offer_prices, offers, subscriptions};
use twotier::values::id::SubscriptionId;

use super::begun::{fabrikam, has_customer, has_draft, sam_chooses, sam_reviews};
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_customer_is_added_with_an_order_and_the_password_is_shown_once() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let (mut sam, _) = sam_reviews(&portal, Some(&brightwater)).await;
    sam.sees_heading("Review").sees("Fabrikam").sees("fabrikam.onmicrosoft.com").sees("20457 Hamburg");
    sam.sees_row(&["Enterprise E3", "Monthly", "€ 20.00 a month", "40 licenses", "€ 800.00 a month"]);
    sam.press("Submit").await;
    sam.sees_heading("Confirmation").sees("admin@fabrikam.onmicrosoft.com").sees("Note both now.");
    sam.sees_row(&["Enterprise E3", "€ 800.00 a month"]).sees_not("Azure");
    // What stands on top of the printed page.
    sam.sees("Harbor Distribution")
        .sees("Fabrikam fabrikam.onmicrosoft.com Hafenstraße 1 20457 Hamburg Germany");
    sam.sees("Brightwater IT may administer it").sees("Incentives: Brightwater IT (4810233)");
    sam.sees("Support contact: Harbor Distribution").sees("1 subscription active");
    assert!(sam.header("cache-control").is_some_and(|value| value.contains("no-store")));
    sam.reload().await;
    sam.sees_not("Note both now.").sees("was shown once and is not kept").sees("Enterprise E3");
    sam.sees_button("Reset password");
    assert!(sam.href("Done").contains("/customers?search=fabrikam.onmicrosoft.com"));
    for (what, count) in [
        ("customers", 1),
        ("delegations", 1),
        ("customer_users", 1),
        ("organisations WHERE kind = 'customer'", 1),
        ("people WHERE email = 'admin@fabrikam.onmicrosoft.com' AND must_change_password", 1),
        ("orders", 1),
        ("order_lines", 1),
        ("subscriptions WHERE status = 'active' AND mpn_id = '4810233'", 1),
        ("activity_records WHERE action = 'add_customer' AND result = 'succeeded'", 1),
        ("activity_records WHERE action = 'create_delegation'", 2),
        ("activity_records WHERE action = 'create_order'", 1),
    ] {
        assert_eq!(portal.database.number(&format!("SELECT count(*) FROM {what}")), count, "{what}");
    }
}

#[actix_web::test]
async fn an_existing_customer_orders_and_an_add_on_follows_its_base() {
    let portal = Portal::open().await;
    let base = portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    portal
        .has_offer(PlainOffer { is_add_on: true, needs: vec![base], ..PlainOffer::new("Phone", 700) })
        .await;
    let customer = has_customer(&portal, "fabrikam", None).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let new = format!("/customers/{customer}/subscriptions/new");
    sam.visit(&new).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM drafts WHERE state = 'open'"), 0);
    sam.press("Next: Review").await;
    sam.sees("Enter the quantity of at least one offer.");
    sam.fill("Licenses of Enterprise E3", "5").choose("Billing of Enterprise E3", "Annual");
    sam.press("Next: Review").await;
    sam.press("Submit").await;
    sam.sees_heading("Confirmation").sees_not("Setup info");
    sam.visit(&new).await;
    sam.fill("Licenses of Phone", "5").press("Next: Review").await;
    sam.press("Submit").await;
    sam.sees_row(&["Phone", "Annual"]);
    let rows: Vec<(SubscriptionId, Option<SubscriptionId>, String, chrono::NaiveDate)> = portal
        .query(|conn| {
            Ok(subscriptions::table
                .order(subscriptions::created_at)
                .select((
                    subscriptions::id,
                    subscriptions::parent_id,
                    subscriptions::billing,
                    subscriptions::renews_on,
                ))
                .load(conn)?)
        })
        .await;
    let [base, phone] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!((phone.1.as_ref(), &phone.2, phone.3), (Some(&base.0), &base.2, base.3));
}

#[actix_web::test]
async fn a_domain_taken_in_the_meantime_leads_back_to_new_customer() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let (mut sam, _) = sam_reviews(&portal, None).await;
    has_customer(&portal, "fabrikam", None).await;
    sam.press("Submit").await;
    sam.sees_heading("New customer")
        .sees_problem("Primary domain name", "This is taken. Choose another one.");
    assert_eq!(portal.database.number("SELECT count(*) FROM activity_records WHERE result = 'failed'"), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM orders"), 0);
    sam.fill("Primary domain name", "fabrikam2").press("Next: Review").await;
    // The one that took the domain looks much like it.
    sam.sees("the same name and country, the same contact.");
    sam.press("Add anyway").await;
    sam.sees_heading("Review").sees("Enterprise E3 × 40");
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
}

#[actix_web::test]
async fn an_offer_withdrawn_in_the_meantime_leads_back_to_the_offers() {
    let portal = Portal::open().await;
    let offer = portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let (mut sam, _) = sam_reviews(&portal, None).await;
    let withdraw = move |conn: &mut twotier::db::Connection| {
        Ok(diesel::update(offers::table.find(&offer)).set(offers::is_available.eq(false)).execute(conn)?)
    };
    portal.db.write(withdraw).await.unwrap();
    sam.press("Submit").await;
    sam.sees_heading("New subscription").sees("Enterprise E3: This offer is no longer sold.");
    assert_eq!(sam.field("Licenses of Enterprise E3"), "40");
    assert_eq!(portal.database.number("SELECT count(*) FROM customers"), 0);
}

#[actix_web::test]
async fn a_partnership_removed_in_the_meantime_leads_back_to_where_it_is_named() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_partner("Clearpoint", "AT", "4810999").await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let (mut direct, _) = sam_chooses(&portal, "direct", None).await;
    direct.fill("Licenses of Enterprise E3", "4");
    direct.choose("Reseller (MPN ID) for incentives", "Clearpoint (4810999)").press("Next: Review").await;
    let (mut sam, _) = sam_reviews(&portal, Some(&brightwater)).await;
    portal.has_removed_partnerships().await;
    direct.press("Submit").await;
    direct.sees_heading("New subscription").sees("MPN ID 4810999 can no longer be named.");
    direct.choose("Reseller (MPN ID) for incentives", "No reseller").press("Next: Review").await;
    direct.press("Submit").await;
    direct.sees_heading("Confirmation").sees("Incentives: no reseller");
    sam.press("Submit").await;
    sam.sees_heading("New customer").sees("Indirect reseller:");
    assert_eq!(portal.database.number("SELECT count(*) FROM customers"), 1);
}

#[actix_web::test]
async fn a_draft_that_changed_after_its_review_is_reviewed_again() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let (mut sam, draft) = sam_reviews(&portal, None).await;
    let mut second = sam.clone_session();
    second.visit(&format!("/drafts/{draft}/subscriptions")).await;
    second.fill("Licenses of Enterprise E3", "50").press("Update total").await;
    sam.press("Submit").await;
    sam.sees_heading("Review").sees("Something changed after you had read this").sees("Enterprise E3 × 50");
    assert_eq!(portal.database.number("SELECT count(*) FROM customers"), 0);
}

#[actix_web::test]
async fn what_review_showed_of_prices_and_partners_still_holds_or_is_reviewed_again() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let customer = has_customer(&portal, "fabrikam", Some(&brightwater)).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{customer}/subscriptions/new")).await;
    sam.fill("Licenses of Enterprise E3", "4").press("Next: Review").await;
    sam.sees("Brightwater IT (MPN ID 4810233) earns incentives");
    portal.has_removed_partnerships().await;
    sam.press("Submit").await;
    sam.sees_heading("Review").sees("Something changed after you had read this");
    sam.sees("No reseller earns incentives for this order.");

    let dearer = |conn: &mut twotier::db::Connection| {
        Ok(diesel::update(offer_prices::table).set(offer_prices::monthly_minor.eq(2500)).execute(conn)?)
    };
    portal.db.write(dearer).await.unwrap();
    sam.press("Submit").await;
    sam.sees_heading("Review").sees("Something changed after you had read this");
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
    assert_eq!(portal.database.number("SELECT count(*) FROM orders"), 1);
}

#[actix_web::test]
async fn somebody_elses_draft_and_order_do_not_exist() {
    let portal = Portal::open().await;
    let other = portal.has_organisation(twotier::access::OrganisationKind::Provider, "Summit", "US").await;
    let _sam = portal.browser_of(Role::SalesAgent).await;
    let draft = has_draft(&portal, &fabrikam("fabrikam"), None).await;
    let mut stranger = portal.browser_in(&other, &[Role::GlobalAdmin]).await;
    for path in ["subscriptions", "review", "confirmation"] {
        stranger.visit(&format!("/drafts/{draft}/{path}")).await;
        assert_eq!(stranger.status(), 404, "{path}");
    }
    stranger.post(&format!("/drafts/{draft}/submission"), &[("version", "1")]).await;
    assert_eq!(stranger.status(), 404);
    assert_eq!(portal.database.number("SELECT count(*) FROM customers"), 0);
}

#[actix_web::test]
async fn a_password_of_somebody_else_is_not_shown() {
    let portal = Portal::open().await;
    let (mut sam, draft) = sam_chooses(&portal, "fabrikam", None).await;
    sam.press("Next: Review").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/drafts/{draft}/review")).await;
    ada.press("Submit").await;
    ada.sees("Note both now.");
    sam.press("Submit").await;
    sam.sees_heading("Confirmation").sees("was shown once and is not kept").sees_not("Note both now.");
    let count: i64 = portal.query(|conn| Ok(customers::table.count().get_result(conn)?)).await;
    assert_eq!(count, 1);
}
