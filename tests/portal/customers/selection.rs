//! Customers that are ticked, page by page.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::names;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// The company names in the file of what is selected.
async fn exported(browser: &mut Browser) -> Vec<String> {
    browser.follow("Export selected").await;
    let text = browser.download().text();
    text.lines().skip(1).filter_map(|line| line.split(',').nth(1)).map(str::to_owned).collect()
}

async fn has_sixty(portal: &Portal) {
    for number in 0..60 {
        let (name, domain) = (format!("Customer {number:02}"), format!("c{number}.onmicrosoft.com"));
        portal.has_customer_at(&portal.harbor, &name, &domain).await;
    }
}

#[actix_web::test]
async fn what_is_ticked_on_one_page_is_still_ticked_after_others() {
    let portal = Portal::open().await;
    has_sixty(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    sam.sees("Nothing selected").sees_no_link("Export selected");
    sam.check("Select Customer 03").check("Select Customer 07").press("Select ticked, next page").await;
    assert_eq!(names(&sam).first().map(String::as_str), Some("Customer 25"));
    sam.sees("2 selected");
    sam.check("Select Customer 30").press("Select ticked, next page").await;
    sam.check("Select Customer 59").press("Select ticked").await;
    assert_eq!(names(&sam).len(), 10);
    sam.sees("4 selected");
    sam.follow("Previous").await;
    sam.follow("Previous").await;
    assert_eq!(sam.html().matches(" checked").count(), 2);
    sam.uncheck("Select Customer 07").press("Select ticked").await;
    sam.sees("3 selected");
    // Another order, and a search, are of the same list of ticks.
    sam.follow("Company name").await;
    assert_eq!(exported(&mut sam).await, ["Customer 59", "Customer 30", "Customer 03"]);
    sam.fill("Search name, domain or Microsoft ID", "customer 1").press("Apply").await;
    sam.sees("3 selected");
    sam.check("Select Customer 12").press("Select ticked").await;
    assert_eq!(exported(&mut sam).await, ["Customer 59", "Customer 30", "Customer 12", "Customer 03"]);
    sam.press("Clear selection").await;
    sam.sees("Nothing selected").sees_no_link("Export selected");
}

#[actix_web::test]
async fn all_that_is_found_is_selected_but_for_what_is_ticked_off_again() {
    let portal = Portal::open().await;
    has_sixty(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    sam.press("Select all found").await;
    sam.sees("60 selected");
    assert_eq!(sam.html().matches(" checked").count(), 25);
    sam.uncheck("Select Customer 02").press("Select ticked").await;
    sam.sees("59 selected");
    let found = exported(&mut sam).await;
    assert_eq!(found.len(), 59);
    assert!(!found.contains(&"Customer 02".to_owned()));
    // All of one list is nothing of another one.
    sam.fill("Search name, domain or Microsoft ID", "customer 4").press("Apply").await;
    sam.sees("Nothing selected");
    sam.press("Select all found").await;
    sam.sees("All that the search finds are selected");
    assert_eq!(exported(&mut sam).await.len(), 10);
}

#[actix_web::test]
async fn a_selection_is_of_its_person_and_its_tab_and_is_forgotten() {
    let portal = Portal::open().await;
    has_sixty(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut tab = sam.duplicate();
    let mut other = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    sam.check("Select Customer 03").press("Select ticked").await;
    let address = sam.page().address.clone();
    let path = format!("{}?{}", address.path(), address.query().unwrap_or_default());
    tab.visit("/customers").await;
    tab.sees("Nothing selected");
    other.visit(&path).await;
    other.sees("Nothing selected");
    let selection = path.split("selection=").nth(1).unwrap_or_default().to_owned();
    other.post("/customers/selection", &[("selection", &selection), ("deed", "all")]).await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
    other.visit(&format!("/customers/export?selected=yes&selection={selection}")).await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
    sam.reload().await;
    sam.sees("1 selected");
    portal.does("forget_selections", Moment::now().plus_days(1)).await;
    sam.reload().await;
    sam.sees("1 selected");
    portal.does("forget_selections", Moment::now().plus_days(3)).await;
    sam.reload().await;
    sam.sees("Nothing selected");
}

#[actix_web::test]
async fn nobody_ticks_what_is_beyond_their_reach() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let (alder, birch) = (portal.has_customer("Alder").await, portal.has_customer("Birch").await);
    let delegation = portal.has_delegation(&alder, &brightwater).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    olga.visit("/customers").await;
    olga.check("Select Alder").press("Select ticked").await;
    olga.sees("1 selected");
    let selection = olga.page().address.query().unwrap_or_default().replace("selection=", "");
    let (alder, birch) = (alder.to_string(), birch.to_string());
    let both = [("selection", selection.as_str()), ("shown", &alder), ("customer", &alder)];
    let both = [both.as_slice(), &[("shown", &birch), ("customer", &birch)]].concat();
    olga.post("/customers/selection", &both).await;
    olga.sees("1 selected");
    portal.has_ended(&delegation).await;
    olga.visit(&format!("/customers/export?selected=yes&selection={selection}")).await;
    assert_eq!(olga.download().text().lines().count(), 1);
    // Who may neither export nor associate has nothing to tick for.
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit("/customers").await;
    helen.sees("Alder").sees_not("Nothing selected");
}
