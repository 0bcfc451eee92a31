//! Customer agreements for the operator: the list, and one of them. What is published is never changed.

pub mod publishing;

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Allowed;
use crate::access::permission::{PublishAgreements, SeeInstallation};
use crate::agreements::model::Text;
use crate::agreements::store::texts;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::values::country::Country;
use crate::values::id::CustomerAgreementId;
use crate::web::{Count, Shell, page};

#[derive(Template)]
#[template(path = "agreements/list.html")]
struct TextListPage {
    shell: Shell,
    /// By country, the newest first, and whether it holds.
    texts: Vec<(Text, bool)>,
    countries: Vec<Country>,
    may_publish: bool,
}

#[derive(Template)]
#[template(path = "agreements/show.html")]
struct TextPage {
    shell: Shell,
    text: Text,
    accepted: Count,
}

/// `GET /operator/customer-agreements`
pub async fn list(shell: Shell, may: Allowed<SeeInstallation>, db: web::Data<Db>) -> Result<HttpResponse> {
    let may_publish = may.may::<PublishAgreements>();
    let texts = db.read(move |conn| texts::versions(conn, &may)).await?;
    let holds = |at: usize| {
        at == 0 || texts.get(at).map(|text| text.country) != texts.get(at - 1).map(|text| text.country)
    };
    let holding: Vec<bool> = (0..texts.len()).map(holds).collect();
    let texts = texts.into_iter().zip(holding).collect();
    page(&TextListPage { shell, texts, countries: Country::all().collect(), may_publish })
}

/// `GET /operator/customer-agreements/{id}`
pub async fn show(
    shell: Shell,
    _may: Allowed<SeeInstallation>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = CustomerAgreementId::parse(&id).ok_or(Error::NotFound)?;
    let (text, accepted) =
        db.read(move |conn| Ok((texts::find(conn, &id)?, texts::accepted_by(conn, &id)?))).await?;
    page(&TextPage { shell, text, accepted })
}
