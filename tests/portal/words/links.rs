//! Whoever may not open a page gets no link to it; whoever is asked finds the question.

use std::collections::{HashSet, VecDeque};

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::partners::model::Organisation;
use twotier::values::id::CustomerId;

use crate::ordering::begun;
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::fixtures::{PlainOffer, fill_account};
use crate::support::portal::Portal;

/// More pages than these stories have of different kinds.
const MOST: usize = 200;

/// Follows every link from the start on, and answers those that were refused, with the page that had them.
async fn refused(browser: &mut Browser) -> Vec<String> {
    let mut refused = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    let mut ahead = VecDeque::from([("/".to_owned(), String::new())]);
    while let Some((path, from)) = ahead.pop_front() {
        // Downloads are no pages, and the way to the same page with another filter is no other link.
        let kind = path.split('?').next().unwrap_or_default().to_owned();
        if kind.ends_with("/export")
            || kind.ends_with("/file")
            || kind.contains("sample")
            || !seen.insert(kind)
        {
            continue;
        }
        assert!(seen.len() <= MOST, "more kinds of pages than {MOST}");
        browser.visit(&path).await;
        if browser.status() == StatusCode::FORBIDDEN {
            refused.push(format!("{path}, linked from {from}"));
            continue;
        }
        let here = browser.path().to_owned();
        let links = browser.html().split("<a ").skip(1).filter_map(|rest| rest.split("href=\"").nth(1));
        let links =
            links.filter_map(|rest| rest.split(['"', '#']).next()).filter(|link| link.starts_with('/'));
        ahead.extend(links.map(|link| (link.replace("&amp;", "&"), here.clone())));
    }
    refused
}

/// Something of every kind that links lead to.
async fn something(portal: &Portal) -> (Organisation, CustomerId) {
    portal.has_offer(PlainOffer::new("Business Premium", 510)).await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    portal.has_subscription(&alder, PlainSubscription::new("Business Basic")).await;
    // One that can be named for nothing new: the customer's first page says so, and where to look.
    let stalled = portal.has_partner("Stalled", "DE", "4810299").await;
    portal.has_delegation(&alder, &stalled).await;
    portal.has_suspended(&stalled, "Invoices").await;
    // Drafts of both kinds, and a customer that was asked.
    begun::sam_chooses(portal, "juniper", Some(&brightwater)).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/subscriptions/new")).await;
    sam.fill("Licenses of Business Premium", "5").press("Next: Review").await;
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Fir Hall", "firhall");
    sam.press("Next: Subscriptions").await;
    sam.sees_heading("Ask for the customer agreement");
    sam.visit("/partnership-requests/new").await;
    sam.fill("Reseller’s email address", "olga@newleaf.example").press("Save text").await;
    (brightwater, alder)
}

#[actix_web::test]
async fn no_link_leads_to_a_refusal_whatever_the_role() {
    let portal = Portal::open().await;
    let (brightwater, alder) = something(&portal).await;
    let operator = portal.has_organisation(OrganisationKind::Operator, "Operator", "DE").await;
    let harbor = portal.harbor.clone();
    let mut complaints = Vec::new();
    for organisation in [&harbor, &brightwater, &operator] {
        for role in Role::ALL {
            let mut browser = portal.browser_in(organisation, &[*role]).await;
            let found = refused(&mut browser).await;
            complaints
                .extend(found.into_iter().map(|link| format!("{role:?} of {}: {link}", organisation.name)));
        }
    }
    // The customer's own people, who have yet to accept the customer agreement.
    portal.has_no_agreement(&alder).await;
    let mut cora = portal.signed_in(&portal.has_admin(&alder).await).await;
    let found = refused(&mut cora).await;
    complaints.extend(found.into_iter().map(|link| format!("of the customer: {link}")));
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[actix_web::test]
async fn whoever_resets_a_password_without_seeing_customers_finds_the_way_back() {
    let portal = Portal::open().await;
    let customer = begun::has_customer(&portal, "juniper", None).await;
    let mut uma = portal.browser_of(Role::UserAdmin).await;
    uma.visit(&format!("/customers/{customer}/admin-password")).await;
    uma.sees_no_link("Customers");
    uma.press("Reset password").await;
    uma.sees("Note both now.");
    uma.follow("Done").await;
    assert_eq!(uma.status(), StatusCode::OK);
}

#[actix_web::test]
async fn a_reseller_that_is_asked_reads_it_on_its_first_page() {
    let portal = Portal::open().await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let email = portal.add_person(&brightwater, &[Role::AdminAgent]).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/partnership-requests/new").await;
    sam.fill("Reseller’s email address", &email).press("Send").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    olga.visit("/").await;
    assert_eq!(olga.path(), "/customers");
    olga.sees("Harbor Distribution asks for a partnership with your organization.");
    olga.follow("Answer the request").await;
    olga.sees_heading("Harbor Distribution asks for a partnership");
    olga.check("I have read what accepting means, and I consent to it for Brightwater IT.");
    olga.press("Authorize indirect provider").await;
    olga.visit("/").await;
    olga.sees_not("asks for a partnership");
    let mut hanna = portal.browser_in(&brightwater, &[Role::HelpdeskAgent]).await;
    hanna.visit("/").await;
    hanna.sees_not("asks for a partnership");
}

#[actix_web::test]
async fn the_box_beside_a_new_customer_says_what_the_form_says() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/new?reseller={}", brightwater.id)).await;
    sam.sees("through Brightwater IT (MPN ID 4810233)").sees("Customer New");
    sam.fill("Company name", "Juniper Hall").choose("Indirect reseller", "No reseller: a direct customer");
    sam.choose("Country/region", "France").press("Update fields for this country").await;
    sam.sees("Customer Juniper Hall").sees("Country/region France");
    sam.sees("Relationship No reseller: a direct customer").sees_not("through Brightwater IT");
    // With scripts it follows each key: each part names the field that it follows.
    for field in ["#field-company", "#field-country", "#field-reseller"] {
        assert!(sam.html().contains(&format!("data-follows=\"{field}\"")), "{field}");
    }
}
