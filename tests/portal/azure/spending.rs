//! The list of Azure spending and a customer's months.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::{Scene, budget, count, has_azure, last_month, row, today};
use crate::support::bought::PlainSubscription;
use crate::support::table::table;

#[actix_web::test]
async fn a_customer_is_shown_by_day_and_service_and_month_by_month() {
    let scene = Scene::open().await;
    let mut ada = scene.ada().await;
    ada.visit(&scene.page()).await;
    ada.sees("Nothing is known of this month.").sees("Nothing is known of any month.");
    let machine = row(today(), "D2s v3", "30").replace("Storage", "Virtual Machines");
    count(&mut ada, &[row(today(), "Hot LRS", "10"), machine, row(last_month(), "Hot LRS", "80")]).await;
    ada.visit("/azure-spending").await;
    ada.sees_row(&["Contoso", "€ 40.00"]);
    ada.follow("Contoso").await;
    ada.sees_row(&["Virtual Machines", "€ 30.00"])
        .sees_row(&["Storage", "€ 10.00"])
        .sees("Estimate for the month");
    ada.follow("The month before").await;
    ada.sees_row(&["Storage", "€ 80.00"]).sees_no_row(&["Virtual Machines"]).sees("Spent");
    ada.follow("The month after").await;
    ada.sees_row(&["Virtual Machines", "€ 30.00"]).sees_no_link("The month after");
    let month = last_month().format("%Y-%m").to_string();
    ada.follow(&month).await;
    ada.sees_row(&["Storage", "€ 80.00"]);
    ada.visit(&format!("{}?month=perhaps", scene.page())).await;
    ada.sees_row(&["Virtual Machines", "€ 30.00"]);
    ada.visit(&format!("/subscriptions/{}", scene.azure)).await;
    ada.follow("See what was spent").await;
    ada.sees_heading("Contoso");
}

#[actix_web::test]
async fn the_list_is_narrowed_to_budgets_and_names_and_had_as_a_file() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    for name in ["Fabrikam", "Woodgrove"] {
        let customer = portal.has_customer(name).await;
        has_azure(portal, &customer, "Microsoft Azure").await;
    }
    let plain = portal.has_customer("Adatum").await;
    portal.has_subscription(&plain, PlainSubscription::new("Business Basic")).await;
    let mut ada = scene.ada().await;
    let other = row(today(), "Hot LRS", "50").replace("contoso", "fabrikam");
    count(&mut ada, &[row(today(), "Hot LRS", "90"), other]).await;
    budget(&mut ada, "100").await;
    ada.visit("/azure-spending").await;
    ada.sees_row(&["Contoso", "€ 90.00", "€ 100.00", "90 % used"]).sees_row(&["Fabrikam", "€ 50.00", "None"]);
    ada.sees_row(&["Woodgrove", "€ 0.00"]).sees_no_row(&["Adatum"]);
    ada.choose("Budget", "80 % or more used").press("Apply").await;
    ada.sees_row(&["Contoso"]).sees_no_row(&["Fabrikam"]).sees_no_row(&["Woodgrove"]);
    ada.choose("Budget", "Exceeded").press("Apply").await;
    ada.sees("No customer is found");
    ada.choose("Budget", "Without a budget").press("Apply").await;
    ada.sees_row(&["Fabrikam"]).sees_row(&["Woodgrove"]).sees_no_row(&["Contoso"]);
    ada.fill("Search name or domain", "wood").press("Apply").await;
    ada.sees_row(&["Woodgrove"]).sees_no_row(&["Fabrikam"]);
    ada.visit("/azure-spending?budget=perhaps").await;
    ada.follow("Export as CSV").await;
    let lines = table(&ada.download().bytes);
    let month = today().format("%Y-%m").to_string();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[1][1..5], ["Contoso", "contoso.onmicrosoft.com", month.as_str(), "90.00"]);
    assert_eq!(lines[1][7..], ["100.00", "90", "nearing", "EUR"]);
}

#[actix_web::test]
async fn a_reseller_reads_of_the_customers_that_it_administers_and_sets_nothing() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let fabrikam = portal.has_customer("Fabrikam").await;
    has_azure(portal, &fabrikam, "Microsoft Azure").await;
    let (brightwater, newleaf) = portal.has_two_partners().await;
    let delegation = portal.has_delegation(&scene.contoso, &brightwater).await;
    count(&mut scene.ada().await, &[row(today(), "Hot LRS", "42")]).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    olga.follow("Azure spending").await;
    olga.sees_row(&["Contoso", "€ 42.00"]).sees_no_row(&["Fabrikam"]);
    olga.sees_no_button("Set a monthly budget").sees_no_link("Upload usage");
    olga.follow("Contoso").await;
    olga.sees_row(&["Storage", "€ 42.00"]).sees_no_button("Set a monthly budget");
    let mut nora = portal.browser_in(&newleaf, &[Role::AdminAgent]).await;
    nora.visit(&scene.page()).await;
    assert_eq!(nora.status(), StatusCode::NOT_FOUND);
    nora.visit("/azure-spending").await;
    nora.sees("None of the customers that you administer has a subscription that is billed by usage.");
    portal.has_ended(&delegation).await;
    olga.visit("/azure-spending").await;
    olga.sees_no_row(&["Contoso"]);
}

#[actix_web::test]
async fn a_new_month_begins_at_nothing_and_keeps_the_budget() {
    let scene = Scene::open().await;
    let mut ada = scene.ada().await;
    count(&mut ada, &[row(today(), "Hot LRS", "90")]).await;
    budget(&mut ada, "100").await;
    scene.portal.does("begin_azure_month", Moment::now().plus_days(40)).await;
    let account =
        "SELECT standing AS text FROM azure_accounts WHERE spent_millionths = 0 AND budget_minor = 10000";
    assert_eq!(scene.portal.database.texts(account), ["within"]);
    ada.visit(&scene.page()).await;
    ada.sees_row(&["Storage", "€ 90.00"]);
}

#[actix_web::test]
async fn the_list_goes_on_over_pages_with_the_most_first() {
    let scene = Scene::open().await;
    let mut rows = vec![row(today(), "Hot LRS", "0.5")];
    for number in 10..40 {
        let customer = scene.portal.has_customer(&format!("Company {number}")).await;
        has_azure(&scene.portal, &customer, "Microsoft Azure").await;
        rows.push(
            row(today(), "Hot LRS", &number.to_string()).replace("contoso", &format!("company{number}")),
        );
    }
    let mut ada = scene.ada().await;
    count(&mut ada, &rows).await;
    ada.visit("/azure-spending").await;
    ada.sees_row(&["Company 39", "€ 39.00"]).sees_no_row(&["Contoso"]);
    ada.follow("Next").await;
    ada.sees_row(&["Contoso", "€ 0.50"]).sees_no_row(&["Company 39"]);
    ada.follow("Previous").await;
    ada.sees_row(&["Company 39"]);
}
