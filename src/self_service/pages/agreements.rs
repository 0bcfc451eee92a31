//! The customer agreement: how it stands, its text, and accepting it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::account_id;
use crate::access::permission::AcceptOwnAgreement;
use crate::consents::form::AcceptanceForm;
use crate::customers::model::{Agreement, Proof};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::self_service::commands;
use crate::self_service::said::Said;
use crate::self_service::store::agreements::{self, Accepted, Standing};
use crate::web::{Ask, Problems, Shell, see_other};

#[derive(Template)]
#[template(path = "self_service/agreements.html")]
struct AgreementsPage {
    shell: Shell,
    standings: Vec<Standing>,
}

#[derive(Template)]
#[template(path = "self_service/agreement.html")]
struct AgreementPage {
    shell: Shell,
    standing: Standing,
    form: AcceptanceForm,
    problems: Problems,
    /// A newer text holds than the one that was read and accepted.
    is_other_text: bool,
}

/// `GET /own/agreements`: with one account, its page.
pub async fn list(ask: Ask<AcceptOwnAgreement>) -> Result<HttpResponse> {
    let language = ask.language();
    let standings = ask.read(move |conn, by| agreements::all(conn, by, language)).await?;
    match standings.as_slice() {
        [only] => Ok(see_other(paths::self_service::agreement(&only.account.id))),
        _ => ask.page(&AgreementsPage { shell: ask.shell(), standings }),
    }
}

/// `GET /own/agreements/{id}`
pub async fn show(ask: Ask<AcceptOwnAgreement>, id: web::Path<String>) -> Result<HttpResponse> {
    let page = AgreementPage::of(&ask, &id).await?;
    ask.page(&page)
}

/// `POST /own/agreements/{id}`
pub async fn accept(
    ask: Ask<AcceptOwnAgreement>,
    id: web::Path<String>,
    web::Form(form): web::Form<AcceptanceForm>,
) -> Result<HttpResponse> {
    let page = AgreementPage::of(&ask, &id).await?;
    let accepting = match form.parse() {
        Ok(accepting) => accepting,
        Err(problems) => return ask.unprocessable(&AgreementPage { form, problems, ..page }),
    };
    let place = paths::self_service::agreement(&page.standing.account.id);
    match commands::accept(&ask, &ask.by, (&page.standing, ask.language()), accepting).await? {
        Accepted::Now => ask.done(&Said::Accepted, place),
        Accepted::Already => ask.done(&Said::AcceptedAlready, place),
        Accepted::Ended => ask.done(&Said::EndedBefore, place),
        Accepted::OtherText => {
            let fresh = AgreementPage::of(&ask, &id).await?;
            // What was ticked was another text.
            let form = AcceptanceForm { consent: String::new(), ..form };
            ask.with_status(StatusCode::CONFLICT, &AgreementPage { form, is_other_text: true, ..fresh })
        }
    }
}

impl AgreementPage {
    async fn of(ask: &Ask<AcceptOwnAgreement>, id: &str) -> Result<Self> {
        let (id, language) = (account_id(id)?, ask.language());
        let standing = ask.read(move |conn, by| agreements::one(conn, by, (&id, language))).await?;
        let form = AcceptanceForm::of(&standing.account.account, &ask.by.name);
        Ok(Self { shell: ask.shell(), standing, form, problems: Problems::default(), is_other_text: false })
    }
}
