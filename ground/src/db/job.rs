//! What is being done with a connection, seen from both sides: the thread that does it, and the request that waits.

use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use diesel::connection::{TransactionManager as _, TransactionManagerStatus};
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use tokio::sync::OwnedSemaphorePermit;

use super::connection::{Opener, Session};
use super::outage;
use super::presence::Presence;
use super::slots::Slot;
use super::{Connection, EitherConnection};
use crate::error::{Cause, Error, Outage, Result};

/// How far it has come.
pub(super) struct Job {
    state: Mutex<State>,
    /// The process of PostgreSQL that serves it; 0 where there is none.
    process: AtomicI32,
}

enum State {
    /// Nothing that it did would stay. The place among the connections is its own.
    Open(OwnedSemaphorePermit),
    /// The end of its transaction was asked for, and no answer has come.
    Committing(OwnedSemaphorePermit),
    /// Nobody waits for it any more, and somebody else has its place: nothing it did may stay.
    GivenUp,
}

impl Job {
    /// The process that serves it, on PostgreSQL.
    pub fn process(&self) -> Option<i32> {
        Some(self.process.load(Ordering::Relaxed)).filter(|process| *process != 0)
    }

    fn is_served_by(&self, session: &Session) {
        self.process.store(session.process.unwrap_or(0), Ordering::Relaxed);
    }

    /// Asks whether the transaction may be made final, which from then on nobody can take back.
    pub fn may_commit(&self) -> bool {
        self.change(|state| match state {
            State::Open(place) | State::Committing(place) => State::Committing(place),
            State::GivenUp => State::GivenUp,
        });
        matches!(*self.state(), State::Committing(_))
    }

    /// It is known what came of the end of the transaction.
    pub fn is_settled(&self) {
        self.change(|state| match state {
            State::Committing(place) => State::Open(place),
            state => state,
        });
    }

    /// Waits no longer. What it would still do is undone, unless it was just being made final.
    pub fn give_up(&self, outage: Outage) -> Outage {
        let mut state = self.state();
        let may_be_done = matches!(*state, State::Committing(_));
        *state = State::GivenUp;
        Outage { may_be_done, ..outage }
    }

    fn is_given_up(&self) -> bool {
        matches!(*self.state(), State::GivenUp)
    }

    fn change(&self, change: impl FnOnce(State) -> State) {
        let mut state = self.state();
        let before = std::mem::replace(&mut *state, State::GivenUp);
        *state = change(before);
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection in use, and the place that it goes back to. Whatever does not end in [`Self::settle`], such as a panic,
/// closes it.
pub(super) struct Lent {
    session: Session,
    slot: Slot,
    begun: Instant,
    job: Arc<Job>,
    opener: Opener,
    presence: Arc<Presence>,
}

impl Lent {
    pub fn new(
        (session, slot): (Session, Slot),
        place: OwnedSemaphorePermit,
        opener: Opener,
        presence: Arc<Presence>,
    ) -> Self {
        let job = Job { state: Mutex::new(State::Open(place)), process: AtomicI32::new(0) };
        job.is_served_by(&session);
        Self { session, slot, begun: Instant::now(), job: Arc::new(job), opener, presence }
    }

    pub fn connection(&mut self) -> &mut Connection {
        &mut self.session.connection
    }

    pub fn job(&self) -> Arc<Job> {
        Arc::clone(&self.job)
    }

    /// Takes a new connection instead of one that turned out to be of no use.
    pub fn replace(&mut self) -> Result<()> {
        match self.opener.open() {
            Ok(session) => {
                self.job.is_served_by(&session);
                self.session = session;
                Ok(())
            }
            Err(reason) => {
                self.presence.lost(Cause::Away, &format!("{reason:#}"));
                Err(Outage::AWAY.into())
            }
        }
    }

    /// A command was kept.
    pub fn was_kept(&self) {
        self.job.is_settled();
        self.presence.found(Cause::Unwritable);
    }

    /// What lies behind a failure, if the database only cannot serve now.
    pub fn outage_behind(&mut self, error: &Error) -> Option<Outage> {
        outage::behind(error, &mut self.session.connection).or_else(|| self.was_stopped(error))
    }

    /// PostgreSQL stops what takes too long, and does not say so in every language: what fails after so long was stopped.
    fn was_stopped(&self, error: &Error) -> Option<Outage> {
        let Error::Internal(cause) = error else { return None };
        let unnamed = DatabaseErrorKind::Unknown;
        let is_unnamed =
            matches!(cause.downcast_ref(), Some(DieselError::DatabaseError(kind, _)) if *kind == unnamed);
        let took_long = self.opener.stops_after().is_some_and(|longest| self.begun.elapsed() >= longest);
        (is_unnamed && took_long).then_some(Outage::BUSY)
    }

    /// Says what came of it, and leaves the connection to the next one if it is as it was.
    pub fn settle<T>(mut self, answer: Result<T>) -> Result<T> {
        let answer = answer.map_err(|error| self.told(error));
        if answer.is_ok() {
            self.presence.found(Cause::Away);
        }
        if self.is_clean() && !self.job.is_given_up() {
            self.session.used = Instant::now();
            self.slot.session = Some(self.session);
        }
        // Before the place among the connections becomes free, or the next one would open another.
        drop(self.slot);
        answer
    }

    fn told(&mut self, error: Error) -> Error {
        let Some(outage) = self.outage_behind(&error) else { return error };
        match error {
            Error::Internal(cause) if outage.cause == Cause::Unwritable => {
                self.presence.lost(outage.cause, &format!("{cause:#}"));
            }
            Error::Internal(cause) => tracing::warn!(cause = format!("{cause:#}"), "{outage}"),
            _ => {}
        }
        outage.into()
    }

    /// A connection with a transaction left open must not serve the next request, nor one that has ended.
    fn is_clean(&mut self) -> bool {
        type Manager = <Connection as diesel::Connection>::TransactionManager;
        let has_transaction = match Manager::transaction_manager_status_mut(&mut self.session.connection) {
            TransactionManagerStatus::InError => true,
            TransactionManagerStatus::Valid(status) => status.transaction_depth().is_some(),
        };
        let is_open = match self.session.connection.either() {
            EitherConnection::Sqlite(_) => true,
            EitherConnection::Postgres(postgres) => outage::is_open(postgres),
        };
        !has_transaction && is_open
    }
}
