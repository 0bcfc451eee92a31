//! Lists as files: all of them in one way, short ones at once, long ones by a job.

#[path = "exports/all.rs"]
mod all;
#[path = "exports/ending.rs"]
mod ending;
#[path = "exports/foreign.rs"]
mod foreign;
#[path = "exports/job.rs"]
mod job;
#[path = "exports/narrow.rs"]
mod narrow;
#[path = "exports/pieces.rs"]
mod pieces;
#[path = "exports/selected.rs"]
mod selected;
#[path = "exports/workbook.rs"]
mod workbook;

use crate::access;

/// Every address at which a list is had as a file.
fn routes() -> impl Iterator<Item = &'static str> {
    access::rows().filter(|row| row.method == "GET" && row.path.ends_with("/export")).map(|row| row.path)
}
