//! The places of the pool. r2d2 keeps them, in order and for so long, and touches no database: it opens connections on
//! three threads that try for ever, and would take one that waits for its turn for a database that has gone. Whoever
//! takes an empty place fills it.

use std::convert::Infallible;
use std::time::Duration;

use super::connection::Session;
use super::limits::{CONNECTIONS, GIVEN_UP, IDLEST, OLDEST};

/// How long making a place may take, which takes no time.
const MAKING: Duration = Duration::from_secs(1);

pub(super) type Slots = r2d2::Pool<Places>;
pub(super) type Slot = r2d2::PooledConnection<Places>;

/// A place; one that comes back without its connection is given up.
#[derive(Default)]
pub(super) struct Place {
    pub session: Option<Session>,
}

pub(super) struct Places;

impl r2d2::ManageConnection for Places {
    type Connection = Place;
    type Error = Infallible;

    fn connect(&self) -> Result<Place, Infallible> {
        Ok(Place::default())
    }

    fn is_valid(&self, _: &mut Place) -> Result<(), Infallible> {
        Ok(())
    }

    fn has_broken(&self, place: &mut Place) -> bool {
        place.session.is_none()
    }
}

/// No places yet: as many as are lent at once, and those on which a thread still hangs after nobody waits for it.
pub(super) fn none_yet() -> Slots {
    r2d2::Pool::builder()
        .max_size(u32::from(CONNECTIONS + GIVEN_UP))
        .min_idle(Some(0))
        .test_on_check_out(false)
        .idle_timeout(Some(IDLEST))
        .max_lifetime(Some(OLDEST))
        .connection_timeout(MAKING)
        .build_unchecked(Places)
}
