//! What was wrong is named, at the field and in the box above.

use twotier::access::{OrganisationKind, Role};

use crate::support::fixtures::fill_account;
use crate::support::portal::Portal;

#[actix_web::test]
async fn what_is_missing_is_named_by_its_field() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    sam.press("Next: Subscriptions").await;
    for (label, words) in [
        ("Company name", "Enter the company name."),
        ("Primary domain name", "Enter the primary domain name."),
        ("City", "Enter the city."),
        ("ZIP/Postal code", "Enter the ZIP/postal code."),
    ] {
        sam.sees_problem(label, words);
    }
    sam.sees_not("Fill this in.").sees_not("Choose one.");
}

#[actix_web::test]
async fn a_state_is_typed_or_chosen_and_the_words_say_which() {
    let portal = Portal::open().await;
    for (country, words) in [("US", "Choose the state/province."), ("AU", "Enter the state/province.")] {
        let name = format!("Provider {country}");
        let provider = portal.has_organisation(OrganisationKind::Provider, &name, country).await;
        let mut gina = portal.browser_in(&provider, &[Role::GlobalAdmin]).await;
        gina.visit("/organisation/profile").await;
        gina.press("Save").await;
        gina.sees_problem("State/province", words);
    }
}

#[actix_web::test]
async fn what_is_misspelt_is_told_as_what_it_is() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    for (label, typed, words) in [
        ("Email address", "ada.juniper.example", "There is no @ in it."),
        ("Email address", "ada lee@juniper.example", "There is a blank in it."),
        ("Email address", "ada@juniper", "The domain “juniper” has no dot."),
        ("Email address", "ada@a.example, bo@b.example", "There is more than one @ in it."),
        ("Phone number (optional)", "ring twice", "There are letters in it."),
        ("Phone number (optional)", "040", "A telephone number has 5 or more"),
    ] {
        let right = sam.within("Primary contact").field(label);
        sam.within("Primary contact").fill(label, typed);
        sam.press("Next: Subscriptions").await;
        sam.within("Primary contact").sees_problem(label, words);
        assert_eq!(sam.within("Primary contact").field(label), typed);
        sam.within("Primary contact").fill(label, &right);
    }
    for (typed, words) in [
        ("2045", "A postal code here has 5 digits, like"),
        ("2O457", "There are other signs than digits in it."),
    ] {
        sam.fill("ZIP/Postal code", typed).press("Next: Subscriptions").await;
        sam.sees_problem("ZIP/Postal code", words);
        assert_eq!(sam.field("ZIP/Postal code"), typed);
    }
}

#[actix_web::test]
async fn a_website_is_told_what_it_lacks() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/organisation/profile").await;
    for (typed, words) in [
        ("ftp://harbor.example", "It begins with ftp:, which no website does."),
        ("help", "The name of the website has no dot."),
        ("https://me:secret@harbor.example", "There is a user name or a password in it"),
        ("https://127.0.0.1", "It is a number."),
    ] {
        gina.fill("Support website (optional)", typed).press("Save").await;
        gina.sees_problem("Support website (optional)", words);
    }
}
