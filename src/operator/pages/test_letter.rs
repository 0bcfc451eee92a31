//! A test letter: sent while the operator waits, so that the page can say what became of it.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::SendLettersAgain;
use crate::error::Result;
use crate::language::filters;
use crate::mail::letter::Hindrance;
use crate::mail::transport::Transport;
use crate::operator::commands::{Tested, send_test_letter};
use crate::operator::form::TestLetterForm;
use crate::values::email::Email;
use crate::web::{Ask, Problems, Shell};

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
pub async fn new(ask: Ask<SendLettersAgain>) -> Result<HttpResponse> {
    let form = TestLetterForm { email: ask.by.email.to_string() };
    let (problems, outcome) = (Problems::default(), None);
    ask.page(&TestLetterPage { shell: ask.shell(), form, problems, outcome })
}

/// `POST /operator/letters/test`
pub async fn create(
    ask: Ask<SendLettersAgain>,
    transport: web::Data<Transport>,
    web::Form(form): web::Form<TestLetterForm>,
) -> Result<HttpResponse> {
    let shell = ask.shell();
    let to = match form.parse() {
        Ok(to) => to,
        Err(problems) => return ask.unprocessable(&TestLetterPage { shell, form, problems, outcome: None }),
    };
    let tested = send_test_letter(&ask, &transport, &ask.by, &to).await?;
    let shown =
        |outcome| TestLetterPage { shell, form, problems: Problems::default(), outcome: Some(outcome) };
    let outcome = match tested {
        Tested::Answered(Ok(())) => Outcome::HandedOver { to },
        Tested::Answered(Err(refusal)) => {
            let hindrance = Hindrance { trouble: Some(refusal.trouble), said: refusal.said };
            Outcome::Refused { to, hindrance }
        }
        Tested::TooMany { seconds } => {
            return ask.slowed(&shown(Outcome::TooMany { minutes: (seconds + 59) / 60 }), seconds);
        }
    };
    ask.page(&shown(outcome))
}
