//! Files of lists: those that are made by a job, and where each list has its own.

use crate::values::id::ExportId;

super::addresses! {
    list() "/exports";
    show(id: &ExportId) "/exports/{id}";
    stop(id: &ExportId) "/exports/{id}/stop";
    file(id: &ExportId) "/exports/{id}/file";
}

/// What the address of a list is followed by.
const BENEATH: &str = "/export";

/// Where a list is had as a file.
pub fn of_list(list: &str) -> String {
    format!("{list}{BENEATH}")
}

/// The list that is had as a file there.
pub fn list_of(export: &str) -> &str {
    export.strip_suffix(BENEATH).unwrap_or(export)
}
