//! A draft is changed only while it is open; whoever comes later is told what became of it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::access::{Allowed, Permission};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::orders::draft::{Draft, DraftState, store};
use crate::paths;
use crate::values::id::DraftId;
use crate::web::page::with_status;
use crate::web::{Shell, see_other};

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
pub async fn open_draft<P: Permission>(
    db: &Db,
    may: &Allowed<P>,
    shell: &Shell,
    id: &str,
) -> Result<Result<Draft, HttpResponse>> {
    let id = DraftId::parse(id).ok_or(Error::NotFound)?;
    let asking = may.clone();
    let draft = db.read(move |conn| store::find(conn, &asking, &id)).await?;
    if draft.state == DraftState::Open {
        Ok(Ok(draft))
    } else {
        closed(db, may, shell.clone(), draft).await.map(Err)
    }
}

/// The answer for a draft that is no longer open: the order it has become, or that it was cancelled.
///
/// # Errors
/// Database errors.
pub async fn closed<P: Permission>(
    db: &Db,
    may: &Allowed<P>,
    shell: Shell,
    draft: Draft,
) -> Result<HttpResponse> {
    let (asking, id) = (may.clone(), draft.id.clone());
    match db.read(move |conn| store::order_of(conn, &asking, &id)).await? {
        Some(order) => Ok(see_other(paths::orders::confirmation(&order))),
        // A customer that was added without an order.
        None if draft.state == DraftState::Submitted => {
            Ok(see_other(paths::orders::draft_confirmation(&draft.id)))
        }
        None => with_status(StatusCode::GONE, &CancelledDraftPage { shell, draft }),
    }
}
