//! Why a file cannot be read.

use thiserror::Error;

/// Why a file cannot be read. `templates/kit/words/unreadable.html` says it to people, the messages here to whoever
/// uses the command line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// No row, or none below the heads.
    #[error("there are no rows in it")]
    Empty,
    #[error("larger than {most} bytes")]
    TooLarge { most: usize },
    /// Unpacked, or with what its cells repeat written out, a workbook is too large.
    #[error("a workbook that is larger than {most} bytes inside")]
    Swells { most: usize },
    #[error("more than {most} rows")]
    TooManyRows { most: usize },
    #[error("line {line} has more than {most} columns")]
    TooManyColumns { line: u64, most: usize },
    #[error("line {line} has a cell of more than {most} characters")]
    LongCell { line: u64, most: usize },
    /// A picture, a PDF, an archive, whatever else.
    #[error("neither CSV nor a workbook (XLSX)")]
    NoTable,
    /// What Excel wrote until 2003, or calls "97-2003".
    #[error("an old workbook (XLS); save it as XLSX or CSV")]
    OldWorkbook,
    /// ODS, Numbers, XLSB, or a web page with the name of a workbook.
    #[error("a workbook that is not XLSX; save it as XLSX or CSV")]
    OtherWorkbook,
    #[error("a workbook with a password; save it without")]
    Encrypted,
    #[error("a damaged workbook")]
    Damaged,
    /// Text in no encoding, from this line on.
    #[error("line {line} is no text; save it as UTF-8")]
    Garbled { line: u64 },
    /// A quote that is opened in the row on this line and never closed: everything after it would be one cell.
    #[error("the quote in line {line} is never closed")]
    OpenQuote { line: u64 },
    /// Columns that have to be there are not among the heads.
    #[error("there is no column {}; the first row names: {}", missing.join(", "), heads.join(", "))]
    NoColumn { missing: Vec<String>, heads: Vec<String> },
    /// Two heads are one column.
    #[error("the column {head} is there twice")]
    TwoHeads { head: String },
}

impl Unreadable {
    /// Whether another sheet of the same workbook may be the one that is meant. One whose heads fit is.
    pub(super) fn is_of_this_sheet(&self, has_heads: bool) -> bool {
        match self {
            Self::Empty | Self::NoColumn { .. } | Self::TwoHeads { .. } => true,
            Self::TooManyColumns { .. } => !has_heads,
            _ => false,
        }
    }
}
