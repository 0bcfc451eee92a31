//! Changing one's own password.

use super::{Refusal, note_wrong};
use crate::access::Viewer;
use crate::activity::security::EventKind;
use crate::error::Result;
use crate::session::letters::account_news::{Told, notice};
use crate::session::store::{self, Origin, confirmation};
use crate::values::moment::Moment;
use crate::values::password::NewPassword;
use crate::values::token::{Token, TokenHash};
use crate::web::Portal;

/// Changes the viewer's own password. Answers the token under which the sign-in in hand goes on.
///
/// # Errors
/// Database errors.
pub async fn change(
    at: &Portal,
    by: &Viewer,
    (current, new): (String, NewPassword),
    (from, sign_in, browser): (&Origin, TokenHash, Option<TokenHash>),
) -> Result<Result<Token, Refusal>> {
    // Before the try is counted: whoever gets no turn has tried nothing.
    let Ok(turn) = at.turns.take().await else { return Ok(Err(Refusal::Busy)) };
    let (viewer, tried_in, now) = (by.clone(), sign_in.clone(), Moment::now());
    let seconds = at.db.write(move |conn| confirmation::begin_try(conn, &viewer, &tried_in, now)).await?;
    if seconds > 0 {
        return Ok(Err(Refusal::Slowed { seconds }));
    }
    let viewer = by.clone();
    let old = at.db.read(move |conn| store::own_password(conn, &viewer)).await?;
    let change = turn.work(move |turn| {
        if !old.matches(&current, turn) {
            return Ok(None);
        }
        new.hash(turn).map(|new| Some((old, new)))
    });
    let Some((old, new)) = change.await? else {
        note_wrong(at, Some(by.person), EventKind::WrongConfirmation, from).await?;
        return Ok(Err(Refusal::Wrong));
    };
    let (viewer, renewed) = (by.clone(), Token::random());
    let token = renewed.hash();
    let notice = notice(&by.into(), Told::PasswordChanged, now, &at.site)?;
    let is_changed = at
        .db
        .write(move |conn| {
            confirmation::end_try(conn, &viewer, &sign_in)?;
            let kept = (&sign_in, &token, browser.as_ref());
            store::change_password(conn, &viewer, (&old, &new), kept, &notice, now)
        })
        .await?;
    if !is_changed {
        return Ok(Err(Refusal::Wrong));
    }
    at.bell.ring();
    Ok(Ok(renewed))
}
