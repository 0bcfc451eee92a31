//! All organisations: the list, and the page of one.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::OrganisationKind;
use crate::access::permission::{SeeInstallation, SuspendOrganisations};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::operator::form::OrganisationFilter;
use crate::operator::model::{AgreementStanding, Listed, Overview};
use crate::operator::store::directory::{count, overview, page_of};
use crate::partners::model::OrganisationState;
use crate::paths;
use crate::values::id::OrganisationId;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "operator/organisations.html")]
struct OrganisationListPage {
    shell: Shell,
    filter: OrganisationFilter,
    found: Count,
    rows: Vec<Listed>,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "operator/organisation.html")]
struct OrganisationPage {
    shell: Shell,
    overview: Overview,
    may_suspend: bool,
}

/// `GET /operator/organisations`
pub async fn list(
    ask: Ask<SeeInstallation>,
    web::Query(filter): web::Query<OrganisationFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (filter, portion) = (filter.tidy(), cursor.portion());
    let wanted = filter.wanted();
    let (listed, found) = ask
        .read(move |conn, by| page_of(conn, by, &wanted, &portion)?.with_count(|| count(conn, by, &wanted)))
        .await?;
    let pager = Pager::new(&listed, paths::operator::organisations(), &filter);
    ask.page(&OrganisationListPage { shell: ask.shell(), filter, found, rows: listed.rows, pager })
}

/// `GET /operator/organisations/{id}`
pub async fn show(ask: Ask<SeeInstallation>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = organisation_id(&id)?;
    let may_suspend = ask.by.may::<SuspendOrganisations>();
    let overview = ask.read(move |conn, by| overview(conn, by, &id)).await?;
    ask.page(&OrganisationPage { shell: ask.shell(), overview, may_suspend })
}

/// # Errors
/// [`Error::NotFound`] for what is no id.
pub fn organisation_id(text: &str) -> Result<OrganisationId> {
    OrganisationId::parse(text).ok_or(Error::NotFound)
}
