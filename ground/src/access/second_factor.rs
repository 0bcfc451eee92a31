//! Who needs a second factor, and from when on.

use super::role::{OrganisationKind, Role};
use super::viewer::Viewer;
use crate::config::SecondFactorRule;
use crate::values::moment::Moment;

/// For so many days after they were first asked, admins get in without one.
pub const GRACE_DAYS: i64 = 7;

/// What is asked of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Nothing, or there is one.
    Nothing,
    /// One, until then.
    Until(Moment),
    /// One before anything else.
    Now,
}

impl Viewer {
    /// Whether a second factor is asked of the viewer; then it cannot be removed either.
    pub fn needs_second_factor(&self, rule: SecondFactorRule) -> bool {
        self.organisation.requires_second_factor
            || match rule {
                SecondFactorRule::Everybody => true,
                SecondFactorRule::Admins => self.is_admin(),
                SecondFactorRule::Nobody => false,
            }
    }

    /// What is asked of the viewer at a moment. Only those who are asked by default are given time.
    pub fn second_factor_demand(&self, rule: SecondFactorRule, now: Moment) -> Demand {
        if self.has_second_factor || !self.needs_second_factor(rule) {
            return Demand::Nothing;
        }
        if self.organisation.requires_second_factor || rule == SecondFactorRule::Everybody {
            return Demand::Now;
        }
        let until = self.second_factor_asked_at.unwrap_or(now).plus_days(GRACE_DAYS);
        if until > now { Demand::Until(until) } else { Demand::Now }
    }

    /// Whoever runs the installation, or an organisation.
    fn is_admin(&self) -> bool {
        self.organisation.kind == OrganisationKind::Operator || self.roles.contains(&Role::GlobalAdmin)
    }
}
