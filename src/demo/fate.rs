//! What became of a subscription after it was ordered.

use chrono::NaiveDate;

use super::catalogue::Offer;
use super::random::Random;
use crate::subscriptions::model::{End, Reason, Status};
use crate::values::moment::{Moment, days_after};

/// The data of a suspended subscription is kept for so many days.
const KEPT_DAYS: u64 = 90;

/// After so many days a trial is over, whichever month it began in, and at whose end.
const TRIAL_DAYS: i64 = 34;

/// So many days after its order a subscription was cancelled that somebody was wrong about.
pub const CHANGED_MIND_DAYS: i64 = 3;

const REASONS: &[Reason] =
    &[Reason::CustomerRequest, Reason::NonPayment, Reason::CustomerRequest, Reason::Fraud];

/// Whether a subscription runs, and if not, since when and until when it can come back.
#[derive(Clone, Copy)]
pub struct Fate {
    pub status: Status,
    pub suspended_at: Option<Moment>,
    pub reason: Option<Reason>,
    pub kept_until: Option<NaiveDate>,
    /// Why it is deleted.
    pub end: Option<End>,
}

impl Fate {
    pub fn of(offer: &Offer, ordered_at: Moment, now: Moment, random: &mut Random) -> Self {
        let is_trial = offer.is_trial();
        let age = (now.unix() - ordered_at.unix()) / 86_400;
        let chance = random.below(100);
        let days = random.between(1, 85);
        let reason = random.pick(REASONS).copied();
        let stopped = |status, days: i64, reason| {
            let at = now.plus_days(-days.min(age)).plus_seconds(-1800).max(ordered_at);
            let kept_until = Some(days_after(at.day(), KEPT_DAYS));
            Self { status, suspended_at: Some(at), reason, kept_until, end: None }
        };
        let deleted =
            |days, reason| Self { end: Some(End::DataDeleted), ..stopped(Status::Deleted, days, reason) };
        let running = |status| Self { status, suspended_at: None, reason: None, kept_until: None, end: None };
        let expired = Self { end: Some(End::Expired), ..running(Status::Deleted) };
        let cancelled = Self { end: Some(End::CancelledAlone), ..running(Status::Deleted) };
        match () {
            () if is_trial && age > TRIAL_DAYS => expired,
            () if is_trial => running(Status::Active),
            () if age <= 6 && chance < 30 => running(Status::Pending),
            () if age > 230 && chance < 5 => deleted(95 + days, reason),
            () if age > CHANGED_MIND_DAYS
                && !offer.said.is_usage()
                && !offer.said.cancellation.is_never()
                && (13..15).contains(&chance) =>
            {
                cancelled
            }
            () if age > 2 && (5..13).contains(&chance) => stopped(Status::Suspended, days, reason),
            () => running(Status::Active),
        }
    }
}
