//! Prices have their days: they are announced, hold, and stay to be seen.

use actix_web::http::StatusCode;
use chrono::NaiveDate;
use twotier::access::Role;
use twotier::values::id::OfferId;
use twotier::values::moment::{Moment, days_after};

use super::{keeper, upload};
use crate::support::browser::Browser;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

fn in_days(days: u64) -> NaiveDate {
    days_after(Moment::now().day(), days)
}

/// As pages write a day.
fn words(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// The operator asks 21 euro instead of 20 from a day on; nothing is typed for the soonest.
async fn announces(robin: &mut Browser, id: &OfferId, from: &str) {
    robin.visit(&format!("/catalog/{id}/change")).await;
    robin.fill("EUR monthly", "21").fill("Valid from (optional)", from).press("Save").await;
}

/// The days of what was said come nearer: as if so many had passed since.
fn pass(portal: &Portal, days: u64) {
    let sql = if portal.database.is_sqlite() {
        format!("UPDATE offer_prices SET valid_from = date(valid_from, '-{days} days')")
    } else {
        format!("UPDATE offer_prices SET valid_from = valid_from - {days}")
    };
    portal.database.change(&sql);
}

#[actix_web::test]
async fn another_price_is_announced_and_holds_from_its_day_on() {
    let portal = Portal::open().await;
    let id = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let mut robin = keeper(&portal).await;
    announces(&mut robin, &id, &in_days(29).to_string()).await;
    robin.sees_problem("Valid from", "Another price of a license is announced 30 days ahead");
    robin.fill("Valid from (optional)", "").press("Save").await;
    robin.sees("Its announced prices stand below");
    robin.sees_row(&["EUR", "€ 20.00", "€ 240.00", "1 Jan 2020"]);
    robin.sees_row(&["EUR", &words(in_days(30)), "€ 21.00", "€ 240.00", "Withdraw"]);
    let (mut sam, _) = crate::ordering::begun::sam_chooses(&portal, "fabrikam", None).await;
    sam.sees("€ 20.00 a month");
    let mut sue = portal.browser_of(Role::SalesAgent).await;
    sue.visit(&format!("/catalog/{id}")).await;
    sue.sees("Announced prices").sees_row(&["EUR", &words(in_days(30)), "€ 21.00"]).sees_not("Withdraw");
    sue.sees_no_row(&["USD"]);
    pass(&portal, 29);
    sam.reload().await;
    sam.sees("€ 20.00 a month");
    pass(&portal, 1);
    sam.reload().await;
    sam.sees("€ 21.00 a month");
    sue.reload().await;
    sue.sees_not("Announced prices").sees_row(&["EUR", "€ 21.00", &words(in_days(0))]);
    sue.sees_heading("Suite").sees("Earlier prices");
}

#[actix_web::test]
async fn what_is_read_on_review_is_what_is_paid_also_when_its_day_comes_meanwhile() {
    let portal = Portal::open().await;
    let id = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let mut robin = keeper(&portal).await;
    announces(&mut robin, &id, "").await;
    let (mut sam, _) = crate::ordering::begun::sam_chooses(&portal, "fabrikam", None).await;
    sam.fill("Licenses of Suite", "3").press("Next: Review").await;
    sam.sees("€ 60.00");
    pass(&portal, 30);
    sam.press("Submit").await;
    sam.sees_heading("Review").sees("Something changed after you had read this").sees("€ 63.00");
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
}

#[actix_web::test]
async fn an_announced_price_is_withdrawn_until_its_day_comes() {
    let portal = Portal::open().await;
    let id = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let mut robin = keeper(&portal).await;
    announces(&mut robin, &id, &in_days(40).to_string()).await;
    robin.follow(&format!("Withdraw EUR, from {} on", words(in_days(40)))).await;
    robin.sees_heading("Withdraw the announced price of Suite?").sees(&words(in_days(40)));
    robin.sees("€ 21.00 a month, € 240.00 a year").sees("€ 20.00 a month, € 240.00 a year");
    let (mut again, address) = (robin.duplicate(), robin.path().to_owned());
    robin.press("Withdraw price").await;
    robin.sees("The announced price of Suite is withdrawn.").sees_not("Announced prices");
    again.press("Withdraw price").await;
    again.sees("Nothing was withdrawn: no such price of Suite is announced any more.");
    again.visit(&address).await;
    assert_eq!(again.status(), StatusCode::NOT_FOUND);
    robin.visit("/activity").await;
    robin.sees("Withdraw an announced price").sees_row(&["EUR monthly", "21.00", "20.00"]);
    announces(&mut robin, &id, "").await;
    pass(&portal, 30);
    let today = in_days(0);
    robin.visit(&format!("/catalog/{id}/prices/EUR/{today}")).await;
    assert_eq!(robin.status(), StatusCode::NOT_FOUND, "it holds");
    robin.post(&format!("/catalog/{id}/prices/EUR/{today}"), &[]).await;
    robin.visit(&format!("/catalog/{id}")).await;
    robin.sees_row(&["EUR", "€ 21.00"]);
    for odd in ["EUR/soon", "XXX/2027-01-01", "EUR/2020-01-01"] {
        robin.visit(&format!("/catalog/{id}/prices/{odd}")).await;
        assert_eq!(robin.status(), StatusCode::NOT_FOUND, "{odd}");
    }
}

#[actix_web::test]
async fn files_announce_prices_and_an_export_changes_nothing() {
    let portal = Portal::open().await;
    let id = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let mut robin = keeper(&portal).await;
    let (soonest, later) = (words(in_days(30)), in_days(60));
    upload(&mut robin, format!("Offer ID,EUR monthly,CHF monthly,CHF annual\n{id},21,22,220\n")).await;
    robin.sees(&format!("EUR monthly: 20.00 → 21.00 from {soonest} on"));
    robin.sees(&format!("CHF monthly: empty → 22.00 from {} on", words(in_days(0))));
    robin.press("Apply").await;
    upload(&mut robin, format!("Offer ID,EUR monthly\n{id},21\n")).await;
    robin.sees("0 new, 0 changed, 1 the same");
    robin.visit("/catalog").await;
    robin.follow("Export as CSV").await;
    let export = robin.download().text();
    upload(&mut robin, &export).await;
    robin.sees("0 new, 0 changed, 1 the same");
    let file = format!("Offer ID,Valid from,EUR monthly,EUR retail monthly\n{id},{later},23,26.50\n");
    upload(&mut robin, &file).await;
    robin.press("Apply").await;
    robin.visit(&format!("/catalog/{id}")).await;
    robin.sees_row(&["EUR", &soonest, "€ 21.00"]).sees_row(&["EUR", &words(later), "€ 23.00", "€ 26.50"]);
    robin.sees_row(&["CHF", "CHF 22.00", "CHF 220.00"]);
    upload(&mut robin, format!("Offer ID,Valid from,EUR monthly\n{id},{},24\n", in_days(3))).await;
    robin.sees("Valid from: Another price of a license is announced 30 days ahead");
}

#[actix_web::test]
async fn a_price_is_suggested_for_customers_and_stays_when_the_form_is_sent_again() {
    let portal = Portal::open().await;
    let id = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let mut robin = keeper(&portal).await;
    robin.visit(&format!("/catalog/{id}/change")).await;
    robin.fill("EUR retail monthly", "24.90").fill("CHF retail annual", "300").press("Save").await;
    robin.sees_problem("CHF annual", "Enter the list price, too");
    robin.fill("CHF retail annual", "").press("Save").await;
    robin.sees_row(&["EUR", "€ 20.00", "€ 240.00", "€ 24.90", "–", &words(in_days(0))]);
    robin.visit(&format!("/catalog/{id}/change")).await;
    assert_eq!(robin.field("EUR retail monthly"), "24.90");
    robin.press("Save").await;
    robin.sees("Nothing was changed");
    // How it is billed and what it costs are changed one after the other.
    robin.visit(&format!("/catalog/{id}/change")).await;
    robin
        .uncheck("Annual")
        .fill("EUR annual", "")
        .fill("USD annual", "")
        .fill("EUR monthly", "30")
        .press("Save")
        .await;
    robin.sees_problem("EUR monthly", "Change how the offer is billed first");
    robin.fill("EUR monthly", "20").press("Save").await;
    robin.sees_row(&["EUR", "€ 20.00", "–", "€ 24.90"]);
}

#[actix_web::test]
async fn providers_read_what_changed_and_what_comes_and_take_it_away() {
    let portal = Portal::open().await;
    let suite = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let old = portal.has_offer(PlainOffer::new("Old", 900)).await;
    portal.has_offer(PlainOffer::new("Steady", 700)).await;
    let mut robin = keeper(&portal).await;
    let mut sam = portal.browser_of(Role::BillingAdmin).await;
    sam.visit("/catalog").await;
    sam.follow("Price changes").await;
    sam.sees("No price changes").sees_no_link("Export as CSV");
    announces(&mut robin, &suite, "").await;
    upload(&mut robin, format!("Offer ID,EUR monthly,EUR annual,CHF monthly,CHF annual\n{old},,,9,90\n"))
        .await;
    robin.press("Apply").await;
    sam.reload().await;
    let (today, soonest) = (words(in_days(0)), words(in_days(30)));
    sam.sees("2 changes, prices in EUR");
    sam.sees_row(&["Old", "No longer sold", &today, "€ 9.00 a month, € 108.00 a year", "Not sold"]);
    let now = "€ 21.00 a month, € 240.00 a year";
    sam.sees_row(&["Suite", "Changed", &soonest, "€ 20.00 a month, € 240.00 a year", now]);
    sam.sees_no_row(&["Steady"]);
    sam.choose("When", "Announced for the next 30 days").press("Apply").await;
    sam.sees_row(&["Suite"]).sees_no_row(&["Old"]);
    sam.follow("Export as CSV").await;
    let file = sam.download().text();
    assert!(
        file.contains(&format!("CHG,{},,Suite,{suite},EUR,20.00,240.00,21.00,240.00,,,yes", in_days(30))),
        "{file}"
    );
    // A provider has one currency, whatever it asks for.
    sam.visit("/catalog/changes?currency=CHF&when=nonsense").await;
    sam.sees("2 changes, prices in EUR");
    robin.visit("/catalog/changes?currency=CHF").await;
    robin.sees("1 change, prices in CHF").sees_row(&["Old", "Added", &today, "Not sold", "CHF 9.00 a month"]);
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit("/catalog/changes").await;
    assert_eq!(helen.status(), StatusCode::FORBIDDEN);
}
