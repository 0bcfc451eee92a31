//! Saves what is chosen in a draft: its lines, and who earns incentives.

use diesel::prelude::*;

use super::{DraftLine, DraftState, Saved, find};
use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::db::Connection;
use crate::db::schema::{draft_lines, drafts};
use crate::error::Result;
use crate::values::id::DraftId;
use crate::values::moment::Moment;

/// What somebody chose on New subscription.
#[derive(Clone, Debug)]
pub struct Choice {
    /// All of them, by offer.
    pub lines: Vec<DraftLine>,
    /// As in [`super::Draft::mpn_id`].
    pub mpn_id: String,
    /// [`super::Draft::choice_mark`] of the draft that the page was drawn from.
    pub mark: String,
}

/// Keeps a choice in place of the one before, unless somebody else's would be lost. Sending the same
/// twice saves it once.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such draft; database errors.
pub fn set_choice(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    id: &DraftId,
    choice: &Choice,
    now: Moment,
) -> Result<Saved> {
    let draft = find(conn, by, id)?;
    if draft.state != DraftState::Open {
        return Ok(Saved::Closed(Box::new(draft)));
    }
    if draft.lines == choice.lines && draft.mpn_id == choice.mpn_id {
        return Ok(Saved::Saved);
    }
    if draft.choice_mark() != choice.mark {
        return Ok(Saved::Conflict(Box::new(draft)));
    }
    let open = drafts::table.filter(drafts::id.eq(id)).filter(drafts::state.eq(DraftState::Open));
    diesel::update(open)
        .set((
            drafts::mpn_id.eq(&choice.mpn_id),
            drafts::updated_at.eq(now),
            drafts::version.eq(drafts::version + 1),
        ))
        .execute(conn)?;
    diesel::delete(draft_lines::table.filter(draft_lines::draft_id.eq(id))).execute(conn)?;
    for line in &choice.lines {
        diesel::insert_into(draft_lines::table)
            .values((
                draft_lines::draft_id.eq(id),
                draft_lines::offer_id.eq(&line.offer),
                draft_lines::quantity.eq(line.quantity),
                draft_lines::billing.eq(line.billing),
            ))
            .execute(conn)?;
    }
    Ok(Saved::Saved)
}
