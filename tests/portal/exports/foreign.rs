//! Nothing of another organisation, whatever stands in the address.

use twotier::access::{OrganisationKind, Role};
use twotier::partners::model::Organisation;
use twotier::values::id::CustomerId;

use super::workbook::part;
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::{PASSWORD, Portal};

/// What every name of the other organisations has in it.
const SECRET: &str = "Foreign";

/// Harbor with a reseller and a customer, and another provider with the same.
struct Scene {
    portal: Portal,
    own: Organisation,
    foreign: [Organisation; 2],
    customer: CustomerId,
    alder: CustomerId,
}

impl Scene {
    async fn open() -> Scene {
        let portal = Portal::open().await;
        let own = portal.has_partner("Brightwater IT", "DE", "4810233").await;
        let alder = portal.has_customer("Alder").await;
        portal.has_delegation(&alder, &own).await;
        let provider =
            portal.has_organisation(OrganisationKind::Provider, "Foreign Distribution", "DE").await;
        let reseller = portal.has_reseller("Foreign IT", "DE", "7770001").await;
        portal.has_partnership(&provider, &reseller).await;
        let customer = portal.has_customer_of(&provider, "Foreign Customer").await;
        portal.has_delegation(&customer, &reseller).await;
        let named = Some(("7770001".to_owned(), reseller.id));
        let named = PlainSubscription { incentives: named, ..PlainSubscription::new("Business Basic") };
        portal.has_subscription(&customer, named).await;
        portal.add_person(&provider, &[Role::SalesAgent]).await;
        Scene { portal, own, foreign: [provider, reseller], customer, alder }
    }

    /// Ids of the others in every parameter that a list may have.
    fn queries(&self) -> Vec<String> {
        let [provider, reseller] = &self.foreign;
        let ids = [provider.id.to_string(), reseller.id.to_string(), self.customer.to_string()];
        let names = ["reseller", "customer", "provider", "organisation", "organization_id", "id"];
        let mut queries = vec![String::new()];
        for id in ids {
            queries.extend(names.iter().map(|name| format!("&{name}={id}")));
            queries.push(format!("&selection={id}"));
            queries.push(format!("&selection={id}&selected=yes"));
            queries.push(format!("&after=%1f{id}"));
        }
        queries
    }
}

/// What a file says, whichever kind it is.
async fn said(browser: &mut Browser, path: &str) -> String {
    browser.visit(path).await;
    if !browser.status().is_success() {
        return browser.text();
    }
    let bytes = browser.download().bytes;
    match bytes.starts_with(b"PK") {
        true => part(&bytes, "xl/worksheets/sheet1.xml") + &part(&bytes, "xl/worksheets/sheet2.xml"),
        false => String::from_utf8_lossy(&bytes).into_owned(),
    }
}

#[actix_web::test]
async fn no_parameter_leads_to_what_is_somebody_elses() {
    let scene = Scene::open().await;
    let harbor = scene.portal.harbor.clone();
    let mut seen = 0;
    let company = scene.portal.company_of(&scene.alder).await;
    for organisation in [&harbor, &scene.own, &company] {
        let mut gina = scene.portal.browser_in(organisation, &[Role::GlobalAdmin]).await;
        for route in super::routes() {
            let path = route.replace("{id}", scene.customer.as_str());
            for (nth, query) in scene.queries().iter().enumerate() {
                let format = if nth % 2 == 0 { "csv" } else { "xlsx" };
                let told = said(&mut gina, &format!("{path}?format={format}{query}")).await;
                assert!(!told.contains(SECRET), "{path}{query}: {told}");
                seen += usize::from(gina.status().is_success());
            }
        }
    }
    assert!(seen > 200, "only {seen} files were had");
}

#[actix_web::test]
async fn the_others_have_what_is_theirs() {
    let scene = Scene::open().await;
    let [provider, reseller] = &scene.foreign;
    for (organisation, path, told) in [
        (provider, "/customers/export".to_owned(), "Foreign Customer"),
        (provider, "/resellers/export".to_owned(), "Foreign IT"),
        (provider, format!("/customers/{}/subscriptions/export", scene.customer), "Business Basic"),
        (reseller, "/subscriptions/export".to_owned(), "Business Basic"),
        (reseller, "/providers/export".to_owned(), "Foreign Distribution"),
        (provider, "/people/export".to_owned(), "Sam global_admin"),
    ] {
        let mut gina = scene.portal.browser_in(organisation, &[Role::GlobalAdmin]).await;
        let file = said(&mut gina, &path).await;
        assert!(file.contains(told), "{path}: {file}");
    }
}

/// By which anything of the demonstration is known. That every list of it has rows, others see: `all.rs`.
const KNOWN_BY: [&str; 5] = [
    "SELECT company_name AS text FROM customers",
    "SELECT domain AS text FROM customers",
    "SELECT name AS text FROM organisations",
    "SELECT email AS text FROM people",
    "SELECT name AS text FROM people",
];

#[actix_web::test]
async fn whoever_is_new_finds_nothing_of_all_that_is_there() {
    let portal = Portal::demonstration(60, PASSWORD).await;
    let secrets = KNOWN_BY.map(|sql| portal.database.texts(sql)).concat();
    let one = |table: &str| {
        portal.database.texts(&format!("SELECT id AS text FROM {table} ORDER BY id LIMIT 1")).concat()
    };
    let (customer, handover, upload) = (one("customers"), one("handovers"), one("batches"));
    let ids = [&customer, &handover, &one("organisations"), &one("customer_selections")].map(String::clone);
    let provider = portal.has_organisation(OrganisationKind::Provider, "Newcomer Distribution", "DE").await;
    let reseller = portal.has_reseller("Newcomer IT", "DE", "7770001").await;
    for organisation in [&provider, &reseller] {
        let mut gina = portal.browser_in(organisation, &[Role::GlobalAdmin]).await;
        let mut had = 0;
        for route in super::routes() {
            let id = match route {
                route if route.starts_with("/uploads/") => &upload,
                route if route.contains("handovers") => &handover,
                _ => &customer,
            };
            let path = route.replace("{id}", id);
            let queries = ids.iter().flat_map(|id| {
                ["reseller", "customer", "provider", "selection"].map(|name| format!("&{name}={id}"))
            });
            for query in queries.chain([String::new()]) {
                let told = said(&mut gina, &format!("{path}?format=csv{query}")).await;
                if gina.status().is_success() {
                    had += 1;
                    let found = secrets.iter().find(|secret| told.contains(secret.as_str()));
                    assert!(found.is_none(), "{path}{query}: {found:?} in {told}");
                }
            }
        }
        assert!(had > 0, "{} has no list at all", organisation.name);
    }
}
