//! Changing who looks after many customers at once.

use crate::values::id::{HandoverId, SelectionId};

super::addresses! {
    list() "/customers/handovers";
    export() "/customers/handovers/export";
    new() "/customers/handovers/new";
    show(id: &HandoverId) "/customers/handovers/{id}";
    export_results(id: &HandoverId) "/customers/handovers/{id}/export";
    stop(id: &HandoverId) "/customers/handovers/{id}/stop";
    /// For what is left after a partnership has ended.
    again(id: &HandoverId) "/customers/handovers/{id}/again";
}

/// For what is selected.
pub fn new_for(selection: &SelectionId) -> String {
    super::address(new(), &(), &[("selection", selection.as_str())])
}

/// What came of it, narrowed to one result.
pub fn results(id: &HandoverId, result: &str) -> String {
    super::address(show(id), &(), &[("result", result)])
}
