//! Partner relationships: where a customer's people begin.

use actix_web::HttpResponse;
use askama::Template;

use crate::access::permission::{DecideDelegatedAdmin, SeeRelationships};
use crate::error::Result;
use crate::language::filters;
use crate::self_service::store::relationships::{self, Relationship};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "self_service/relationships.html")]
struct RelationshipsPage {
    shell: Shell,
    company: String,
    relationships: Vec<Relationship>,
    may_decide: bool,
}

/// `GET /own/partners`
pub async fn show(ask: Ask<SeeRelationships>) -> Result<HttpResponse> {
    let relationships = ask.read(relationships::all).await?;
    ask.page(&RelationshipsPage {
        shell: ask.shell(),
        company: ask.by.organisation.name.clone(),
        relationships,
        may_decide: ask.by.may::<DecideDelegatedAdmin>(),
    })
}
