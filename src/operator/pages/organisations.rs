//! All organisations: the list, and the page of one.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{SeeInstallation, SuspendOrganisations};
use crate::access::{Allowed, OrganisationKind};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::operator::form::OrganisationFilter;
use crate::operator::model::{AgreementStanding, Listed, Overview};
use crate::operator::store::directory::{count, overview, page_of};
use crate::partners::model::OrganisationState;
use crate::paths::{self, address};
use crate::values::id::OrganisationId;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Count, Shell, page};

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
    shell: Shell,
    may: Allowed<SeeInstallation>,
    db: web::Data<Db>,
    web::Query(filter): web::Query<OrganisationFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (filter, start) = (filter.tidy(), cursor.start());
    let wanted = filter.wanted();
    let (listed, found) = db
        .read(move |conn| {
            let listed = page_of(conn, &may, &wanted, &start)?;
            let found = listed.count().map_or_else(|| count(conn, &may, &wanted), Ok)?;
            Ok((listed, found))
        })
        .await?;
    let pager = Pager::new(&listed, paths::operator::organisations(), &filter);
    page(&OrganisationListPage { shell, filter, found, rows: listed.rows, pager })
}

/// `GET /operator/organisations/{id}`
pub async fn show(
    shell: Shell,
    may: Allowed<SeeInstallation>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = organisation_id(&id)?;
    let may_suspend = may.may::<SuspendOrganisations>();
    let overview = db.read(move |conn| overview(conn, &may, &id)).await?;
    page(&OrganisationPage { shell, overview, may_suspend })
}

/// # Errors
/// [`Error::NotFound`] for what is no id.
pub fn organisation_id(text: &str) -> Result<OrganisationId> {
    OrganisationId::parse(text).ok_or(Error::NotFound)
}

impl OrganisationListPage {
    /// The same list without one of the filters.
    fn without(&self, part: &str) -> String {
        address(paths::operator::organisations(), &self.filter.without(part), &[])
    }
}
