//! Adding, changing, withdrawing, one offer at a time.

use actix_web::http::StatusCode;
use twotier::catalog::model::Category;

use super::keeper;
use crate::support::browser::Browser;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

fn fill_suite(browser: &mut Browser) {
    browser.fill("Offer ID", "Suite-E3").fill("Name", "Suite E3").choose("Category", "Enterprise");
    browser.fill("EUR monthly", "19.60").fill("EUR annual", "196").fill("JPY monthly", "2,200");
    browser.fill("JPY annual", "22000");
}

#[actix_web::test]
async fn an_offer_is_added_and_can_be_ordered_at_once() {
    let portal = Portal::open().await;
    let mut robin = keeper(&portal).await;
    robin.visit("/catalog").await;
    robin.sees("There are no offers yet");
    robin.follow("Add offer").await;
    fill_suite(&mut robin);
    robin.press("Add offer").await;
    robin.sees_heading("Suite E3").sees("Suite E3 is in the catalog.").sees("suite-e3");
    robin.sees_row(&["EUR", "€ 19.60", "€ 196.00"]).sees_row(&["JPY", "¥ 2,200", "¥ 22,000"]);
    robin.sees("1–300 licenses").sees("Every country of the program");
    robin.visit("/activity").await;
    robin.sees("Add an offer").sees("Suite E3");
    let mut sam = crate::ordering::begun::sam_chooses(&portal, "fabrikam", None).await.0;
    sam.sees("Suite E3").sees("€ 19.60 a month");
    sam.fill("Licenses of Suite E3", "3").press("Next: Review").await;
    sam.sees("€ 58.80");
    sam.press("Submit").await;
    sam.follow("Done").await;
    sam.follow("Fabrikam").await;
    sam.follow("Suite E3").await;
    sam.sees("suite-e3");
}

#[actix_web::test]
async fn what_is_wrong_is_named_at_its_field_and_nothing_typed_is_lost() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Other", 100)).await;
    let mut robin = keeper(&portal).await;
    robin.visit("/catalog/new").await;
    fill_suite(&mut robin);
    robin.fill("Maximum", "0").fill("Countries", "DE XX").choose("Kind", "Add-on");
    robin.fill("Prerequisites", "nothing-like-it").fill("JPY annual", "12.50").fill("USD monthly", "5");
    robin.press("Add offer").await;
    robin.sees_problem("Maximum", "Enter 1 or more.");
    robin.sees_problem("Countries", "“XX” is not the two-letter code of a country of the program.");
    robin
        .sees_problem("JPY annual", "Write it like this: 1250")
        .sees_problem("USD annual", "Enter this price, too");
    assert_eq!(robin.field("Countries"), "DE XX");
    assert_eq!(robin.field("EUR monthly"), "19.60");
    robin.fill("Maximum", "300").fill("Countries", "DE").fill("JPY annual", "22000").fill("USD annual", "50");
    robin.press("Add offer").await;
    robin.sees_problem("Prerequisites", "There is no offer with the ID “nothing-like-it”.");
    robin.choose("Kind", "Offer").fill("Prerequisites", "").uncheck("Monthly").uncheck("Annual");
    robin.press("Add offer").await;
    assert_eq!(robin.status(), StatusCode::UNPROCESSABLE_ENTITY);
    robin.sees("Billing: Choose the billing.");
    robin.check("Monthly").check("Annual").press("Add offer").await;
    robin.sees_heading("Suite E3");
    robin.visit("/catalog/new").await;
    fill_suite(&mut robin);
    robin.press("Add offer").await;
    robin.sees_problem("Offer ID", "This is taken. Choose another one.");
}

#[actix_web::test]
async fn sending_the_form_twice_adds_one_offer() {
    let portal = Portal::open().await;
    let mut robin = keeper(&portal).await;
    robin.visit("/catalog/new").await;
    fill_suite(&mut robin);
    let (mut again, mut other) = (robin.duplicate(), robin.duplicate());
    robin.press("Add offer").await;
    again.press("Add offer").await;
    again.sees_heading("Suite E3").sees("Suite E3 is in the catalog.");
    // With something else in it, it is another offer, and nothing of it is lost.
    other.fill("EUR monthly", "25").press("Add offer").await;
    other.sees_problem("Offer ID", "This is taken. Choose another one.");
    assert_eq!(other.field("EUR monthly"), "25");
    other.fill("Offer ID", "suite-e5").fill("Name", "Suite E5").press("Add offer").await;
    other.sees_row(&["EUR", "€ 25.00"]);
    robin.visit("/catalog").await;
    robin.sees("2 offers").sees_row(&["Suite E3"]).sees_row(&["Suite E5"]);
}

#[actix_web::test]
async fn saving_twice_changes_once() {
    let portal = Portal::open().await;
    let id = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let mut robin = keeper(&portal).await;
    robin.visit(&format!("/catalog/{id}/change")).await;
    robin.fill("EUR monthly", "21");
    let mut again = robin.duplicate();
    robin.press("Save").await;
    robin.sees("Suite is changed. Its announced prices stand below");
    again.press("Save").await;
    assert_eq!(again.status(), StatusCode::OK);
    again.sees("Nothing was changed").sees_row(&["EUR", "€ 21.00"]);
}

#[actix_web::test]
async fn what_a_trial_converts_to_stays_an_offer() {
    let portal = Portal::open().await;
    let mut robin = keeper(&portal).await;
    robin.visit("/catalog/new").await;
    fill_suite(&mut robin);
    robin.press("Add offer").await;
    let suite = robin.path().to_owned();
    robin.visit("/catalog/new").await;
    robin
        .fill("Offer ID", "try")
        .fill("Name", "Suite Trial")
        .choose("Category", "Trial")
        .choose("Kind", "Trial");
    robin
        .fill("Converts to (optional)", "suite-e3")
        .fill("Maximum (optional)", "25")
        .fill("Term in months", "1");
    robin.uncheck("Monthly").uncheck("Annual").fill("EUR monthly", "0").press("Add offer").await;
    robin.sees_heading("Suite Trial");
    robin.visit(&format!("{suite}/change")).await;
    robin.choose("Kind", "Add-on").fill("Prerequisites (optional)", "try").press("Save").await;
    robin.sees_problem("Kind", "The trial “try” converts to it, so it stays an offer.");
}

#[actix_web::test]
async fn a_change_shows_in_the_log_and_who_comes_second_sees_both_versions() {
    let portal = Portal::open().await;
    let id = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let mut robin = keeper(&portal).await;
    robin.visit(&format!("/catalog/{id}")).await;
    robin.follow("Change offer").await;
    robin.sees("Subscriptions keep their price");
    let mut tab = robin.clone_session();
    tab.visit(&format!("/catalog/{id}/change")).await;
    tab.fill("Name", "Suite of the other tab").press("Save").await;
    tab.sees_heading("Suite of the other tab");
    robin.fill("Name", "Suite 2").fill("EUR monthly", "21.00").press("Save").await;
    assert_eq!(robin.status(), StatusCode::CONFLICT);
    robin.sees_row(&["Name", "Suite of the other tab", "Suite 2"]).sees_row(&[
        "EUR monthly",
        "20.00",
        "21.00",
    ]);
    robin.fill("Name", "Suite of the other tab").press("Save").await;
    robin.sees("Its announced prices stand below").sees_row(&["EUR", "€ 21.00"]);
    robin.visit("/activity").await;
    robin.sees_row(&["EUR monthly", "20.00", "21.00"]).sees("Valid from");
    robin.visit(&format!("/catalog/{id}/change")).await;
    robin.press("Save").await;
    robin.sees("Nothing was changed");
}

#[actix_web::test]
async fn two_who_change_different_things_of_an_offer_do_not_meet() {
    let portal = Portal::open().await;
    let id = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let mut robin = keeper(&portal).await;
    robin.visit(&format!("/catalog/{id}/change")).await;
    let mut tab = robin.clone_session();
    tab.visit(&format!("/catalog/{id}/change")).await;
    tab.fill("Name", "Suite of the other tab").fill("Maximum (optional)", "250").press("Save").await;
    robin.fill("EUR monthly", "21.00").press("Save").await;
    robin.sees_heading("Suite of the other tab").sees("Its announced prices stand below");
    robin.sees_row(&["EUR", "€ 21.00"]);
    robin.visit(&format!("/catalog/{id}/change")).await;
    assert_eq!(robin.field("Maximum (optional)"), "250");
}

#[actix_web::test]
async fn a_withdrawn_offer_is_not_ordered_until_it_is_brought_back() {
    let portal = Portal::open().await;
    let id = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let mut robin = keeper(&portal).await;
    robin.visit(&format!("/catalog/{id}")).await;
    robin.follow("Withdraw").await;
    robin.sees("Subscriptions go on");
    robin.press("Withdraw offer").await;
    robin.sees("Suite is withdrawn.");
    robin.visit("/catalog?status=withdrawn").await;
    robin.sees_row(&["Suite"]);
    let (mut sam, _) = crate::ordering::begun::sam_chooses(&portal, "fabrikam", None).await;
    sam.sees("Every offer in the catalog is withdrawn.");
    robin.visit(&format!("/catalog/{id}")).await;
    robin.follow("Bring back").await;
    robin.press("Bring back offer").await;
    robin.sees("Suite can be ordered again.");
    sam.reload().await;
    sam.sees("€ 20.00 a month");
    robin.visit("/activity").await;
    robin.sees("Withdraw an offer").sees("Bring an offer back");
}

#[actix_web::test]
async fn the_list_is_searched_filtered_paged_and_exported() {
    let portal = Portal::open().await;
    for number in 0..27 {
        portal.has_offer(PlainOffer::new(&format!("Offer {number:02}"), 100)).await;
    }
    let charity = PlainOffer { category: Category::Nonprofit, ..PlainOffer::new("50% charity", 0) };
    let id = portal.has_offer(PlainOffer { countries: "FR;US".into(), ..charity }).await;
    let mut robin = keeper(&portal).await;
    robin.visit("/catalog").await;
    robin.sees("28 offers").sees_row(&["Offer 23"]).sees_no_row(&["Offer 24"]);
    robin.follow("Next").await;
    robin.sees_row(&["Offer 26"]);
    robin.follow("Previous").await;
    robin.fill("Search name or offer ID", "50%").press("Apply").await;
    robin.sees("1 offer found").sees("50% charity");
    robin.follow("Export as CSV").await;
    let file = robin.download();
    assert_eq!(file.name, "catalog.csv");
    assert_eq!(file.text().lines().count(), 2);
    assert!(file.text().starts_with("\u{feff}Offer ID,Name,Description,Category,"), "{}", file.text());
    robin.visit(&format!("/catalog?search={}", id.as_str().to_uppercase())).await;
    robin.sees("1 offer found");
    robin.visit("/catalog?category=nonprofit&country=FR&currency=USD&status=available").await;
    robin.sees("1 offer found").sees("Sold in: France").sees("Priced in: USD");
    robin.visit("/catalog?country=DE&category=nonprofit").await;
    robin.sees("No offer matches");
    robin.visit("/catalog?currency=TWD").await;
    robin.sees("No offer matches");
    robin.visit("/catalog/0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a4").await;
    assert_eq!(robin.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn an_offer_says_when_it_is_reduced_and_cancelled() {
    let portal = Portal::open().await;
    let id = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let mut robin = keeper(&portal).await;
    robin.visit(&format!("/catalog/{id}")).await;
    robin.sees("At any time").sees("Not before its term ends");
    robin.follow("Change offer").await;
    robin.fill("Reduce within days", "10,000").fill("Cancel within days", "-1").press("Save").await;
    robin.sees_problem("Reduce within days", "Enter 9999 or less.");
    robin.sees_problem("Cancel within days", "Enter 0 or more.");
    robin.fill("Reduce within days", "7").fill("Cancel within days", "30").press("Save").await;
    robin.sees("Within 7 days of the order or a renewal, later when it renews");
    robin.sees("Within 30 days of the order or a renewal");
    // A file that says nothing of it changes nothing of it.
    let code = portal.database.texts(&format!("SELECT code AS text FROM offers WHERE id = '{id}'")).remove(0);
    super::upload(&mut robin, format!("Offer ID,Reduce within days\n{code},0\n")).await;
    robin.sees("Reduce within days");
    robin.press("Apply").await;
    robin.visit(&format!("/catalog/{id}")).await;
    robin.sees("Only when it renews").sees("Within 30 days of the order or a renewal");
}
