//! New subscription: what can be chosen, and that nothing typed is lost.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::access::Role;
use twotier::catalog::model::{Category, LimitScope, Qualification, Unit};
use twotier::db::Connection;
use twotier::db::schema::subscriptions;
use twotier::values::id::DraftId;
use twotier::values::moment::Moment;

use super::begun::{fabrikam, has_customer, has_draft, sam_chooses};
use crate::support::browser::Browser;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;
use crate::support::wire::Call;

fn small(name: &str, monthly_minor: i64) -> PlainOffer {
    let limit = (LimitScope::Concurrent, 2);
    PlainOffer {
        category: Category::SmallBusiness,
        maximum: 300,
        limit,
        ..PlainOffer::new(name, monthly_minor)
    }
}

/// Somebody of Harbor is on New subscription of a customer that has yet to accept the customer agreement.
async fn chooses_before_the_agreement(portal: &Portal, browser: &mut Browser) -> DraftId {
    let mut form = fabrikam("fabrikam");
    (form.agreement, form.agreement_on) = ("awaited".to_owned(), String::new());
    let draft = has_draft(portal, &form, None).await;
    browser.visit(&format!("/drafts/{draft}/subscriptions")).await;
    draft
}

#[actix_web::test]
async fn only_offers_that_the_customer_can_buy_are_shown() {
    let portal = Portal::open().await;
    portal.has_offer(small("Business Basic", 510)).await;
    portal.has_offer(PlainOffer { countries: "FR;US".into(), ..PlainOffer::new("Abroad", 100) }).await;
    portal.has_offer(PlainOffer { is_available: false, ..PlainOffer::new("Withdrawn", 100) }).await;
    let qualification = Qualification::Nonprofit;
    portal.has_offer(PlainOffer { qualification, ..PlainOffer::new("For charities", 0) }).await;
    let (sam, _) = sam_chooses(&portal, "fabrikam", None).await;
    sam.sees("Business Basic").sees("1–300 licenses, at most 2 subscriptions").sees("€ 5.10 a month");
    sam.sees_not("Abroad").sees_not("Withdrawn").sees_not("For charities");
}

#[actix_web::test]
async fn switching_tabs_and_searching_keeps_what_was_typed() {
    let portal = Portal::open().await;
    portal.has_offer(small("Business Basic", 510)).await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let (mut sam, _) = sam_chooses(&portal, "fabrikam", None).await;
    sam.fill("Licenses of Business Basic", "40").press("Enterprise").await;
    sam.sees_not("Licenses of Business Basic").sees("Business Basic × 40").sees("Enterprise E3");
    assert_eq!(sam.query("category").as_deref(), Some("enterprise"));
    sam.fill("Licenses of Enterprise E3", "7").fill("Search offers", "basic").press("All").await;
    sam.sees_no_row(&["Enterprise E3"]).sees("Enterprise E3 × 7");
    sam.fill("Search offers", "").press("Search").await;
    assert_eq!(sam.field("Licenses of Business Basic"), "40");
    assert_eq!(sam.field("Licenses of Enterprise E3"), "7");
    sam.sees("€ 344.00");
}

#[actix_web::test]
async fn a_quantity_beyond_the_rule_is_named_at_its_field_and_kept() {
    let portal = Portal::open().await;
    portal.has_offer(small("Business Basic", 510)).await;
    let (mut sam, _) = sam_chooses(&portal, "fabrikam", None).await;
    sam.fill("Licenses of Business Basic", "340").press("Next: Review").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("Business Basic: At most 300 licenses; 340 were entered.");
    sam.sees_problem("Licenses of Business Basic", "At most 300 licenses; 340 were entered.");
    assert_eq!(sam.field("Licenses of Business Basic"), "340");
}

#[actix_web::test]
async fn what_is_no_number_stays_on_the_page() {
    let portal = Portal::open().await;
    portal.has_offer(small("Business Basic", 510)).await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let (mut sam, _) = sam_chooses(&portal, "fabrikam", None).await;
    for typed in ["many", "1.5", "-3", "99999999999999999999", "a\0b"] {
        sam.fill("Licenses of Enterprise E3", "7").fill("Licenses of Business Basic", typed);
        sam.press("Enterprise").await;
        assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert_eq!(sam.field("Licenses of Enterprise E3"), "7", "{typed}");
        sam.press("All").await;
    }
}

#[actix_web::test]
async fn fixed_quantities_are_ticked() {
    let portal = Portal::open().await;
    let limit = (LimitScope::Lifetime, 1);
    let trial = PlainOffer {
        category: Category::Trial,
        is_trial: true,
        minimum: 25,
        maximum: 25,
        limit,
        billed: (false, false),
        term_months: 1,
        ..PlainOffer::new("Suite Trial", 0)
    };
    portal.has_offer(trial).await;
    let usage = PlainOffer {
        category: Category::Usage,
        unit: Unit::Usage,
        maximum: 999_999_999,
        billed: (true, false),
        term_months: 9999,
        ..PlainOffer::new("Cloud", 0)
    };
    portal.has_offer(usage).await;
    let (mut sam, _) = sam_chooses(&portal, "fabrikam", None).await;
    sam.sees("exactly 25 licenses, once for each customer").sees("billed by usage");
    sam.check("Order Suite Trial").check("Order Cloud").press("Next: Review").await;
    sam.sees_heading("Review").sees_row(&["Suite Trial", "None", "no charge", "25 licenses", "no charge"]);
    sam.press("Submit").await;
    sam.sees_heading("Confirmation").sees_row(&["Cloud", "Monthly", "by usage", "until cancelled"]);
    sam.sees("An indirect reseller that is to manage this customer’s Azure account")
        .sees_link("User settings");
}

#[actix_web::test]
async fn add_ons_appear_with_their_base_and_are_refused_without_it() {
    let portal = Portal::open().await;
    let base = portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let add_on = PlainOffer {
        category: Category::AddOn,
        is_add_on: true,
        needs: vec![base],
        ..PlainOffer::new("Phone", 700)
    };
    portal.has_offer(add_on).await;
    let (mut sam, _) = sam_chooses(&portal, "fabrikam", None).await;
    sam.sees_no_row(&["Phone"]);
    sam.fill("Licenses of Enterprise E3", "5").choose("Billing of Enterprise E3", "Annual");
    sam.press("Update total").await;
    sam.fill("Licenses of Phone", "5").press("Next: Review").await;
    sam.sees_heading("Review").sees_row(&["Phone", "Annual"]).sees("€ 1,620.00");
    sam.follow("Change offers").await;
    sam.fill("Licenses of Enterprise E3", "").press("Next: Review").await;
    sam.sees("Phone: This add-on needs an active subscription");
}

#[actix_web::test]
async fn the_customers_reseller_earns_incentives_unless_somebody_else_is_chosen() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_partner("Clearpoint", "AT", "4810999").await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let (mut sam, _) = sam_chooses(&portal, "fabrikam", Some(&brightwater)).await;
    assert_eq!(sam.field("Reseller (MPN ID) for incentives"), "Brightwater IT (4810233)");
    sam.choose("Reseller (MPN ID) for incentives", "No reseller").fill("Licenses of Enterprise E3", "5");
    sam.press("Next: Review").await;
    sam.sees_heading("Review").sees("No reseller earns incentives for this order.");
    sam.follow("Change incentives").await;
    sam.choose("Reseller (MPN ID) for incentives", "Clearpoint (4810999)").press("Next: Review").await;
    sam.sees("Clearpoint (MPN ID 4810999) earns incentives");
}

#[actix_web::test]
async fn what_is_chosen_stands_first_with_its_add_ons_below() {
    let portal = Portal::open().await;
    let base = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    portal.has_offer(PlainOffer::new("Alpha", 100)).await;
    portal.has_offer(PlainOffer::new("Zulu", 100)).await;
    for name in ["Archive", "Phone"] {
        let needs = vec![base];
        portal.has_offer(PlainOffer { is_add_on: true, needs, ..PlainOffer::new(name, 700) }).await;
    }
    let (mut sam, _) = sam_chooses(&portal, "fabrikam", None).await;
    sam.fill("Licenses of Zulu", "3").fill("Licenses of Suite", "5").press("Update total").await;
    assert_eq!(names(&sam), ["Suite", "Zulu", "Archive", "Phone", "Alpha"]);
    sam.fill("Licenses of Phone", "5").press("Update total").await;
    assert_eq!(names(&sam), ["Suite", "Phone", "Zulu", "Archive", "Alpha"]);
    assert!(sam.href("Phone × 5").starts_with("#field-quantity-"), "leads to its row");
}

fn names(browser: &Browser) -> Vec<String> {
    let rows = browser.rows().into_iter().skip(1);
    rows.filter_map(|row| row.first()?.split_whitespace().next().map(str::to_owned)).collect()
}

#[actix_web::test]
async fn a_script_asks_what_the_order_would_cost_and_nothing_is_saved() {
    let portal = Portal::open().await;
    let offer = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let customer = has_customer(&portal, "fabrikam", None).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let fields = [(format!("shown-{offer}"), String::new()), (format!("quantity-{offer}"), "7".to_owned())];
    let begun = has_draft(&portal, &fabrikam("begun"), None).await.to_string();
    let fresh = DraftId::new().to_string();
    for (draft, fields) in [
        (begun, fields.to_vec()),
        (fresh, [&fields[..], &[("customer".to_owned(), customer.to_string())]].concat()),
    ] {
        let asked =
            Call::post(format!("/drafts/{draft}/total"), &fields).with("sec-fetch-site", "same-origin");
        let answer = sam.send(asked).await;
        let text = answer.text();
        assert!(text.contains("<bdi>Suite</bdi> × 7") && text.contains("140.00"), "{text}");
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM draft_lines"), 0);
    assert_eq!(portal.database.number("SELECT count(*) FROM drafts WHERE state = 'open'"), 1);
}

#[actix_web::test]
async fn two_tabs_do_not_overwrite_each_other() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let (mut sam, draft) = sam_chooses(&portal, "fabrikam", None).await;
    let mut second = sam.clone_session();
    second.visit(&format!("/drafts/{draft}/subscriptions")).await;
    sam.fill("Licenses of Enterprise E3", "5").press("Update total").await;
    second.fill("Licenses of Enterprise E3", "8").press("Next: Review").await;
    assert_eq!(second.status(), StatusCode::CONFLICT);
    second.sees("Somebody saved other offers in the meantime").sees("Enterprise E3 × 5, € 100.00 a month");
    assert_eq!(second.field("Licenses of Enterprise E3"), "8");
    second.press("Next: Review").await;
    second.sees_heading("Review").sees("Enterprise E3 × 8");
}

#[actix_web::test]
async fn two_who_choose_different_offers_do_not_meet() {
    let portal = Portal::open().await;
    for name in ["Enterprise E3", "Exchange Plan", "Suite"] {
        portal.has_offer(PlainOffer::new(name, 2000)).await;
    }
    let (mut sam, draft) = sam_chooses(&portal, "fabrikam", None).await;
    sam.fill("Licenses of Suite", "2").press("Update total").await;
    let mut second = sam.clone_session();
    second.visit(&format!("/drafts/{draft}/subscriptions")).await;
    sam.fill("Licenses of Enterprise E3", "5").fill("Licenses of Suite", "").press("Update total").await;
    second.fill("Licenses of Exchange Plan", "8").press("Next: Review").await;
    second.sees_heading("Review").sees("Enterprise E3 × 5").sees("Exchange Plan × 8").sees_not("Suite");
}

#[actix_web::test]
async fn a_customer_whose_agreement_is_awaited_chooses_and_orders_nothing() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let draft = chooses_before_the_agreement(&portal, &mut sam).await;
    sam.sees("Fabrikam has not accepted the customer agreement yet.").sees("Nobody was asked so far.");
    sam.fill("Licenses of Enterprise E3", "5").press("Next: Review").await;
    sam.sees_heading("Review")
        .sees("Once it has come, the order can be submitted here.")
        .sees_no_button("Submit");
    // Whoever submits all the same is told the same, and nothing happens.
    let version = portal.database.number("SELECT version FROM drafts").to_string();
    sam.post(&format!("/drafts/{draft}/submission"), &[("version", &version), ("mark", "x")]).await;
    sam.sees_heading("Review").sees("Once it has come, the order can be submitted here.");
    let refused = "activity_records WHERE result = 'failed' AND changes LIKE '%agreement_awaited%'";
    for (what, count) in [("customers", 0), ("orders", 0), (refused, 1)] {
        assert_eq!(portal.database.number(&format!("SELECT count(*) FROM {what}")), count, "{what}");
    }
    // Without offers the customer can be added.
    sam.follow("Change offers").await;
    sam.fill("Licenses of Enterprise E3", "").press("Next: Review").await;
    sam.press("Submit").await;
    sam.sees_heading("Confirmation").sees("Nothing was ordered.").sees("admin@fabrikam.onmicrosoft.com");
    assert_eq!(portal.database.number("SELECT count(*) FROM customers"), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM orders"), 0);
}

#[actix_web::test]
async fn what_is_ordered_for_an_existing_customer_is_not_for_user_admins() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let customer = has_customer(&portal, "fabrikam", None).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{customer}/subscriptions/new")).await;
    sam.fill("Licenses of Enterprise E3", "10").press("Next: Review").await;
    let review = sam.path().to_owned();
    let mut uma = portal.browser_of(Role::UserAdmin).await;
    uma.visit("/drafts").await;
    uma.sees_not("Fabrikam");
    let draft = review.trim_end_matches("/review");
    for page in ["review", "subscriptions", "cancellation"] {
        uma.visit(&format!("{draft}/{page}")).await;
        assert_eq!(uma.status().as_u16(), 403, "{page}");
    }
    for action in ["subscriptions", "cancellation", "submission"] {
        uma.post(&format!("{draft}/{action}"), &[("review", "yes")]).await;
        assert_eq!(uma.status().as_u16(), 403, "{action}");
    }
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
    uma.visit(sam.path()).await;
    assert_eq!(uma.status().as_u16(), 403);
}

#[actix_web::test]
async fn a_user_admin_adds_the_customer_and_is_told_who_may_order() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let mut uma = portal.browser_of(Role::UserAdmin).await;
    chooses_before_the_agreement(&portal, &mut uma).await;
    uma.sees("You may add customers, but not order for them.").sees("Sales agent");
    uma.press("Next: Review").await;
    uma.press("Submit").await;
    uma.sees_heading("Confirmation").sees("Setup info");
    uma.press("Done").await;
    assert_eq!(uma.path(), "/drafts");
    uma.sees("Fabrikam is added.").sees("Global admin, Admin agent, Sales agent, Helpdesk agent");
}

#[actix_web::test]
async fn a_limit_that_is_reached_is_shown_with_its_reason() {
    let portal = Portal::open().await;
    let limit = (LimitScope::Concurrent, 1);
    portal.has_offer(PlainOffer { limit, ..PlainOffer::new("Single", 100) }).await;
    let customer = has_customer(&portal, "fabrikam", None).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for (sees, quantity) in [("Order", Some("3")), ("Limit for each customer", None)] {
        sam.visit(&format!("/customers/{customer}/subscriptions/new")).await;
        if let Some(quantity) = quantity {
            sam.fill("Licenses of Single", quantity).press("Next: Review").await;
            sam.press("Submit").await;
            sam.sees_heading("Confirmation");
        } else {
            sam.sees_row(&["Single", sees]);
        }
    }
}

#[actix_web::test]
async fn a_suspended_subscription_frees_its_place_once_its_data_is_no_longer_kept() {
    let portal = Portal::open().await;
    let limit = (LimitScope::Concurrent, 1);
    portal.has_offer(PlainOffer { limit, ..PlainOffer::new("Single", 100) }).await;
    let customer = has_customer(&portal, "fabrikam", None).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let choose = format!("/customers/{customer}/subscriptions/new");
    sam.visit(&choose).await;
    sam.fill("Licenses of Single", "3").press("Next: Review").await;
    sam.press("Submit").await;
    for (days, is_free) in [(0, false), (-3, true)] {
        suspend_until(&portal, days).await;
        sam.visit(&choose).await;
        assert_eq!(sam.text().contains("Limit for each customer"), !is_free, "kept for {days} days");
    }
}

/// Suspends every subscription, its data kept until so many days from now.
async fn suspend_until(portal: &Portal, days: i64) {
    let kept_until = Moment::now().plus_days(days).day();
    let suspend = move |conn: &mut Connection| {
        let suspended =
            (subscriptions::status.eq("suspended"), subscriptions::kept_until.eq(Some(kept_until)));
        Ok(diesel::update(subscriptions::table).set(suspended).execute(conn)?)
    };
    portal.db.write(suspend).await.unwrap();
}

#[actix_web::test]
async fn for_how_long_something_is_bought_is_said_and_not_another_than_was_read() {
    let portal = Portal::open().await;
    for (name, months) in [("Monthly Suite", 1), ("Suite", 12), ("Long Suite", 36), ("Open Suite", 9999)] {
        portal.has_offer(PlainOffer::new(name, 500)).await;
        portal.database.change(&format!("UPDATE offers SET term_months = {months} WHERE name = '{name}'"));
    }
    let (mut sam, _) = sam_chooses(&portal, "fabrikam", None).await;
    for said in [
        "Monthly Suite 1–10,000,000 licenses, term: 1 month, billed annually: 1 year",
        "Suite 1–10,000,000 licenses, term: 1 year",
        "Long Suite 1–10,000,000 licenses, term: 3 years",
        "Open Suite 1–10,000,000 licenses, without end",
    ] {
        sam.sees_row(&[said]);
    }
    sam.fill("Licenses of Long Suite", "5").press("Next: Review").await;
    sam.sees_heading("Review").sees("Long Suite × 5 term: 3 years");
    portal.database.change("UPDATE offers SET term_months = 60 WHERE name = 'Long Suite'");
    sam.press("Submit").await;
    sam.sees_heading("Review").sees("Something changed after you had read this").sees("term: 5 years");
    assert_eq!(portal.database.number("SELECT count(*) FROM orders"), 0);
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
}
