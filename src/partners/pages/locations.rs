//! Locations of the viewer's organisation, each with an MPN ID of its own.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::difference::{Difference, differences};
use crate::access::Allowed;
use crate::access::permission::ManageLocations;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::partners::form::LocationForm;
use crate::partners::model::location::FullLocation;
use crate::partners::said::Said;
use crate::partners::store::places::{self, Added, NewLocation};
use crate::partners::store::profile::Changed;
use crate::partners::wrong::Wrong;
use crate::paths;
use crate::values::country::Country;
use crate::values::id::LocationId;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::page::with_status;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Problems, Shell, page, say, see_other, three_way, unprocessable};

#[derive(Template)]
#[template(path = "partners/locations.html")]
struct LocationListPage {
    shell: Shell,
    rows: Vec<FullLocation>,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "partners/new_location.html")]
struct NewLocationPage {
    shell: Shell,
    country: Country,
    form: LocationForm,
    problems: Problems,
    /// There is at most one.
    head_office: Option<String>,
}

#[derive(Template)]
#[template(path = "partners/location.html")]
struct LocationPage {
    shell: Shell,
    location: FullLocation,
    country: Country,
    form: LocationForm,
    problems: Problems,
    differences: Vec<Difference>,
}

/// `GET /organisation/locations`
pub async fn list(
    shell: Shell,
    may: Allowed<ManageLocations>,
    db: web::Data<Db>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let start = cursor.start();
    let found = db.read(move |conn| places::page_of(conn, &may, &start)).await?;
    let pager = Pager::new(&found, paths::partners::locations(), &());
    page(&LocationListPage { shell, rows: found.rows, pager })
}

/// `GET /organisation/locations/new`
pub async fn new(shell: Shell, may: Allowed<ManageLocations>, db: web::Data<Db>) -> Result<HttpResponse> {
    let form = LocationForm::empty();
    page(&NewLocationPage::of(shell, &may, &db, form, Problems::default()).await?)
}

/// `POST /organisation/locations`
pub async fn create(
    (shell, session): (Shell, Session),
    may: Allowed<ManageLocations>,
    db: web::Data<Db>,
    web::Form(form): web::Form<LocationForm>,
) -> Result<HttpResponse> {
    let form = form.printable();
    let id = LocationId::parse(&form.id).ok_or(Error::BadRequest("id"))?;
    let (mpn_id, details) = match form.parse_new(may.organisation.country) {
        Ok(parsed) => parsed,
        Err(problems) => {
            return unprocessable(&NewLocationPage::of(shell, &may, &db, form, problems).await?);
        }
    };
    let new = NewLocation { id, mpn_id, is_head_office: form.is_head_office(), details };
    let (by, sent, now) = (may.clone(), new.clone(), Moment::now());
    let mut added = db.write(move |conn| places::add(conn, &by, &sent, now)).await?;
    if added == Added::BeforeWithAnother {
        // The page came back with Back and was filled in anew: that is another location.
        let (by, new) = (may.clone(), NewLocation { id: LocationId::new(), ..new });
        added = db.write(move |conn| places::add(conn, &by, &new, now)).await?;
    }
    let problem = match added {
        Added::Now | Added::Before | Added::BeforeWithAnother => {
            say(&session, &shell, &Said::LocationAdded)?;
            return Ok(see_other(paths::partners::locations()));
        }
        Added::MpnIdTaken => ("mpn_id", Problem::MpnIdTaken),
        Added::SecondHeadOffice => ("head_office", Wrong::SecondHeadOffice.into()),
    };
    unprocessable(&NewLocationPage::of(shell, &may, &db, form, problem.into()).await?)
}

/// `GET /organisation/locations/{id}`
pub async fn edit(
    shell: Shell,
    may: Allowed<ManageLocations>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = LocationId::parse(&id).ok_or(Error::NotFound)?;
    let location = load(&db, &may, &id).await?;
    let form = LocationForm::of(&location.details, location.version);
    page(&LocationPage::of(shell, location, form))
}

/// `POST /organisation/locations/{id}`
pub async fn update(
    (shell, session): (Shell, Session),
    may: Allowed<ManageLocations>,
    db: web::Data<Db>,
    id: web::Path<String>,
    web::Form(form): web::Form<LocationForm>,
) -> Result<HttpResponse> {
    let id = LocationId::parse(&id).ok_or(Error::NotFound)?;
    let mut form = form.printable();
    let mut has_clash = false;
    loop {
        let location = load(&db, &may, &id).await?;
        let wanted = match form.parse(location.country) {
            Ok(wanted) => wanted,
            Err(problems) => {
                return unprocessable(&LocationPage { problems, ..LocationPage::of(shell, location, form) });
            }
        };
        if has_clash {
            let country = location.country;
            let differences = differences(&location.details.fields(country), &wanted.fields(country));
            let again = LocationPage { differences, ..LocationPage::of(shell, location, form) };
            return with_status(StatusCode::CONFLICT, &again);
        }
        let (by, of, version, now) = (may.clone(), id.clone(), form.version()?, Moment::now());
        let said = match db.write(move |conn| places::change(conn, &by, (&of, version), &wanted, now)).await?
        {
            Changed::Done => Said::LocationChanged,
            Changed::Same => Said::NothingChanged,
            Changed::Stale => {
                // Whoever sends it again after a clash has read what changed.
                let now = load(&db, &may, &id).await?;
                let merged =
                    three_way::merge(&form.opened, &form, &LocationForm::of(&now.details, now.version))?;
                form = merged.form;
                has_clash = !merged.clashes.is_empty();
                continue;
            }
        };
        say(&session, &shell, &said)?;
        return Ok(see_other(paths::partners::locations()));
    }
}

async fn load(db: &Db, may: &Allowed<ManageLocations>, id: &LocationId) -> Result<FullLocation> {
    let (own, id) = (may.organisation.id.clone(), id.clone());
    db.read(move |conn| places::find(conn, &own, &id)).await
}

impl NewLocationPage {
    async fn of(
        shell: Shell,
        may: &Allowed<ManageLocations>,
        db: &Db,
        form: LocationForm,
        problems: Problems,
    ) -> Result<Self> {
        let own = may.organisation.id.clone();
        let head_office = db.read(move |conn| places::head_office_of(conn, &own)).await?;
        Ok(Self { shell, country: may.organisation.country, form, problems, head_office })
    }
}

impl LocationPage {
    fn of(shell: Shell, location: FullLocation, form: LocationForm) -> Self {
        let (problems, differences) = (Problems::default(), Vec::new());
        Self { shell, country: location.country, location, form, problems, differences }
    }
}
