//! The validation codes of a provider: which there are, how many customers each lets in, and issuing one more.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::DecideQualifications;
use crate::error::Result;
use crate::language::filters;
use crate::partners::model::Organisation;
use crate::paths;
use crate::qualifications::form::CodeForm;
use crate::qualifications::model::Code;
use crate::qualifications::said::Said;
use crate::qualifications::store::codes::{Issued, issue, page_of, provider};
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "qualifications/codes.html")]
struct CodesPage {
    shell: Shell,
    provider: Organisation,
    rows: Vec<Code>,
    pager: Pager,
    form: CodeForm,
    problems: Problems,
}

impl CodesPage {
    async fn of(ask: &Ask<DecideQualifications>, id: &OrganisationId, cursor: &Cursor) -> Result<Self> {
        let (id, portion) = (*id, cursor.portion());
        let (provider, listed) = ask
            .read(move |conn, by| Ok((provider(conn, by, &id)?, page_of(conn, by, &id, &portion)?)))
            .await?;
        let pager = Pager::new(&listed, &paths::qualifications::codes(&id), &());
        let (form, problems) = (CodeForm::begin(), Problems::default());
        Ok(Self { shell: ask.shell(), provider, rows: listed.rows, pager, form, problems })
    }
}

/// `GET /operator/organisations/{id}/validation-codes`
pub async fn list(
    ask: Ask<DecideQualifications>,
    id: web::Path<OrganisationId>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    ask.page(&CodesPage::of(&ask, &id, &cursor).await?)
}

/// `POST /operator/organisations/{id}/validation-codes`
pub async fn create(
    ask: Ask<DecideQualifications>,
    id: web::Path<OrganisationId>,
    web::Form(form): web::Form<CodeForm>,
) -> Result<HttpResponse> {
    let form = form.printable();
    let new = match form.parse(&id)? {
        Ok(new) => new,
        Err(problems) => return refused(&ask, &id, form, problems).await,
    };
    let (code, now) = (new.code.clone(), Moment::now());
    match ask.write(move |conn, by| issue(conn, by, &new, now)).await? {
        Issued::Done => ask.done(&Said::Issued { code: &code }, paths::qualifications::codes(&id)),
        Issued::Taken => refused(&ask, &id, form, ("code", Problem::Taken).into()).await,
    }
}

async fn refused(
    ask: &Ask<DecideQualifications>,
    id: &OrganisationId,
    form: CodeForm,
    problems: Problems,
) -> Result<HttpResponse> {
    let shown = CodesPage::of(ask, id, &Cursor::default()).await?;
    ask.unprocessable(&CodesPage { form, problems, ..shown })
}
