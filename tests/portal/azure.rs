//! What customers spend by usage: files, the list, budgets, and who is told.

#[path = "azure/budgets.rs"]
mod budgets;
#[path = "azure/letters.rs"]
mod letters;
#[path = "azure/owners.rs"]
mod owners;
#[path = "azure/plans.rs"]
mod plans;
#[path = "azure/spending.rs"]
mod spending;
#[path = "azure/uploads.rs"]
mod uploads;

use chrono::NaiveDate;
use twotier::access::Role;
use twotier::azure::model::spending::{month_before, month_of};
use twotier::values::id::{CustomerId, SubscriptionId};
use twotier::values::moment::Moment;

use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// The heads of a file.
const HEADS: &str = "Customer domain,Day,Service,Meter,Quantity,Unit,Cost before tax";

/// Contoso with Microsoft Azure, which it has had for long.
struct Scene {
    portal: Portal,
    contoso: CustomerId,
    azure: SubscriptionId,
}

impl Scene {
    async fn open() -> Scene {
        let portal = Portal::open().await;
        let contoso = portal.has_customer("Contoso").await;
        let azure = has_azure(&portal, &contoso, "Microsoft Azure").await;
        Scene { portal, contoso, azure }
    }

    /// Somebody who may upload usage and set budgets.
    async fn ada(&self) -> Browser {
        self.portal.browser_of(Role::AdminAgent).await
    }

    /// What Contoso spends stands on this page.
    fn page(&self) -> String {
        format!("/customers/{}/azure", self.contoso)
    }
}

/// Something that is billed by usage, since long ago.
async fn has_azure(portal: &Portal, customer: &CustomerId, name: &str) -> SubscriptionId {
    let id = portal.has_subscription(customer, PlainSubscription::by_use(name)).await;
    portal.database.change(&format!("UPDATE subscriptions SET starts_on = '2020-01-01' WHERE id = '{id}'"));
    id
}

fn today() -> NaiveDate {
    Moment::now().day()
}

/// A day of the month before this one.
fn last_month() -> NaiveDate {
    month_before(month_of(today()))
}

/// A row of Contoso's usage.
fn row(day: NaiveDate, meter: &str, cost: &str) -> String {
    format!("contoso.onmicrosoft.com,{day},Storage,{meter},1.5,1 GB/Month,{cost}")
}

/// Uploads a file, and shows what it would do.
async fn upload(browser: &mut Browser, rows: &[String]) {
    browser.visit("/azure-spending/usage").await;
    browser.attach("File", format!("{HEADS}\n{}\n", rows.join("\n"))).press("Show what it does").await;
}

/// Uploads a file and applies it.
async fn count(browser: &mut Browser, rows: &[String]) {
    upload(browser, rows).await;
    browser.press("Apply").await;
    browser.sees("The usage is counted.");
}

/// Gives Contoso a budget.
async fn budget(browser: &mut Browser, amount: &str) {
    browser.visit("/azure-spending").await;
    browser.check("Select Contoso").press("Set a monthly budget").await;
    browser.fill("Monthly budget", amount).press("Set the budget").await;
}
