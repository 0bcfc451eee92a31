//! Locations of the viewer's organisation, each with an MPN ID of its own.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::ManageLocations;
use crate::error::{Error, Result};
use crate::language::filters;
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
use crate::web::difference::{Difference, differences};
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Problems, Shell, three_way, version};

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
pub async fn list(ask: Ask<ManageLocations>, web::Query(cursor): web::Query<Cursor>) -> Result<HttpResponse> {
    let portion = cursor.portion();
    let found = ask.read(move |conn, by| places::page_of(conn, by, &portion)).await?;
    let pager = Pager::new(&found, paths::partners::locations(), &());
    ask.page(&LocationListPage { shell: ask.shell(), rows: found.rows, pager })
}

/// `GET /organisation/locations/new`
pub async fn new(ask: Ask<ManageLocations>) -> Result<HttpResponse> {
    ask.page(&NewLocationPage::of(&ask, LocationForm::empty(), Problems::default()).await?)
}

/// `POST /organisation/locations`
pub async fn create(
    ask: Ask<ManageLocations>,
    web::Form(form): web::Form<LocationForm>,
) -> Result<HttpResponse> {
    let form = form.printable();
    let id = LocationId::parse(&form.id).ok_or(Error::BadRequest("id"))?;
    let (mpn_id, details) = match form.parse_new(ask.by.organisation.country) {
        Ok(parsed) => parsed,
        Err(problems) => return ask.unprocessable(&NewLocationPage::of(&ask, form, problems).await?),
    };
    let new = NewLocation { id, mpn_id, is_head_office: form.is_head_office(), details };
    let (sent, now) = (new.clone(), Moment::now());
    let mut added = ask.write(move |conn, by| places::add(conn, by, &sent, now)).await?;
    if added == Added::BeforeWithAnother {
        // The page came back with Back and was filled in anew: that is another location.
        let new = NewLocation { id: LocationId::new(), ..new };
        added = ask.write(move |conn, by| places::add(conn, by, &new, now)).await?;
    }
    let problem = match added {
        Added::Now | Added::Before | Added::BeforeWithAnother => {
            return ask.done(&Said::LocationAdded, paths::partners::locations());
        }
        Added::MpnIdTaken => ("mpn_id", Problem::MpnIdTaken),
        Added::SecondHeadOffice => ("head_office", Wrong::SecondHeadOffice.into()),
    };
    ask.unprocessable(&NewLocationPage::of(&ask, form, problem.into()).await?)
}

/// `GET /organisation/locations/{id}`
pub async fn edit(ask: Ask<ManageLocations>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = LocationId::parse(&id).ok_or(Error::NotFound)?;
    let location = load(&ask, &id).await?;
    let form = LocationForm::of(&location.details, location.version);
    ask.page(&LocationPage::of(ask.shell(), location, form))
}

/// `POST /organisation/locations/{id}`
pub async fn update(
    ask: Ask<ManageLocations>,
    id: web::Path<String>,
    web::Form(form): web::Form<LocationForm>,
) -> Result<HttpResponse> {
    let id = LocationId::parse(&id).ok_or(Error::NotFound)?;
    let mut form = form.printable();
    let mut has_clash = false;
    loop {
        let location = load(&ask, &id).await?;
        let wanted = match form.parse(location.country) {
            Ok(wanted) => wanted,
            Err(problems) => {
                let again = LocationPage { problems, ..LocationPage::of(ask.shell(), location, form) };
                return ask.unprocessable(&again);
            }
        };
        if has_clash {
            let country = location.country;
            let differences = differences(&location.details.fields(country), &wanted.fields(country));
            let again = LocationPage { differences, ..LocationPage::of(ask.shell(), location, form) };
            return ask.with_status(StatusCode::CONFLICT, &again);
        }
        let (of, version, now) = (id, version::read(&form.version)?, Moment::now());
        let change = ask.write(move |conn, by| places::change(conn, by, (&of, version), &wanted, now));
        let said = match change.await? {
            Changed::Done => Said::LocationChanged,
            Changed::Same => Said::NothingChanged,
            Changed::Stale => {
                // Whoever sends it again after a clash has read what changed.
                let now = load(&ask, &id).await?;
                let merged =
                    three_way::merge(&form.opened, &form, &LocationForm::of(&now.details, now.version))?;
                form = merged.form;
                has_clash = !merged.clashes.is_empty();
                continue;
            }
        };
        return ask.done(&said, paths::partners::locations());
    }
}

async fn load(ask: &Ask<ManageLocations>, id: &LocationId) -> Result<FullLocation> {
    let id = *id;
    ask.read(move |conn, by| places::find(conn, &by.organisation.id, &id)).await
}

impl NewLocationPage {
    async fn of(ask: &Ask<ManageLocations>, form: LocationForm, problems: Problems) -> Result<Self> {
        let head_office = ask.read(|conn, by| places::head_office_of(conn, &by.organisation.id)).await?;
        let country = ask.by.organisation.country;
        Ok(Self { shell: ask.shell(), country, form, problems, head_office })
    }
}

impl LocationPage {
    fn of(shell: Shell, location: FullLocation, form: LocationForm) -> Self {
        let (problems, differences) = (Problems::default(), Vec::new());
        Self { shell, country: location.country, location, form, problems, differences }
    }
}
