//! The end of a relationship: planned, come, and taken back.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::links::model::DraftText;
use crate::orders::facts::{Cancellable, OpenDraft};
use crate::reservations::facts::Lasting;
use crate::subscriptions::model::Subscription;
use crate::text_enum;
use crate::values::email::Email;
use crate::values::id::{CustomerId, EndingId, OrganisationId, PersonId};
use crate::values::moment::{Moment, days_after};

text_enum! {
    /// How an end stands.
    pub enum State {
        /// For a day that is yet to come.
        Planned = "planned",
        /// The relationship has ended.
        Ended = "ended",
        /// It was taken up again.
        Reinstated = "reinstated",
        /// The plan was given up.
        Dropped = "dropped",
        /// Something stood in the way on the day.
        Refused = "refused",
    }
}

text_enum! {
    /// What stands in the way of an end.
    pub enum Hindrance {
        ActiveSubscriptions = "active_subscriptions",
        PendingSubscriptions = "pending_subscriptions",
        OpenDrafts = "open_drafts",
        CancellableOrders = "cancellable_orders",
        /// They are paid for until they expire.
        Reservations = "reservations",
    }
}

/// An end of the provider's relationship with a customer.
#[derive(Clone, Debug)]
pub struct Ending {
    pub id: EndingId,
    pub customer: CustomerId,
    pub provider: OrganisationId,
    pub state: State,
    /// The day that was planned, and when it begins for whoever planned it. None of one that came at once.
    pub planned_on: Option<NaiveDate>,
    pub due_at: Option<Moment>,
    pub by: Planner,
    pub letter: Option<DraftText>,
    /// The name of the installation, which heads the letter.
    pub installation: String,
    /// Why it was refused on its day.
    pub hindrance: Option<Hindrance>,
    pub ended_at: Option<Moment>,
    /// Who took it back or gave it up, and when.
    pub closed: Option<(Moment, String)>,
    pub consent: Option<Consent>,
    pub version: i32,
}

/// Who ends it, or planned to.
#[derive(Clone, Debug)]
pub struct Planner {
    pub person: PersonId,
    pub name: String,
    pub email: Email,
}

/// That a customer agreed again to delegated administration, as somebody of the provider attests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    pub name: String,
    pub email: Email,
    pub on: NaiveDate,
}

impl Ending {
    /// Until when the relationship can be reinstated.
    pub fn reinstatable_until(&self, days: i64) -> Option<Moment> {
        self.ended_at.map(|at| at.plus_days(days))
    }
}

/// Everything that stands in the way of an end.
#[derive(Clone, Debug, Default)]
pub struct Obstacles {
    /// Bases before their add-ons.
    pub active: Vec<Subscription>,
    pub pending: Vec<Subscription>,
    pub drafts: Vec<OpenDraft>,
    pub orders: Vec<Cancellable>,
    pub reservations: Option<Lasting>,
}

impl Obstacles {
    pub fn is_empty(&self) -> bool {
        self.first().is_none()
    }

    /// What is to be mended first.
    pub fn first(&self) -> Option<Hindrance> {
        [
            (self.active.is_empty(), Hindrance::ActiveSubscriptions),
            (self.pending.is_empty(), Hindrance::PendingSubscriptions),
            (self.drafts.is_empty(), Hindrance::OpenDrafts),
            (self.orders.is_empty(), Hindrance::CancellableOrders),
            (self.reservations.is_none(), Hindrance::Reservations),
        ]
        .into_iter()
        .find_map(|(is_clear, hindrance)| (!is_clear).then_some(hindrance))
    }

    /// The first day on which no order can be cancelled any more, in a time zone; none where that is today.
    pub fn earliest(&self, zone: Tz) -> Option<NaiveDate> {
        let last = self.orders.iter().map(|order| order.cancellable_until).max()?;
        Some(days_after(last.at(zone).date_naive(), 1))
    }

    /// The active subscription that an active add-on belongs to, which is suspended with it.
    pub fn base_of(&self, add_on: &Subscription) -> Option<&Subscription> {
        let base = add_on.parent.as_ref()?;
        self.active.iter().find(|one| one.id == *base)
    }
}
