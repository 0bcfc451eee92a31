//! What becomes of the rows of a file that somebody sent: what each would do, and what came of it.

use crate::text_enum;

text_enum! {
    /// What a row would do.
    pub enum Verdict {
        New = "new",
        Changed = "changed",
        /// It may be of something that is there already: somebody has to say.
        Likely = "likely",
        /// It is like that already.
        Same = "same",
        Refused = "refused",
    }
}

text_enum! {
    /// What came of it.
    pub enum Outcome {
        /// It has not had its turn.
        Waiting = "waiting",
        Added = "added",
        Changed = "changed",
        /// It was like that already.
        Unchanged = "unchanged",
        Refused = "refused",
        /// What it did is undone.
        TakenBack = "taken_back",
    }
}

text_enum! {
    /// What somebody chose for a row that may be of something that is there already.
    pub enum Choice {
        /// Nothing so far.
        Open = "open",
        /// It is something else.
        Add = "add",
        /// It is the same, which gets what the row has beside.
        Join = "join",
        /// It is the same, and nothing is to be done.
        Leave = "leave",
    }
}

text_enum! {
    /// Why what a row did is not taken back.
    pub enum Built {
        /// The user has signed in, or chosen a password.
        SignedIn = "signed_in",
        /// What it made or changed is otherwise by now.
        Changed = "changed",
        /// The user has admin roles, and whoever takes the file back may not change such users.
        HasRoles = "has_roles",
        /// What it made is gone.
        Deleted = "deleted",
        /// Something else was made for the customer.
        Used = "used",
        /// The portal failed at it.
        Failed = "failed",
    }
}

/// The cells of a row by their columns, as they are kept.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'a, C> {
    pub columns: &'a [C],
    pub texts: &'a [String],
}

impl<C: PartialEq> Cells<'_, C> {
    /// What it says in a column; nothing where the file has no such column.
    pub fn get(&self, column: C) -> &str {
        let place = self.columns.iter().position(|one| *one == column);
        place.and_then(|place| self.texts.get(place)).map_or("", String::as_str)
    }
}

/// A row that nobody has looked at.
#[derive(Clone, Copy, Debug)]
pub struct Unread<'a> {
    pub line: u64,
    /// How many cells it has and should have, where that is not the same.
    pub odd_length: Option<(usize, usize)>,
    pub texts: &'a [String],
}

/// A row that was looked at before anything happens.
#[derive(Clone, Debug)]
pub struct Judged<W> {
    pub verdict: Verdict,
    pub why: W,
}

/// A row that has its turn, as it was shown.
#[derive(Clone, Debug)]
pub struct Turn<'a, W> {
    pub line: u64,
    pub texts: &'a [String],
    pub verdict: Verdict,
    pub why: &'a W,
}
