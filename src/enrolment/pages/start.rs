//! The first form, which mails a personal link. Its answer is the same for every address.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{asked_by, minutes, operator};
use crate::enrolment::commands::start::begin;
use crate::enrolment::form::StartForm;
use crate::enrolment::model::Kind;
use crate::enrolment::store::start::Begun;
use crate::enrolment::way_back::WayBack;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::partners::store::operator::Operator;
use crate::paths;
use crate::session::tally::Network;
use crate::web::{Problems, Shell, Visit, once, see_other, visitor};

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
    visit: Visit,
    kind: web::Path<String>,
    web::Query(form): web::Query<StartForm>,
) -> Result<HttpResponse> {
    visit.page(&StartPage::of(&visit, &kind, form).await?)
}

/// `POST /enrol/{kind}`
pub async fn create(
    visit: Visit,
    kind: web::Path<String>,
    web::Form(form): web::Form<StartForm>,
) -> Result<HttpResponse> {
    let shown = StartPage::of(&visit, &kind, form).await?;
    let parsed = shown.form.parse();
    let (Some(operator), Ok((name, email))) = (&shown.operator, &parsed) else {
        let problems = parsed.err().unwrap_or_default();
        return visit.unprocessable(&StartPage { problems, ..shown });
    };
    let way = way_back(shown.kind, &shown.form);
    let network = Network::of(&visitor::address_of(visit.request(), &visit.site));
    let from = (way.as_ref(), &network);
    match begin(&visit, operator, shown.kind, (name, email, visit.language()), from).await? {
        Begun::Mailed => {
            once::put(&visit.session(), SENT_TO, &email.to_string());
            Ok(see_other(paths::enrolment::sent()))
        }
        Begun::Slowed { seconds } => {
            visit.slowed(&StartPage { slowed: Some(minutes(seconds)), ..shown }, seconds)
        }
    }
}

/// `GET /enrol/sent`
pub async fn sent(visit: Visit) -> Result<HttpResponse> {
    let to = once::look(&visit.session(), SENT_TO);
    visit.page(&SentPage { shell: visit.shell(), to })
}

impl StartPage {
    async fn of(visit: &Visit, kind: &str, form: StartForm) -> Result<Self> {
        let kind = Kind::from_text(kind).ok_or(Error::NotFound)?;
        let (operator, form) = (operator(visit).await?, form.tidy());
        let asked_by = asked_by(visit, way_back(kind, &form).as_ref()).await?;
        let (shell, problems) = (visit.shell(), Problems::default());
        Ok(Self { shell, kind, operator, form, problems, slowed: None, asked_by })
    }
}

/// The partnership link that led here; it is for resellers.
fn way_back(kind: Kind, form: &StartForm) -> Option<WayBack> {
    form.way_back().filter(|_| kind == Kind::Reseller)
}
