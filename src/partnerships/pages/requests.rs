//! Partnership requests: the list, and a new one.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::request::{link_name, place_of};
use crate::access::Allowed;
use crate::access::permission::RequestPartnerships;
use crate::db::Db;
use crate::error::Result;
use crate::mail::letter::LetterStatus;
use crate::mail::outbox;
use crate::partnerships::form::{NewRequestForm, RequestFilter};
use crate::partnerships::letter;
use crate::partnerships::model::{Request, Standing};
use crate::partnerships::store::requests::{Asked, NewRequest, Wanted, ask, page_of};
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::pager::{Cursor, Key, Page, Pager, address};
use crate::web::{Problems, Shell, Site, once, page, see_other, unprocessable};

const PATH: &str = "/partnership-requests";

#[derive(Template)]
#[template(path = "partnerships/requests.html")]
struct RequestListPage {
    shell: Shell,
    filter: RequestFilter,
    rows: Vec<RequestRow>,
    pager: Pager,
    without_search: String,
    without_state: String,
}

struct RequestRow {
    request: Request,
    standing: Standing,
    /// The letter with the link that holds now, if the portal sent it.
    letter: Option<LetterStatus>,
}

#[derive(Template)]
#[template(path = "partnerships/new.html")]
struct NewRequestPage {
    shell: Shell,
    form: NewRequestForm,
    problems: Problems,
    is_suspended: bool,
}

/// `GET /partnership-requests`
pub async fn list(
    shell: Shell,
    may: Allowed<RequestPartnerships>,
    db: web::Data<Db>,
    web::Query(filter): web::Query<RequestFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let wanted = Wanted { needle: filter.needle(), standing: filter.standing() };
    let (start, now) = (cursor.start(), Moment::now());
    let asked = start.clone();
    let (requests, letters) = db
        .read(move |conn| {
            let requests = page_of(conn, &may, &wanted, &asked, now)?;
            let ids: Vec<&str> = requests.iter().map(|request| request.id.as_str()).collect();
            let letters = outbox::latest_about_each(conn, &may.organisation.id, letter::REQUEST, &ids)?;
            Ok((requests, letters))
        })
        .await?;
    let found = Page::new(requests, &start, |request| Key::new(request.created_at.exact(), &request.id));
    let pager = Pager::new(&found, PATH, &filter);
    let rows = found.rows.into_iter().map(|request| row(request, &letters, now)).collect();
    let without_search = address(PATH, &RequestFilter { search: String::new(), ..filter.clone() }, &[]);
    let without_state = address(PATH, &RequestFilter { state: String::new(), ..filter.clone() }, &[]);
    page(&RequestListPage { shell, filter, rows, pager, without_search, without_state })
}

fn row(request: Request, letters: &[(String, LetterStatus)], now: Moment) -> RequestRow {
    let about = letters.iter().find(|(id, _)| id == request.id.as_str());
    let letter = about.filter(|_| request.sent_at.is_some()).map(|(_, letter)| letter.clone());
    RequestRow { standing: request.standing(now), letter, request }
}

/// `GET /partnership-requests/new`
pub async fn new(shell: Shell, _may: Allowed<RequestPartnerships>) -> Result<HttpResponse> {
    let form = NewRequestForm::empty();
    page(&NewRequestPage { shell, form, problems: Problems::default(), is_suspended: false })
}

/// `POST /partnership-requests`
pub async fn create(
    shell: Shell,
    may: Allowed<RequestPartnerships>,
    db: web::Data<Db>,
    site: web::Data<Site>,
    session: Session,
    web::Form(form): web::Form<NewRequestForm>,
) -> Result<HttpResponse> {
    let (id, to) = match form.parse() {
        Ok(parsed) => parsed,
        Err(problems) => {
            return unprocessable(&NewRequestPage { shell, form, problems, is_suspended: false });
        }
    };
    let (token, now) = (Token::random(), Moment::now());
    let new = NewRequest {
        id: id.clone(),
        to,
        draft: letter::draft(&may, &site)?,
        token_hash: token.hash(),
        expires_at: now.plus_days(site.link_days),
    };
    match db.write(move |conn| ask(conn, &may, &new, now)).await? {
        Asked::Asked => {
            once::put(&session, &link_name(&id), token.reveal());
            Ok(see_other(place_of(&id)))
        }
        Asked::Suspended => {
            let problems = Problems::default();
            unprocessable(&NewRequestPage { shell, form, problems, is_suspended: true })
        }
    }
}
