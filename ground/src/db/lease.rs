//! Holding a row while working at it. Whoever takes it in hand keeps a lease with it and renews that every few seconds:
//! one that died loses the row within half a minute, and another one goes on. Whether a lease has run out is asked of
//! the clock that all share ([`super::clock::Clock::shared`]): those of two machines may be further apart than it lasts.

use std::time::Duration;

use uuid::Uuid;

use crate::values::moment::Moment;

/// For how long a row is held after each renewal, which comes every few seconds.
const SECONDS: i64 = 20;
/// So much longer others leave it alone: a renewal may be late.
const GRACE: i64 = 10;
/// No lease was taken by a clock that was further ahead than this; one that was, was taken before the clock was set right.
const SKEW: i64 = 60;
/// How often a lease is renewed: several times before it would run out.
pub const HEARTBEAT: Duration = Duration::from_secs(5);

/// Tells the holder of a row from everybody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease(String);

impl Lease {
    pub fn fresh() -> Self {
        Self(Uuid::now_v7().to_string())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Until when a row is held that is taken, or held on to, now.
pub fn until(now: Moment) -> Moment {
    now.plus_seconds(SECONDS)
}

/// What was held until then, or less long, is anybody's.
pub fn ran_out(now: Moment) -> Moment {
    now.plus_seconds(-GRACE)
}

/// What is held for longer than this was taken while the clock was ahead, and is anybody's, too.
pub fn farthest(now: Moment) -> Moment {
    now.plus_seconds(SECONDS + SKEW)
}

/// When others may take what is held until then.
pub fn let_go(until: Moment) -> Moment {
    until.plus_seconds(GRACE)
}
