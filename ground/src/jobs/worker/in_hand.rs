//! A job in the hand of a worker: from taking it to keeping what became of it.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use anyhow::anyhow;
use futures_util::FutureExt as _;

use crate::db::lease::HEARTBEAT;
use crate::error::{Cause, Error, Result};
use crate::jobs::hold::Lost;
use crate::jobs::kind::{Kind, Outcome};
use crate::jobs::run::Run;
use crate::jobs::schedule;
use crate::jobs::store::outcome::{Ending, Failure, let_go, mark_done, mark_failed, put_off};
use crate::values::moment::Moment;

/// How often it is tried to keep what became of a job, and the pause between: for as long as its lease lasts.
const KEEPING_TRIES: u32 = 40;
const KEEPING_PAUSE: Duration = Duration::from_millis(500);
/// So many characters are kept of why a job failed; the log has all of it.
const LONGEST_WHY: usize = 500;

pub(super) struct InHand {
    pub kind: Kind,
    pub run: Run,
    /// How often in a row, with this time.
    pub attempts: i32,
}

/// What is to be kept of a job.
#[derive(Clone)]
enum Verdict {
    Done(Ending),
    Failed(Failure),
    /// It is tried again at that moment, and nobody needs to know.
    PutOff(Moment),
    /// It goes on at once, and the try does not count.
    LetGo,
}

impl InHand {
    pub async fn work(self) {
        let ended = tokio::select! {
            ended = AssertUnwindSafe(self.begin()).catch_unwind() => {
                ended.unwrap_or_else(|_| Err(anyhow!("it panicked").into()))
            }
            () = self.lost() => Err(anyhow::Error::from(Lost).into()),
        };
        if ended.as_ref().is_err_and(Lost::is_behind) {
            tracing::warn!(job = %self.run.hold.job, "the job is another worker's by now");
            return;
        }
        let verdict = self.judge(ended);
        let is_given_up = matches!(&verdict, Verdict::Failed(failure) if failure.next.is_none());
        if self.keep(verdict).await && is_given_up {
            self.give_up().await;
        }
    }

    async fn begin(&self) -> Result<Outcome> {
        if self.kind.rhythm.is_given_up(self.attempts) {
            return Err(anyhow!("it never said how it ended").into());
        }
        (self.kind.work)(self.run.clone()).await
    }

    /// Renews the lease for as long as it is ours; ends when the job is another worker's.
    async fn lost(&self) {
        loop {
            tokio::time::sleep(HEARTBEAT).await;
            // A database that does not answer may do so in time for the next heartbeat.
            if let Ok(false) = self.run.hold.renew(self.run.progress()).await {
                return;
            }
        }
    }

    /// Says in the log how the job ended, and when it is due again.
    fn judge(&self, ended: Result<Outcome>) -> Verdict {
        let (now, rhythm, attempts) = (self.run.hold.clock.now(), self.kind.rhythm, self.attempts);
        let (job, kind, progress) = (&self.run.hold.job, self.kind.name, self.run.progress());
        match ended {
            Ok(Outcome::Done) => {
                tracing::debug!(%job, kind, progress.done, "job done");
                Verdict::Done(Ending { progress, answer: self.run.answered(), next: rhythm.next_run(now) })
            }
            Ok(Outcome::Interrupted) => Verdict::LetGo,
            Err(Error::Unavailable(outage)) if attempts <= schedule::EXCUSED_TRIES => {
                tracing::warn!(%job, kind, %outage, "job not done yet");
                Verdict::PutOff(schedule::after_outage(now))
            }
            Err(error) => {
                tracing::error!(%job, kind, attempts, ?error, "a job failed");
                Verdict::Failed(self.failure(error, now))
            }
        }
    }

    fn failure(&self, error: Error, now: Moment) -> Failure {
        let rhythm = self.kind.rhythm;
        let attempts = match &error {
            // No job is to blame for a database that is away or cannot be written to.
            Error::Unavailable(outage) if outage.cause != Cause::Busy => {
                rhythm.short_of_giving_up(self.attempts)
            }
            _ => self.attempts,
        };
        let why = format!("{:#}", error.into_cause()).chars().take(LONGEST_WHY).collect();
        Failure { why, attempts, next: rhythm.next_try(attempts, now) }
    }

    /// Keeps what became of the job. If that cannot be done in time, the lease runs out, and the job runs again. Answers
    /// `false` then, and where a failure is not this worker's to keep.
    async fn keep(&self, verdict: Verdict) -> bool {
        let hold = &self.run.hold;
        let now = hold.clock.now();
        for _ in 0..KEEPING_TRIES {
            let (job, lease, verdict) = (hold.job, hold.lease.clone(), verdict.clone());
            let kept = hold.db.write(move |conn| match &verdict {
                Verdict::Done(ending) => mark_done(conn, (&job, &lease), ending, now).map(|()| true),
                Verdict::Failed(failure) => mark_failed(conn, (&job, &lease), failure, now),
                Verdict::PutOff(next) => put_off(conn, (&job, &lease), *next).map(|()| true),
                Verdict::LetGo => let_go(conn, (&job, &lease)).map(|()| true),
            });
            match kept.await {
                Err(Error::Unavailable(_)) => tokio::time::sleep(KEEPING_PAUSE).await,
                Err(error) => {
                    tracing::error!(error = ?error, "what became of a job could not be kept; it runs again");
                    return false;
                }
                Ok(is_ours) => return is_ours,
            }
        }
        tracing::warn!(job = %hold.job, "what became of a job could not be kept in time; it runs again");
        false
    }

    /// Whoever asked for it learns that nothing comes of it.
    async fn give_up(&self) {
        let Some(given_up) = self.kind.given_up else { return };
        let Run { site, hold, payload, .. } = self.run.clone();
        let now = hold.clock.now();
        let done = hold.db.write(move |conn| given_up(conn, &payload, &site, now)).await;
        if let Err(error) = done {
            tracing::error!(job = %self.run.hold.job, ?error, "that a job is given up could not be said");
        }
    }
}
