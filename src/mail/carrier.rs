//! The carrier: takes due letters, sends them, tries again later what failed, and stops gently.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use super::outbox::{self, Taken};
use super::transport::{Refusal, Transport};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::values::id::LetterId;
use crate::values::moment::Moment;

/// After this many tries a letter has failed: with the pauses below, after about a day and a half.
const TRIES: i32 = 12;
/// How long the carrier sleeps at most: another instance may have put a letter without ringing here.
const NAP: Duration = Duration::from_secs(30);
/// How long it waits for a database that cannot serve: the log has been told, once.
const PAUSE: Duration = Duration::from_secs(2);

/// Wakes the carrier. Ring after the transaction that put a letter.
#[derive(Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    pub fn ring(&self) {
        self.0.notify_one();
    }
}

/// Carries letters from the outbox through a transport.
#[derive(Clone)]
pub struct Carrier {
    pub db: Db,
    pub transport: Transport,
    pub bell: Bell,
}

impl Carrier {
    /// Works until `stop` turns true; a letter that is being sent then is finished first.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let nap = match self.carry_due(&Moment::now, &stop).await {
                Ok(_) => self.nap().await,
                Err(Error::Unavailable(_)) => PAUSE,
                Err(error) => {
                    tracing::error!(error = ?error, "the outbox could not be read");
                    NAP
                }
            };
            tokio::select! {
                () = self.bell.0.notified() => {}
                () = tokio::time::sleep(nap) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Sends every letter that is due by a clock, until `stop` turns true; answers how many were taken in hand.
    ///
    /// # Errors
    /// Database errors. What a mail server answers is kept with the letter.
    pub async fn carry_due<C>(&self, clock: &C, stop: &watch::Receiver<bool>) -> Result<usize>
    where
        C: Fn() -> Moment + Sync,
    {
        let mut count = 0;
        while !*stop.borrow() {
            // Asked for each letter: the ones before may have taken longer than a lease lasts.
            let now = clock();
            let Some(letter) = self.db.write(move |conn| outbox::take_due(conn, now)).await? else { break };
            count += 1;
            self.carry(letter, clock).await?;
        }
        Ok(count)
    }

    async fn carry<C: Fn() -> Moment + Sync>(&self, letter: Taken, clock: &C) -> Result<()> {
        // Sent outside any transaction: a slow server holds up nobody else.
        let answer = self.transport.send(&letter).await;
        let (id, now) = (letter.id, clock());
        match answer {
            Ok(()) => {
                tracing::info!(letter.id = %id, "letter sent");
                self.mark_sent(&id, now).await
            }
            Err(refusal) => {
                // Without the reply's words, which often hold the recipient's address.
                tracing::warn!(letter.id = %id, letter.attempts = letter.attempts, code = refusal.code, "letter not sent");
                let again_at = next_try(&refusal, letter.attempts, now);
                self.db.write(move |conn| outbox::mark_refused(conn, &id, &refusal.reason, again_at)).await
            }
        }
    }

    /// A letter that has left is marked whatever happens: unmarked, it would leave once more.
    async fn mark_sent(&self, id: &LetterId, now: Moment) -> Result<()> {
        loop {
            let id = id.clone();
            match self.db.write(move |conn| outbox::mark_sent(conn, &id, now)).await {
                Err(Error::Unavailable(_)) => tokio::time::sleep(PAUSE).await,
                done => return done,
            }
        }
    }

    async fn nap(&self) -> Duration {
        let due = self.db.read(outbox::next_due).await.ok().flatten();
        let seconds = due.map_or(i64::MAX, |due| due.unix() - Moment::now().unix());
        // At least a second, so that a letter another instance holds does not keep this one spinning.
        Duration::from_secs(u64::try_from(seconds.max(1)).unwrap_or(u64::MAX)).min(NAP)
    }
}

/// Waits for a carrier that was told to stop. One that is still busy after `patience` is left: the lease of its
/// letter runs out, and the letter is sent after the next start.
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

/// Half a minute after the first try, then twice as long each time, at most six hours.
fn next_try(refusal: &Refusal, attempts: i32, now: Moment) -> Option<Moment> {
    if refusal.is_final || attempts >= TRIES {
        return None;
    }
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(10);
    Some(now.plus_seconds((30 << doublings).min(6 * 3600)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_six_hours_and_end() {
        let refusal = Refusal::for_now(String::new());
        let now = Moment::now();
        let pause = |attempts| next_try(&refusal, attempts, now).map(|at| at.unix() - now.unix());
        assert_eq!(pause(1), Some(30));
        assert_eq!(pause(2), Some(60));
        assert_eq!(pause(11), Some(6 * 3600));
        assert_eq!(pause(TRIES), None);
    }

    #[test]
    fn a_final_refusal_is_not_tried_again() {
        let refusal = Refusal { is_final: true, ..Refusal::for_now(String::new()) };
        assert_eq!(next_try(&refusal, 1, Moment::now()), None);
    }

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
