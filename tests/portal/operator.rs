//! The operator's pages: organisations, suspension, letters that failed, figures.

#[path = "operator/letters.rs"]
mod letters;
#[path = "operator/mail.rs"]
mod mail;
#[path = "operator/organisations.rs"]
mod organisations;
#[path = "operator/suspended.rs"]
mod suspended;
#[path = "operator/suspending.rs"]
mod suspending;

use twotier::access::{OrganisationKind, Role};
use twotier::partners::model::Organisation;

use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// The operator's organisation with the browser of its Global admin.
pub async fn operator(portal: &Portal) -> (Organisation, Browser) {
    let operator = portal.has_organisation(OrganisationKind::Operator, "Twotier operator", "DE").await;
    let browser = portal.browser_in(&operator, &[Role::GlobalAdmin]).await;
    (operator, browser)
}
