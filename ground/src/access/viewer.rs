//! The person who is asking, as the database knows them at this moment.

use std::ops::Deref;

use chrono_tz::Tz;

use super::permission::Permission;
use super::reach::Reach;
use super::role::{OrganisationKind, Role};
use crate::language::Language;
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::email::Email;
use crate::values::id::{OrganisationId, PersonId};
use crate::values::moment::Moment;

/// What the database knows of a signed-in person, with organisation and roles.
#[derive(Clone, Debug)]
pub struct Known {
    pub person: PersonId,
    pub name: String,
    /// With which the viewer signs in.
    pub email: Email,
    /// To which letters about the account go.
    pub mailbox: Email,
    pub organisation: Organisation,
    pub roles: Vec<Role>,
    pub zone: Tz,
    /// The one that the viewer chose; without one it is what the browser asks for.
    pub language: Option<Language>,
    pub must_change_password: bool,
    pub has_second_factor: bool,
    /// When the viewer was first asked for one, where there is time to set it up.
    pub second_factor_asked_at: Option<Moment>,
    /// Whether the viewer has proved to read the mailbox of the account.
    pub has_proved_mailbox: bool,
    /// When the person proved last in this sign-in to be there.
    pub confirmed_at: Option<Moment>,
    /// An agreement waits for somebody who may accept it, and the viewer is one.
    pub agreement_waits: bool,
}

/// A signed-in person. Only the gate makes one, of what the database says at this moment; `tests/structure.rs` holds
/// everybody else to that.
#[derive(Clone, Debug)]
pub struct Viewer(Known);

/// The viewer's own organisation.
#[derive(Clone, Debug)]
pub struct Organisation {
    pub id: OrganisationId,
    pub kind: OrganisationKind,
    pub name: String,
    pub country: Country,
    pub currency: Currency,
    pub requires_second_factor: bool,
    /// While it lasts, nothing new is started.
    pub suspension: Option<Suspension>,
}

/// Why an organisation starts nothing new at the moment.
#[derive(Clone, Debug)]
pub struct Suspension {
    pub since: Option<Moment>,
    pub reason: String,
    /// Who decides about it, with an address, which may be empty.
    pub operator: Option<(String, String)>,
}

/// For so long after the password was typed, sensitive commands do not ask for it again.
const CONFIRMED_SECONDS: i64 = 15 * 60;

impl Deref for Viewer {
    type Target = Known;

    fn deref(&self) -> &Known {
        &self.0
    }
}

impl Viewer {
    /// Whoever the database knows.
    pub fn looked_up(known: Known) -> Self {
        Self(known)
    }

    pub fn known(&self) -> &Known {
        &self.0
    }
}

impl Known {
    /// Whether the person proved lately in this sign-in to be there.
    pub fn is_confirmed(&self, now: Moment) -> bool {
        self.confirmed_at.is_some_and(|at| at.plus_seconds(CONFIRMED_SECONDS) > now && at.can_have_been(now))
    }

    /// Whether the viewer may do it now. To act on it, a handler takes [`super::Allowed`].
    pub fn may<P: Permission>(&self) -> bool {
        self.holds::<P>() && !(P::STARTS && self.organisation.suspension.is_some())
    }

    /// Whether one of the roles grants a permission, also while it rests. For what may be read of it.
    pub fn holds<P: Permission>(&self) -> bool {
        P::GRANTS.iter().any(|(kind, roles)| {
            *kind == self.organisation.kind && self.roles.iter().any(|role| roles.contains(role))
        })
    }

    pub fn reach(&self) -> Reach {
        Reach::of(&self.organisation.id, self.organisation.kind)
    }

    pub fn is_provider(&self) -> bool {
        self.organisation.kind == OrganisationKind::Provider
    }

    pub fn is_reseller(&self) -> bool {
        self.organisation.kind == OrganisationKind::Reseller
    }

    pub fn is_customer(&self) -> bool {
        self.organisation.kind == OrganisationKind::Customer
    }
}
