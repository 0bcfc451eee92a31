//! What time it is. Tests have clocks of their own, and need not wait.

use std::sync::Arc;

use crate::values::moment::Moment;

/// Tells the time; cheap to copy.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Moment + Send + Sync>);

impl Clock {
    /// A clock that is looked at in this way.
    pub fn of(look: impl Fn() -> Moment + Send + Sync + 'static) -> Self {
        Self(Arc::new(look))
    }

    /// A clock that stands still.
    pub fn standing_at(moment: Moment) -> Self {
        Self::of(move || moment)
    }

    pub fn now(&self) -> Moment {
        (self.0)()
    }
}

impl Default for Clock {
    /// The clock of the machine.
    fn default() -> Self {
        Self::of(Moment::now)
    }
}
