//! Tables out of files that people send: CSV however it is divided and encoded, and workbooks (XLSX). What a file is
//! its content says, not its name. An area names its [`Column`]s and gets cells by column: all of them at once
//! ([`Sheet::read`]), or row by row ([`walk`]), which keeps nothing.
//!
//! Files come from strangers. Every read is bounded by [`Limits`]: bytes, rows, columns, the length of a cell, what is
//! unpacked and what is copied. A workbook is walked part by part while it is unpacked, never unpacked as a whole, and
//! no number in it decides how much memory is taken. Beside the file, `walk` holds the decoded text (at most three
//! times the file, nothing where it is UTF-8), or the shared strings of a workbook and one row.

mod encoding;
mod head;
mod kind;
mod limits;
mod row;
mod sheet;
mod text;
mod turn;
mod unreadable;
mod walk;
mod workbook;

pub use head::{Column, Head, named};
pub use limits::Limits;
pub use row::Row;
pub use sheet::Sheet;
pub use turn::{Built, Cells, Choice, Judged, Outcome, Turn, Unread, Verdict};
pub use unreadable::Unreadable;
pub use walk::{Origin, walk};

/// Takes a row of a file, whose cells nobody has named yet, with the line on which it begins.
type Visit<'a> = dyn FnMut(u64, &csv::StringRecord) -> Result<(), Unreadable> + 'a;

#[cfg(test)]
pub mod tests;
