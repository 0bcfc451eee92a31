//! The agreement with the operator: its text, who accepted it, and accepting it.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{SeeAgreements, SignAgreements};
use crate::access::{Allowed, OrganisationKind, Viewer};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::partners::form::ConsentForm;
use crate::partners::model::agreement::{Acceptance, Agreement, Audience};
use crate::partners::said::Said;
use crate::partners::store::agreements::{self, Accepted};
use crate::paths;
use crate::values::id::AgreementId;
use crate::values::moment::Moment;
use crate::web::page::with_status;
use crate::web::{Problems, Shell, page, say, see_other};

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
pub async fn show(shell: Shell, may: Allowed<SeeAgreements>, db: web::Data<Db>) -> Result<HttpResponse> {
    page(&AgreementPage::load(shell, &may, &db).await?)
}

/// `GET /organisation/agreement/{id}`: a version, also an old one.
pub async fn version(
    shell: Shell,
    may: Allowed<SeeAgreements>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = AgreementId::parse(&id).ok_or(Error::NotFound)?;
    let agreement = db.read(move |conn| agreements::find(conn, &may, &id)).await?;
    page(&AgreementVersionPage { shell, agreement })
}

/// `POST /organisation/agreement/acceptance`
pub async fn accept(
    (shell, session): (Shell, Session),
    may: Allowed<SignAgreements>,
    db: web::Data<Db>,
    web::Form(form): web::Form<ConsentForm>,
) -> Result<HttpResponse> {
    let id = form.agreement()?;
    if let Err(problems) = form.parse() {
        let loaded = AgreementPage::load(shell, &may, &db).await?;
        let is_newer = loaded.current.as_ref().is_some_and(|current| current.id != id);
        let again = AgreementPage { problems, is_newer, ..loaded };
        return with_status(StatusCode::UNPROCESSABLE_ENTITY, &again);
    }
    let (by, now) = (may.clone(), Moment::now());
    match db.write(move |conn| agreements::accept(conn, &by, &id, now)).await? {
        Accepted::Now => say(&session, &shell, &Said::AgreementAccepted)?,
        Accepted::Before => say(&session, &shell, &Said::NothingChanged)?,
        Accepted::NotCurrent => {
            let again = AgreementPage { is_newer: true, ..AgreementPage::load(shell, &may, &db).await? };
            return with_status(StatusCode::CONFLICT, &again);
        }
    }
    Ok(see_other(paths::partners::agreement()))
}

impl AgreementPage {
    async fn load(shell: Shell, viewer: &Viewer, db: &Db) -> Result<Self> {
        let (id, kind) = (viewer.organisation.id.clone(), viewer.organisation.kind);
        let (current, acceptances) = db
            .read(move |conn| {
                let current = match Audience::of(kind) {
                    Some(audience) => agreements::current(conn, audience)?,
                    None => None,
                };
                Ok((current, agreements::acceptances_of(conn, &id)?))
            })
            .await?;
        let (may_sign, problems) = (viewer.may::<SignAgreements>(), Problems::default());
        Ok(Self { shell, kind, current, acceptances, may_sign, problems, is_newer: false })
    }

    /// Who accepted the version that holds.
    fn accepted(&self) -> Option<&Acceptance> {
        let current = self.current.as_ref()?;
        self.acceptances.iter().find(|acceptance| acceptance.agreement == current.id)
    }
}
