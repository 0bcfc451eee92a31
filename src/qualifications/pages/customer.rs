//! The special qualification of a customer: how it stands, what was asked before, and asking.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Viewer;
use crate::access::permission::{EndQualifications, QualifyCustomers, SeeCustomers};
use crate::catalog::model::Qualification;
use crate::customers::new_account::qualifications;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::qualifications::form::{QualificationForm, Wanted};
use crate::qualifications::model::{Review, State};
use crate::qualifications::said::Said;
use crate::qualifications::store::asking::{self, Asked, Wish};
use crate::qualifications::store::government::{Joined, join};
use crate::qualifications::store::reading::{Standing, standing};
use crate::values::id::{CustomerId, ReviewId};
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "qualifications/customer.html")]
struct QualificationPage {
    shell: Shell,
    standing: Standing,
    /// What can be asked for; nothing where the viewer may not, or something counts or waits.
    choices: Vec<Qualification>,
    form: QualificationForm,
    problems: Problems,
    is_provider: bool,
    /// Whether a role of the viewer lets them ask, also while the organisation is suspended.
    has_role: bool,
    may_end: bool,
    /// It no longer stood as the page showed it when it was sent.
    is_changed: bool,
}

/// `GET /customers/{id}/qualification`
pub async fn show(ask: Ask<SeeCustomers>, id: web::Path<CustomerId>) -> Result<HttpResponse> {
    let standing = ask.read(move |conn, by| standing(conn, by, &id)).await?;
    ask.page(&QualificationPage::of(ask.shell(), &ask.by, standing))
}

/// `POST /customers/{id}/qualification`: asks for Education, or joins the Government Community Cloud.
pub async fn ask(
    ask: Ask<QualifyCustomers>,
    id: web::Path<CustomerId>,
    web::Form(form): web::Form<QualificationForm>,
) -> Result<HttpResponse> {
    let (id, form) = (*id, form.printable());
    let (wish_id, mark, now) = (form.id()?, form.mark.clone(), Moment::now());
    let held = find(&ask, &id).await?;
    let offered = qualifications(held.customer.account.country);
    let wanted = match form.parse(&offered) {
        Ok(wanted) => wanted,
        Err(problems) => return refuse(&ask, held, form, problems),
    };
    let outcome = match wanted {
        Wanted::Education { website } => {
            let wish = Wish { id: wish_id, customer: id, website, mark };
            Outcome::Asked(ask.write(move |conn, by| asking::ask(conn, by, &wish, now)).await?)
        }
        Wanted::Government { code } => {
            Outcome::Joined(ask.write(move |conn, by| join(conn, by, (&id, &mark), &code, now)).await?)
        }
    };
    let said = match outcome {
        Outcome::Asked(Asked::Now | Asked::Before) => Said::Asked,
        Outcome::Joined(Joined::Now) => Said::Joined,
        Outcome::Joined(Joined::Already) => Said::NothingChanged,
        Outcome::Joined(Joined::Refused(bad)) => {
            let problems = ("validation_code", bad.problem()).into();
            return refuse(&ask, find(&ask, &id).await?, form, problems);
        }
        Outcome::Asked(Asked::Changed) | Outcome::Joined(Joined::Changed) => {
            let shown = QualificationPage::of(ask.shell(), &ask.by, find(&ask, &id).await?);
            return shown.changed(&ask, form);
        }
    };
    ask.done(&said, paths::qualifications::of_customer(&id))
}

/// The form again with what is wrong in it, as long as there is one.
fn refuse(
    ask: &Ask<QualifyCustomers>,
    held: Standing,
    form: QualificationForm,
    problems: Problems,
) -> Result<HttpResponse> {
    let shown = QualificationPage::of(ask.shell(), &ask.by, held);
    if shown.choices.is_empty() {
        return shown.changed(ask, form);
    }
    ask.unprocessable(&QualificationPage { form, problems, ..shown })
}

/// What came of asking for one of the two.
enum Outcome {
    Asked(Asked),
    Joined(Joined),
}

async fn find(ask: &Ask<QualifyCustomers>, id: &CustomerId) -> Result<Standing> {
    let id = *id;
    ask.read(move |conn, by| standing(conn, by, &id)).await
}

impl QualificationPage {
    fn of(shell: Shell, by: &Viewer, standing: Standing) -> Self {
        let account = &standing.customer.account;
        let is_free = account.qualification == Qualification::None
            && standing.open().is_none()
            && standing.customer.ended_at.is_none();
        let may_ask = by.may::<QualifyCustomers>();
        let mut choices = if is_free && may_ask { qualifications(account.country) } else { Vec::new() };
        choices.retain(|choice| *choice != Qualification::None);
        let said_before = standing.latest().map(|latest| latest.website.clone());
        let of_mailbox = Some(&account.email).filter(|email| !email.is_free());
        let website = said_before.or_else(|| of_mailbox.map(|email| email.domain().to_owned()));
        let form = QualificationForm {
            id: ReviewId::new().to_string(),
            mark: standing.mark(),
            qualification: Qualification::Education.as_text().to_owned(),
            website: website.unwrap_or_default(),
            validation_code: String::new(),
        };
        Self {
            shell,
            choices,
            form,
            problems: Problems::default(),
            is_provider: by.is_provider(),
            has_role: by.holds::<QualifyCustomers>(),
            may_end: by.may::<EndQualifications>(),
            standing,
            is_changed: false,
        }
    }

    /// Whether the customer can join the Government Community Cloud, which takes a code.
    fn takes_code(&self) -> bool {
        self.choices.contains(&Qualification::Government)
    }

    /// What was sent beside how it stands by now.
    fn changed(self, ask: &Ask<QualifyCustomers>, form: QualificationForm) -> Result<HttpResponse> {
        let form = QualificationForm { id: self.form.id.clone(), mark: self.form.mark.clone(), ..form };
        ask.with_status(StatusCode::CONFLICT, &Self { form, is_changed: true, ..self })
    }

    /// Whether a code was sent, and no website.
    fn sent_code(&self) -> bool {
        self.form.qualification == Qualification::Government.as_text()
    }

    /// Whether there is something that can be taken back.
    fn can_end(&self) -> bool {
        let counts = self.standing.customer.account.qualification;
        let is_held = matches!(counts, Qualification::Education | Qualification::Government);
        self.may_end && (is_held || self.standing.open().is_some())
    }

    /// The last case, where it was denied and nothing counts since.
    fn denied(&self) -> Option<&Review> {
        let is_none = self.standing.customer.account.qualification == Qualification::None;
        self.standing.latest().filter(|latest| is_none && latest.state == State::Denied)
    }
}
