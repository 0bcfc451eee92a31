//! The company declines, with a reason.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::link::{LinkPage, answerable, hash_of, look, unknown};
use crate::error::Result;
use crate::invitations::commands;
use crate::invitations::form::RefusalForm;
use crate::links::model::Standing;
use crate::paths;
use crate::values::moment::Moment;
use crate::web::{Visit, see_other};

/// `POST /customer-invitations/{token}/refusal`
pub async fn create(
    visit: Visit,
    token: web::Path<String>,
    web::Form(form): web::Form<RefusalForm>,
) -> Result<HttpResponse> {
    let Some(hash) = hash_of(&token) else { return unknown(&visit) };
    let Some(invitation) = look(&visit, &hash).await? else { return unknown(&visit) };
    let place = paths::invitations::link(&token);
    if invitation.request.standing(Moment::now()) != Standing::Open {
        return Ok(see_other(place));
    }
    match form.parse() {
        Ok(refusal) => {
            commands::decline(&visit, hash, &invitation, refusal).await?;
            Ok(see_other(place))
        }
        Err(problems) => {
            let page = LinkPage { refusal: form, problems, ..LinkPage::new(&visit, &token, invitation) };
            answerable(&visit, StatusCode::UNPROCESSABLE_ENTITY, page)
        }
    }
}
