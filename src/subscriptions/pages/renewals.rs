//! Renewals: what renews and ends next, and deciding it for several at once.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::form::{DecisionForm, RenewalFilter, WITHIN};
use super::super::model::renewal::Renewal;
use super::super::said::Said;
use super::super::store::edit::Changed;
use super::super::store::{renewal, renewals};
use crate::access::permission::{DecideRenewals, ExportCustomers, RaiseSubscriptions, SeeRenewals};
use crate::access::{OrganisationKind, Permission as _};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "subscriptions/renewals.html")]
struct RenewalsPage {
    shell: Shell,
    filter: RenewalFilter,
    rows: Vec<Renewal>,
    pager: Pager,
    is_reseller: bool,
    may_export: bool,
    may_decide: bool,
    /// Whether what ends may be set to renew.
    may_renew: bool,
}

/// The question before several are decided, and what came of it.
#[derive(Template)]
#[template(path = "subscriptions/renewals_decided.html")]
struct DecidedPage {
    shell: Shell,
    is_question: bool,
    auto_renews: bool,
    /// Each with what came of it, once it is done.
    rows: Vec<(Renewal, Option<Changed>)>,
}

/// `GET /renewals`
pub async fn list(
    ask: Ask<SeeRenewals>,
    web::Query(filter): web::Query<RenewalFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let filter = filter.tidy();
    let (selection, portion) = (filter.selection(Moment::now().day()), cursor.portion());
    let found = ask.read(move |conn, by| renewals::page_of(conn, by, selection, &portion)).await?;
    ask.page(&RenewalsPage {
        pager: Pager::new(&found, paths::subscriptions::renewals(), &filter),
        is_reseller: ask.by.organisation.kind == OrganisationKind::Reseller,
        may_export: ask.by.may::<ExportCustomers>(),
        may_decide: ask.by.may::<DecideRenewals>(),
        may_renew: ask.by.may::<RaiseSubscriptions>(),
        rows: found.rows,
        shell: ask.shell(),
        filter,
    })
}

/// `POST /renewals/decision`: first the question, then the deed.
pub async fn decide(
    ask: Ask<DecideRenewals>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = DecisionForm::of(pairs)?;
    if form.ticked.is_empty() {
        return ask.done(&Said::NothingTicked, paths::subscriptions::renewals());
    }
    if form.auto_renews && !ask.by.may::<RaiseSubscriptions>() {
        return Err(Error::Forbidden(RaiseSubscriptions::KEY));
    }
    let (auto_renews, is_question, now) = (form.auto_renews, !form.is_confirmed, Moment::now());
    let rows = if is_question {
        let ticked = ask.read(move |conn, by| renewal::ticked(conn, by, &form)).await?;
        ticked.into_iter().map(|row| (row, None)).collect()
    } else {
        ask.write(move |conn, by| renewal::decide_each(conn, by, &form, now)).await?
    };
    ask.page(&DecidedPage { shell: ask.shell(), is_question, auto_renews, rows })
}

impl DecidedPage {
    /// How many are decided now that were not before.
    fn decided(&self) -> usize {
        self.rows.iter().filter(|(_, changed)| *changed == Some(Changed::Done)).count()
    }
}
