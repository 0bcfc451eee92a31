//! What the rules of a country ask beyond what an old account holds: asked for with the next change and before the next
//! order, which one comes back to.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::partners::model::Organisation;
use twotier::values::id::CustomerId;

use super::editing::{CONTACT, account};
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

/// A customer in Poland, which demands a registration ID and a phone number, from before that was asked.
async fn has_old_customer(portal: &Portal, name: &str) -> CustomerId {
    let customer = portal.has_customer(name).await;
    portal.database.change(&format!(
        "UPDATE customers SET country = 'PL', culture = 'pl-PL', postal_code = '00-950' WHERE id = '{customer}'"
    ));
    customer
}

/// The same of a provider in another region.
async fn has_old_customer_of(
    portal: &Portal,
    provider: &Organisation,
    culture: &str,
    postal: &str,
) -> CustomerId {
    let country = provider.country.code();
    let domain = format!("alder{}.onmicrosoft.com", country.to_lowercase());
    let customer = portal.has_customer_at(provider, "Alder", &domain).await;
    portal.database.change(&format!(
        "UPDATE customers SET country = '{country}', culture = '{culture}', postal_code = '{postal}' \
         WHERE id = '{customer}'"
    ));
    customer
}

async fn fills_in(browser: &mut Browser) {
    browser.fill("Company registration ID", "856-734-62-15").fill("Phone number", "+48 12 345 67 89");
    browser.press("Save").await;
}

#[actix_web::test]
async fn any_block_asks_first_for_what_the_country_demands() {
    let portal = Portal::open().await;
    let alder = has_old_customer(&portal, "Alder").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&account(&alder)).await;
    sam.sees("Poland demands a company registration ID and a phone number, and this account holds neither.");
    sam.sees_link("Fill in what is missing");
    sam.follow(CONTACT).await;
    sam.sees("What Poland demands first").sees("Known in Poland as NIP");
    sam.fill("Last name", "Holm").press("Save").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees_problem("Company registration ID", "Enter the company registration ID.");
    sam.sees_problem("Phone number", "Enter the phone number.");
    assert_eq!(sam.field("Last name"), "Holm");
    fills_in(&mut sam).await;
    sam.sees("The account is changed.").sees("8567346215").sees("Cora Holm").sees_not("Poland demands");
    sam.visit("/activity").await;
    sam.sees_row(&["Company registration ID", "None", "8567346215"]).sees_row(&[
        "Last name",
        "Customer",
        "Holm",
    ]);
}

#[actix_web::test]
async fn who_may_not_fill_it_in_is_told_who_may() {
    let portal = Portal::open().await;
    let alder = has_old_customer(&portal, "Alder").await;
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit(&account(&alder)).await;
    helen.sees("Poland demands").sees_no_link("Fill in what is missing");
    helen.follow(CONTACT).await;
    helen.sees("takes one of these roles in your organization: Global admin, Admin agent, Sales agent.");
    helen.sees_not("What Poland demands first");
    helen.press("Save").await;
    helen.sees_problem("Phone number", "Enter the phone number.");
    helen.fill("Phone number", "+48 12 345 67 89").press("Save").await;
    helen
        .sees("The account is changed.")
        .sees("Poland demands a company registration ID, and this account holds none.");
}

#[actix_web::test]
async fn an_order_begins_once_it_is_filled_in_and_one_comes_back_to_it() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Business Basic", 510)).await;
    let alder = has_old_customer(&portal, "Alder").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/subscriptions/new")).await;
    sam.sees_heading("Registration number and phone").sees("Poland demands");
    sam.sees("you come back to the order");
    sam.press("Save").await;
    sam.sees_problem("Phone number", "Enter the phone number.");
    fills_in(&mut sam).await;
    sam.sees_heading("New subscription").sees("The account is changed.");
    sam.fill("Licenses of Business Basic", "3").press("Next: Review").await;
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
}

#[actix_web::test]
async fn an_order_that_was_begun_keeps_what_was_chosen() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Business Basic", 510)).await;
    let alder = portal.has_customer("Alder").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/subscriptions/new")).await;
    sam.fill("Licenses of Business Basic", "3");
    // Meanwhile the rules of its country have changed.
    portal.database.change("UPDATE customers SET country = 'PL', culture = 'pl-PL', postal_code = '00-950'");
    sam.press("Next: Review").await;
    sam.sees_heading("Registration number and phone");
    fills_in(&mut sam).await;
    sam.sees_heading("New subscription");
    assert_eq!(sam.field("Licenses of Business Basic"), "3");
    sam.press("Next: Review").await;
    portal.database.change("UPDATE customers SET phone = ''");
    sam.press("Submit").await;
    sam.sees_heading("Review").sees("does not hold all that its country demands");
    assert_eq!(portal.database.number("SELECT count(*) FROM orders"), 0);
    let refused = "SELECT count(*) FROM activity_records WHERE changes LIKE '%account_incomplete%'";
    assert_eq!(portal.database.number(refused), 1);
    sam.follow(
        "The customer’s account does not hold all that its country demands of companies. Fill it in first.",
    )
    .await;
    sam.fill("Phone number", "+48 12 345 67 89").press("Save").await;
    sam.press("Next: Review").await;
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
}

#[actix_web::test]
async fn nothing_is_raised_or_reactivated_before_and_reducing_goes_on() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let named = portal.has_partner("Named IT", "DE", "4810235").await;
    let alder = has_old_customer(&portal, "Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let incentives = Some(("4810235".to_owned(), named.id));
    let basic = PlainSubscription { incentives, ..PlainSubscription::new("Business Basic") };
    let basic = portal.has_subscription(&alder, basic).await;
    let page = format!("/subscriptions/{basic}");
    // Who sees no account is not led there.
    let mut nora = portal.browser_in(&named, &[Role::SalesAgent]).await;
    nora.visit(&page).await;
    nora.sees("does not hold all that its country demands").sees_no_link("Fill in what is missing");
    let mut olga = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    olga.visit(&page).await;
    olga.fill("Quantity", "30").press("Change quantity").await;
    assert_eq!(olga.status(), StatusCode::UNPROCESSABLE_ENTITY);
    olga.sees("This was not done.");
    assert_eq!(olga.field("Quantity"), "30");
    olga.fill("Quantity", "20").press("Change quantity").await;
    olga.press("Change quantity").await;
    olga.sees("The quantity is changed.");
    olga.follow("Suspend").await;
    olga.choose("Reason", "Non-payment").press("Suspend subscription").await;
    olga.sees_no_button("Reactivate");
    olga.follow("Fill in what is missing").await;
    olga.sees("you come back to the subscription");
    fills_in(&mut olga).await;
    olga.sees_heading("Business Basic");
    olga.press("Reactivate").await;
    olga.fill("Quantity", "30").press("Change quantity").await;
    olga.press("Change quantity").await;
    olga.sees("The quantity is changed.");
}

#[actix_web::test]
async fn each_country_has_its_own_rules_and_languages() {
    let portal = Portal::open().await;
    for (country, culture, postal, asked, languages) in [
        (
            "BR",
            "pt-BR",
            "40301-110",
            Some(("CNPJ", "11.222.333/0001-81", "+55 11 2345-6789")),
            "Portuguese (Brazil)",
        ),
        ("RU", "ru-RU", "247112", Some(("INN", "7707083893", "+7 301 123-45-67")), "Russian (Russia)"),
        ("JP", "ja-JP", "154-0023", None, "Japanese (Japan)"),
    ] {
        let provider = portal
            .has_organisation(OrganisationKind::Provider, &format!("Provider {country}"), country)
            .await;
        let customer = has_old_customer_of(&portal, &provider, culture, postal).await;
        let mut sam = portal.browser_in(&provider, &[Role::SalesAgent]).await;
        sam.visit(&format!("{}/company", account(&customer))).await;
        sam.choose("Culture / language", languages);
        if let Some((known_as, registration, phone)) = asked {
            sam.sees(&format!("as {known_as}"));
            sam.fill("Company registration ID", registration).fill("Phone number", phone);
        }
        // Its address is from before states were asked.
        if country != "RU" {
            sam.press("Save").await;
            sam.sees_problem("State/province", "Enter the state/province.");
            sam.fill("State/province", if country == "JP" { "東京都" } else { "São Paulo" });
        }
        sam.fill("Company name", "Alder 2").press("Save").await;
        sam.sees("The account is changed.").sees("Alder 2");
    }
}
