//! What the operator sees of organisations, letters and the whole.

use crate::access::OrganisationKind;
use crate::jobs::model::Failing;
use crate::mail::letter::Hindrance;
use crate::mail::standing::Standing;
use crate::partners::model::agreement::Agreement;
use crate::partners::model::profile::Profile;
use crate::partners::model::{Location, OrganisationState};
use crate::partners::store::directory;
use crate::partners::store::namesakes::Namesake;
use crate::people::facts::RoleHolder;
use crate::values::email::Email;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::web::Count;

/// An organisation in the list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub organisation: directory::Row,
    /// Whether another organisation is called so, too.
    pub is_ambiguous: bool,
    /// Of its first location, where that is needed to tell it from another one.
    pub mpn_id: Option<MpnId>,
}

/// An organisation with what hangs on it.
#[derive(Clone, Debug)]
pub struct Overview {
    pub profile: Profile,
    /// Others that are called so, too.
    pub namesakes: Vec<Namesake>,
    pub locations: Vec<Location>,
    /// Who can sign in.
    pub people: Count,
    /// Some of those who speak for it: name and address.
    pub global_admins: Vec<RoleHolder>,
    pub partnerships: Count,
    pub agreement: AgreementStanding,
    /// Since when and why it is suspended.
    pub suspended: Option<(Moment, String)>,
}

/// How an organisation stands to the agreement of its kind.
#[derive(Clone, Debug)]
pub enum AgreementStanding {
    /// None was published, so none is missing.
    NonePublished,
    Accepted {
        version: i32,
        by: String,
        at: Moment,
    },
    Missing(Box<Agreement>),
}

/// A letter that nobody got, or not yet.
#[derive(Clone, Debug)]
pub struct ListedLetter {
    pub id: LetterId,
    pub organisation: String,
    pub to: Email,
    pub subject: String,
    pub hindrance: Option<Hindrance>,
    pub attempts: i32,
    pub created_at: Moment,
    /// Of one that waits.
    pub next_try: Moment,
    /// Whether it is just being sent.
    pub is_under_way: bool,
}

impl ListedLetter {
    /// Whether nothing but its turn is waited for.
    pub fn is_due(&self) -> bool {
        self.next_try <= Moment::now()
    }
}

/// The installation in numbers, as far as counting is cheap.
#[derive(Clone, Debug)]
pub struct Figures {
    pub organisations: Vec<(OrganisationKind, OrganisationState, Count)>,
    pub enrolments_waiting: Count,
    pub qualifications_waiting: Count,
    pub customers: Count,
    pub subscriptions: Count,
    pub letters_waiting: Count,
    pub letters_failed: Count,
    /// What keeps every letter back.
    pub mail_trouble: Option<Standing>,
    /// What the portal does by itself, and could not do.
    pub failing_chores: Vec<Failing>,
}

impl Figures {
    pub fn organisations_of(&self, kind: &OrganisationKind, state: &OrganisationState) -> Count {
        let of = self.organisations.iter().find(|(one, other, _)| one == kind && other == state);
        of.map_or(Count::Exactly(0), |(_, _, count)| *count)
    }
}
