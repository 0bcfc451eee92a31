//! Where these stories begin: a draft with a new customer, offers to choose from, an existing customer.

use diesel::prelude::*;
use twotier::access::Role;
use twotier::customers::new_account::AccountForm;
use twotier::db::schema::{customers, delegations, drafts, people};
use twotier::orders::draft::{DraftState, domain_of};
use twotier::partners::model::Organisation;
use twotier::values::id::{CustomerId, DelegationId, DraftId, PersonId};
use twotier::values::moment::Moment;

use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// What somebody typed on New customer for Fabrikam.
pub fn fabrikam(domain: &str) -> AccountForm {
    let text = str::to_owned;
    AccountForm {
        company: text("Fabrikam"),
        domain: text(domain),
        country: text("DE"),
        line_1: text("Hafenstraße 1"),
        city: text("Hamburg"),
        postal_code: text("20457"),
        first_name: text("Ada"),
        last_name: text("Lang"),
        email: text("ada@fabrikam.example"),
        qualification: text("none"),
        agreement: text("accepted"),
        agreement_on: text("2026-01-31"),
        ..AccountForm::default()
    }
}

/// A draft with this form, as New customer leaves it; somebody of Harbor must have signed in before.
pub async fn has_draft(portal: &Portal, form: &AccountForm, reseller: Option<&Organisation>) -> DraftId {
    let (id, form) = (DraftId::new(), form.clone());
    let (made, harbor) = (id, portal.harbor.id);
    let reseller = reseller.map(|reseller| reseller.id);
    let form =
        AccountForm { reseller: reseller.as_ref().map(ToString::to_string).unwrap_or_default(), ..form };
    let insert = move |conn: &mut twotier::db::Connection| {
        let maker: PersonId =
            people::table.filter(people::organisation_id.eq(&harbor)).select(people::id).first(conn)?;
        diesel::insert_into(drafts::table)
            .values((
                drafts::id.eq(&made),
                drafts::provider_id.eq(&harbor),
                drafts::made_by.eq(&maker),
                drafts::made_by_name.eq("Sam Seller"),
                drafts::account.eq(form.to_json()),
                drafts::domain.eq(domain_of(&form.to_json())),
                drafts::reseller_id.eq(&reseller),
                drafts::mpn_id.eq(""),
                drafts::state.eq(DraftState::Open),
                drafts::created_at.eq(Moment::now()),
                drafts::updated_at.eq(Moment::now()),
                drafts::version.eq(1),
            ))
            .execute(conn)?;
        Ok(())
    };
    portal.db.write(insert).await.expect("the draft is added");
    id
}

/// A sales agent on New subscription of a new customer.
pub async fn sam_chooses(
    portal: &Portal,
    domain: &str,
    reseller: Option<&Organisation>,
) -> (Browser, DraftId) {
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let draft = has_draft(portal, &fabrikam(domain), reseller).await;
    sam.visit(&format!("/drafts/{draft}/subscriptions")).await;
    sam.sees_heading("New subscription");
    (sam, draft)
}

/// The same on Review, with 40 licenses of Enterprise E3, which is sold.
pub async fn sam_reviews(portal: &Portal, reseller: Option<&Organisation>) -> (Browser, DraftId) {
    let (mut sam, draft) = sam_chooses(portal, "fabrikam", reseller).await;
    sam.fill("Licenses of Enterprise E3", "40").press("Next: Review").await;
    (sam, draft)
}

/// From New subscription to Confirmation.
pub async fn reviews_and_submits(browser: &mut Browser) {
    browser.press("Next: Review").await;
    browser.press("Submit").await;
    browser.sees_heading("Confirmation");
}

/// A customer of Harbor's, made by the whole journey.
pub async fn has_customer(portal: &Portal, domain: &str, reseller: Option<&Organisation>) -> CustomerId {
    let (mut sam, _) = sam_chooses(portal, domain, reseller).await;
    reviews_and_submits(&mut sam).await;
    let domain = format!("{domain}.onmicrosoft.com");
    portal
        .query(move |conn| {
            Ok(customers::table.filter(customers::domain.eq(domain)).select(customers::id).first(conn)?)
        })
        .await
}

/// Delegates a customer to a reseller.
pub async fn delegates(portal: &Portal, customer: &CustomerId, reseller: &Organisation) {
    let (customer, reseller) = (*customer, reseller.id);
    let harbor = portal.harbor.id;
    let insert = move |conn: &mut twotier::db::Connection| {
        diesel::insert_into(delegations::table)
            .values((
                delegations::id.eq(DelegationId::new()),
                delegations::customer_id.eq(&customer),
                delegations::reseller_id.eq(&reseller),
                delegations::provider_id.eq(&harbor),
                delegations::customer_sort_name.eq("fabrikam"),
                delegations::customer_domain.eq("fabrikam.onmicrosoft.com"),
                delegations::since.eq(Moment::now()),
            ))
            .execute(conn)?;
        Ok(())
    };
    portal.db.write(insert).await.expect("the delegation is added");
}
