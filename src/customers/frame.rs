//! What surrounds the pages of one customer: a template of its own, compiled once.

use askama::Template;
use askama::filters::HtmlSafe;

use super::model::Customer;
use crate::access::permission::ManageUsers;
use crate::language::filters;
use crate::web::Shell;

/// The pages of one customer, side by side, with the one in view marked.
#[derive(Template)]
#[template(path = "customers/tabs.html")]
pub struct Tabs<'a> {
    shell: &'a Shell,
    customer: &'a Customer,
    current: &'static str,
}

impl HtmlSafe for Tabs<'_> {}

impl Tabs<'_> {
    /// Whether the viewer looks after the customer's users: not where it gives no delegated administration.
    fn has_users(&self) -> bool {
        let viewer = self.shell.viewer.as_ref();
        viewer.is_some_and(|viewer| {
            viewer.may::<ManageUsers>() && self.customer.is_administered_within(&viewer.reach())
        })
    }
}

impl Customer {
    /// The tabs on one of its pages, which `templates/customers/tabs.html` names.
    pub fn tabs<'a>(&'a self, shell: &'a Shell, current: &'static str) -> Tabs<'a> {
        Tabs { shell, customer: self, current }
    }
}
