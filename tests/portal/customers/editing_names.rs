//! A customer that is called otherwise: found by its new name everywhere, and what is past keeps the old one.

use twotier::access::Role;
use twotier::paths::customers::found_by;

use super::editing::account;
use super::names;
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

async fn rename(browser: &mut Browser, customer: &twotier::values::id::CustomerId, name: &str) {
    browser.visit(&format!("{}/company", account(customer))).await;
    browser.fill("Company name", name).press("Save").await;
    browser.sees("The account is changed.");
}

async fn finds(browser: &mut Browser, typed: &str) -> Vec<String> {
    browser.visit(&found_by(typed)).await;
    names(browser)
}

#[actix_web::test]
async fn a_renamed_customer_is_found_by_its_new_name_and_no_longer_by_the_old_one() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    let middle = portal.has_customer("Middle").await;
    for customer in [&alder, &middle] {
        portal.has_delegation(customer, &brightwater).await;
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    for (name, finding, lost) in [
        ("Ångström Żółć", vec!["an", "ngstrom", "zolc"], "alder f"),
        ("東京商事株式会社", vec!["商", "商事", "株式会"], "ngstrom"),
        ("Zimmer & Söhne", vec!["zi", "sohne"], "商"),
    ] {
        rename(&mut sam, &alder, name).await;
        for browser in [&mut sam, &mut olga] {
            for typed in &finding {
                assert_eq!(finds(browser, typed).await, [name], "{typed}");
            }
            assert!(finds(browser, lost).await.is_empty(), "{lost}");
        }
    }
    // The list is in the order of the names.
    for browser in [&mut sam, &mut olga] {
        browser.visit("/customers").await;
        assert_eq!(names(browser), ["Middle", "Zimmer & Söhne"]);
    }
}

#[actix_web::test]
async fn records_keep_the_name_of_their_time() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let basic = portal.has_subscription(&alder, PlainSubscription::new("Business Basic")).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/subscriptions/{basic}")).await;
    sam.fill("Nickname", "Desk").press("Change nickname").await;
    rename(&mut sam, &alder, "Birch").await;
    let of = |action: &str| {
        let names = "SELECT customer_name AS text FROM activity_records WHERE action";
        portal.database.texts(&format!("{names} = '{action}'"))
    };
    assert_eq!(of("update_subscription"), ["Alder"]);
    assert_eq!(of("update_customer_company"), ["Birch"]);
    sam.visit(&format!("/subscriptions/{basic}")).await;
    sam.sees("Birch");
    // An order that was placed under a name keeps it, however often that changes.
    let order = portal.database.texts("SELECT id AS text FROM orders").remove(0);
    rename(&mut sam, &alder, "Cedar").await;
    sam.visit(&format!("/orders/{order}")).await;
    sam.sees("for Alder").sees("Called Cedar by now");
    sam.visit("/orders").await;
    sam.sees_row(&["Alder"]);
    // One that names it as it is called again says so.
    rename(&mut sam, &alder, "Alder").await;
    sam.visit(&format!("/orders/{order}")).await;
    sam.sees("for Alder").sees_not("by now");
}

#[actix_web::test]
async fn another_own_customer_of_that_name_is_told_and_not_refused() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_customer_at(&portal.harbor, "Birch GmbH", "birch.onmicrosoft.com").await;
    portal.has_delegation(&alder, &brightwater).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    rename(&mut sam, &alder, "BIRCH, GmbH").await;
    sam.sees("the one with the domain birch.onmicrosoft.com");
    rename(&mut sam, &alder, "Alder").await;
    // A reseller learns nothing of customers that it does not administer.
    let mut olga = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    rename(&mut olga, &alder, "Birch GmbH").await;
    olga.sees_not("birch.onmicrosoft.com");
}

#[actix_web::test]
async fn long_names_are_told_whole_and_the_provider_learns_what_it_was_called() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    let long = "Ä".repeat(150);
    rename(&mut olga, &alder, &long).await;
    olga.sees(&long);
    portal.carry_mail().await;
    let letter = portal.letter_to(&sam);
    assert!(letter.body_text.replace(['\n', ' '], "").contains(&long), "{}", letter.body_text);
    assert!(letter.subject.starts_with("Brightwater IT changed the name of Alder to"), "{}", letter.subject);
    olga.visit(&format!("{}/company", account(&alder))).await;
    olga.fill("Company name", &"Ä".repeat(201)).press("Save").await;
    olga.sees_problem("Company name", "Use 200 characters or fewer.");
}
