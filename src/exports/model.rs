//! A list that somebody wants as a file, and how it stands.

use crate::language::Language;
use crate::text_enum;
use crate::values::id::{ExportId, JobId, OrganisationId, PersonId, SelectionId};
use crate::values::moment::Moment;
use crate::web::export::{Format, Place};

/// For so many hours a file is kept.
pub const KEPT_HOURS: i64 = 24;
/// For so many days it shows that there was one.
pub const LISTED_DAYS: i64 = 180;
/// So many of an organisation wait at most.
pub const MOST_WAITING: i64 = 3;
/// So many files of an organisation are kept at once, and no more are begun where they have so many bytes: they lie in
/// the database, and in each copy of it.
pub const MOST_KEPT: usize = 20;
pub const MOST_BYTES_KEPT: i64 = 2_000_000_000;

text_enum! {
    /// How it stands.
    pub enum State {
        Waiting = "waiting",
        Ready = "ready",
        /// The list is not there any more for whoever asked for it.
        Refused = "refused",
        /// The portal failed at it, and has given it up.
        Failed = "failed",
        /// Somebody has stopped it.
        Stopped = "stopped",
        /// The file is deleted.
        Expired = "expired",
    }
}

/// A list that somebody wants as a file.
#[derive(Clone, Debug)]
pub struct Export {
    pub id: ExportId,
    pub organisation: OrganisationId,
    pub person: (PersonId, String),
    /// By which the portal knows the list.
    pub route: String,
    pub path: String,
    pub query: String,
    /// What the list is narrowed to, by the names of its filter.
    pub filter: Vec<(String, String)>,
    pub format: Format,
    /// In which the file says what it is about, as a tag.
    pub language: String,
    /// What the file is called, without its ending.
    pub name: String,
    pub state: State,
    pub rows: i64,
    pub bytes: i64,
    pub downloads: i64,
    pub asked_at: Moment,
    /// As of when its rows are, where it has some; else when it came to its end. And who has stopped it.
    pub settled_at: Option<Moment>,
    pub settled_by: Option<String>,
    pub expires_at: Option<Moment>,
    pub job: JobId,
    /// What was ticked when it was asked for, kept apart, where the file has that alone.
    pub selection: Option<SelectionId>,
}

impl Export {
    /// How it stands at a moment: a file that is over is gone for people, also before it is deleted.
    pub fn state_at(&self, now: &Moment) -> State {
        let is_over = self.expires_at.is_some_and(|until| until <= *now);
        if self.state == State::Ready && is_over { State::Expired } else { self.state }
    }

    /// The list, as it was narrowed.
    pub fn place(&self) -> Option<Place> {
        Place::of(&self.route, &self.path, &self.query)
    }

    /// The list, with what was ticked when the file was asked for.
    pub fn wanted(&self) -> Option<Place> {
        let place = self.place()?;
        Some(match &self.selection {
            Some(selection) => place.with("selection", selection.as_str()),
            None => place,
        })
    }

    /// In which letters about it are read by somebody: in their own language, else as it was asked for.
    pub fn read_in(&self, own: Option<Language>) -> Language {
        own.or_else(|| Language::of_tag(&self.language)).unwrap_or_default()
    }

    /// Who has stopped it, and when.
    pub fn stopped(&self) -> Option<(&str, Moment)> {
        let by = self.settled_by.as_deref().filter(|_| self.state == State::Stopped)?;
        self.settled_at.map(|at| (by, at))
    }

    pub fn is_of(&self, person: &PersonId) -> bool {
        self.person.0 == *person
    }
}

/// A size as people read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    Kilobytes(i64),
    Megabytes(i64),
}

impl Size {
    /// Of so many bytes, rounded up.
    pub fn of(bytes: &i64) -> Self {
        const KILO: i64 = 1_000;
        const MEGA: i64 = 1_000_000;
        let in_units = |unit: i64| bytes.saturating_add(unit - 1).div_euclid(unit);
        if *bytes < MEGA { Self::Kilobytes(in_units(KILO)) } else { Self::Megabytes(in_units(MEGA)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up() {
        for (bytes, size) in [
            (0, Size::Kilobytes(0)),
            (1, Size::Kilobytes(1)),
            (1_001, Size::Kilobytes(2)),
            (1_000_000, Size::Megabytes(1)),
            (1_000_001, Size::Megabytes(2)),
        ] {
            assert_eq!(Size::of(&bytes), size, "{bytes}");
        }
    }
}
