//! Whether the database keeps what it is told: felt by writing a number, at most once a second, beside everything that
//! pages do.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::Connection;
use super::connection::{Opener, Session};
use super::limits::{HEALTH, Limits};
use super::outage;
use super::schema::{organisations, pulse};
use crate::error::{Cause, Error, Result};

/// For so long an answer counts for everybody who asks.
const COUNTS: Duration = Duration::from_secs(1);
/// Others may write for so long before "busy" means that nothing can be kept.
const LONGEST_BUSY: Duration = Duration::from_secs(30);

/// What the database is good for at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beat {
    /// It keeps what it is told.
    Regular,
    /// It does not answer.
    Silent,
    /// It answers, and keeps nothing.
    Unwritable,
    /// It answers, and its tables cannot be read.
    Unreadable,
}

pub(super) struct Pulse {
    opener: Opener,
    /// The connection that felt it last, if it can feel it again. Those who hang on one never give it back.
    own: Arc<Mutex<Option<Session>>>,
    felt: tokio::sync::Mutex<Felt>,
    /// Whether a thread is at it.
    is_feeling: Arc<AtomicBool>,
}

#[derive(Default)]
struct Felt {
    last: Option<(Instant, Beat)>,
    /// Since when others have been writing whenever it was asked.
    busy_since: Option<Instant>,
}

impl Pulse {
    pub fn of(opener: &Opener) -> Self {
        Self {
            opener: opener.with(LIMITS),
            own: Arc::default(),
            felt: tokio::sync::Mutex::default(),
            is_feeling: Arc::default(),
        }
    }

    /// Answers in time even if nothing else does: it takes no connection of the pool and no thread of the runtime.
    pub async fn feel(&self) -> Beat {
        // Also waiting for somebody else's feeling takes no longer.
        timeout(HEALTH, self.feel_in_turn()).await.unwrap_or(Beat::Silent)
    }

    async fn feel_in_turn(&self) -> Beat {
        let mut felt = self.felt.lock().await;
        if let Some((at, beat)) = felt.last
            && at.elapsed() < COUNTS
        {
            return beat;
        }
        let busy_since = felt.busy_since.take();
        let beat = match self.beat().await {
            Ok(Some(beat)) => beat,
            Ok(None) => {
                let since = *felt.busy_since.insert(busy_since.unwrap_or_else(Instant::now));
                if since.elapsed() < LONGEST_BUSY { Beat::Regular } else { Beat::Unwritable }
            }
            Err(_) => Beat::Silent,
        };
        felt.last = Some((Instant::now(), beat));
        beat
    }

    /// What one beat says; nothing if others write.
    fn beat(&self) -> oneshot::Receiver<Option<Beat>> {
        let (tell, told) = oneshot::channel();
        if self.is_feeling.swap(true, Ordering::AcqRel) {
            // A thread hangs still: another one would hang beside it.
            return told;
        }
        let (opener, own, is_feeling) =
            (self.opener.clone(), Arc::clone(&self.own), Arc::clone(&self.is_feeling));
        let feeling = std::thread::Builder::new().name("pulse".to_owned()).spawn(move || {
            let kept = own.lock().unwrap_or_else(PoisonError::into_inner).take();
            let (beat, session) = feel(&opener, kept);
            *own.lock().unwrap_or_else(PoisonError::into_inner) = session;
            is_feeling.store(false, Ordering::Release);
            // Whoever asked may have gone.
            let _ = tell.send(beat);
        });
        // Without a thread the channel closes, and the beat is silent.
        if feeling.is_err() {
            self.is_feeling.store(false, Ordering::Release);
        }
        told
    }
}

const LIMITS: Limits = Limits {
    work: None,
    turn: None,
    retries: Duration::ZERO,
    statement: 1_500,
    lock: 1_000,
    idle_in_transaction: 5_000,
    busy: 800,
};

/// Feels one beat, with the connection that was kept or with a new one; answers the connection if it may be kept.
fn feel(opener: &Opener, kept: Option<Session>) -> (Option<Beat>, Option<Session>) {
    if let Some(mut session) = kept
        && let Ok(beat) = keep_one(&mut session.connection)
    {
        return (beat, Some(session));
    }
    match opener.open() {
        Err(_) => (Some(Beat::Silent), None),
        Ok(mut session) => match keep_one(&mut session.connection) {
            Ok(beat) => (beat, Some(session)),
            Err(beat) => (Some(beat), None),
        },
    }
}

/// Reads what every page reads, and keeps one number. Nothing when somebody else writes at the moment.
fn keep_one(connection: &mut Connection) -> Result<Option<Beat>, Beat> {
    let read = organisations::table.select(organisations::id).first::<String>(connection).optional();
    if let Err(error) = read {
        return failed(error, connection, Beat::Unreadable);
    }
    match diesel::update(pulse::table).set(pulse::beats.eq(pulse::beats + 1)).execute(connection) {
        Ok(1) => Ok(Some(Beat::Regular)),
        Ok(_) => Err(Beat::Unreadable),
        Err(error) => failed(error, connection, Beat::Unwritable),
    }
}

fn failed(
    error: diesel::result::Error,
    connection: &mut Connection,
    otherwise: Beat,
) -> Result<Option<Beat>, Beat> {
    match outage::behind(&Error::from(error), connection).map(|outage| outage.cause) {
        Some(Cause::Busy) => Ok(None),
        Some(Cause::Away) => Err(Beat::Silent),
        Some(Cause::Unwritable) => Err(Beat::Unwritable),
        None => Err(otherwise),
    }
}
