//! The few ways a request can fail. What a person can mend is an outcome, not an error.

use thiserror::Error;

use crate::values::id::CustomerId;
use crate::values::password;

/// Why a request was not carried out.
#[derive(Debug, Error)]
pub enum Error {
    /// There is no such thing, or it belongs to somebody else: nobody learns which.
    #[error("not found")]
    NotFound,
    /// The person's roles do not allow it. The key names the rule; `templates/error.html` words it.
    #[error("forbidden: {0}")]
    Forbidden(&'static str),
    /// Nobody is signed in.
    #[error("sign-in needed")]
    SignInNeeded,
    /// The request makes no sense; the key names the reason for the log.
    #[error("bad request: {0}")]
    BadRequest(&'static str),
    /// The provider's relationship with this customer has ended, so nothing new begins for it, whoever asks.
    #[error("the relationship with customer {0} has ended")]
    Ended(CustomerId),
    /// The customer does not let the viewer's organisation administer its account: that ends and begins with the customer.
    #[error("customer {0} gives no delegated administration")]
    Undelegated(CustomerId),
    /// Enough letters were mailed for a while: nothing was done, and in so many seconds another one can go.
    #[error("too many letters: {of:?}")]
    TooManyLetters { of: Postage, seconds: i64 },
    /// Too much is asked for at once: nothing was done, and a moment later it can be.
    #[error("busy: {0}")]
    Busy(#[from] password::Busy),
    /// Not now: the database is away or cannot keep anything. It passes, and the log says what it is.
    #[error("{0}")]
    Unavailable(Outage),
    /// Our fault. Logged with its causes; the visitor gets a fixed sentence and the request id.
    #[error("internal error")]
    Internal(#[source] anyhow::Error),
}

/// Whose letters there are enough of for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Postage {
    Person,
    Organisation,
    Addressee,
}

/// Why nothing can be had from the database for a while, and what became of what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    pub cause: Cause,
    /// The connection ended while a command was being made final: it may be done, or not. Otherwise nothing was done.
    pub may_be_done: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Cause {
    #[error("the database does not answer")]
    Away,
    #[error("the database has more to do than it can")]
    Busy,
    #[error("the database cannot be written to: its disk is full, read-only or faulty")]
    Unwritable,
}

impl std::fmt::Display for Outage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.cause.fmt(f)
    }
}

impl Outage {
    /// After how many seconds another try is worth it.
    pub fn retry_after(&self) -> u32 {
        match self.cause {
            Cause::Busy => 3,
            Cause::Away => 5,
            Cause::Unwritable => 30,
        }
    }
}

/// What everything that can fail answers with.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        match error {
            diesel::result::Error::NotFound => Self::NotFound,
            error => Self::Internal(error.into()),
        }
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl From<Outage> for Error {
    fn from(outage: Outage) -> Self {
        Self::Unavailable(outage)
    }
}

impl Error {
    /// The cause of an internal error, for the command line, which shows it.
    pub fn into_cause(self) -> anyhow::Error {
        match self {
            Self::Internal(cause) => cause,
            error => error.into(),
        }
    }
}
