//! Names of people, states, languages and relationships, wherever they are shown.

use twotier::access::{OrganisationKind, Role};

use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

fn fill_japanese(browser: &mut Browser) {
    browser.fill("Company name", "株式会社さくら").fill("Primary domain name", "sakura");
    browser.fill("Address line 1", "若林4-27-10").fill("City", "世田谷区").fill("State/province", "東京都");
    browser.fill("ZIP/Postal code", "154-0023");
    let mut contact = browser.within("Primary contact");
    contact.fill("First name", "太郎").fill("Last name", "山田").fill("Email address", "taro@sakura.example");
}

#[actix_web::test]
async fn a_japanese_customer_is_named_and_addressed_as_in_japan() {
    let portal = Portal::open().await;
    let hinode = portal.has_organisation(OrganisationKind::Provider, "Hinode", "JP").await;
    let mut gina = portal.browser_in(&hinode, &[Role::GlobalAdmin]).await;
    gina.visit("/customers/new").await;
    fill_japanese(&mut gina);
    gina.press("Next: Subscriptions").await;
    // The letter, and who is asked.
    gina.sees("株式会社さくら, to 山田 太郎, taro@sakura.example.");
    assert!(gina.field("Message").starts_with("Dear 山田 太郎,"), "{}", gina.field("Message"));
    gina.press("Next: Subscriptions").await;
    gina.press("Next: Review").await;
    gina.sees("山田 太郎").sees("〒154-0023").sees("東京都 世田谷区 若林4-27-10").sees("Japanese (Japan)");
    gina.sees_not("太郎 山田").sees_not("ja-JP");
    gina.press("Submit").await;
    gina.visit("/customers").await;
    gina.sees_row(&["株式会社さくら", "sakura.onmicrosoft.com", "Direct", "Agreement awaited"]);
    gina.sees("山田 太郎").sees_not("太郎 山田");
    gina.follow("Account").await;
    gina.sees("山田 太郎").sees("〒154-0023").sees("Japanese (Japan)").sees_not("ja-JP");
}

#[actix_web::test]
async fn a_mexican_address_names_its_state() {
    let portal = Portal::open().await;
    let sol = portal.has_organisation(OrganisationKind::Provider, "Sol", "MX").await;
    let mut gina = portal.browser_in(&sol, &[Role::GlobalAdmin]).await;
    gina.visit("/organisation/profile").await;
    gina.fill("Address line 1", "Avenida Juárez 1").fill("City", "Coyoacán").fill("ZIP/Postal code", "04000");
    gina.choose("State/province", "Ciudad de México");
    gina.fill("First name", "Frida").fill("Last name", "Kahlo").fill("Email address", "frida@sol.example");
    gina.fill("Support email address (optional)", "help@sol.example").press("Save").await;
    gina.sees("04000 Coyoacán, Ciudad de México").sees_not("CMX");
    // Also where two people changed the same, and in the log.
    let mut other = gina.clone_session();
    other.visit("/organisation/profile").await;
    gina.visit("/organisation/profile").await;
    gina.choose("State/province", "Nuevo León").press("Save").await;
    other.choose("State/province", "Oaxaca").press("Save").await;
    other.sees_row(&["State/province", "Nuevo León", "Oaxaca"]);
    other.visit("/activity").await;
    other.sees_row(&["State", "Ciudad de México", "Nuevo León"]).sees_not("CMX").sees_not("NLE");
}

#[actix_web::test]
async fn the_account_says_through_whom_a_customer_is_had_and_whether_it_can_be_ordered_for() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let account = format!("/customers/{alder}/account");
    sam.visit(&account).await;
    sam.sees("Relationship Direct").sees("Account Active").sees("German (Germany)").sees_not("de-DE");
    portal.has_delegation(&alder, &brightwater).await;
    portal.has_no_agreement(&alder).await;
    sam.reload().await;
    sam.sees("Relationship Through Brightwater IT").sees("Account Agreement awaited");
    // To the reseller, the provider is no relationship but the other side.
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    olga.visit("/customers").await;
    olga.sees_row(&["Alder", "Harbor Distribution", "Agreement awaited"]).sees_not("Relationship");
}

#[actix_web::test]
async fn exports_of_subscriptions_name_the_product_and_the_nickname_apart() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let basic = portal.has_subscription(&alder, PlainSubscription::new("Business Basic")).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/subscriptions/{basic}")).await;
    sam.fill("Nickname", "Warehouse").press("Change nickname").await;
    sam.visit(&format!("/customers/{alder}/subscriptions")).await;
    sam.follow("Export as CSV").await;
    let text = sam.download().text();
    let line = format!("{basic},Business Basic,25,active,,Warehouse,");
    assert!(text.lines().any(|found| found == line), "{text}");
}
