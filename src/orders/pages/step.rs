//! What the steps after New customer share.

use actix_session::Session;
use actix_web::HttpResponse;

use super::closed::closed;
use crate::access::permission::AddCustomers;
use crate::customers::new_account::Terms;
use crate::error::Result;
use crate::orders::model::Making;
use crate::orders::store::making::{Loaded, load};
use crate::paths;
use crate::values::id::DraftId;
use crate::values::moment::Moment;
use crate::values::password::NewPassword;
use crate::web::{Ask, once, see_other};

/// The open draft that a step is about, or where to go instead.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such draft in the viewer's organisation; database errors.
pub async fn open_draft(ask: &Ask<AddCustomers>, id: &DraftId) -> Result<Result<Making, HttpResponse>> {
    let (draft, terms) = (*id, Terms::of(&ask.by, &ask.site, Moment::now()));
    let loaded = ask.read(move |conn, by| load(conn, by, &draft, &terms)).await?;
    Ok(match loaded {
        Loaded::Open(making) => Ok(*making),
        Loaded::AccountFirst => Err(see_other(paths::orders::check_account(id))),
        Loaded::Closed(draft) => Err(closed(ask, *draft).await?),
    })
}

/// The temporary password of a new customer's first user, which waits in the cookie of whoever reviews the draft.
pub fn setup_secret(session: &Session, draft: &DraftId) -> NewPassword {
    let kept = once::look(session, &setup_name(draft)).and_then(|kept| NewPassword::kept(&kept));
    kept.unwrap_or_else(|| {
        let password = NewPassword::temporary();
        once::put(session, &setup_name(draft), password.reveal());
        password
    })
}

/// Under which name that password is kept.
pub fn setup_name(draft: &DraftId) -> String {
    format!("setup:{draft}")
}
