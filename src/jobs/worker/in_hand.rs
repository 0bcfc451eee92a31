//! A job in the hand of a worker: from taking it to keeping what became of it.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use anyhow::anyhow;
use futures_util::FutureExt as _;
use tokio::sync::watch;

use crate::db::Db;
use crate::db::lease::{HEARTBEAT, Lease};
use crate::error::{Error, Result};
use crate::jobs::clock::Clock;
use crate::jobs::kind::{Kind, Outcome};
use crate::jobs::model::Progress;
use crate::jobs::run::Run;
use crate::jobs::store::lease::{Taken, renew};
use crate::jobs::store::outcome::{let_go, mark_done, mark_failed};
use crate::values::moment::Moment;

/// How often it is tried to keep what became of a job, and the pause between: for as long as its lease lasts.
const KEEPING_TRIES: u32 = 40;
const KEEPING_PAUSE: Duration = Duration::from_millis(500);
/// So many characters are kept of why a job failed; the log has all of it.
const LONGEST_WHY: usize = 500;

pub(super) struct InHand {
    pub db: Db,
    pub clock: Clock,
    pub kind: Kind,
    pub job: Taken,
    pub lease: Lease,
}

/// What is to be kept of a job.
#[derive(Clone)]
enum Verdict {
    Done { progress: Progress, next: Option<Moment> },
    Failed { why: String, next: Option<Moment> },
    Interrupted,
}

impl InHand {
    pub async fn work(self, stop: watch::Receiver<bool>) {
        let run = Run::new(self.db.clone(), self.clock.now(), self.job.payload.clone(), stop);
        let ended = tokio::select! {
            ended = AssertUnwindSafe(self.begin(run.clone())).catch_unwind() => {
                ended.unwrap_or_else(|_| Err(anyhow!("it panicked").into()))
            }
            () = self.lost(&run) => {
                tracing::warn!(job = %self.job.id, "the job is another worker's by now");
                return;
            }
        };
        let verdict = self.judge(ended, run.progress());
        self.keep(verdict).await;
    }

    async fn begin(&self, run: Run) -> Result<Outcome> {
        if self.kind.rhythm.is_given_up(self.job.attempts) {
            return Err(anyhow!("it never said how it ended").into());
        }
        (self.kind.work)(run).await
    }

    /// Renews the lease for as long as it is ours; ends when the job is another worker's.
    async fn lost(&self, run: &Run) {
        loop {
            tokio::time::sleep(HEARTBEAT).await;
            let (id, lease) = (self.job.id.clone(), self.lease.clone());
            let (progress, now) = (run.progress(), self.clock.now());
            // A database that does not answer may do so in time for the next heartbeat.
            if let Ok(false) = self.db.write(move |conn| renew(conn, (&id, &lease), progress, now)).await {
                return;
            }
        }
    }

    /// Says in the log how the job ended, and when it is due again.
    fn judge(&self, ended: Result<Outcome>, progress: Progress) -> Verdict {
        let (now, rhythm, attempts) = (self.clock.now(), self.kind.rhythm, self.job.attempts);
        let (job, kind) = (&self.job.id, self.kind.name);
        match ended {
            Ok(Outcome::Done) => {
                tracing::debug!(%job, kind, progress.done, "job done");
                Verdict::Done { progress, next: rhythm.next_run(now) }
            }
            Ok(Outcome::Interrupted) => Verdict::Interrupted,
            Err(error) => {
                let next = rhythm.next_try(attempts, now);
                if next.is_some() && matches!(error, Error::Unavailable(_)) {
                    tracing::warn!(%job, kind, attempts, %error, "job not done yet");
                } else {
                    tracing::error!(%job, kind, attempts, ?error, "a job failed");
                }
                let why = format!("{:#}", error.into_cause());
                Verdict::Failed { why: why.chars().take(LONGEST_WHY).collect(), next }
            }
        }
    }

    /// Keeps what became of the job. If that cannot be done in time, the lease runs out, and the job runs again.
    async fn keep(&self, verdict: Verdict) {
        let now = self.clock.now();
        for _ in 0..KEEPING_TRIES {
            let (id, lease, verdict) = (self.job.id.clone(), self.lease.clone(), verdict.clone());
            let kept = self.db.write(move |conn| match &verdict {
                Verdict::Done { progress, next } => mark_done(conn, (&id, &lease), (*progress, *next), now),
                Verdict::Failed { why, next } => mark_failed(conn, (&id, &lease), (why, *next), now),
                Verdict::Interrupted => let_go(conn, (&id, &lease)),
            });
            match kept.await {
                Err(Error::Unavailable(_)) => tokio::time::sleep(KEEPING_PAUSE).await,
                Err(error) => {
                    tracing::error!(error = ?error, "what became of a job could not be kept; it runs again");
                    return;
                }
                Ok(()) => return,
            }
        }
        tracing::warn!(job = %self.job.id, "what became of a job could not be kept in time; it runs again");
    }
}
