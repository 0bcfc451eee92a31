//! The catalogue: the operator keeps it, providers see what of it they can order.

#[path = "catalog/browsing.rs"]
mod browsing;
#[path = "catalog/importing.rs"]
mod importing;
#[path = "catalog/keeping.rs"]
mod keeping;
#[path = "catalog/nothing.rs"]
mod nothing;
#[path = "catalog/price_lists.rs"]
mod price_lists;
#[path = "catalog/providers.rs"]
mod providers;
#[path = "catalog/spreadsheets.rs"]
mod spreadsheets;
#[path = "catalog/upgrades.rs"]
mod upgrades;

use twotier::access::{OrganisationKind, Role};

use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// The browser of somebody who keeps the catalogue.
pub async fn keeper(portal: &Portal) -> Browser {
    let operator = portal.has_organisation(OrganisationKind::Operator, "Twotier operator", "DE").await;
    portal.browser_in(&operator, &[Role::AdminAgent]).await
}

/// Uploads a file, and shows what it would do.
pub async fn upload(browser: &mut Browser, file: impl AsRef<[u8]>) {
    browser.visit("/catalog/upload").await;
    browser.attach("File", file).press("Show what it does").await;
}

/// The heads of a small file.
pub const HEADS: &str =
    "Offer ID,Name,Category,Minimum,Maximum,Billing,Term in months,EUR monthly,EUR annual";
