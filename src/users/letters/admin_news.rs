//! Tells the primary contact of a company that a partner made somebody its Global admin, or no longer: whoever is one
//! decides for the company.

use askama::Template;

use super::sign_in_links::language_of;
use crate::access::Viewer;
use crate::customers::model::Customer;
use crate::error::Result;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::mail::letter::Letter;
use crate::values::id::{CustomerUserId, LetterId};
use crate::web::Site;

/// About a user.
pub const KIND: Kind = Kind { key: "customer_admin_changed", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "users/letters/admin_news.letter")]
struct AdminNews<'a> {
    by: &'a Viewer,
    customer: &'a Customer,
    user: (&'a CustomerUserId, &'a str, &'a str),
    is_given: bool,
    site: &'a Site,
}

impl AdminNews<'_> {
    fn company(&self) -> &str {
        &self.customer.account.company_name
    }

    fn name(&self) -> &str {
        self.user.1
    }

    fn user_name(&self) -> &str {
        self.user.2
    }
}

impl Written for AdminNews<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.user.0.to_string(),
            organisation: &self.by.organisation.id,
            to: &self.customer.account.email,
            language: language_of(self.customer, self.by),
            reply_to: Some(&self.by.email),
            installation: &self.site.name,
        }
    }
}

/// Both letters, one of which may be needed: only the transaction knows.
#[derive(Clone)]
pub struct News {
    pub given: (LetterId, Letter),
    pub taken: (LetterId, Letter),
}

impl News {
    /// What is told of a user: id, name and user name.
    ///
    /// # Errors
    /// When a template cannot be rendered.
    pub fn of(
        by: &Viewer,
        customer: &Customer,
        user: (&CustomerUserId, &str, &str),
        site: &Site,
    ) -> Result<Self> {
        let letter = |is_given| AdminNews { by, customer, user, is_given, site }.letter();
        Ok(Self { given: (LetterId::new(), letter(true)?), taken: (LetterId::new(), letter(false)?) })
    }
}
