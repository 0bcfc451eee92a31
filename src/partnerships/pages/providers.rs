//! Indirect providers: with whom a reseller is in partnership.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Allowed;
use crate::access::permission::SeeProviders;
use crate::db::Db;
use crate::error::Result;
use crate::partnerships::model::Provider;
use crate::partnerships::store::providers::all;
use crate::web::{Shell, page};

#[derive(Template)]
#[template(path = "partnerships/providers.html")]
struct ProviderListPage {
    shell: Shell,
    rows: Vec<Provider>,
}

/// `GET /providers`
pub async fn list(shell: Shell, may: Allowed<SeeProviders>, db: web::Data<Db>) -> Result<HttpResponse> {
    let rows = db.read(move |conn| all(conn, &may)).await?;
    page(&ProviderListPage { shell, rows })
}
