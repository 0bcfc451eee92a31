//! Members of an organisation, and who may do what with whom among them.

use chrono_tz::Tz;

use crate::access::Role;
use crate::language::Language;
use crate::text_enum;
use crate::values::email::Email;
use crate::values::id::PersonId;
use crate::values::moment::Moment;

/// Somebody who was deactivated can be restored for so many days; then the account is purged.
pub const RESTORABLE_DAYS: i64 = 30;

text_enum! {
    /// How far a member has come.
    pub enum Standing {
        /// Has not followed the mailed invitation yet.
        Invited = "invited",
        Active = "active",
        /// Cannot sign in; can be restored for [`RESTORABLE_DAYS`].
        Inactive = "inactive",
    }
}

/// What people say of themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnDetails {
    pub name: String,
    pub zone: Tz,
    pub language: Language,
}

/// Somebody of the viewer's organisation.
#[derive(Clone, Debug)]
pub struct Member {
    pub id: PersonId,
    pub name: String,
    /// By which the list is sorted, as it is kept.
    pub sort_name: String,
    pub email: Email,
    pub roles: Vec<Role>,
    pub standing: Standing,
    /// Whether a temporary password waits to be changed.
    pub must_change_password: bool,
    pub created_at: Moment,
    pub deactivated_at: Option<Moment>,
    pub version: i32,
}

impl Member {
    pub fn is_global_admin(&self) -> bool {
        self.roles.contains(&Role::GlobalAdmin)
    }

    /// Until when a deactivated member can be restored.
    pub fn restorable_until(&self) -> Option<Moment> {
        self.deactivated_at.map(|at| at.plus_days(RESTORABLE_DAYS))
    }
}

/// Which roles somebody with these roles may give and take. A User admin makes nobody a Global admin: that would
/// be a way to become one.
pub fn givable(giver: &[Role]) -> Vec<Role> {
    let is_global = giver.contains(&Role::GlobalAdmin);
    Role::ALL.iter().copied().filter(|role| is_global || *role != Role::GlobalAdmin).collect()
}

/// Whether somebody with these roles may change a member at all. Whoever could reset a Global admin's password
/// could sign in as one.
pub fn may_change(by: &[Role], member: &[Role]) -> bool {
    by.contains(&Role::GlobalAdmin) || !member.contains(&Role::GlobalAdmin)
}

text_enum! {
    /// Why a member was not changed.
    pub enum Refusal {
        /// Only a Global admin changes a Global admin, or makes one.
        TakesGlobalAdmin = "takes_global_admin",
        /// The organisation would have no Global admin left.
        LastGlobalAdmin = "last_global_admin",
        /// It is not done to oneself.
        Oneself = "oneself",
        /// It is not in the state that this takes, or not any more.
        NotNow = "not_now",
        /// Somebody else changed the member after the page was opened.
        Stale = "stale",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::glossary;

    #[test]
    fn the_log_has_words_for_every_refusal() {
        for refusal in Refusal::ALL {
            assert!(glossary::find("value of refused", refusal.as_text()).is_some(), "{refusal:?}");
        }
    }

    #[test]
    fn only_global_admins_make_and_change_global_admins() {
        let (global, user) = ([Role::GlobalAdmin], [Role::UserAdmin, Role::SalesAgent]);
        assert_eq!(givable(&global), Role::ALL);
        assert!(!givable(&user).contains(&Role::GlobalAdmin));
        assert!(may_change(&global, &global) && may_change(&user, &user) && may_change(&global, &user));
        assert!(!may_change(&user, &[Role::SalesAgent, Role::GlobalAdmin]));
    }
}
