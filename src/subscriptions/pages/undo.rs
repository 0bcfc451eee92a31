//! Undoing the last change of a quantity, and the list of what can still be undone.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::form::{CLOSING, UndoForm, UndoableFilter};
use super::super::model::proration::Rest;
use super::super::model::undo::{QuantityChange, Refusal};
use super::super::said::Said;
use super::super::store::edit::Changed;
use super::super::store::history::LastChange;
use super::super::store::undo::{self, Question, Undone};
use super::super::store::undoable::{self, Undoable};
use super::changes::edit_of;
use super::{details_with_last_change, done};
use crate::access::permission::{ExportCustomers, ManageSubscriptions, SeeQuantityChanges};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "subscriptions/undo.html")]
struct UndoPage {
    shell: Shell,
    question: Question,
    problems: Problems,
    /// Somebody was faster; who, when it is known.
    conflict: Option<Option<LastChange>>,
}

#[derive(Template)]
#[template(path = "subscriptions/undoable.html")]
struct UndoablePage {
    shell: Shell,
    filter: UndoableFilter,
    rows: Vec<Undoable>,
    pager: Pager,
    may_export: bool,
    may_undo: bool,
}

/// `GET /quantity-changes`
pub async fn list(
    ask: Ask<SeeQuantityChanges>,
    web::Query(filter): web::Query<UndoableFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let filter = filter.tidy();
    let (selection, portion) = (filter.selection(Moment::now()), cursor.portion());
    let found = ask.read(move |conn, by| undoable::page_of(conn, by, selection, &portion)).await?;
    ask.page(&UndoablePage {
        pager: Pager::new(&found, paths::subscriptions::undoable(), &filter),
        may_export: ask.by.may::<ExportCustomers>(),
        may_undo: ask.by.may::<ManageSubscriptions>(),
        rows: found.rows,
        shell: ask.shell(),
        filter,
    })
}

/// `GET /subscriptions/{id}/undo`
pub async fn new(ask: Ask<ManageSubscriptions>, id: web::Path<SubscriptionId>) -> Result<HttpResponse> {
    let page = UndoPage::new(&ask, question(&ask, &id).await?);
    ask.page(&page)
}

/// `POST /subscriptions/{id}/undo`
pub async fn create(
    ask: Ask<ManageSubscriptions>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<UndoForm>,
) -> Result<HttpResponse> {
    let (edit, change) = (edit_of(&id, &form.version)?, form.change()?);
    let undone = ask.write(move |conn, by| undo::undo(conn, by, &edit, &change)).await?;
    let page = match undone {
        Undone::Changed(Changed::Done) => return done(&ask, &Said::Undone, &id),
        Undone::Changed(Changed::Same) => return done(&ask, &Said::NothingChanged, &id),
        Undone::Changed(Changed::Stale) => {
            let (_, last) = details_with_last_change(&ask, &id).await?;
            let again = UndoPage::new(&ask, question(&ask, &id).await?);
            return ask.with_status(StatusCode::CONFLICT, &UndoPage { conflict: Some(last), ..again });
        }
        Undone::Changed(Changed::Wrong(problem)) => {
            let again = UndoPage::new(&ask, question(&ask, &id).await?);
            UndoPage { problems: ("quantity", problem).into(), ..again }
        }
        Undone::Changed(Changed::Refused(_)) | Undone::Refused(_) => {
            UndoPage::new(&ask, question(&ask, &id).await?)
        }
    };
    ask.unprocessable(&page)
}

async fn question(ask: &Ask<ManageSubscriptions>, id: &SubscriptionId) -> Result<Question> {
    let (id, now) = (*id, Moment::now());
    ask.read(move |conn, by| undo::question(conn, by, &id, now)).await
}

impl UndoPage {
    fn new(ask: &Ask<ManageSubscriptions>, question: Question) -> Self {
        let (problems, conflict) = (Problems::default(), None);
        Self { shell: ask.shell(), question, problems, conflict }
    }

    /// The change, or why there is nothing to undo.
    fn answer(&self) -> Result<&QuantityChange, Refusal> {
        match &self.question.change {
            Some((change, Ok(()))) => Ok(change),
            Some((_, Err(refusal))) => Err(*refusal),
            None => Err(Refusal::TooLate),
        }
    }

    /// What is billed less, or more again, for what is left of the period in which the change was made.
    fn difference(&self, change: &QuantityChange) -> Option<Money> {
        let rest = Rest::of(&self.question.details.subscription, change.made_at.day())?;
        Some(rest.of_more(change.unit_price, (change.new, change.old)))
    }
}
