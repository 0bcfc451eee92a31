//! New customer, the first step of the wizard.

use diesel::prelude::*;
use twotier::access::{OrganisationKind, Role};
use twotier::db::schema::drafts;
use twotier::values::id::{DraftId, OrganisationId};
use twotier::values::moment::Moment;

mod twice;

use crate::operator::operator;
use crate::qualifications::issues;
use crate::support::browser::Browser;
use crate::support::fixtures::{fill_account, sam_adds_juniper_hall};
use crate::support::portal::Portal;

const ASKING: &str = "/agreement-requests/";

#[actix_web::test]
async fn a_customer_is_begun_from_a_resellers_row() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_partner("Newleaf Technology", "FR", "4810299").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/new?reseller={}", brightwater.id)).await;
    sam.sees_heading("New customer").sees("through Brightwater IT (MPN ID 4810233)");
    sam.sees("Choosing a reseller delegates account and subscription management");
    assert_eq!(sam.field("Indirect reseller"), "Brightwater IT (MPN ID 4810233)");
    assert_eq!(draft_count(&portal).await, 0, "looking makes nothing");
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    next(&mut sam).await;
    assert!(location(&sam).starts_with(ASKING));
    assert_eq!(reseller_of_only(&portal).await, Some(brightwater.id));
    sam.visit(&address_of_only(&portal, "customer").await).await;
    assert_eq!(sam.field("Company name"), "Juniper Hall");
    // Chosen beforehand is not chosen for good.
    sam.choose("Indirect reseller", "No reseller: a direct customer");
    next(&mut sam).await;
    assert_eq!(reseller_of_only(&portal).await, None);
}

#[actix_web::test]
async fn a_reseller_without_partnership_is_refused_at_its_field() {
    let portal = Portal::open().await;
    let stranger = portal.has_reseller("Stranger", "DE", "4810233").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/new?reseller={}", stranger.id)).await;
    sam.sees("This reseller is not in partnership with you.");
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    sam.press("Next: Subscriptions").await;
    sam.sees_problem("Indirect reseller", "This reseller is not in partnership with you.");
    assert_eq!(sam.field("Indirect reseller"), "The reseller chosen before, no longer in partnership");
    assert_eq!(reseller_of_only(&portal).await, None);
    sam.choose("Indirect reseller", "No reseller: a direct customer");
    next(&mut sam).await;
    assert!(location(&sam).starts_with(ASKING));
    sam.visit("/customers/new?reseller=%00nonsense").await;
    sam.sees("Choose one from the list.");
}

#[actix_web::test]
async fn a_partnership_that_ends_meanwhile_is_noticed_on_the_way() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut sam = sam_adds_juniper_hall(&portal, &brightwater).await;
    next(&mut sam).await;
    portal.has_removed_partnerships().await;
    sam.visit(&(address_of_only(&portal, "customer").await + "?check=yes&next=review")).await;
    sam.sees_problem("Indirect reseller", "This reseller is not in partnership with you.");
    assert_eq!(sam.field("Company name"), "Juniper Hall");
    sam.choose("Indirect reseller", "No reseller: a direct customer").stay().press("Next: Review").await;
    assert_eq!(location(&sam), address_of_only(&portal, "review").await);
}

#[actix_web::test]
async fn all_problems_come_at_once_and_nothing_typed_is_lost() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    sam.fill("Primary domain name", "juniper-hall").fill("Address line 2", "  two  blanks ");
    sam.choose("Country/region", "Poland").choose("Culture / language", "English (Germany)");
    sam.choose("Special qualifications", "Education");
    sam.within("Primary contact").fill("Email address", "ada@");
    sam.press("Next: Subscriptions").await;
    sam.sees_problem("Company name", "Enter the company name.");
    sam.sees_problem("Primary domain name", "Use letters and digits only");
    sam.sees_problem("Company registration ID", "Enter the company registration ID.");
    sam.within("Primary contact").sees_problem("Phone number", "Enter the phone number.");
    sam.within("Primary contact").sees_problem("Email address", "There is nothing behind the @.");
    assert_eq!(sam.field("Primary domain name"), "juniper-hall");
    assert_eq!(sam.field("Address line 2"), "  two  blanks ");
    assert_eq!(sam.field("Country/region"), "Poland");
    assert_eq!(sam.field("Culture / language"), "English (Poland)");
    assert_eq!(sam.field("Special qualifications"), "Education");
    // It is kept already, wrong as it is: also for a colleague, also tomorrow.
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit("/drafts").await;
    ada.sees_row(&["No name yet", "New customer", "Sam sales_agent"]);
    ada.follow("Continue the customer without a name").await;
    assert_eq!(ada.field("Primary domain name"), "juniper-hall");
    ada.sees_not("Enter the company name.");
}

#[actix_web::test]
async fn the_page_of_a_kept_draft_saves_to_that_draft() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    sam.press("Next: Subscriptions").await;
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    next(&mut sam).await;
    assert!(location(&sam).starts_with(ASKING));
    assert_eq!(draft_count(&portal).await, 1);
}

#[actix_web::test]
async fn whatever_is_typed_is_answered() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let long = "x".repeat(10_000);
    for text in ["a\0b", "\u{202e}<script>alert(1)</script>", "' OR 1=1 --", &long] {
        sam.visit("/customers/new").await;
        fill_account(&mut sam, text, text);
        sam.fill("Address line 1", text).fill("City", text).fill("ZIP/Postal code", text);
        sam.within("Primary contact").fill("First name", text).fill("Phone number", text);
        sam.press("Next: Subscriptions").await;
        sam.within("Primary contact").sees_problem("Phone number", "");
        assert_eq!(sam.field("Company name"), text.replace('\0', ""));
        sam.reload().await;
        sam.visit("/drafts").await;
        sam.sees("New customer");
    }
    let draft = DraftId::new().to_string();
    for fields in
        [&[("draft", "1"), ("company", "x")][..], &[("draft", &draft), ("company", "a"), ("company", "b")]]
    {
        sam.post("/customers", fields).await;
        assert_eq!(sam.status(), 400);
    }
    let everything = "x".repeat(300_000);
    sam.post("/customers", &[("draft", &draft), ("company", &everything)]).await;
    assert_eq!(sam.status(), 413);
}

#[actix_web::test]
async fn another_country_needs_other_fields() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    assert_eq!(sam.field("Country/region"), "Germany");
    sam.sees("Like 26133").sees("Company registration ID (optional)");
    sam.fill("Company name", "Juniper Hall").choose("Country/region", "Hungary");
    sam.press("Update fields for this country").await;
    assert_eq!(sam.status(), 200, "no complaint yet");
    sam.sees_not("Company registration ID (optional)").sees("Known in Hungary as Adószám: 10 or 11 digits.");
    assert_eq!(sam.field("Company name"), "Juniper Hall");
    assert_eq!(sam.field("Culture / language"), "Hungarian (Hungary)");
    assert_eq!(draft_count(&portal).await, 1);
    sam.fill("ZIP/Postal code", "1051").choose("Country/region", "Germany");
    sam.press("Update fields for this country").await;
    assert_eq!(sam.field("ZIP/Postal code"), "1051");
}

#[actix_web::test]
async fn an_american_state_is_chosen_from_the_list() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "US").await;
    let mut sam = portal.browser_in(&summit, &[Role::SalesAgent]).await;
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    sam.fill("ZIP/Postal code", "98052").press("Next: Subscriptions").await;
    sam.sees_problem("State/province", "Choose the state/province.");
    sam.choose("State/province", "Washington");
    next(&mut sam).await;
    assert!(location(&sam).starts_with(ASKING));
    // Germany is another region.
    sam.visit("/customers/new").await;
    sam.sees_not("Germany");
}

#[actix_web::test]
async fn the_government_cloud_takes_a_validation_code() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "US").await;
    let (_, mut robin) = operator(&portal).await;
    issues(&mut robin, &summit, ("GCC-0042", "3")).await;
    let mut sam = portal.browser_in(&summit, &[Role::SalesAgent]).await;
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    sam.fill("ZIP/Postal code", "98052").choose("State/province", "Washington");
    sam.choose("Special qualifications", "Government Community Cloud").press("Next: Subscriptions").await;
    sam.sees_problem("Validation code", "Enter the validation code.")
        .sees("Each code lets in a limited number of customers.");
    sam.fill("Validation code", "GCC-0042").press("Next: Subscriptions").await;
    sam.sees_heading("Ask for the customer agreement");
    sam.press("Next: Subscriptions").await;
    sam.press("Next: Review").await;
    sam.sees("Government Community Cloud").sees("GCC-0042").sees("Hamburg, Washington 98052");
    sam.press("Submit").await;
    sam.follow("Done").await;
    sam.follow("Account").await;
    sam.sees("Government Community Cloud").sees("Validation code GCC-0042");
    // Elsewhere it is not offered, and not taken.
    let mut olaf = portal.browser_of(Role::SalesAgent).await;
    olaf.visit("/customers/new").await;
    olaf.sees_not("Validation code");
    assert!(!olaf.html().contains("Government Community Cloud"));
}

#[actix_web::test]
async fn a_market_of_one_country_leaves_nothing_to_choose() {
    let portal = Portal::open().await;
    let sakura = portal.has_organisation(OrganisationKind::Provider, "Sakura Supply", "JP").await;
    let mut sam = portal.browser_in(&sakura, &[Role::SalesAgent]).await;
    sam.visit("/customers/new").await;
    sam.sees("Japan").sees_no_button("Update fields for this country");
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    sam.fill("ZIP/Postal code", "1540023").fill("State/province", "Tokyo");
    next(&mut sam).await;
    assert!(location(&sam).starts_with(ASKING));
}

#[actix_web::test]
async fn a_domain_that_another_provider_gave_away_is_taken() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "US").await;
    portal.has_customer_at(&summit, "Old", "juniperhall.onmicrosoft.com").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/domain-availability?domain=JuniperHall").await;
    sam.sees("This is taken. Choose another one.");
    sam.visit("/domain-availability?domain=juniperhall2").await;
    sam.sees("juniperhall2.onmicrosoft.com is free.");
    // Signs that nobody sees make no other name.
    sam.visit("/domain-availability?domain=juniper%00hall").await;
    sam.sees("This is taken. Choose another one.");
    sam.visit("/domain-availability?domain=juniper-hall").await;
    sam.sees("Use letters and digits only");
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Juniper Hall", "JuniperHall");
    sam.press("Next: Subscriptions").await;
    sam.sees_problem("Primary domain name", "This is taken. Choose another one.");
    assert_eq!(sam.field("Primary domain name"), "JuniperHall");
    sam.fill("Primary domain name", "juniperhall2");
    next(&mut sam).await;
    assert!(location(&sam).starts_with(ASKING));
    // Only customers hold domains, drafts do not.
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Juniper Hall Two", "juniperhall2");
    sam.press("Next: Subscriptions").await;
    sam.sees("Only one of the two can be submitted.");
    sam.stay().press("Add anyway").await;
    assert!(location(&sam).starts_with(ASKING));
}

#[actix_web::test]
async fn the_agreement_is_awaited_or_accepted_on_a_day() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    let (asked, accepted) = (
        "Customer will be asked to accept the customer agreement",
        "Customer has accepted the customer agreement",
    );
    assert_eq!(sam.field("Acceptance of the customer agreement"), asked);
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    sam.choose("Acceptance of the customer agreement", accepted).press("Next: Subscriptions").await;
    sam.sees_problem("Agreement acceptance date", "Enter the agreement acceptance date.");
    sam.fill("Agreement acceptance date", "2999-01-01").press("Next: Subscriptions").await;
    sam.sees_problem("Agreement acceptance date", "Enter a day that is not in the future.");
    let today = Moment::now().day().to_string();
    sam.fill("Agreement acceptance date", &today);
    sam.within("If it was the primary contact").fill("First name", "Grace");
    sam.press("Next: Subscriptions").await;
    sam.within("If it was the primary contact").sees_problem("Last name", "Enter the last name.");
    sam.within("If it was the primary contact").fill("First name", "");
    next(&mut sam).await;
    assert!(location(&sam).ends_with("/subscriptions"));
}

#[actix_web::test]
async fn a_user_admin_cannot_say_that_the_agreement_is_accepted() {
    let portal = Portal::open().await;
    let mut uma = portal.browser_of(Role::UserAdmin).await;
    uma.visit("/customers/new").await;
    uma.sees_not("Customer has accepted").sees("an Admin agent or a Sales agent");
    let draft = DraftId::new().to_string();
    uma.post("/customers", &[("draft", &draft), ("agreement", "accepted"), ("agreement_on", "2026-01-01")])
        .await;
    uma.sees_problem("Acceptance of the customer agreement", "Choose one from the list.");
}

/// Presses Next and stays, whatever the next step is made of.
async fn next(browser: &mut Browser) {
    browser.stay().press("Next: Subscriptions").await;
    assert_eq!(browser.status(), 303, "{}", browser.text());
}

fn location(browser: &Browser) -> String {
    browser.header("location").expect("a redirect").to_owned()
}

async fn draft_count(portal: &Portal) -> i64 {
    portal.query(|conn| Ok(drafts::table.count().get_result(conn)?)).await
}

async fn address_of_only(portal: &Portal, page: &str) -> String {
    let id: DraftId = portal.query(|conn| Ok(drafts::table.select(drafts::id).first(conn)?)).await;
    assert_eq!(draft_count(portal).await, 1);
    format!("/drafts/{id}/{page}")
}

async fn reseller_of_only(portal: &Portal) -> Option<OrganisationId> {
    portal.query(|conn| Ok(drafts::table.select(drafts::reseller_id).first(conn)?)).await
}
