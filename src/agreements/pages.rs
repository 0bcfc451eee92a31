//! Customer agreements for the operator: the list, and one of them. What is published is never changed.

pub mod publishing;

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{PublishAgreements, SeeInstallation};
use crate::agreements::model::Text;
use crate::agreements::store::texts;
use crate::error::{Error, Result};
use crate::language::{Language, filters};
use crate::values::country::Country;
use crate::values::id::CustomerAgreementId;
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "agreements/list.html")]
struct TextListPage {
    shell: Shell,
    /// By country and language, the newest first, and whether it holds.
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
pub async fn list(ask: Ask<SeeInstallation>) -> Result<HttpResponse> {
    let may_publish = ask.by.may::<PublishAgreements>();
    let (language, texts) = (ask.language(), ask.read(texts::versions).await?);
    // The text for all countries stands on top.
    let scope = |text: &Text| text.country.map_or("", |country| language.country(country));
    let texts = language.sorted(texts, scope);
    let kind = |at: usize| texts.get(at).map(|text| (text.country, text.language));
    let holds = |at: usize| at == 0 || kind(at) != kind(at - 1);
    let holding: Vec<bool> = (0..texts.len()).map(holds).collect();
    let texts = texts.into_iter().zip(holding).collect();
    let countries = language.countries(Country::all());
    ask.page(&TextListPage { shell: ask.shell(), texts, countries, may_publish })
}

/// `GET /operator/customer-agreements/{id}`
pub async fn show(ask: Ask<SeeInstallation>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = CustomerAgreementId::parse(&id).ok_or(Error::NotFound)?;
    let (text, accepted) =
        ask.read(move |conn, _| Ok((texts::find(conn, &id)?, texts::accepted_by(conn, &id)?))).await?;
    ask.page(&TextPage { shell: ask.shell(), text, accepted })
}
