//! The connections that all pages share. Nobody waits long: neither for one to become free, nor for a database that
//! does not answer, nor with a connection whose other side has silently gone.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use diesel::connection::SimpleConnection as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

use super::EitherConnection;
use super::activity;
use super::connection::{Opener, Session};
use super::job::{Job, Lent};
use super::limits::{
    ANSWER, CONNECTIONS, CONNECTIONS_TO_FILE, DOUBT, Limits, OPENING, ROOM, SIGN_OF_LIFE, TRUSTED,
};
use super::outage::is_open;
use super::presence::Presence;
use super::slots::{self, Slot, Slots};
use crate::error::{Cause, Outage, Result};

pub(super) struct Pool {
    slots: Slots,
    opener: Opener,
    limits: Limits,
    room: Arc<Semaphore>,
    presence: Arc<Presence>,
    /// When somebody last asked whether the database is there, and it was not.
    silent: tokio::sync::Mutex<Option<Instant>>,
    /// What was of use before this and not since is not used again: its other side has gone.
    forgotten: Mutex<Option<Instant>>,
}

/// What becomes of work that has not answered for a while.
enum Doubt {
    /// The database is there, and works on it.
    Patience,
    /// The database is there, and knows nothing of it.
    Lost,
    /// The database is not there.
    Away,
}

impl Pool {
    /// A pool that opens nothing before it is asked to.
    pub fn new(opener: Opener, limits: Limits, presence: Arc<Presence>) -> Self {
        let connections = if opener.is_sqlite() { CONNECTIONS_TO_FILE } else { CONNECTIONS };
        Self {
            slots: slots::none_yet(),
            opener: opener.with(limits),
            limits,
            room: Arc::new(Semaphore::new(usize::from(connections))),
            presence,
            silent: tokio::sync::Mutex::new(None),
            forgotten: Mutex::new(None),
        }
    }

    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Does work with a connection, on a thread that may block.
    pub async fn run<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Lent) -> Result<T> + Send + 'static,
    {
        let mut lent = self.lend().await?;
        let job = lent.job();
        let span = tracing::Span::current();
        let task = spawn_blocking(move || {
            span.in_scope(|| {
                let answer = work(&mut lent);
                lent.settle(answer)
            })
        });
        self.attend(task, &job).await
    }

    /// Waits for what is being done: as long as it may take, and as long as the database is there.
    async fn attend<T>(&self, mut task: tokio::task::JoinHandle<Result<T>>, job: &Job) -> Result<T> {
        let begun = Instant::now();
        loop {
            tokio::select! {
                biased;
                done = &mut task => return done.context("database work was cut off")?,
                doubt = self.doubt(job) => match doubt {
                    Doubt::Away | Doubt::Lost => return Err(job.give_up(Outage::AWAY).into()),
                    Doubt::Patience if self.limits.work.is_some_and(|longest| begun.elapsed() >= longest) => {
                        return Err(job.give_up(Outage::BUSY).into());
                    }
                    Doubt::Patience => {}
                }
            }
        }
    }

    /// Patience, and then a doubt: whether the database is still there, and still at work.
    async fn doubt(&self, job: &Job) -> Doubt {
        sleep(DOUBT).await;
        // A file is there, and a command at the command line waits for whatever it asked for.
        let Some(process) = job.process().filter(|_| self.limits.work.is_some()) else {
            return Doubt::Patience;
        };
        let mut silent = self.silent.lock().await;
        if silent.is_some_and(|at| at.elapsed() < DOUBT) {
            return Doubt::Away;
        }
        let opener = self.opener.clone();
        let asking = spawn_blocking(move || {
            let mut session = opener.open()?;
            let EitherConnection::Postgres(postgres) = session.connection.either() else { return Ok(true) };
            anyhow::Ok(activity::is_working(postgres, process)?)
        });
        match timeout(SIGN_OF_LIFE, asking).await {
            Ok(Ok(Ok(false))) => Doubt::Lost,
            // Also a refusal is an answer.
            Ok(_) => Doubt::Patience,
            Err(_) => {
                *silent = Some(Instant::now());
                self.lose(&"a connection answers no more, and no other one can be opened");
                Doubt::Away
            }
        }
    }

    async fn lend(&self) -> Result<Lent> {
        let room = self.room().await?;
        while let Some(mut slot) = self.slots.try_get() {
            if let Some(session) = slot.session.take()
                && let Some(session) = self.proven(session).await
            {
                return Ok(self.lent(session, slot, room));
            }
        }
        let (session, slot) = self.open().await?;
        Ok(self.lent(session, slot, room))
    }

    fn lent(&self, session: Session, slot: Slot, room: OwnedSemaphorePermit) -> Lent {
        Lent::new((session, slot), room, self.opener.clone(), Arc::clone(&self.presence))
    }

    /// One of so many places; whoever waits for one hears when the database has gone.
    async fn room(&self) -> Result<OwnedSemaphorePermit> {
        let longest = self.limits.work.map_or(Duration::MAX, |_| ROOM);
        tokio::select! {
            biased;
            room = Arc::clone(&self.room).acquire_owned() => Ok(room.context("the pool is closed")?),
            () = self.presence.gone() => Err(Outage::AWAY.into()),
            () = sleep(longest) => Err(Outage::BUSY.into()),
        }
    }

    /// The connection, if its other side is still there. One that lay unused is asked; what has closed without a word
    /// to one has mostly done so to all that lay as long.
    async fn proven(&self, mut session: Session) -> Option<Session> {
        let is_forgotten = self.forgotten().is_some_and(|at| session.used <= at);
        let EitherConnection::Postgres(postgres) = session.connection.either() else { return Some(session) };
        if is_forgotten || !is_open(postgres) {
            put_away(session);
            return None;
        }
        if session.used.elapsed() < TRUSTED {
            return Some(session);
        }
        let asking =
            spawn_blocking(move || session.connection.batch_execute("SELECT 1").is_ok().then_some(session));
        let answered = timeout(ANSWER, asking).await;
        let proven = answered.ok().and_then(Result::ok).flatten();
        if proven.is_none() {
            self.forget();
        }
        proven
    }

    async fn open(&self) -> Result<(Session, Slot)> {
        if !self.presence.may_try() {
            return Err(Outage::AWAY.into());
        }
        match self.open_within(OPENING).await {
            Ok(opened) => {
                self.presence.found(Cause::Away);
                Ok(opened)
            }
            Err(reason) => {
                self.lose(&reason);
                Err(Outage::AWAY.into())
            }
        }
    }

    async fn open_within(&self, longest: Duration) -> Result<(Session, Slot), NotOpened> {
        let (slots, opener) = (self.slots.clone(), self.opener.clone());
        let opening = spawn_blocking(move || {
            let mut slot = slots.get().context("no place for a connection")?;
            let session = match slot.session.take() {
                // Somebody has just put it back.
                Some(session) => session,
                None => opener.open()?,
            };
            anyhow::Ok((session, slot))
        });
        match timeout(longest, opening).await {
            Ok(Ok(opened)) => opened.map_err(NotOpened::Refused),
            Ok(Err(cut_off)) => Err(NotOpened::Refused(cut_off.into())),
            // The thread ends by itself: opening has its own limit there.
            Err(_) => Err(NotOpened::InTime),
        }
    }

    fn lose(&self, reason: &dyn std::fmt::Display) {
        self.forget();
        self.presence.lost(Cause::Away, reason);
    }

    fn forget(&self) {
        *self.forgotten.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn forgotten(&self) -> Option<Instant> {
        *self.forgotten.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug, thiserror::Error)]
enum NotOpened {
    #[error("{0:#}")]
    Refused(anyhow::Error),
    #[error("no connection was opened in time")]
    InTime,
}

/// Closes a connection where it disturbs nobody: saying good-bye to somebody who has gone may take a while.
fn put_away(session: Session) {
    drop(spawn_blocking(move || drop(session)));
}
