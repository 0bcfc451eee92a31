//! Tells whoever planned a change why it could not be carried out on its day.

use askama::Template;

use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::people::facts::RoleHolder;
use crate::relationships::model::{Obstacle, Plan};
use crate::web::Site;

/// About a plan.
pub const KIND: Kind = Kind { key: "delegation_plan_failed", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "relationships/letters/plan_failed.letter")]
pub struct PlanFailed<'a> {
    pub plan: &'a Plan,
    /// The name of the customer.
    pub company: &'a str,
    pub obstacle: Obstacle,
    pub to: &'a RoleHolder,
    pub site: &'a Site,
}

impl PlanFailed<'_> {
    fn day(&self) -> String {
        self.to.language.unwrap_or_default().long_date(self.plan.begins_on)
    }
}

impl Written for PlanFailed<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.plan.id.to_string(),
            organisation: &self.plan.provider,
            to: &self.to.email,
            language: self.to.language.unwrap_or_default(),
            reply_to: None,
            installation: &self.site.name,
        }
    }
}
