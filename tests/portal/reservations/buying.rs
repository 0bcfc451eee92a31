//! Somebody of the provider buys for a customer.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::{Scene, choose, has_product};
use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

#[actix_web::test]
async fn what_it_costs_is_read_first_and_then_it_is_bought_once() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let olga = portal.add_person(&scene.brightwater, &[Role::SalesAgent]).await;
    let mut sam = scene.person(Role::SalesAgent).await;
    sam.visit(&format!("/subscriptions/{}", scene.azure)).await;
    sam.visit(&scene.page()).await;
    sam.sees("No reservation yet");
    sam.follow("Buy a reservation").await;
    sam.press("Show what it costs").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.fill("Quantity", "0");
    choose(&mut sam, ("3 years", "0", "Monthly")).await;
    sam.sees("One problem to solve.");
    choose(&mut sam, ("3 years", "2", "Monthly")).await;
    sam.sees_heading("Review")
        .sees("€ 2,400.02")
        .sees("Brightwater IT (4810233)")
        .sees("It cannot be undone");
    // 2,400.02 in 36 parts: the first has what is left.
    sam.sees("€ 66.92 first, then 35 times € 66.66, each month");
    assert_eq!(scene.count(), 0);
    let mut tab = sam.duplicate();
    sam.press("Buy now").await;
    sam.sees("The reservation is bought.").sees_row(&["D2s v3", "3 years", "€ 2,400.02", "Active"]);
    tab.press("Buy now").await;
    tab.sees("This reservation was bought before. Nothing was bought again.");
    assert_eq!(scene.count(), 1);
    sam.follow("D2s v3").await;
    sam.sees("Fixed when it was bought. It cannot be changed.").sees("Sam");
    sam.visit("/orders").await;
    sam.sees_row(&["Contoso", "€ 66.66"]).sees_not("By the customer");
    sam.visit("/reservations?search=conto").await;
    sam.sees_row(&["D2s v3", "Contoso", "Brightwater IT (4810233)"]);
    sam.visit("/reservations/export").await;
    assert!(sam.download().text().contains("D2s v3"));
    sam.visit("/activity").await;
    sam.sees("Buy a reservation").sees_row(&["Total", "€ 2,400.02"]);
    portal.carry_mail().await;
    let letter = portal.letter_to(&olga);
    assert!(letter.body_text.contains("D2s v3 for Contoso"), "{}", letter.body_text);
}

#[actix_web::test]
async fn the_reseller_of_record_stays_whatever_the_subscription_names_later() {
    let scene = Scene::open().await;
    let newleaf = scene.portal.has_partner("Newleaf", "DE", "5910444").await;
    let mut sam = scene.person(Role::SalesAgent).await;
    sam.visit(&format!("{}/new", scene.page())).await;
    choose(&mut sam, ("1 year", "1", "Upfront")).await;
    sam.sees("Upfront, all at once");
    // Somebody names another reseller in between: what was read no longer holds.
    let mut ada = scene.person(Role::AdminAgent).await;
    for (name, is_stale) in [("Newleaf (5910444)", true), ("Brightwater IT (4810233)", false)] {
        ada.visit(&format!("/subscriptions/{}", scene.azure)).await;
        ada.follow("Update Reseller (MPN ID)").await;
        ada.choose("Indirect reseller (optional)", name).press("Submit").await;
        if is_stale {
            sam.press("Buy now").await;
            assert_eq!(sam.status(), StatusCode::CONFLICT);
            sam.sees("Nothing was bought.");
            sam.press("Show what it costs").await;
            sam.sees("Newleaf (5910444)");
            sam.press("Buy now").await;
            sam.sees("The reservation is bought.");
        }
    }
    sam.visit(&scene.page()).await;
    sam.sees_row(&["D2s v3", "€ 500.00", "Newleaf (5910444)"]);
    let mut olga = scene.portal.browser_in(&scene.brightwater, &[Role::SalesAgent]).await;
    olga.visit("/reservations").await;
    olga.sees("No reservation yet");
    // Who administers the customer sees it, and not which other reseller is the one of record.
    scene.portal.has_delegation(&scene.contoso, &scene.brightwater).await;
    olga.visit("/reservations").await;
    olga.sees_row(&["D2s v3"]).sees_not("Newleaf").sees_not("5910444");
    olga.follow("D2s v3").await;
    olga.sees_link(&scene.azure.to_string());
    // The one of record sees it, and no longer what it was bought under.
    let mut nora = scene.portal.browser_in(&newleaf, &[Role::SalesAgent]).await;
    nora.visit("/reservations").await;
    nora.follow("D2s v3").await;
    nora.sees("Newleaf (5910444)").sees(&scene.azure.to_string()).sees_no_link(&scene.azure.to_string());
}

#[actix_web::test]
async fn who_administers_the_customer_reads_of_it_and_who_cancels_the_plan_too() {
    let scene = Scene::open().await;
    let newleaf = scene.portal.has_partner("Newleaf", "DE", "5910444").await;
    scene.portal.has_delegation(&scene.contoso, &newleaf).await;
    let mut sam = scene.person(Role::SalesAgent).await;
    sam.visit(&format!("{}/new", scene.page())).await;
    choose(&mut sam, ("3 years", "1", "Monthly")).await;
    sam.press("Buy now").await;
    sam.sees("The reservation is bought.");
    let mut nora = scene.portal.browser_in(&newleaf, &[Role::SalesAgent]).await;
    nora.visit("/activity").await;
    nora.sees("Buy a reservation").sees("D2s v3").sees_not("4810233");
    // 1,200.01 in 36 parts: what does not part evenly is paid with the first.
    sam.visit("/orders").await;
    sam.sees_row(&["Contoso", "€ 33.33", "€ 0.13 upfront"]);
    scene.portal.database.change("UPDATE offers SET cancellation_days = 9999");
    sam.visit(&format!("/subscriptions/{}/cancellation", scene.azure)).await;
    sam.sees("1 reservation that was bought under it goes on until it expires, and is paid for.");
}

#[actix_web::test]
async fn nothing_is_bought_without_a_plan_a_price_and_the_agreement() {
    let portal = Portal::open().await;
    let fabrikam = portal.has_customer("Fabrikam").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let form = format!("/customers/{fabrikam}/reservations/new");
    sam.visit(&form).await;
    sam.sees("Nothing can be bought now.")
        .sees("this customer has none. Order one first.")
        .sees_link("Add subscription");
    portal.has_subscription(&fabrikam, PlainSubscription::by_use("Microsoft Azure")).await;
    sam.visit(&form).await;
    sam.sees("offers no reservation in this currency");
    has_product(&portal, "D2s v3", &[(1, 50_000), (3, 120_001)]);
    portal.has_no_agreement(&fabrikam).await;
    sam.visit(&form).await;
    sam.sees("The customer agreement has to be accepted first.");
}

#[actix_web::test]
async fn nobody_is_named_who_cannot_be_named_on_anything_new() {
    let scene = Scene::open().await;
    let mut sam = scene.person(Role::SalesAgent).await;
    sam.visit(&format!("{}/new", scene.page())).await;
    choose(&mut sam, ("1 year", "1", "Upfront")).await;
    sam.sees("Brightwater IT (4810233)");
    scene.portal.has_removed_partnerships().await;
    sam.press("Buy now").await;
    assert_eq!(sam.status(), StatusCode::CONFLICT, "it was to be read first");
    sam.press("Show what it costs").await;
    sam.sees("No reseller")
        .sees("Brightwater IT, which the subscription names, cannot be named on anything new now.");
    sam.press("Buy now").await;
    let unnamed = "SELECT count(*) FROM reservations WHERE reseller_id IS NULL AND mpn_id = ''";
    assert_eq!(scene.portal.database.number(unnamed), 1);
}

#[actix_web::test]
async fn a_relationship_lasts_as_long_as_what_is_reserved() {
    let scene = Scene::open().await;
    let mut sam = scene.person(Role::SalesAgent).await;
    sam.visit(&format!("{}/new", scene.page())).await;
    choose(&mut sam, ("1 year", "1", "Upfront")).await;
    sam.press("Buy now").await;
    let mut ada = scene.person(Role::GlobalAdmin).await;
    let end = format!("/customers/{}/end", scene.contoso);
    ada.visit(&end).await;
    ada.check("Customer request").press("Suspend all").await;
    ada.visit(&end).await;
    ada.sees("1 reservation holds").sees("paid for until it expires");
    ada.follow("See the reservations").await;
    ada.sees_row(&["D2s v3"]);
    ada.visit(&end).await;
    ada.press("Go on").await;
    ada.sees_no_button("End the relationship");
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM customers WHERE ended_at IS NOT NULL"), 0);
    let yesterday = Moment::now().plus_days(-1).day();
    scene.portal.database.change(&format!("UPDATE reservations SET expires_on = '{yesterday}'"));
    ada.visit(&end).await;
    ada.sees_not("reservation holds");
    ada.press("Go on").await;
    ada.press("End the relationship").await;
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM customers WHERE ended_at IS NOT NULL"), 1);
}
