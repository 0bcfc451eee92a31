//! A trial becomes a paid subscription: how many, billed how, and what that costs.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::form::ConversionForm;
use super::super::model::conversion::Conversion;
use super::super::model::purchase::{self, Term, Wanted};
use super::super::model::rules::Refusal;
use super::super::model::{Cost, is_unusual};
use super::super::said::Said;
use super::super::store::conversion::{self, Question};
use super::super::store::details::Details;
use super::super::store::edit::Changed;
use super::super::store::history::LastChange;
use super::changes::edit_of;
use super::{details_with_last_change, done};
use crate::access::permission::ConvertTrials;
use crate::catalog::wrong::of_offer;
use crate::error::Result;
use crate::language::filters;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::quantity::Quantity;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "subscriptions/conversion.html")]
struct ConversionPage {
    shell: Shell,
    details: Details,
    answer: Result<Conversion, Refusal>,
    form: ConversionForm,
    /// What is to be read before it is done.
    wanted: Option<Wanted>,
    problems: Problems,
    /// Somebody was faster; who, when it is known.
    conflict: Option<Option<LastChange>>,
    /// From more than so many on, the quantity is typed twice.
    limit: Quantity,
    today: NaiveDate,
}

/// `GET /subscriptions/{id}/conversion`
pub async fn new(ask: Ask<ConvertTrials>, id: web::Path<SubscriptionId>) -> Result<HttpResponse> {
    let page = ConversionPage::new(&ask, question(&ask, &id).await?);
    ask.page(&page)
}

/// `POST /subscriptions/{id}/conversion`: first asks, then does.
pub async fn create(
    ask: Ask<ConvertTrials>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<ConversionForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let question = question(&ask, &id).await?;
    if question.details.subscription.trial_of.is_some() {
        return done(&ask, &Said::NothingChanged, &id);
    }
    let parsed = match &question.answer {
        Ok(conversion) => form.parse(conversion),
        Err(_) => return ask.unprocessable(&ConversionPage::new(&ask, question)),
    };
    let is_confirmed = form.is_confirmed();
    let (mark, unit) = (form.mark.clone(), question.details.subscription.unit);
    let mut page = ConversionPage { form, ..ConversionPage::new(&ask, question) };
    let wanted = match parsed {
        Ok(wanted) => wanted,
        Err(problems) => {
            for (field, problem) in problems.all() {
                page.problems.on(field, of_offer(problem.clone(), unit, &page.form.quantity));
            }
            return ask.unprocessable(&page);
        }
    };
    page.wanted = Some(wanted);
    if !is_confirmed {
        return ask.page(&page);
    }
    if let Some(problems) = page.repeated(wanted).err() {
        return ask.unprocessable(&ConversionPage { problems, ..page });
    }
    let changed = ask.write(move |conn, by| conversion::convert(conn, by, &edit, (wanted, &mark))).await?;
    page.answered(&ask, &id, changed).await
}

async fn question(ask: &Ask<ConvertTrials>, id: &SubscriptionId) -> Result<Question> {
    let (id, now) = (*id, Moment::now());
    ask.read(move |conn, by| conversion::question(conn, by, &id, now)).await
}

impl ConversionPage {
    fn new(ask: &Ask<ConvertTrials>, question: Question) -> Self {
        let form = question
            .answer
            .as_ref()
            .map(|conversion| ConversionForm::of(&question.details.subscription, conversion));
        Self {
            shell: ask.shell(),
            form: form.unwrap_or_default(),
            details: question.details,
            answer: question.answer,
            wanted: None,
            problems: Problems::default(),
            conflict: None,
            limit: Quantity::of(ask.site.large_quantity),
            today: Moment::now().day(),
        }
    }

    /// What came of it: back to the subscription when it is done, otherwise the form again with what was typed.
    async fn answered(
        self,
        ask: &Ask<ConvertTrials>,
        id: &SubscriptionId,
        changed: Changed,
    ) -> Result<HttpResponse> {
        let again = match changed {
            Changed::Done => return done(ask, &Said::Converted, id),
            Changed::Same => return done(ask, &Said::NothingChanged, id),
            Changed::Stale => {
                let (_, last) = details_with_last_change(ask, id).await?;
                let now = Self::new(ask, question(ask, id).await?);
                let form = ConversionForm { version: now.form.version.clone(), ..self.form };
                let again = Self { conflict: Some(last), form, ..now };
                return ask.with_status(StatusCode::CONFLICT, &again);
            }
            Changed::Refused(refusal) => Self { answer: Err(refusal), ..self },
            Changed::Wrong(problem) => Self { problems: ("quantity", problem).into(), wanted: None, ..self },
        };
        ask.unprocessable(&again)
    }

    fn is_typed_twice(&self, wanted: Wanted) -> bool {
        is_unusual(self.details.subscription.quantity, wanted.quantity, self.limit.get())
    }

    fn repeated(&self, wanted: Wanted) -> Result<(), Problems> {
        if self.is_typed_twice(wanted) { self.form.repeats(wanted.quantity) } else { Ok(()) }
    }

    fn cost(&self, conversion: &Conversion, wanted: Wanted) -> Cost {
        let nothing = Money::new(0, self.details.subscription.unit_price.currency);
        wanted.cost(&conversion.paid).unwrap_or(Cost { month: nothing, year: nothing })
    }

    fn term(&self, conversion: &Conversion, wanted: Wanted) -> Term {
        wanted.term(conversion.offer(), self.today)
    }
}
