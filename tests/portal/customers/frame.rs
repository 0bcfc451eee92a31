//! The tabs that the pages of one customer share.

use actix_web::http::StatusCode;
use twotier::access::Role;

use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// The pages of one customer, in the order of their tabs.
const PAGES: [&str; 7] =
    ["", "/subscriptions", "/users", "/account", "/relationships", "/orders", "/activity"];

/// The links of the tabs, each with whether it is the page in view.
fn tabs(browser: &Browser) -> Vec<(String, bool)> {
    let tabs = browser.html().split("aria-label=\"This customer\"").nth(1).expect("tabs");
    let tabs = tabs.split("</nav>").next().unwrap_or_default();
    let link = |rest: &str| {
        let tag = rest.split('>').next().unwrap_or_default();
        let href = tag.split("href=\"").nth(1).and_then(|rest| rest.split('"').next());
        (href.unwrap_or_default().to_owned(), tag.contains("aria-current=\"page\""))
    };
    tabs.split("<a ").skip(1).map(link).collect()
}

#[actix_web::test]
async fn every_page_of_a_customer_has_the_same_tabs_and_marks_its_own() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let address = |page: &str| format!("/customers/{alder}{page}");
    for organisation in [&portal.harbor, &brightwater] {
        let mut browser = portal.browser_in(organisation, &[Role::GlobalAdmin]).await;
        for here in PAGES {
            browser.visit(&address(here)).await;
            assert_eq!(browser.status(), StatusCode::OK, "{here} of {}", organisation.name);
            let expected = PAGES.map(|page| (address(page), page == here));
            assert_eq!(tabs(&browser), expected, "{here} of {}", organisation.name);
        }
    }
}
