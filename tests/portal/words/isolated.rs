//! A name that runs from right to left turns neither the sentence nor the letter around it.

use twotier::access::Role;

use crate::support::fixtures::fill_account;
use crate::support::portal::Portal;

/// "The good company" in Hebrew, and in Arabic with a number behind it.
const HEBREW: &str = "החברה הטובה";
const ARABIC: &str = "الشركة الطيبة 12";

#[actix_web::test]
async fn names_from_right_to_left_stand_for_themselves_on_pages() {
    let portal = Portal::open().await;
    let reseller = portal.has_partner(ARABIC, "DE", "4810233").await;
    let customer = portal.has_customer_at(&portal.harbor, HEBREW, "hebrew.onmicrosoft.com").await;
    portal.has_delegation(&customer, &reseller).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    let html = sam.html().to_owned();
    assert!(html.contains(&format!("<bdi>{HEBREW}</bdi>")), "{html}");
    assert!(html.contains(&format!("Through <bdi>{ARABIC}</bdi>")), "{html}");
    // In lists to choose from there are no elements.
    assert!(html.contains(&format!("\u{2068}{ARABIC}\u{2069} (4810233)")), "{html}");
    sam.visit(&format!("/customers/{customer}/account")).await;
    sam.sees_heading(HEBREW).sees(&format!("Through {ARABIC}"));
    assert!(sam.html().contains(&format!("<h1><bdi>{HEBREW}</bdi></h1>")));
    sam.visit("/customers").await;
    sam.fill("Search name, domain or Microsoft ID", "הטובה").press("Apply").await;
    sam.sees_row(&[HEBREW]);
    assert!(sam.html().contains("Search: <bdi>הטובה</bdi>"), "{}", sam.html());
}

#[actix_web::test]
async fn names_from_right_to_left_stand_for_themselves_in_letters() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    fill_account(&mut sam, HEBREW, "juniperhall");
    sam.press("Next: Subscriptions").await;
    assert_eq!(sam.field("Subject"), format!("Customer agreement for \u{2068}{HEBREW}\u{2069}"));
    sam.sees("Ask for the customer agreement");
    assert!(sam.field("Message").contains(&format!("subscriptions for \u{2068}{HEBREW}\u{2069}, somebody")));
    // What has one direction only carries no signs that nobody sees.
    assert!(sam.field("Message").starts_with("Dear Ada Finch,"));
    sam.press("Send").await;
    portal.carry_mail().await;
    let letter = portal.letter_to("ada@juniper.example");
    assert!(letter.body_text.contains(&format!("\u{2068}{HEBREW}\u{2069}")), "{}", letter.body_text);
}

#[actix_web::test]
async fn a_name_that_turns_the_direction_stays_within_its_own_bounds() {
    let portal = Portal::open().await;
    let name = "Acme \u{202e}elpmaxe";
    let customer = portal.has_customer_at(&portal.harbor, name, "acme.onmicrosoft.com").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{customer}/account")).await;
    let loose = sam.html().split("<bdi>").skip(1).filter_map(|rest| rest.split("</bdi>").next());
    let isolated = loose.filter(|text| text.contains('\u{202e}')).count();
    assert!(isolated >= 2, "{}", sam.html());
}
