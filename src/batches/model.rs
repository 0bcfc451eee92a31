//! A table that somebody sent as a file: how far it is, what its rows would do, and what came of each.

use serde::{Deserialize, Serialize};

use super::trade::Keyed;
use crate::sheets::{Built, Choice, Origin, Outcome, Verdict};
use crate::text_enum;
use crate::values::country::Country;
use crate::values::id::{BatchId, CustomerId, JobId, OrganisationId, PersonId};
use crate::values::moment::Moment;

/// For so many hours a preview waits to be applied.
pub const SHOWN_HOURS: i64 = 24;
/// For so many days the rows are kept once they had their turn: so long what they did can be taken back. That there was a
/// file, whose, and what came of it, is kept for good.
pub const KEPT_DAYS: i64 = 90;
/// So many rows are looked at, or done, in one transaction.
pub const PORTION: usize = 250;
/// Files of at most so many rows are done at once.
pub const SHORT: i64 = 250;
/// Whoever applies more rows than this gets a letter when they are done.
pub const LONG: i64 = 1_000;

text_enum! {
    /// How far it is.
    pub enum State {
        /// One row after another is looked at.
        Reading = "reading",
        /// What each row would do can be seen, and nothing has happened.
        Shown = "shown",
        /// One row after another is done.
        Working = "working",
        Done = "done",
        /// Somebody stopped it, or the portal did since whoever applied it may do so no more. What was done stays.
        Stopped = "stopped",
        /// Links are mailed to users who were added.
        Mailing = "mailing",
        /// It is found out whether something was built on what the rows did.
        Checking = "checking",
        /// What the rows did is undone, one after another.
        Returning = "returning",
        Returned = "returned",
        /// Another file took its place before it was applied, or nobody applied it in time.
        Discarded = "discarded",
    }
}

impl State {
    /// Whether the portal works at it.
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Reading | Self::Working | Self::Mailing | Self::Checking | Self::Returning)
    }

    /// Whether rows have had their turn, so that it is told what came of them instead of what they would do.
    pub fn is_applied(self) -> bool {
        !matches!(self, Self::Reading | Self::Shown | Self::Discarded)
    }
}

/// How many rows would do what, and what came of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    pub new: i64,
    pub changed: i64,
    /// Those for which somebody has to choose, and nobody has.
    pub likely: i64,
    /// Those for which somebody has to choose, or has.
    pub to_choose: i64,
    pub same: i64,
    pub refused: i64,
    pub added: i64,
    pub altered: i64,
    pub unchanged: i64,
    pub failed: i64,
    pub taken_back: i64,
    /// Of those that did something, on how many something was built when that was last asked.
    pub built_on: i64,
    /// How many links were mailed in place of passwords.
    pub mailed: i64,
    /// How many were not, since too many letters had gone to their address, or out.
    pub unmailed: i64,
}

impl Tally {
    /// How many rows have been looked at.
    pub fn read(&self) -> i64 {
        self.new + self.changed + self.likely + self.same + self.refused
    }

    /// How many have had their turn.
    pub fn settled(&self) -> i64 {
        self.added + self.altered + self.unchanged + self.failed + self.taken_back
    }

    /// How many would do something.
    pub fn good(&self) -> i64 {
        self.new + self.changed
    }

    /// How many did something that can be undone.
    pub fn standing(&self) -> i64 {
        self.added + self.altered
    }

    pub fn of_verdict(&self, verdict: Verdict) -> i64 {
        match verdict {
            Verdict::New => self.new,
            Verdict::Changed => self.changed,
            Verdict::Likely => self.likely,
            Verdict::Same => self.same,
            Verdict::Refused => self.refused,
        }
    }

    pub fn of_outcome(&self, outcome: Outcome, rows: i64) -> i64 {
        match outcome {
            Outcome::Waiting => rows - self.settled(),
            Outcome::Added => self.added,
            Outcome::Changed => self.altered,
            Outcome::Unchanged => self.unchanged,
            Outcome::Refused => self.failed,
            Outcome::TakenBack => self.taken_back,
        }
    }

    /// One row more of which this will come.
    pub fn judge(&mut self, verdict: Verdict) {
        *self.place(verdict) += 1;
        if verdict == Verdict::Likely {
            self.to_choose += 1;
        }
    }

    /// Rows that would do one thing, and by somebody's choice do another.
    pub fn choose(&mut self, (before, after): (Verdict, Verdict), rows: i64) {
        for (verdict, more) in [(before, -rows), (after, rows)] {
            let place = self.place(verdict);
            *place = place.saturating_add(more);
        }
    }

    fn place(&mut self, verdict: Verdict) -> &mut i64 {
        match verdict {
            Verdict::New => &mut self.new,
            Verdict::Changed => &mut self.changed,
            Verdict::Likely => &mut self.likely,
            Verdict::Same => &mut self.same,
            Verdict::Refused => &mut self.refused,
        }
    }

    /// A row of which one thing came, and now another.
    pub fn settle(&mut self, before: Outcome, after: Outcome) {
        self.count(before, -1);
        self.count(after, 1);
    }

    fn count(&mut self, outcome: Outcome, more: i64) {
        let place = match outcome {
            // It is what is left.
            Outcome::Waiting => return,
            Outcome::Added => &mut self.added,
            Outcome::Changed => &mut self.altered,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Refused => &mut self.failed,
            Outcome::TakenBack => &mut self.taken_back,
        };
        *place = place.saturating_add(more);
    }
}

/// What is known of a file beside its rows, and what is chosen for all of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Head {
    pub origin: Origin,
    /// By their keys, in the order of the file.
    columns: Vec<String>,
    /// Heads that are no column.
    pub unknown: Vec<String>,
    /// The country of rows that name none.
    pub location: Country,
    /// What followed the chosen part of domains when the file was sent.
    #[serde(default)]
    pub domain_suffix: String,
}

impl Head {
    pub fn new<C: Keyed>(
        (origin, columns, unknown): (Origin, &[C], Vec<String>),
        location: Country,
        domain_suffix: &str,
    ) -> Self {
        let columns = columns.iter().map(|column| column.key().to_owned()).collect();
        Self { origin, columns, unknown, location, domain_suffix: domain_suffix.to_owned() }
    }

    /// The columns that the file has, in its order.
    pub fn columns<C: Keyed>(&self) -> Vec<C> {
        self.columns.iter().filter_map(|key| C::of_key(key)).collect()
    }

    pub fn has<C: Keyed>(&self, column: C) -> bool {
        self.columns.iter().any(|key| key == column.key())
    }
}

/// A file that somebody sent.
#[derive(Clone, Debug)]
pub struct Batch {
    pub id: BatchId,
    pub organisation: OrganisationId,
    /// Of whose users it is; none where it is of customers.
    pub customer: Option<CustomerId>,
    pub person: (PersonId, String),
    /// Empty where its text was pasted.
    pub file_name: String,
    /// SHA-256 of the file, in hexadecimal digits.
    pub file_hash: String,
    pub bytes: i64,
    pub head: Head,
    pub state: State,
    pub rows: i64,
    pub tally: Tally,
    /// Up to which row the work in hand has come.
    pub reached: i64,
    pub uploaded_at: Moment,
    pub applied_at: Option<Moment>,
    pub applied_by: String,
    pub settled_at: Option<Moment>,
    /// Who stopped it, or took it back; nobody where the portal did.
    pub settled_by: String,
    /// When passwords were downloaded last, and by whom.
    pub handed: Option<(Moment, String)>,
    /// Until when it waits to be applied, or its rows are kept.
    pub expires_at: Option<Moment>,
    /// For whom the portal works at it now, or did last.
    pub worker: PersonId,
    pub job: JobId,
}

impl Batch {
    /// Whether its rows are still there at a moment.
    pub fn has_rows(&self, now: &Moment) -> bool {
        self.expires_at.is_some_and(|until| until > *now) || self.state.is_under_way()
    }

    /// Whether passwords can be handed over, links mailed and rows taken back.
    pub fn is_settled(&self) -> bool {
        matches!(self.state, State::Done | State::Stopped | State::Returned)
    }

    /// When it was applied, of a file that was.
    pub fn applied(&self) -> &Moment {
        self.applied_at.as_ref().unwrap_or(&self.uploaded_at)
    }

    /// How many rows did not, or would not, do what the file says.
    pub fn refused(&self) -> i64 {
        if self.state.is_applied() { self.tally.failed } else { self.tally.refused }
    }

    pub fn can_be_taken_back(&self, now: &Moment) -> bool {
        self.is_settled() && self.has_rows(now) && self.tally.standing() > 0
    }

    /// Whether something of it is left to be taken back.
    pub fn has_rest(&self) -> bool {
        self.tally.standing() > self.tally.built_on
    }

    /// Where it stands once what was done beside its rows is over.
    pub fn at_rest(&self) -> State {
        match self.tally.taken_back {
            0 if self.tally.settled() < self.rows => State::Stopped,
            0 => State::Done,
            _ => State::Returned,
        }
    }

    /// How it is called in the log: like its file, or by its id where the text was pasted.
    pub fn name(&self) -> String {
        if self.file_name.is_empty() { self.id.to_string() } else { self.file_name.clone() }
    }

    /// What the page about passwords showed, so that two who hand them over do not both think they did.
    pub fn mark(&self) -> String {
        self.handed.as_ref().map(|(at, _)| at.exact()).unwrap_or_default()
    }
}

/// A row, as it is kept.
#[derive(Clone, Debug)]
pub struct Row<W> {
    pub number: i64,
    pub line: i64,
    pub texts: Vec<String>,
    pub verdict: Verdict,
    pub outcome: Outcome,
    pub why: W,
    /// What somebody chose, where there is a choice.
    pub choice: Option<Choice>,
    /// Why it is not taken back.
    pub built_on: Option<Built>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_counted_once() {
        let mut tally = Tally::default();
        for verdict in [Verdict::New, Verdict::New, Verdict::Refused] {
            tally.judge(verdict);
        }
        assert_eq!((tally.read(), tally.good()), (3, 2));
        tally.settle(Outcome::Waiting, Outcome::Added);
        tally.settle(Outcome::Waiting, Outcome::Refused);
        assert_eq!((tally.settled(), tally.of_outcome(Outcome::Waiting, 3)), (2, 1));
        tally.settle(Outcome::Added, Outcome::TakenBack);
        assert_eq!((tally.added, tally.taken_back, tally.settled()), (0, 1, 2));
    }
}
