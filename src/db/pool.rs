//! The connections that all pages share. Nobody waits long: neither for one to become free, nor for a database that
//! does not answer, nor with a connection whose other side has silently gone.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use diesel::connection::SimpleConnection as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

use super::activity;
use super::connection::{EitherConnection as Connection, Opener, Session};
use super::job::{Job, Lent};
use super::limits::{
    ANSWER, CONNECTIONS, DOUBT, IDLEST, Limits, OLDEST, OPENING, ROOM, SIGN_OF_LIFE, TRUSTED,
};
use super::outage::is_open;
use super::presence::Presence;
use crate::error::{Cause, Outage, Result};

pub(super) struct Pool {
    opener: Opener,
    limits: Limits,
    room: Arc<Semaphore>,
    shelf: Arc<Shelf>,
    presence: Arc<Presence>,
    /// When somebody last asked whether the database is there, and it was not.
    silent: tokio::sync::Mutex<Option<Instant>>,
}

/// The connections that nobody uses, the one that was used last at the end.
#[derive(Default)]
pub(super) struct Shelf(Mutex<Vec<Idle>>);

struct Idle {
    session: Session,
    since: Instant,
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
    pub fn new(opener: Opener, limits: Limits, presence: Arc<Presence>) -> Self {
        Self {
            opener: opener.with(limits),
            limits,
            room: Arc::new(Semaphore::new(CONNECTIONS)),
            shelf: Arc::default(),
            presence,
            silent: tokio::sync::Mutex::new(None),
        }
    }

    /// Takes a connection that is open already.
    pub fn keep(&self, session: Session) {
        self.shelf.put(session);
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
        let (opener, shelf) = (self.opener.clone(), Arc::clone(&self.shelf));
        let asking = spawn_blocking(move || {
            let mut session = opener.open()?;
            let Connection::Postgres(postgres) = &mut session.connection else { return Ok(true) };
            let is_working = activity::is_working(postgres, process)?;
            shelf.put(session);
            anyhow::Ok(is_working)
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
        while let Some(idle) = self.shelf.take() {
            if let Some(session) = self.proven(idle).await {
                return Ok(self.lent(session, room));
            }
        }
        Ok(self.lent(self.open().await?, room))
    }

    fn lent(&self, session: Session, room: OwnedSemaphorePermit) -> Lent {
        Lent::new(session, room, self.opener.clone(), Arc::clone(&self.shelf), Arc::clone(&self.presence))
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
    async fn proven(&self, Idle { mut session, since }: Idle) -> Option<Session> {
        let Connection::Postgres(postgres) = &mut session.connection else { return Some(session) };
        if !is_open(postgres) {
            return None;
        }
        if since.elapsed() < TRUSTED {
            return Some(session);
        }
        let asking =
            spawn_blocking(move || session.connection.batch_execute("SELECT 1").is_ok().then_some(session));
        let answered = timeout(ANSWER, asking).await;
        let proven = answered.ok().and_then(Result::ok).flatten();
        if proven.is_none() {
            self.shelf.clear();
        }
        proven
    }

    async fn open(&self) -> Result<Session> {
        if !self.presence.may_try() {
            return Err(Outage::AWAY.into());
        }
        match self.open_within(OPENING).await {
            Ok(session) => {
                self.presence.found(Cause::Away);
                Ok(session)
            }
            Err(reason) => {
                self.lose(&reason);
                Err(Outage::AWAY.into())
            }
        }
    }

    async fn open_within(&self, longest: Duration) -> Result<Session, NotOpened> {
        let opener = self.opener.clone();
        let opening = spawn_blocking(move || opener.open());
        match timeout(longest, opening).await {
            Ok(Ok(opened)) => opened.map_err(NotOpened::Refused),
            Ok(Err(cut_off)) => Err(NotOpened::Refused(cut_off.into())),
            // The thread ends by itself: opening has its own limit there.
            Err(_) => Err(NotOpened::InTime),
        }
    }

    fn lose(&self, reason: &dyn std::fmt::Display) {
        self.shelf.clear();
        self.presence.lost(Cause::Away, reason);
    }
}

#[derive(Debug, thiserror::Error)]
enum NotOpened {
    #[error("{0:#}")]
    Refused(anyhow::Error),
    #[error("no connection was opened in time")]
    InTime,
}

impl Shelf {
    fn take(&self) -> Option<Idle> {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = shelf.pop();
        let outdated: Vec<Idle> = shelf.extract_if(.., |idle| idle.since.elapsed() > IDLEST).collect();
        drop(shelf);
        put_away(outdated);
        idle
    }

    /// Keeps a connection for the next one, unless there are enough or it is old.
    pub fn put(&self, session: Session) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if shelf.len() < CONNECTIONS && session.opened.elapsed() < OLDEST {
            shelf.push(Idle { session, since: Instant::now() });
        }
    }

    fn clear(&self) {
        put_away(std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)));
    }
}

/// Closes connections where it disturbs nobody: saying good-bye to somebody who has gone may take a while.
fn put_away(connections: Vec<Idle>) {
    if !connections.is_empty() {
        drop(spawn_blocking(move || drop(connections)));
    }
}
