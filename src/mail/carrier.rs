//! The carrier: takes due letters, sends them, tries again later what failed, and stops gently.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};

use super::outbox;
use super::transport::{Refusal, Transport};
use crate::db::Db;
use crate::error::Result;
use crate::values::moment::Moment;

/// After this many tries a letter has failed: with the pauses below, after about a day and a half.
const TRIES: i32 = 12;
/// How long the carrier sleeps at most: another instance may have put a letter without ringing here.
const NAP: Duration = Duration::from_secs(30);

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
            if let Err(error) = self.carry_due(Moment::now()).await {
                tracing::error!(error = ?error, "the outbox could not be read");
            }
            let nap = self.nap().await;
            tokio::select! {
                () = self.bell.0.notified() => {}
                () = tokio::time::sleep(nap) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Sends every letter that is due at a moment; answers how many were taken in hand.
    ///
    /// # Errors
    /// Database errors. What a mail server answers is kept with the letter.
    pub async fn carry_due(&self, now: Moment) -> Result<usize> {
        let mut count = 0;
        while let Some(letter) = self.db.write(move |conn| outbox::take_due(conn, now)).await? {
            count += 1;
            // Sent outside any transaction: a slow server holds up nobody else.
            let answer = self.transport.send(&letter).await;
            let id = letter.id.clone();
            match answer {
                Ok(()) => {
                    tracing::info!(letter.id = %id, "letter sent");
                    self.db.write(move |conn| outbox::mark_sent(conn, &id, Moment::now())).await?;
                }
                Err(refusal) => {
                    tracing::warn!(letter.id = %id, letter.attempts = letter.attempts, reason = %refusal.reason, "letter not sent");
                    let again_at = next_try(&refusal, letter.attempts, now);
                    self.db
                        .write(move |conn| outbox::mark_refused(conn, &id, &refusal.reason, again_at))
                        .await?;
                }
            }
        }
        Ok(count)
    }

    async fn nap(&self) -> Duration {
        let due = self.db.read(outbox::next_due).await.ok().flatten();
        let seconds = due.map_or(i64::MAX, |due| due.unix() - Moment::now().unix());
        // At least a second, so that a letter another instance holds does not keep this one spinning.
        Duration::from_secs(u64::try_from(seconds.max(1)).unwrap_or(u64::MAX)).min(NAP)
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
        let refusal = Refusal { reason: String::new(), is_final: false };
        let now = Moment::now();
        let pause = |attempts| next_try(&refusal, attempts, now).map(|at| at.unix() - now.unix());
        assert_eq!(pause(1), Some(30));
        assert_eq!(pause(2), Some(60));
        assert_eq!(pause(11), Some(6 * 3600));
        assert_eq!(pause(TRIES), None);
    }

    #[test]
    fn a_final_refusal_is_not_tried_again() {
        let refusal = Refusal { reason: String::new(), is_final: true };
        assert_eq!(next_try(&refusal, 1, Moment::now()), None);
    }
}
