//! Closing a validation code, asked on a page of its own.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::DecideQualifications;
use crate::error::Result;
use crate::language::filters;
use crate::partners::model::Organisation;
use crate::paths;
use crate::qualifications::model::Code;
use crate::qualifications::said::Said;
use crate::qualifications::store::codes::{close, find, provider};
use crate::values::id::{CodeId, OrganisationId};
use crate::values::moment::Moment;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "qualifications/closing.html")]
struct ClosingPage {
    shell: Shell,
    provider: Organisation,
    code: Code,
}

/// `GET /operator/organisations/{id}/validation-codes/{code}/closing`
pub async fn new(
    ask: Ask<DecideQualifications>,
    ids: web::Path<(OrganisationId, CodeId)>,
) -> Result<HttpResponse> {
    let (of, id) = *ids;
    let (provider, code) =
        ask.read(move |conn, by| Ok((provider(conn, by, &of)?, find(conn, by, (&of, &id))?))).await?;
    ask.page(&ClosingPage { shell: ask.shell(), provider, code })
}

/// `POST /operator/organisations/{id}/validation-codes/{code}/closing`
pub async fn create(
    ask: Ask<DecideQualifications>,
    ids: web::Path<(OrganisationId, CodeId)>,
) -> Result<HttpResponse> {
    let (of, id) = *ids;
    let code = ask.read(move |conn, by| find(conn, by, (&of, &id))).await?.code;
    let now = Moment::now();
    let is_closed = ask.write(move |conn, by| close(conn, by, (&of, &id), now)).await?;
    let said = if is_closed { Said::Closed { code: &code } } else { Said::NothingChanged };
    ask.done(&said, paths::qualifications::codes(&of))
}
