//! How much is read, and what helps to read it.

use crate::values::country::Country;
use crate::values::money::grouped;

/// The most columns; what people drag over is less.
pub const COLUMNS: usize = 300;
/// The longest cell, in characters: what Excel can hold.
pub const CELL: usize = 32_767;
/// So many times the size of the largest file a workbook may be, unpacked: mark-up shrinks to a tenth or twentieth.
const UNPACKED: usize = 32;
/// So many times the size of the largest file the cells of a workbook may be, written out: they share their words.
const WRITTEN_OUT: usize = 8;

/// How much of a file is read, and what helps to read it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub bytes: usize,
    /// Below the heads.
    pub rows: usize,
    pub(super) country: Option<Country>,
}

impl Limits {
    pub const fn of(bytes: usize, rows: usize) -> Self {
        Self { bytes, rows, country: None }
    }

    /// Text without a mark is more likely in an encoding of this country.
    #[must_use]
    pub fn from_country(self, country: Country) -> Self {
        Self { country: Some(country), ..self }
    }

    /// The most rows, as pages write numbers.
    pub fn most_rows(&self) -> String {
        grouped(&self.rows.to_string())
    }

    /// The largest file, in megabytes.
    pub fn most_megabytes(&self) -> usize {
        self.bytes / 1_000_000
    }

    pub(super) fn unpacked(&self) -> usize {
        self.bytes.saturating_mul(UNPACKED)
    }

    pub(super) fn written_out(&self) -> usize {
        self.bytes.saturating_mul(WRITTEN_OUT)
    }
}
