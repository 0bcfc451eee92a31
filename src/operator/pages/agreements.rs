//! Partner agreements: writing, looking at what was written, publishing. What is published is never changed.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::access::permission::{PublishAgreements, SeeInstallation};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::operator::form::AgreementForm;
use crate::operator::said::Said;
use crate::partners::model::agreement::Published;
use crate::partners::model::agreement::{Agreement, Audience};
use crate::partners::store::agreements;
use crate::paths;
use crate::values::id::AgreementId;
use crate::values::moment::Moment;
use crate::web::{Ask, Count, Problems, Shell};

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
pub async fn list(ask: Ask<SeeInstallation>) -> Result<HttpResponse> {
    let standing = |conn: &mut Connection, audience: Audience| -> Result<Standing> {
        let versions = agreements::versions(conn, audience)?;
        let accepted = match versions.first() {
            Some(newest) => agreements::accepted_by(conn, &newest.id)?,
            None => Count::Exactly(0),
        };
        let signatories = agreements::signatories(conn, audience)?;
        Ok(Standing { audience, versions, accepted, signatories })
    };
    let audiences = ask
        .read(move |conn, _| Audience::ALL.iter().map(|audience| standing(conn, *audience)).collect())
        .await?;
    let may_publish = ask.by.may::<PublishAgreements>();
    ask.page(&AgreementListPage { shell: ask.shell(), audiences, may_publish })
}

/// `GET /operator/agreements/{id}`
pub async fn show(ask: Ask<SeeInstallation>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = AgreementId::parse(&id).ok_or(Error::NotFound)?;
    let (agreement, accepted) = ask
        .read(move |conn, by| Ok((agreements::find(conn, by, &id)?, agreements::accepted_by(conn, &id)?)))
        .await?;
    ask.page(&AgreementPage { shell: ask.shell(), agreement, accepted })
}

/// `GET /operator/agreements/new?audience=reseller`
pub async fn new(
    ask: Ask<PublishAgreements>,
    web::Query(beginning): web::Query<Beginning>,
) -> Result<HttpResponse> {
    let audience = Audience::from_text(&beginning.audience).unwrap_or(Audience::Reseller);
    let current = ask.read(move |conn, _| agreements::current(conn, audience)).await?;
    let form = AgreementForm::after(audience, current.as_ref());
    let (shell, problems, overtaken_by) = (ask.shell(), Problems::default(), None);
    ask.page(&NewAgreementPage { shell, audience, form, problems, overtaken_by })
}

/// `POST /operator/agreements/draft`: shows what was written, or the form again. Nothing is kept.
pub async fn draft(
    ask: Ask<PublishAgreements>,
    web::Form(form): web::Form<AgreementForm>,
) -> Result<HttpResponse> {
    let audience = form.audience()?;
    let (shell, overtaken_by) = (ask.shell(), None);
    if form.then == "edit" {
        let problems = Problems::default();
        return ask.page(&NewAgreementPage { shell, audience, form, problems, overtaken_by });
    }
    if let Err(problems) = form.parse()? {
        return ask.unprocessable(&NewAgreementPage { shell, audience, form, problems, overtaken_by });
    }
    let (signatories, current) = ask
        .read(move |conn, _| {
            let current = match agreements::current(conn, audience)? {
                Some(current) => Some((current.version, agreements::accepted_by(conn, &current.id)?)),
                None => None,
            };
            Ok((agreements::signatories(conn, audience)?, current))
        })
        .await?;
    ask.page(&AgreementPreviewPage { shell, audience, form, signatories, current })
}

/// `POST /operator/agreements`: publishes.
pub async fn create(
    ask: Ask<PublishAgreements>,
    web::Form(form): web::Form<AgreementForm>,
) -> Result<HttpResponse> {
    let audience = form.audience()?;
    let new = match form.parse()? {
        Ok(new) => new,
        Err(problems) => {
            let (shell, overtaken_by) = (ask.shell(), None);
            return ask.unprocessable(&NewAgreementPage { shell, audience, form, problems, overtaken_by });
        }
    };
    let now = Moment::now();
    match ask.write(move |conn, by| agreements::publish(conn, by, &new, now)).await? {
        Published::Now | Published::Before => {
            ask.done(&Said::AgreementPublished, paths::operator::agreements())
        }
        Published::Stale => {
            let overtaken_by = ask.read(move |conn, _| agreements::current(conn, audience)).await?;
            let AgreementForm { id, version, .. } = AgreementForm::after(audience, overtaken_by.as_ref());
            let form = AgreementForm { id, version, ..form };
            let (shell, problems) = (ask.shell(), Problems::default());
            let again = NewAgreementPage { shell, audience, form, problems, overtaken_by };
            ask.with_status(StatusCode::CONFLICT, &again)
        }
    }
}
