//! Records as a table: a template of its own, which the log of an organisation and that of one customer show.

use askama::Template;
use askama::filters::HtmlSafe;

use super::form::Filter;
use super::model::Record;
use crate::language::filters;
use crate::paths::{self, address};
use crate::values::id::{
    CustomerId, CustomerRequestId, OfferId, OrderId, PartnershipRequestId, SubscriptionId,
};
use crate::web::Shell;

/// The table, without what surrounds it.
#[derive(Template)]
#[template(path = "activity/rows.html")]
pub struct Rows<'a> {
    shell: &'a Shell,
    rows: &'a [Record],
    /// What the log is narrowed to, where it holds more than one customer's records.
    filter: Option<&'a Filter>,
}

impl HtmlSafe for Rows<'_> {}

impl<'a> Rows<'a> {
    /// Records of several customers.
    pub(super) fn of_log(shell: &'a Shell, rows: &'a [Record], filter: &'a Filter) -> Self {
        Self { shell, rows, filter: Some(filter) }
    }

    /// Records of one customer, whose name stands above them.
    pub fn of_customer(shell: &'a Shell, rows: &'a [Record]) -> Self {
        Self { shell, rows, filter: None }
    }

    /// How many columns the table has.
    fn columns(&self) -> usize {
        if self.filter.is_some() { 6 } else { 5 }
    }

    /// Whether an organisation is the viewer's own; records keep names.
    fn is_own(&self, organisation: &str) -> bool {
        self.shell.viewer.as_ref().is_some_and(|viewer| viewer.organisation.name == organisation)
    }

    /// Where the subject of a record stands, if the viewer may look there.
    fn place(&self, record: &Record) -> Option<String> {
        let (can, id) = (self.shell.can, record.subject_id.as_str());
        match record.subject_kind.as_str() {
            "subscription" if can.see_customers => {
                SubscriptionId::parse(id).map(|id| paths::subscriptions::show(&id))
            }
            "offer" if can.see_catalog => OfferId::parse(id).map(|id| paths::catalog::show(&id)),
            "order" if can.see_orders => OrderId::parse(id).map(|id| paths::orders::show(&id)),
            "customer_request" if can.follow_invitations => {
                CustomerRequestId::parse(id).map(|id| paths::invitations::request(&id))
            }
            "partnership_request" if can.follow_requests => {
                PartnershipRequestId::parse(id).map(|id| paths::partnerships::request(&id))
            }
            _ => None,
        }
    }

    /// The log of one customer, in the same period; none where it is in view already.
    fn only(&self, customer: &CustomerId) -> Option<String> {
        let days = Filter { search: String::new(), action: String::new(), ..self.filter?.clone() };
        let alone = Filter { customer: customer.to_string(), ..days };
        Some(address(paths::activity::list(), &alone, &[]))
    }
}
