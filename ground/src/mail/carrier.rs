//! The carrier: takes due letters, sends them a few at a time, tries again later what failed, and stops gently.

pub mod pace;
mod round;

use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::outbox::lease::next_due;
use super::outbox::outcome::wake;
use super::transport::Transport;
use crate::db::Db;
use crate::db::bell::Bell;
use crate::db::clock::Clock;
use crate::error::{Error, Result};
use round::Round;

/// How long the carrier sleeps at most: another instance may have put a letter without ringing here.
const NAP: Duration = Duration::from_secs(30);
/// How long it waits for a database that cannot serve: the log has been told, once.
const PAUSE: Duration = Duration::from_secs(2);

/// Carries letters from the outbox through a transport.
#[derive(Clone)]
pub struct Carrier {
    pub db: Db,
    pub transport: Transport,
    pub bell: Bell,
    pub clock: Clock,
}

impl Carrier {
    /// Works until `stop` turns true; letters that are being sent then are finished first.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        // The settings may be others than those with which letters could not leave.
        let now = self.clock.now();
        if let Err(error) = self.db.write(move |conn| wake(conn, now)).await {
            tracing::error!(error = ?error, "the outbox could not be read");
        }
        let mut round = Round::new(&self);
        while !*stop.borrow() {
            let filled = round.fill().await;
            if let Err(error) = &filled
                && !matches!(error, Error::Unavailable(_))
            {
                tracing::error!(error = ?error, "the outbox could not be read");
            }
            tokio::select! {
                Some(done) = round.next() => log(done),
                () = self.bell.rings() => {}
                () = self.nap(filled) => {}
                _ = stop.changed() => {}
            }
        }
        while let Some(done) = round.next().await {
            log(done);
        }
    }

    /// Sends every letter that is due by the clock, until `stop` turns true; answers how many were taken in hand.
    ///
    /// # Errors
    /// Database errors. What a mail server answers is kept with the letter.
    pub async fn carry_due(&self, stop: &watch::Receiver<bool>) -> Result<usize> {
        let mut round = Round::new(self);
        let mut count = 0;
        loop {
            if !*stop.borrow() {
                round.fill().await?;
            }
            let Some(done) = round.next().await else { return Ok(count) };
            done?;
            count += 1;
        }
    }

    /// Sleeps until there is something to do.
    async fn nap(&self, filled: Result<()>) {
        let nap = match filled {
            Ok(()) => {
                let clock = self.clock.clone();
                let due = self.db.read(move |conn| next_due(conn, &clock)).await.ok().flatten();
                let seconds = due.unwrap_or(i64::MAX);
                // At least a second, so that a letter another instance holds does not keep this one spinning.
                Duration::from_secs(u64::try_from(seconds.max(1)).unwrap_or(u64::MAX)).min(NAP)
            }
            Err(Error::Unavailable(_)) => PAUSE,
            Err(_) => NAP,
        };
        tokio::time::sleep(nap).await;
    }
}

fn log(done: Result<()>) {
    if let Err(error) = done {
        tracing::error!(error = ?error, "what became of a letter could not be kept");
    }
}

/// Waits for a carrier that was told to stop. One that is still busy after `patience` is left: the leases of its
/// letters run out, and they are sent after the next start.
///
/// # Errors
/// When the carrier failed.
pub async fn finish(mut carrying: JoinHandle<()>, patience: Duration) -> anyhow::Result<()> {
    match tokio::time::timeout(patience, &mut carrying).await {
        Ok(ended) => ended.context("the carrier failed"),
        Err(_) => {
            tracing::warn!("a letter was still under way; it is sent again after the next start");
            carrying.abort();
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_carrier_that_does_not_end_is_not_waited_for() {
        let carrying = tokio::spawn(std::future::pending());
        let ending = carrying.abort_handle();
        assert!(finish(carrying, Duration::ZERO).await.is_ok());
        while !ending.is_finished() {
            tokio::task::yield_now().await;
        }
    }
}
