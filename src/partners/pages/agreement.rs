//! The agreement with the operator: its text, who accepted it, and accepting it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{SeeAgreements, SignAgreements};
use crate::access::{OrganisationKind, Permission};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::partners::form::ConsentForm;
use crate::partners::model::agreement::{Acceptance, Agreement, Audience};
use crate::partners::said::Said;
use crate::partners::store::agreements::{self, Accepted};
use crate::paths;
use crate::values::id::AgreementId;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "partners/agreement.html")]
struct AgreementPage {
    shell: Shell,
    kind: OrganisationKind,
    /// The version that holds, if there is one.
    current: Option<Agreement>,
    acceptances: Vec<Acceptance>,
    may_sign: bool,
    problems: Problems,
    /// A newer version was published while somebody read the old one.
    is_newer: bool,
}

#[derive(Template)]
#[template(path = "partners/agreement_version.html")]
struct AgreementVersionPage {
    shell: Shell,
    agreement: Agreement,
}

/// `GET /organisation/agreement`
pub async fn show(ask: Ask<SeeAgreements>) -> Result<HttpResponse> {
    ask.page(&AgreementPage::load(&ask).await?)
}

/// `GET /organisation/agreement/{id}`: a version, also an old one.
pub async fn version(ask: Ask<SeeAgreements>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = AgreementId::parse(&id).ok_or(Error::NotFound)?;
    let agreement = ask.read(move |conn, by| agreements::find(conn, by, &id)).await?;
    ask.page(&AgreementVersionPage { shell: ask.shell(), agreement })
}

/// `POST /organisation/agreement/acceptance`
pub async fn accept(
    ask: Ask<SignAgreements>,
    web::Form(form): web::Form<ConsentForm>,
) -> Result<HttpResponse> {
    let id = form.agreement()?;
    if let Err(problems) = form.parse() {
        let loaded = AgreementPage::load(&ask).await?;
        let is_newer = loaded.current.as_ref().is_some_and(|current| current.id != id);
        return ask.unprocessable(&AgreementPage { problems, is_newer, ..loaded });
    }
    let now = Moment::now();
    let said = match ask.write(move |conn, by| agreements::accept(conn, by, &id, now)).await? {
        Accepted::Now => Said::AgreementAccepted,
        Accepted::Before => Said::NothingChanged,
        Accepted::NotCurrent => {
            let again = AgreementPage { is_newer: true, ..AgreementPage::load(&ask).await? };
            return ask.with_status(StatusCode::CONFLICT, &again);
        }
    };
    ask.done(&said, paths::partners::agreement())
}

impl AgreementPage {
    async fn load<P: Permission>(ask: &Ask<P>) -> Result<Self> {
        let kind = ask.by.organisation.kind;
        let (current, acceptances) = ask
            .read(move |conn, by| {
                let current = match Audience::of(kind) {
                    Some(audience) => agreements::current(conn, audience)?,
                    None => None,
                };
                Ok((current, agreements::acceptances_of(conn, &by.organisation.id)?))
            })
            .await?;
        let (may_sign, problems) = (ask.by.may::<SignAgreements>(), Problems::default());
        Ok(Self { shell: ask.shell(), kind, current, acceptances, may_sign, problems, is_newer: false })
    }

    /// Who accepted the version that holds.
    fn accepted(&self) -> Option<&Acceptance> {
        let current = self.current.as_ref()?;
        self.acceptances.iter().find(|acceptance| acceptance.agreement == current.id)
    }
}
