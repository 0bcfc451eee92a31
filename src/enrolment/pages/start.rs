//! The first form, which mails a personal link. Its answer is the same for every address.

use actix_session::Session;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{asked_by, day, minutes, operator};
use crate::db::Db;
use crate::enrolment::form::StartForm;
use crate::enrolment::letters::Applicant;
use crate::enrolment::letters::account::Account;
use crate::enrolment::letters::link::Link;
use crate::enrolment::letters::standing::Standing;
use crate::enrolment::model::{Kind, LINK_DAYS, counted_by};
use crate::enrolment::store::start::{Beginning, Begun, begin};
use crate::error::{Error, Result};
use crate::mail::carrier::Bell;
use crate::mail::compose::Written as _;
use crate::partners::store::operator::Operator;
use crate::paths;
use crate::session::tally::Network;
use crate::values::id::{EnrolmentId, LetterId};
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::page::slowed;
use crate::web::{Problems, Shell, Site, Vault, once, page, see_other, unprocessable, visitor};

/// Under this name the browser keeps for its owner where the letter went.
const SENT_TO: &str = "enrolment";

#[derive(Template)]
#[template(path = "enrolment/start.html")]
struct StartPage {
    shell: Shell,
    kind: Kind,
    operator: Option<Operator>,
    form: StartForm,
    problems: Problems,
    /// After how many minutes the next letter goes, when there were too many.
    slowed: Option<i64>,
    /// The provider whose partnership request led here.
    asked_by: Option<String>,
}

#[derive(Template)]
#[template(path = "enrolment/sent.html")]
struct SentPage {
    shell: Shell,
    to: Option<String>,
}

/// `GET /enrol/{kind}`
pub async fn new(
    shell: Shell,
    db: web::Data<Db>,
    kind: web::Path<String>,
    web::Query(form): web::Query<StartForm>,
) -> Result<HttpResponse> {
    let kind = Kind::from_text(&kind).ok_or(Error::NotFound)?;
    let (operator, form) = (operator(&db).await?, form.tidy());
    let asked_by = asked_by(&db, form.way_back().filter(|_| kind == Kind::Reseller).as_ref()).await?;
    page(&StartPage { shell, kind, operator, form, problems: Problems::default(), slowed: None, asked_by })
}

/// `POST /enrol/{kind}`
pub async fn create(
    request: HttpRequest,
    (shell, session): (Shell, Session),
    (db, site, bell, vault): (web::Data<Db>, web::Data<Site>, web::Data<Bell>, web::Data<Vault>),
    kind: web::Path<String>,
    web::Form(form): web::Form<StartForm>,
) -> Result<HttpResponse> {
    let kind = Kind::from_text(&kind).ok_or(Error::NotFound)?;
    let (operator, form) = (operator(&db).await?, form.tidy());
    let asked_by = asked_by(&db, form.way_back().filter(|_| kind == Kind::Reseller).as_ref()).await?;
    let parsed = form.parse();
    let (Some(operator), Ok((person_name, email))) = (&operator, parsed.clone()) else {
        let problems = parsed.err().unwrap_or_default();
        return unprocessable(&StartPage { shell, kind, operator, form, problems, slowed: None, asked_by });
    };
    let (id, token, now) = (EnrolmentId::new(), Token::random(), Moment::now());
    let link = format!("{}{}", site.base_url, paths::enrolment::link(token.reveal()));
    let sign_in = format!("{}{}", site.base_url, paths::session::sign_in());
    let until = day(now.plus_days(LINK_DAYS));
    let to = Applicant { id: &id, email: &email, operator, site: &site };
    let (link, until) = (link.as_str(), until.as_str());
    let way = form.way_back().filter(|_| kind == Kind::Reseller);
    let new = Beginning {
        kind,
        person_name,
        token_hash: token.hash(),
        invited_by: way.as_ref().map(|way| way.token().hash()),
        sealed_next: way.map(|way| way.seal(&vault, kind, &email)).transpose()?,
        letter_id: LetterId::new(),
        link: Link { to, kind, link, until }.letter()?,
        standing: Standing { to, kind, link, until }.letter()?,
        account: Account { to, link: &sign_in }.letter()?,
        id,
        email: email.clone(),
    };
    let subjects = counted_by(&email, &Network::of(&visitor::address_of(&request, &site)));
    let begun = db.write(move |conn| begin(conn, &new, &subjects, now)).await?;
    match begun {
        Begun::Mailed => {
            bell.ring();
            once::put(&session, SENT_TO, &email.to_string());
            Ok(see_other(paths::enrolment::sent()))
        }
        Begun::Slowed { seconds } => {
            let (operator, problems) = (Some(operator.clone()), Problems::default());
            let slow = Some(minutes(seconds));
            let page = StartPage { shell, kind, operator, form, problems, slowed: slow, asked_by };
            slowed(&page, seconds)
        }
    }
}

/// `GET /enrol/sent`
pub async fn sent(shell: Shell, session: Session) -> Result<HttpResponse> {
    page(&SentPage { shell, to: once::look(&session, SENT_TO) })
}
