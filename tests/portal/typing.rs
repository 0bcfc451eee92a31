//! What people type and paste, and how it is kept and shown: separators, prefixes, extensions, other scripts.

use twotier::access::{OrganisationKind, Role};
use twotier::values::moment::Moment;

use crate::support::browser::Browser;
use crate::support::fixtures::fill_account;
use crate::support::portal::Portal;
use crate::support::smtp::SmtpServer;

const PASSWORD: &str = "a long walk home";

#[actix_web::test]
async fn a_polish_customer_is_taken_as_its_papers_write_it() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Zakład\u{200b} Usług\u{202e}", "zak\u{ad}lad");
    sam.choose("Country/region", "Poland").press("Update fields for this country").await;
    sam.fill("ZIP/Postal code", "00950").fill("Company registration ID", "856-734-62-15");
    sam.within("Primary contact")
        .fill("First name", "Katja\tMaria")
        .fill("Phone number", "0048 (0)12 345 67 89 wew. 12");
    account_of_only(&portal, &mut sam).await;
    sam.sees("Zakład Usług").sees("zaklad.onmicrosoft.com");
    sam.sees("8567346215").sees("00-950").sees("Katja Maria Finch").sees("+48 12 345 67 89 ext. 12");
}

#[actix_web::test]
async fn a_japanese_customer_has_the_sign_of_its_post() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "JP").await;
    let mut sam = portal.browser_in(&summit, &[Role::SalesAgent]).await;
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    sam.fill("State/province", "Tokyo").fill("ZIP/Postal code", "〒154-00");
    sam.within("Primary contact").fill("Phone number", "０３－１２３４－５６７８ 内線９");
    sam.press("Next: Subscriptions").await;
    sam.sees_problem("ZIP/Postal code", "like 154-0023");
    assert_eq!(sam.field("ZIP/Postal code"), "〒154-00");
    sam.fill("ZIP/Postal code", "〒１５４－００２３");
    account_of_only(&portal, &mut sam).await;
    sam.sees("154-0023").sees_not("〒").sees("03-1234-5678 ext. 9");
}

#[actix_web::test]
async fn an_american_customer_keeps_its_extension_or_has_a_number_from_abroad() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "US").await;
    let mut sam = portal.browser_in(&summit, &[Role::SalesAgent]).await;
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    sam.choose("State/province", "Washington").fill("ZIP/Postal code", "98104 1234");
    sam.within("Primary contact").fill("Phone number", "425-555-012 x123");
    sam.press("Next: Subscriptions").await;
    sam.within("Primary contact").sees_problem("Phone number", "like (425) 555-0123");
    sam.within("Primary contact").fill("Phone number", "425-555-0123 x123");
    account_of_only(&portal, &mut sam).await;
    sam.sees("98104-1234").sees("425-555-0123 ext. 123");
}

#[actix_web::test]
async fn a_name_of_nothing_to_see_is_missing() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for nothing in ["\u{200b}", "\u{3164}", "\u{2800}"] {
        sam.visit("/customers/new").await;
        fill_account(&mut sam, nothing, "juniperhall");
        sam.within("Primary contact").fill("Last name", nothing);
        sam.press("Next: Subscriptions").await;
        sam.sees_problem("Company name", "Enter the company name.");
        sam.within("Primary contact").sees_problem("Last name", "Enter the last name.");
    }
}

#[actix_web::test]
async fn a_day_that_is_none_says_so() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_no_agreement(&alder).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/agreement")).await;
    for (typed, message) in [
        ("2025-11-31", "There is no such day. Check the day and the month."),
        ("20026-01-01", "Write the year with four digits"),
        ("11/30/2025", "Write it like this: 2026-01-31"),
    ] {
        sam.fill("Agreement acceptance date", typed).press("Save and continue").await;
        sam.sees_problem("Agreement acceptance date", message);
    }
    sam.fill("Agreement acceptance date", "2025/11/30").press("Save and continue").await;
    sam.sees("30 Nov 2025");
}

#[actix_web::test]
async fn an_address_beyond_ascii_is_written_to_in_ascii_and_shown_as_typed() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/people/new").await;
    gina.fill("Name", "Nora New").fill("Email address", "info@müller.de");
    gina.check("Sales agentSells: customers, orders, subscriptions.").press("Add").await;
    gina.sees_heading("Nora New").sees("on its way to info@müller.de").sees_not("xn--");
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    let mails = server.received(1).await;
    assert_eq!(mails[0].to, ["info@xn--mller-kva.de"]);
    assert_eq!(mails[0].header_to, "info@xn--mller-kva.de");

    let mut nora = portal.browser();
    nora.visit(mails[0].link()).await;
    nora.sees("for info@müller.de").sees_not("xn--");
    nora.fill("New password", PASSWORD).fill("New password again", PASSWORD).press("Set password").await;
    nora.fill("Email address", "Info＠MÜLLER。de").fill("Password", PASSWORD).press("Sign in").await;
    nora.visit("/profile").await;
    nora.sees("info@müller.de").sees_not("xn--");

    for typed in ["müller.de", "info@müller", "xn--mller-kva"] {
        gina.visit("/people").await;
        gina.fill("Search name or email address", typed).press("Apply").await;
        gina.sees_row(&["Nora New", "info@müller.de"]);
    }
    // It is one person in either spelling.
    gina.visit("/people/new").await;
    gina.fill("Name", "Nora Newer").fill("Email address", "info@xn--mller-kva.de");
    gina.check("Sales agentSells: customers, orders, subscriptions.").press("Add").await;
    gina.sees_problem("Email address", "Somebody signs in with this address already.");
    gina.visit("/activity").await;
    gina.sees("info@müller.de").sees_not("xn--");
}

#[actix_web::test]
async fn an_address_that_no_server_takes_says_why() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/people/new").await;
    for (typed, message) in [
        ("a..b@x.example", "A dot stands beside another one, or at an end."),
        (".a@x.example", "A dot stands beside another one, or at an end."),
        ("jörg@x.example", "Before the @, use letters from a to z without accents"),
        ("mia@x.example.", "A dot stands beside another one, or at an end."),
        ("mia@[127.0.0.1]", "No mail from elsewhere reaches “[127.0.0.1]”."),
        ("\"mia m\"@x.example", "There is a blank in it."),
        (&format!("{}@x.example", "m".repeat(65)), "Use 64 characters or fewer before the @."),
    ] {
        gina.fill("Email address", typed).press("Add").await;
        gina.sees_problem("Email address", message);
        assert_eq!(gina.field("Email address"), typed);
    }
}

#[actix_web::test]
async fn nothing_in_an_address_adds_an_addressee_to_a_letter() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.database.change("UPDATE customers SET email = 'a?bcc=x&cc=y%0abcc=z@customer.example'");
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit(&format!("/customers/{alder}/account")).await;
    let href = helen.href("a?bcc=x&cc=y%0abcc=z@customer.example");
    assert_eq!(href, "mailto:a%3Fbcc%3Dx%26cc%3Dy%250abcc%3Dz@customer.example");

    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/partnership-requests/new").await;
    sam.fill("Reseller’s email address", "a?bcc=x@brightwater.example").press("Save text").await;
    let href = sam.href("Open saved text in email");
    assert!(href.starts_with("mailto:a%3Fbcc%3Dx@brightwater.example?subject="), "{href}");
}

/// Goes through with a new customer that will be asked for the agreement, to its account.
async fn account_of_only(portal: &Portal, sam: &mut Browser) {
    sam.press("Next: Subscriptions").await;
    sam.sees_heading("Ask for the customer agreement");
    sam.press("Next: Subscriptions").await;
    sam.sees_heading("New subscription");
    let draft = sam.path().trim_end_matches("/subscriptions").to_owned();
    sam.visit(&format!("{draft}/review")).await;
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
    let customers = portal.database.texts("SELECT id AS text FROM customers");
    let [customer] = customers.as_slice() else { panic!("{customers:?} are there") };
    sam.visit(&format!("/customers/{customer}/account")).await;
}
