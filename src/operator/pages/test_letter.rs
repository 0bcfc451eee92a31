//! A test letter: sent while the operator waits, so that the page can say what became of it.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Allowed;
use crate::access::permission::SendLettersAgain;
use crate::db::Db;
use crate::error::Result;
use crate::mail::carrier::Bell;
use crate::mail::compose::Written as _;
use crate::mail::letter::Hindrance;
use crate::mail::outbox::{Taken, heed};
use crate::mail::transport::Transport;
use crate::operator::form::TestLetterForm;
use crate::operator::letters::test_letter::TestLetter;
use crate::operator::store::test_letters;
use crate::values::email::Email;
use crate::values::moment::Moment;
use crate::web::page::with_status;
use crate::web::{Problems, Shell, Site, page, unprocessable};

/// How long the mail server may take to listen, and again to say that it has the letter, while somebody waits.
const PATIENCE: Duration = Duration::from_secs(15);

#[derive(Template)]
#[template(path = "operator/test_letter.html")]
struct TestLetterPage {
    shell: Shell,
    form: TestLetterForm,
    problems: Problems,
    outcome: Option<Outcome>,
}

/// What became of it.
enum Outcome {
    HandedOver {
        to: Email,
    },
    Refused {
        to: Email,
        hindrance: Hindrance,
    },
    /// There were enough; in so many minutes there may be another one.
    TooMany {
        minutes: i64,
    },
}

/// `GET /operator/letters/test`
pub async fn new(shell: Shell, may: Allowed<SendLettersAgain>) -> Result<HttpResponse> {
    let form = TestLetterForm { email: may.email.to_string() };
    page(&TestLetterPage { shell, form, problems: Problems::default(), outcome: None })
}

/// `POST /operator/letters/test`
pub async fn create(
    shell: Shell,
    may: Allowed<SendLettersAgain>,
    (db, site): (web::Data<Db>, web::Data<Site>),
    (transport, bell): (web::Data<Transport>, web::Data<Bell>),
    web::Form(form): web::Form<TestLetterForm>,
) -> Result<HttpResponse> {
    let form = form.printable();
    let to = match form.parse() {
        Ok(to) => to,
        Err(problems) => return unprocessable(&TestLetterPage { shell, form, problems, outcome: None }),
    };
    let letter = Taken::straight(TestLetter { by: &may, to: &to, site: &site }.letter()?);
    let (id, addressee, now) = (letter.id.clone(), to.clone(), Moment::now());
    let begun = db.write(move |conn| test_letters::begin(conn, &may, (&id, &addressee), now)).await?;
    let page =
        |outcome| TestLetterPage { shell, form, problems: Problems::default(), outcome: Some(outcome) };
    if let Err(seconds) = begun {
        let outcome = Outcome::TooMany { minutes: (seconds + 59) / 60 };
        let mut answer = with_status(StatusCode::TOO_MANY_REQUESTS, &page(outcome))?;
        answer.headers_mut().insert(RETRY_AFTER, seconds.into());
        return Ok(answer);
    }
    let answer = transport.get_ref().clone().with_patience(PATIENCE).send(&letter).await;
    let (learned, now) = (answer.clone(), Moment::now());
    db.write(move |conn| heed(conn, &learned, now)).await?;
    // Letters that waited for the mail server may follow.
    bell.ring();
    let outcome = match answer {
        Ok(()) => Outcome::HandedOver { to },
        Err(refusal) => {
            let hindrance = Hindrance { trouble: Some(refusal.trouble), said: refusal.said };
            Outcome::Refused { to, hindrance }
        }
    };
    with_status(StatusCode::OK, &page(outcome))
}
