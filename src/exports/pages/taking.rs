//! Any list as a file: sent at once, or, where it is long, made by a job for whoever says so.

use actix_web::web::Bytes;
use actix_web::{Error as ActixError, HttpResponse, web};
use askama::Template;
use futures_util::stream::empty;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::exports::commands;
use crate::exports::kinds;
use crate::exports::model::KEPT_HOURS;
use crate::exports::said::Said;
use crate::exports::store::asking::{Asked, Order};
use crate::language::filters;
use crate::paths;
use crate::values::id::{ExportId, JobId, SelectionId};
use crate::values::moment::Moment;
use crate::values::money::grouped;
use crate::web::export::{About, Format, Kind, Place, Sheet, Wish};
use crate::web::{AskForOneself, Shell, head, see_other};

/// As which kind of file; CSV where nothing else is said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Choice {
    format: String,
}

/// What the page of a long list sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PrepareForm {
    /// Of the file, chosen by the page.
    id: String,
}

#[derive(Template)]
#[template(path = "exports/large.html")]
struct LargePage {
    shell: Shell,
    route: &'static str,
    /// Where the list itself stands.
    back: String,
    /// Where this is sent to.
    here: String,
    id: ExportId,
    most: String,
}

/// `GET` of any list’s export.
pub async fn take(ask: AskForOneself) -> Result<HttpResponse> {
    let (kind, place) = wanted(&ask)?;
    let (format, now) = (format(&place)?, Moment::now());
    let (sheet, is_large) = found(&ask, kind, &place, now).await?;
    if is_large {
        return ask.page(&LargePage {
            route: kind.route,
            back: place.list(),
            here: ask.shell().here().to_owned(),
            id: ExportId::new(),
            most: grouped(&ask.site.large_export.to_string()),
            shell: ask.shell(),
        });
    }
    if head::is_enough(ask.request()) {
        return Ok(sheet.head(format).streaming(empty::<Result<Bytes, ActixError>>()));
    }
    let (by, site, language, filter) =
        (ask.by.clone(), ask.site.clone(), ask.language(), sheet.filter.clone());
    let about =
        move |rows| About::new((&by, &site), (kind.route, &place.list(), &filter), rows, now).lines(language);
    match format {
        Format::Csv => sheet.as_csv(ask.db.clone()).await,
        Format::Xlsx => sheet.as_workbook(ask.db.clone(), about).await,
    }
}

/// `POST` to any list’s export: a job makes it.
pub async fn prepare(ask: AskForOneself, form: web::Form<PrepareForm>) -> Result<HttpResponse> {
    let (kind, place) = wanted(&ask)?;
    // Whoever may not have it is told so, and what has become short meanwhile is had at once.
    let (sheet, is_large) = found(&ask, kind, &place, Moment::now()).await?;
    if !is_large {
        return Ok(see_other(place.file()));
    }
    let id = ExportId::parse(&form.id).ok_or(Error::BadRequest("id"))?;
    let (job, apart, route, back) = (JobId::new(), SelectionId::new(), kind.route, place.list());
    let (format, language) = (format(&place)?, ask.language());
    let order = Order { id, job, apart, route, place, sheet, format, language };
    match commands::ask(&ask, &ask.by, order).await? {
        Asked::Now => ask.done(&Said::Begun, paths::exports::show(&id)),
        Asked::Before => ask.done(&Said::Before, paths::exports::show(&id)),
        Asked::TooMany => ask.done(&Said::TooMany, back),
        Asked::Full => ask.done(&Said::Full, back),
        Asked::NothingSelected => ask.done(&Said::NothingSelected, back),
    }
}

/// Which list is meant, and which part of it.
fn wanted(ask: &AskForOneself) -> Result<(Kind, Place)> {
    let request = ask.request();
    let kind = request.match_pattern().and_then(|route| kinds::at(&route)).ok_or(Error::NotFound)?;
    let place = Place::of(kind.route, request.path(), request.query_string()).ok_or(Error::NotFound)?;
    Ok((kind, place))
}

fn format(place: &Place) -> Result<Format> {
    Ok(Format::from_text(&place.filter::<Choice>()?.format).unwrap_or(Format::Csv))
}

/// What whoever asks gets of it, and whether that is a job's work.
async fn found(ask: &AskForOneself, kind: Kind, place: &Place, now: Moment) -> Result<(Sheet, bool)> {
    let (place, site) = (place.clone(), ask.site.clone());
    let found = move |conn: &mut _, by: &_| {
        let sheet = (kind.sheet)(conn, &Wish { by, site: &site, place: &place, now })?;
        let is_large = sheet.exceeds(conn, site.large_export)?;
        Ok((sheet, is_large))
    };
    ask.read(found).await
}
