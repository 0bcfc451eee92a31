//! The Customers page.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};

use super::names;
use crate::support::portal::Portal;

#[actix_web::test]
async fn an_empty_list_says_why_and_what_next() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    sam.sees_heading("No customers yet").sees("No customers").sees_link("Add the first one");
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut olga = portal.browser_in(&reseller, &[Role::GlobalAdmin]).await;
    olga.visit("/customers").await;
    olga.sees_heading("No customers yet").sees_link("See your indirect providers");
    olga.sees_no_link("Add customer").sees_no_link("Add the first one");
}

#[actix_web::test]
async fn a_row_shows_the_customer_and_unfolds_without_script() {
    let portal = Portal::open().await;
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder & Finch").await;
    portal.has_delegation(&alder, &reseller).await;
    let direct = portal.has_customer("Direct Foods").await;
    portal.has_no_agreement(&direct).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    sam.sees("2 customers");
    sam.sees_row(&["Alder & Finch", "alderfinch.onmicrosoft.com", "Through Brightwater IT", "Active"]);
    sam.sees_row(&["Direct Foods", "Direct", "Agreement awaited"]);
    // What unfolds is in the page: <details> in the first cell, and the row after it.
    assert_eq!(sam.html().matches("<td class=\"fold\"><details").count(), 2);
    sam.sees(alder.as_str()).sees("Awaited. Offers can be chosen, and are ordered once it is accepted.");
    assert_eq!(sam.within(alder.as_str()).href("View orders"), format!("/customers/{alder}/orders"));
    assert_eq!(
        sam.within(alder.as_str()).href("Add subscription"),
        format!("/customers/{alder}/subscriptions/new")
    );
    assert_eq!(sam.href("Alder & Finch"), format!("/customers/{alder}/subscriptions"));
    sam.within(alder.as_str()).follow("Account").await;
    sam.sees_heading("Alder & Finch");
}

#[actix_web::test]
async fn a_customer_has_an_address_of_its_own_and_nothing_else_has() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder & Finch").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}")).await;
    sam.sees_heading("Alder & Finch");
    sam.visit("/customers/nonsense").await;
    assert_eq!(sam.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_provider_sees_its_own_customers_and_a_reseller_those_delegated_to_it() {
    let portal = Portal::open().await;
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let other_reseller = portal.has_partner("Newleaf", "DE", "4810255").await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "US").await;
    let alder = portal.has_customer("Alder").await;
    let birch = portal.has_customer("Birch").await;
    portal.has_customer("Cedar").await;
    let delta = portal.has_customer_of(&summit, "Delta").await;
    portal.has_delegation(&alder, &reseller).await;
    portal.has_delegation(&birch, &other_reseller).await;
    portal.has_delegation(&delta, &reseller).await;
    let ended = portal.has_delegation(&birch, &reseller).await;
    portal.has_ended(&ended).await;

    let mut sam = portal.browser_of(Role::HelpdeskAgent).await;
    sam.visit("/customers").await;
    assert_eq!(names(&sam), ["Alder", "Birch", "Cedar"]);
    for path in ["account", "subscriptions", "admin-password"] {
        sam.visit(&format!("/customers/{delta}/{path}")).await;
        assert_eq!(sam.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let mut olga = portal.browser_in(&reseller, &[Role::SalesAgent]).await;
    olga.visit("/customers").await;
    assert_eq!(names(&olga), ["Alder", "Delta"]);
    assert_eq!(olga.cell("Alder", "Indirect provider"), "Harbor Distribution");
    assert_eq!(olga.cell("Delta", "Indirect provider"), "Summit");
    olga.sees_no_link("Add subscription").sees_no_link("Add customer").sees_not("Newleaf");
    // A filter that is not theirs changes nothing, and finding searches their own only.
    olga.visit(&format!("/customers?reseller={}", other_reseller.id)).await;
    assert_eq!(names(&olga), ["Alder", "Delta"]);
    olga.fill("Search name, domain or Microsoft ID", "irch").press("Apply").await;
    olga.sees_heading("No customer matches");
    olga.visit(&format!("/customers/{birch}/account")).await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    olga.visit(&format!("/customers/{alder}/account")).await;
    assert_eq!(olga.status(), StatusCode::OK);
}

#[actix_web::test]
async fn the_list_is_filtered_by_reseller_and_the_filter_goes_on_to_a_new_customer() {
    let portal = Portal::open().await;
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_partner("Zenith", "DE", "4810277").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_customer("Birch").await;
    portal.has_delegation(&alder, &reseller).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    sam.choose("Indirect reseller", "Brightwater IT (4810233)").press("Apply").await;
    assert_eq!(names(&sam), ["Alder"]);
    sam.sees("1 customer through Brightwater IT").sees("Reseller: Brightwater IT");
    assert_eq!(sam.field("Indirect reseller"), "Brightwater IT (4810233)");
    assert_eq!(sam.href("Add customer"), format!("/customers/new?reseller={}", reseller.id));
    assert_eq!(sam.href("Export as CSV"), format!("/customers/export?reseller={}&format=csv", reseller.id));
    sam.follow("Remove filter Reseller: Brightwater IT").await;
    assert_eq!(names(&sam), ["Alder", "Birch"]);
    sam.choose("Indirect reseller", "Zenith (4810277)").press("Apply").await;
    sam.sees_heading("No customer matches").sees("This reseller administers none of your customers.");
    sam.visit("/customers?reseller=nonsense").await;
    assert_eq!(sam.status(), StatusCode::BAD_REQUEST);
}

#[actix_web::test]
async fn a_search_finds_any_part_whatever_it_is_made_of() {
    let portal = Portal::open().await;
    for name in ["Alder & Finch", "50% Off_Shop", "Müller \"Söhne\" AG", "Birch* OR Co", "Back\\slash"] {
        portal.has_customer(name).await;
    }
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "US").await;
    portal.has_customer_of(&summit, "Alder Abroad").await;
    let cedar = portal.has_customer("Cedar").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let tail = cedar.as_str().get(20..).expect("a long id").to_uppercase();
    for (search, found) in [
        ("DER & fin", "Alder & Finch"),
        ("lderfinch.on", "Alder & Finch"),
        ("% o", "50% Off_Shop"),
        ("f_s", "50% Off_Shop"),
        ("\"söh", "Müller \"Söhne\" AG"),
        ("h* or", "Birch* OR Co"),
        ("k\\s", "Back\\slash"),
        (tail.as_str(), "Cedar"),
        ("al", "Alder & Finch"),
        ("5", "50% Off_Shop"),
    ] {
        sam.visit("/customers").await;
        sam.fill("Search name, domain or Microsoft ID", search).press("Apply").await;
        assert_eq!(names(&sam), [found], "{search}");
    }
    for nothing in
        ["f%s", "off shop", "lder AND fin", "\"\"\"", "%%%", "___", "' OR 1=1 --", "nch", "ff", "\u{1f}"]
    {
        sam.visit("/customers").await;
        sam.fill("Search name, domain or Microsoft ID", nothing).press("Apply").await;
        if nothing == "nch" {
            assert_eq!(names(&sam), ["Alder & Finch"]);
        } else if nothing == "\u{1f}" {
            assert_eq!(names(&sam).len(), 6);
        } else {
            sam.sees_heading("No customer matches");
        }
    }
    sam.visit("/customers?search=%00alder%00").await;
    assert_eq!(names(&sam), ["Alder & Finch"]);
}

#[actix_web::test]
async fn pages_go_forward_and_back_in_the_order_of_names() {
    let portal = Portal::open().await;
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut all = Vec::new();
    for number in 0..63 {
        // Some names are equal: then the id decides.
        let name = format!("Customer {:02}", number - number % 3);
        let id = portal.has_customer_at(&portal.harbor, &name, &format!("c{number}.onmicrosoft.com")).await;
        portal.has_delegation(&id, &reseller).await;
        all.push(name);
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for list in ["/customers".to_owned(), format!("/customers?reseller={}&search=ustomer", reseller.id)] {
        sam.visit(&list).await;
        let first = names(&sam);
        sam.sees_no_link("Previous");
        sam.follow("Next").await;
        let second = names(&sam);
        sam.follow("Next").await;
        let third = names(&sam);
        assert_eq!([first.clone(), second.clone(), third].concat(), all);
        sam.sees_no_link("Next");
        sam.follow("Previous").await;
        assert_eq!(names(&sam), second);
        sam.follow("Previous").await;
        assert_eq!(names(&sam), first);
        sam.sees_no_link("Previous").sees_link("Next");
    }
    sam.visit("/customers?after=zzz%1F0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a4").await;
    sam.sees_heading("No more customers");
    sam.follow("Go to the first page").await;
    assert_eq!(names(&sam).len(), 25);
}
