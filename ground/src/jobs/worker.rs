//! The worker: runs what is due, a few jobs at a time, and stops gently.

mod in_hand;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinError, JoinSet};

use super::hold::Hold;
use super::kind::Kind;
use super::run::Run;
use super::schedule::Rhythm;
use super::store;
use super::store::lease::{next_due, take_due};
use crate::db::Db;
use crate::db::bell::Bell;
use crate::db::clock::Clock;
use crate::db::lease::Lease;
use crate::error::{Error, Result};
use crate::values::id::JobId;
use crate::web::Site;
use in_hand::InHand;

/// How many jobs a worker has in hand at once: one that takes long does not keep all others waiting, and pages go first.
const AT_ONCE: usize = 2;
/// And how many of these somebody asked for: what takes hours must not hold up what the portal does at its times.
const ASKED_FOR_AT_ONCE: usize = 1;
/// How long the worker sleeps at most: another instance may have put a job without ringing here.
const NAP: Duration = Duration::from_secs(30);
/// How long it waits for a database that cannot serve: the log has been told, once.
const PAUSE: Duration = Duration::from_secs(2);

/// Runs jobs of the kinds that it knows.
#[derive(Clone)]
pub struct Worker {
    pub db: Db,
    pub kinds: Arc<[Kind]>,
    pub clock: Clock,
    pub site: Arc<Site>,
    /// Rung when somebody has put a job.
    pub bell: Bell,
}

impl Worker {
    /// Works until `stop` turns true; jobs in hand then end where they can go on later.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let (mut hands, asked_for) = (JoinSet::new(), free_hands());
        let mut is_tidy = false;
        while !*stop.borrow() {
            is_tidy = is_tidy || self.forget_unknown().await;
            let filled = self.fill(&mut hands, &asked_for, &stop).await;
            let in_hand = hands.len();
            tokio::select! {
                Some(ended) = hands.join_next() => log(ended),
                () = self.bell.rings() => {}
                () = self.nap(filled, in_hand, &asked_for) => {}
                _ = stop.changed() => {}
            }
        }
        while let Some(ended) = hands.join_next().await {
            log(ended);
        }
    }

    /// Runs every job that is due by the clock, until `stop` turns true; answers how many were taken in hand.
    ///
    /// # Errors
    /// Database errors. Why a job failed is kept with it.
    pub async fn work_due(&self, stop: &watch::Receiver<bool>) -> Result<usize> {
        let (mut hands, asked_for) = (JoinSet::new(), free_hands());
        let mut count = 0;
        loop {
            if !*stop.borrow() {
                self.fill(&mut hands, &asked_for, stop).await?;
            }
            let Some(ended) = hands.join_next().await else { return Ok(count) };
            log(ended);
            count += 1;
        }
    }

    /// Takes as many due jobs in hand as there may be.
    async fn fill(
        &self,
        hands: &mut JoinSet<()>,
        asked_for: &Arc<Semaphore>,
        stop: &watch::Receiver<bool>,
    ) -> Result<()> {
        self.sow().await?;
        while hands.len() < AT_ONCE {
            let (lease, clock, names) = (Lease::fresh(), self.clock.clone(), self.names(asked_for));
            let holder = lease.clone();
            let taken = self.db.write(move |conn| take_due(conn, &names, &holder, &clock)).await?;
            let Some(job) = taken else { break };
            let Some(kind) = self.kinds.iter().find(|kind| kind.name == job.kind) else { break };
            let (db, clock) = (self.db.clone(), self.clock.clone());
            let hold = Hold { db, clock, job: job.id, lease };
            let in_hand = InHand {
                kind: *kind,
                attempts: job.attempts,
                run: Run::new(Arc::clone(&self.site), hold, job, stop.clone()),
            };
            let is_asked_for = kind.rhythm == Rhythm::Once;
            let hand = is_asked_for.then(|| Arc::clone(asked_for).try_acquire_owned().ok()).flatten();
            hands.spawn(async move {
                in_hand.work().await;
                drop(hand);
            });
        }
        Ok(())
    }

    /// What an earlier release did again and again, and this one does not, would stand there for ever as failing or due.
    /// Answers `false` when the database could not serve, so that it is to be tried again.
    async fn forget_unknown(&self) -> bool {
        let names: Vec<_> = self.kinds.iter().map(|kind| kind.name).collect();
        match self.db.write(move |conn| store::forget_unknown(conn, &names)).await {
            Ok(0) => {}
            Ok(forgotten) => tracing::info!(forgotten, "chores of an earlier release are done no more"),
            Err(Error::Unavailable(_)) => return false,
            Err(error) => tracing::error!(error = ?error, "the jobs could not be read"),
        }
        true
    }

    /// Sees to it that what recurs is there.
    async fn sow(&self) -> Result<()> {
        let kinds = Arc::clone(&self.kinds);
        if self.db.read(move |conn| store::is_sown(conn, &kinds)).await? {
            return Ok(());
        }
        let kinds: Vec<_> = self.kinds.iter().map(|kind| (JobId::new(), *kind)).collect();
        let now = self.clock.now();
        self.db.write(move |conn| store::sow(conn, &kinds, now)).await
    }

    /// What may be taken in hand now.
    fn names(&self, asked_for: &Semaphore) -> Vec<&'static str> {
        let is_free = asked_for.available_permits() > 0;
        let free = self.kinds.iter().filter(|kind| is_free || kind.rhythm != Rhythm::Once);
        free.map(|kind| kind.name).collect()
    }

    /// Sleeps until there is something to do.
    async fn nap(&self, filled: Result<()>, in_hand: usize, asked_for: &Semaphore) {
        let nap = match filled {
            Ok(()) if in_hand < AT_ONCE => {
                let (names, clock) = (self.names(asked_for), self.clock.clone());
                let due = self.db.read(move |conn| next_due(conn, &names, &clock)).await.ok().flatten();
                let seconds = due.unwrap_or(i64::MAX);
                // At least a second, so that a job another instance holds does not keep this one spinning.
                Duration::from_secs(u64::try_from(seconds.max(1)).unwrap_or(u64::MAX)).min(NAP)
            }
            Ok(()) => NAP,
            Err(Error::Unavailable(_)) => PAUSE,
            Err(error) => {
                tracing::error!(error = ?error, "the jobs could not be read");
                NAP
            }
        };
        tokio::time::sleep(nap).await;
    }
}

/// Hands for what somebody asked for.
fn free_hands() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(ASKED_FOR_AT_ONCE))
}

fn log(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(error = ?error, "what became of a job is not known; it runs again");
    }
}
