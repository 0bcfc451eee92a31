//! Going back to None, asked on a page of its own.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::EndQualifications;
use crate::catalog::model::Qualification;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::qualifications::form::EndForm;
use crate::qualifications::said::Said;
use crate::qualifications::store::ending::{Ended, Ending, end, facts};
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "qualifications/end.html")]
struct EndPage {
    shell: Shell,
    ending: Ending,
    /// It no longer stood as the page showed it when it was sent.
    is_changed: bool,
}

/// `GET /customers/{id}/qualification/end`
pub async fn new(ask: Ask<EndQualifications>, id: web::Path<CustomerId>) -> Result<HttpResponse> {
    let ending = ask.read(move |conn, by| facts(conn, by, &id)).await?;
    ask.page(&EndPage { shell: ask.shell(), ending, is_changed: false })
}

/// `POST /customers/{id}/qualification/end`
pub async fn create(
    ask: Ask<EndQualifications>,
    id: web::Path<CustomerId>,
    web::Form(form): web::Form<EndForm>,
) -> Result<HttpResponse> {
    let (id, now) = (*id, Moment::now());
    let said = match ask.write(move |conn, by| end(conn, by, (&id, &form.mark), now)).await? {
        Ended::Now => Said::Ended,
        Ended::Withdrawn => Said::Withdrawn,
        Ended::Already => Said::NothingChanged,
        Ended::Changed => {
            let ending = ask.read(move |conn, by| facts(conn, by, &id)).await?;
            let again = EndPage { shell: ask.shell(), ending, is_changed: true };
            return ask.with_status(StatusCode::CONFLICT, &again);
        }
    };
    ask.done(&said, paths::qualifications::of_customer(&id))
}
