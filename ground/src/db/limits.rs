//! How long the database may take, and how many may wait for it.

use std::time::Duration;

/// So many connections serve all pages.
pub(super) const CONNECTIONS: u16 = 16;
/// The same to a file, which only as many can read at once as there are cores; each keeps pages of it in memory.
pub(super) const CONNECTIONS_TO_FILE: u16 = 8;
/// On so many more a thread may still hang after nobody waits for it.
pub(super) const GIVEN_UP: u16 = 48;
/// A connection that was used within this time is taken without asking the server.
pub(super) const TRUSTED: Duration = Duration::from_secs(1);
/// For how long a connection lives, and how long it lies unused at most.
pub(super) const OLDEST: Duration = Duration::from_secs(30 * 60);
pub(super) const IDLEST: Duration = Duration::from_secs(10 * 60);

/// The longest answer to a question that takes no time: a connection that lay unused is asked it first.
pub(super) const ANSWER: Duration = Duration::from_secs(1);
/// The longest opening of a connection.
pub(super) const OPENING: Duration = Duration::from_millis(1500);
/// The longest waiting for a connection while others use all of them.
pub(super) const ROOM: Duration = Duration::from_secs(2);
/// After so long without an answer somebody asks whether the database is still there, and waits so long.
pub(super) const DOUBT: Duration = Duration::from_secs(1);
pub(super) const SIGN_OF_LIFE: Duration = Duration::from_millis(1500);
/// For so long after the database did not answer, nobody waits for it. Then somebody tries again.
pub(super) const AWAY: Duration = Duration::from_secs(1);
/// A health check answers within this time.
pub(super) const HEALTH: Duration = Duration::from_millis(1700);

/// How many commands may wait for the one writer of SQLite.
pub(super) const MOST_WRITERS: usize = 256;

/// What pages, letters and chores may take; commands on the command line take as long as they need.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// All queries of one reading or one command together.
    pub work: Option<Duration>,
    /// Waiting for the one writer of SQLite.
    pub turn: Option<Duration>,
    /// For how long a command that met another one is tried again.
    pub retries: Duration,
    /// What PostgreSQL keeps by itself, in milliseconds; 0 is no limit.
    pub statement: u64,
    pub lock: u64,
    pub idle_in_transaction: u64,
    /// For how long SQLite waits for another process, in milliseconds.
    pub busy: u64,
}

impl Limits {
    pub const HURRIED: Self = Self {
        work: Some(Duration::from_secs(30)),
        turn: Some(Duration::from_secs(5)),
        retries: Duration::from_secs(5),
        statement: 15_000,
        lock: 5_000,
        idle_in_transaction: 30_000,
        busy: 2_000,
    };

    pub const PATIENT: Self = Self {
        work: None,
        turn: None,
        retries: Duration::from_secs(600),
        statement: 0,
        lock: 0,
        idle_in_transaction: 0,
        busy: 60_000,
    };
}
