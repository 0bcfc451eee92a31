//! Lists as files, all of them in one way. An area says in its `exports.rs` what somebody gets of each of its lists: the
//! columns, how its rows are read and what stands in the cells. What is made of it, whether it is sent at once or by a
//! job, and who is told of it, is the same for all.
//!
//! What is one of a few (a state, a role, a reason) stands by its key, which is the same in every language and stays;
//! only what people did, as the Activity log has it, is said in English.

mod about;
mod draft;
mod menu;
mod place;
mod sent;
mod sheet;

use crate::access::permission::{ExportLists, Permission};
use crate::access::{Allowed, Viewer};
use crate::db::Connection;
use crate::error::Result;
use crate::text_enum;
use crate::values::moment::Moment;
use crate::web::Site;

pub use about::{About, Criterion};
pub use draft::{Draft, Made};
pub use menu::ExportMenu;
pub use place::Place;
pub use sent::attachment;
pub use sheet::Sheet;

/// More rows than these to look through are no page's work but a job's: a browser would wait for minutes, and break off in
/// between.
pub const LARGE: usize = 50_000;

text_enum! {
    /// As which kind of file.
    pub enum Format {
        Csv = "csv",
        Xlsx = "xlsx",
    }
}

impl Format {
    /// What files of this kind are, for browsers.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// What a file is called as which this is kept.
    pub fn file_name(self, name: &str) -> String {
        format!("{name}.{}", self.as_text())
    }
}

/// A list that can be had as a file.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Where it is had: beneath the list's own address. Under this it is worded in the glossary of its area, written to
    /// the Security log, and kept.
    pub route: &'static str,
    /// What somebody gets of it: [`crate::error::Error::Forbidden`] for whoever may not have it.
    pub sheet: fn(&mut Connection, &Wish<'_>) -> Result<Sheet>,
}

/// The list of which a file is that was made earlier; kept with the request that takes it, for the Security log.
#[derive(Clone, Debug)]
pub struct TakenFrom(pub String);

/// Who wants which part of a list.
pub struct Wish<'a> {
    pub by: &'a Viewer,
    pub site: &'a Site,
    pub place: &'a Place,
    pub now: Moment,
}

impl Wish<'_> {
    /// The proof that whoever wants it may see the list, and take lists away.
    ///
    /// # Errors
    /// [`crate::error::Error::Forbidden`].
    pub fn allowed<P: Permission>(&self) -> Result<Allowed<P>> {
        self.allowed_by::<P, ExportLists>()
    }

    /// The same where another rule than that of lists says who may take it away.
    ///
    /// # Errors
    /// [`crate::error::Error::Forbidden`].
    pub fn allowed_by<P: Permission, E: Permission>(&self) -> Result<Allowed<P>> {
        let by = Allowed::<P>::check(self.by)?;
        Allowed::<E>::check(self.by)?;
        Ok(by)
    }
}
