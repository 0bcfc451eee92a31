//! Partner agreements: writing, looking at what was written, publishing. What is published is never changed.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::access::Allowed;
use crate::access::permission::{PublishAgreements, SeeInstallation};
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::operator::form::AgreementForm;
use crate::operator::said::Said;
use crate::partners::model::agreement::{Agreement, Audience};
use crate::partners::store::agreements::{self, Published};
use crate::paths;
use crate::values::id::AgreementId;
use crate::values::moment::Moment;
use crate::web::page::with_status;
use crate::web::{Count, Problems, Shell, page, say, see_other, unprocessable};

#[derive(Template)]
#[template(path = "operator/agreements.html")]
struct AgreementListPage {
    shell: Shell,
    audiences: Vec<Standing>,
    may_publish: bool,
}

/// How far an agreement has come with one audience.
struct Standing {
    audience: Audience,
    /// The newest first, without their texts.
    versions: Vec<Agreement>,
    /// How many organisations have accepted the newest.
    accepted: Count,
    /// How many have to.
    signatories: Count,
}

#[derive(Template)]
#[template(path = "operator/agreement.html")]
struct AgreementPage {
    shell: Shell,
    agreement: Agreement,
    accepted: Count,
}

#[derive(Template)]
#[template(path = "operator/new_agreement.html")]
struct NewAgreementPage {
    shell: Shell,
    audience: Audience,
    form: AgreementForm,
    problems: Problems,
    /// Somebody else published a version in the meantime; which one holds now.
    overtaken_by: Option<Agreement>,
}

#[derive(Template)]
#[template(path = "operator/agreement_preview.html")]
struct AgreementPreviewPage {
    shell: Shell,
    audience: Audience,
    form: AgreementForm,
    signatories: Count,
    /// The version that holds now, and how many have accepted it.
    current: Option<(i32, Count)>,
}

/// Whom a new text is for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Beginning {
    audience: String,
}

/// `GET /operator/agreements`
pub async fn list(shell: Shell, may: Allowed<SeeInstallation>, db: web::Data<Db>) -> Result<HttpResponse> {
    let standing = |conn: &mut Connection, audience: Audience| -> Result<Standing> {
        let versions = agreements::versions(conn, audience)?;
        let accepted = match versions.first() {
            Some(newest) => agreements::accepted_by(conn, &newest.id)?,
            None => Count::Exactly(0),
        };
        let signatories = agreements::signatories(conn, audience)?;
        Ok(Standing { audience, versions, accepted, signatories })
    };
    let audiences =
        db.read(move |conn| Audience::ALL.iter().map(|audience| standing(conn, *audience)).collect()).await?;
    page(&AgreementListPage { shell, audiences, may_publish: may.may::<PublishAgreements>() })
}

/// `GET /operator/agreements/{id}`
pub async fn show(
    shell: Shell,
    may: Allowed<SeeInstallation>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = AgreementId::parse(&id).ok_or(Error::NotFound)?;
    let (agreement, accepted) = db
        .read(move |conn| Ok((agreements::find(conn, &may, &id)?, agreements::accepted_by(conn, &id)?)))
        .await?;
    page(&AgreementPage { shell, agreement, accepted })
}

/// `GET /operator/agreements/new?audience=reseller`
pub async fn new(
    shell: Shell,
    _may: Allowed<PublishAgreements>,
    db: web::Data<Db>,
    web::Query(beginning): web::Query<Beginning>,
) -> Result<HttpResponse> {
    let audience = Audience::from_text(&beginning.audience).unwrap_or(Audience::Reseller);
    let current = db.read(move |conn| agreements::current(conn, audience)).await?;
    let form = AgreementForm::after(audience, current.as_ref());
    page(&NewAgreementPage { shell, audience, form, problems: Problems::default(), overtaken_by: None })
}

/// `POST /operator/agreements/draft`: shows what was written, or the form again. Nothing is kept.
pub async fn draft(
    shell: Shell,
    _may: Allowed<PublishAgreements>,
    db: web::Data<Db>,
    web::Form(form): web::Form<AgreementForm>,
) -> Result<HttpResponse> {
    let audience = form.audience()?;
    let form = form.printable();
    let overtaken_by = None;
    if form.then == "edit" {
        let problems = Problems::default();
        return page(&NewAgreementPage { shell, audience, form, problems, overtaken_by });
    }
    if let Err(problems) = form.parse()? {
        return unprocessable(&NewAgreementPage { shell, audience, form, problems, overtaken_by });
    }
    let (signatories, current) = db
        .read(move |conn| {
            let current = match agreements::current(conn, audience)? {
                Some(current) => Some((current.version, agreements::accepted_by(conn, &current.id)?)),
                None => None,
            };
            Ok((agreements::signatories(conn, audience)?, current))
        })
        .await?;
    page(&AgreementPreviewPage { shell, audience, form, signatories, current })
}

/// `POST /operator/agreements`: publishes.
pub async fn create(
    (shell, session): (Shell, Session),
    may: Allowed<PublishAgreements>,
    db: web::Data<Db>,
    web::Form(form): web::Form<AgreementForm>,
) -> Result<HttpResponse> {
    let audience = form.audience()?;
    let form = form.printable();
    let new = match form.parse()? {
        Ok(new) => new,
        Err(problems) => {
            let again = NewAgreementPage { shell, audience, form, problems, overtaken_by: None };
            return unprocessable(&again);
        }
    };
    let now = Moment::now();
    match db.write(move |conn| agreements::publish(conn, &may, &new, now)).await? {
        Published::Now | Published::Before => {
            say(&session, &shell, &Said::AgreementPublished)?;
            Ok(see_other(paths::operator::agreements()))
        }
        Published::Stale => {
            let overtaken_by = db.read(move |conn| agreements::current(conn, audience)).await?;
            let AgreementForm { id, version, .. } = AgreementForm::after(audience, overtaken_by.as_ref());
            let form = AgreementForm { id, version, ..form };
            let again =
                NewAgreementPage { shell, audience, form, problems: Problems::default(), overtaken_by };
            with_status(StatusCode::CONFLICT, &again)
        }
    }
}
