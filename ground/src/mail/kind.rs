//! Kinds of letters. Each is declared beside its words, in the area that owns it, and listed there.

use crate::db::Connection;
use crate::error::Result;
use crate::values::moment::Moment;

/// A kind of letter.
#[derive(Debug)]
pub struct Kind {
    /// As the outbox keeps it, for good.
    pub key: &'static str,
    pub hand: Hand,
    /// Whether a letter of this kind that waits or failed may be sent again; one that waits goes out unasked.
    pub still_holds: StillHolds,
}

/// Who writes a letter. An absent person's mailbox should answer a person and never the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    Person,
    Portal,
}

/// Whether what a letter says still holds; asked with the id of what it is about.
pub type StillHolds = fn(&mut Connection, &str, Moment) -> Result<bool>;

/// For letters that say what was done.
///
/// # Errors
/// None.
pub fn always(_: &mut Connection, _: &str, _: Moment) -> Result<bool> {
    Ok(true)
}

/// Every kind there is.
#[derive(Clone, Debug)]
pub struct Kinds(Vec<&'static Kind>);

impl Kinds {
    /// Those of these areas.
    pub fn of(areas: &[&[&'static Kind]]) -> Self {
        Self(areas.concat())
    }

    pub fn all(&self) -> &[&'static Kind] {
        &self.0
    }
}
