//! Whether the database serves, as far as is known. The log is told once when it stops and once when it goes on.

use std::time::Instant;

use tokio::sync::watch;

use super::limits::AWAY;
use crate::error::Cause;

pub(super) struct Presence(watch::Sender<Option<Trouble>>);

#[derive(Clone, Copy)]
struct Trouble {
    cause: Cause,
    since: Instant,
    /// When somebody last tried whether it is over.
    tried: Instant,
}

impl Presence {
    pub fn new() -> Self {
        Self(watch::Sender::new(None))
    }

    /// Whether a connection may be opened: while the database is away, only by one at a time, and not at once again.
    pub fn may_try(&self) -> bool {
        let mut may_try = true;
        self.0.send_if_modified(|trouble| {
            if let Some(trouble) = trouble.as_mut().filter(|trouble| trouble.cause == Cause::Away) {
                may_try = trouble.tried.elapsed() >= AWAY;
                if may_try {
                    trouble.tried = Instant::now();
                }
            }
            false
        });
        may_try
    }

    /// Resolves when the database is away.
    pub async fn gone(&self) {
        let is_away = |trouble: &Option<Trouble>| trouble.is_some_and(|trouble| trouble.cause == Cause::Away);
        // The sender is this one: it is not dropped meanwhile.
        let _ = self.0.subscribe().wait_for(is_away).await;
    }

    /// It cannot serve.
    pub fn lost(&self, cause: Cause, reason: &dyn std::fmt::Display) {
        let now = Instant::now();
        self.0.send_if_modified(|trouble| {
            let is_new = trouble.is_none_or(|trouble| trouble.cause != cause);
            let since = trouble.map_or(now, |trouble| trouble.since);
            *trouble = Some(Trouble { cause, since, tried: now });
            if is_new {
                tracing::error!(reason = %reason, "{cause}");
            }
            is_new
        });
    }

    /// It serves again what it did not for this cause.
    pub fn found(&self, cause: Cause) {
        // Asked after every command: looking is cheaper than changing.
        if self.0.borrow().is_none_or(|trouble| trouble.cause != cause) {
            return;
        }
        self.0.send_if_modified(|trouble| {
            let over = trouble.take_if(|trouble| trouble.cause == cause);
            if let Some(over) = over {
                tracing::info!(seconds = over.since.elapsed().as_secs(), "the database serves again");
            }
            over.is_some()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn while_it_is_away_one_tries_and_the_others_do_not() {
        let presence = Presence::new();
        assert!(presence.may_try() && presence.may_try());
        presence.lost(Cause::Away, &"gone");
        assert!(!presence.may_try());
        presence.found(Cause::Unwritable);
        assert!(!presence.may_try());
        presence.found(Cause::Away);
        assert!(presence.may_try());
        presence.lost(Cause::Unwritable, &"full");
        assert!(presence.may_try());
    }

    #[tokio::test]
    async fn those_who_wait_hear_of_it() {
        let presence = Presence::new();
        let waiting = presence.gone();
        presence.lost(Cause::Away, &"gone");
        waiting.await;
        presence.gone().await;
    }
}
