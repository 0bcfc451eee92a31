//! A draft is changed only while it is open; whoever comes later is told what became of it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::access::Permission;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::orders::draft::{Draft, DraftState, store};
use crate::paths;
use crate::values::id::DraftId;
use crate::web::{Ask, Shell, see_other};

#[derive(Template)]
#[template(path = "orders/draft_cancelled.html")]
struct CancelledDraftPage {
    shell: Shell,
    draft: Draft,
}

/// The open draft of this id, or the answer for one that is submitted or cancelled.
///
/// # Errors
/// [`Error::NotFound`] when there is no such draft in the viewer's organisation; database errors.
pub async fn open_draft<P: Permission>(ask: &Ask<P>, id: &str) -> Result<Result<Draft, HttpResponse>> {
    let id = DraftId::parse(id).ok_or(Error::NotFound)?;
    let draft = ask.read(move |conn, by| store::find(conn, by, &id)).await?;
    if draft.state == DraftState::Open { Ok(Ok(draft)) } else { closed(ask, draft).await.map(Err) }
}

/// The answer for a draft that is no longer open: the order it has become, or that it was cancelled.
///
/// # Errors
/// Database errors.
pub async fn closed<P: Permission>(ask: &Ask<P>, draft: Draft) -> Result<HttpResponse> {
    if draft.state == DraftState::Submitted {
        return Ok(see_other(confirmation_of(ask, &draft.id).await?));
    }
    ask.with_status(StatusCode::GONE, &CancelledDraftPage { shell: ask.shell(), draft })
}

/// Where the confirmation of a submitted draft stands.
///
/// # Errors
/// Database errors.
pub async fn confirmation_of<P: Permission>(ask: &Ask<P>, id: &DraftId) -> Result<String> {
    let draft = *id;
    let order = ask.read(move |conn, by| store::order_of(conn, by, &draft)).await?;
    Ok(match order {
        Some(order) => paths::orders::confirmation(&order),
        // A customer that was added without an order.
        None => paths::orders::draft_confirmation(id),
    })
}
