//! One enrolment, as the operator sees it: all that was typed but secrets, what looks alike, and the decision.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::DecideEnrolments;
use crate::enrolment::commands;
use crate::enrolment::form::{DetailsForm, RefusalForm};
use crate::enrolment::letters::ENROLMENT;
use crate::enrolment::model::{Enrolment, Obstacle, State};
use crate::enrolment::said::Said;
use crate::enrolment::store::decision::obstacle;
use crate::enrolment::store::hints::{self, Hints};
use crate::enrolment::store::link::holds_until;
use crate::enrolment::store::list::find;
use crate::error::Result;
use crate::language::filters;
use crate::mail::letter::LetterStatus;
use crate::mail::outbox;
use crate::paths;
use crate::values::id::{EnrolmentId, LetterId};
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell};

/// An enrolment with everything that helps to decide.
#[derive(Template)]
#[template(path = "enrolment/show.html")]
pub struct ShowPage {
    pub shell: Shell,
    pub enrolment: Enrolment,
    pub form: DetailsForm,
    pub hints: Hints,
    /// Why it cannot be approved.
    pub obstacle: Option<Obstacle>,
    /// Until when the applicant comes back by some link.
    pub holds_until: Moment,
    pub letter: Option<LetterStatus>,
    pub refusal: RefusalForm,
    /// It no longer stood as it was seen when the refusal was sent.
    pub is_changed: bool,
    pub problems: Problems,
}

impl ShowPage {
    /// The page with an empty reason.
    ///
    /// # Errors
    /// [`crate::error::Error::NotFound`]; database errors.
    pub async fn of(ask: &Ask<DecideEnrolments>, id: &EnrolmentId) -> Result<Self> {
        let (shell, id) = (ask.shell(), *id);
        ask.read(move |conn, by| {
            let enrolment = find(conn, by, &id)?;
            let is_waiting = enrolment.state == State::Waiting;
            let has_hints = enrolment.state != State::Approved;
            let about = (&ENROLMENT, id.as_str());
            Ok(Self {
                shell,
                form: DetailsForm::from_json(&enrolment.form),
                hints: if has_hints { hints::of(conn, by, &enrolment)? } else { Hints::default() },
                obstacle: if is_waiting { obstacle(conn, &enrolment)?.err() } else { None },
                holds_until: holds_until(conn, &enrolment)?,
                letter: outbox::latest_about(conn, &by.organisation.id, about)?,
                enrolment,
                refusal: RefusalForm::default(),
                is_changed: false,
                problems: Problems::default(),
            })
        })
        .await
    }

    /// The company, or who begins one that has no name yet.
    fn name(&self) -> String {
        let company = &self.enrolment.company_name;
        if company.is_empty() { self.enrolment.email.to_string() } else { company.clone() }
    }

    fn has_problem(&self) -> bool {
        !self.problems.is_empty() || self.is_changed
    }
}

/// `GET /operator/enrolments/{id}`
pub async fn show(ask: Ask<DecideEnrolments>, id: web::Path<EnrolmentId>) -> Result<HttpResponse> {
    ask.page(&ShowPage::of(&ask, &id).await?)
}

/// `POST /operator/enrolments/{id}/letters/{letter}/delivery`
pub async fn send_again(
    ask: Ask<DecideEnrolments>,
    path: web::Path<(EnrolmentId, LetterId)>,
) -> Result<HttpResponse> {
    let (id, letter) = path.into_inner();
    let place = paths::enrolment::show(&id);
    let is_queued = commands::decision::send_again(&ask, &ask.by, (id, letter)).await?;
    ask.done(if is_queued { &Said::LetterQueued } else { &Said::LetterNotQueued }, place)
}
