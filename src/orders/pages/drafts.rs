//! The drafts of an organisation that are not submitted yet.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{AddCustomers, PlaceOrders, SeeDrafts};
use crate::agreements::model::Request;
use crate::agreements::store::requests;
use crate::customers::new_account::{AccountForm, Terms};
use crate::error::Result;
use crate::language::filters;
use crate::links::model::Standing;
use crate::orders::draft::store::{self, DraftRow};
use crate::orders::draft::{Step, address_of, shown_name};
use crate::paths;
use crate::values::id::DraftId;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "orders/drafts.html")]
struct DraftListPage {
    shell: Shell,
    rows: Vec<Row>,
    pager: Pager,
    is_first: bool,
    count: Count,
}

/// A line of the list.
struct Row {
    draft: DraftRow,
    /// How the new customer was asked for the agreement.
    asked: Option<(Request, Standing)>,
    /// Empty while nobody has typed one.
    name: String,
    step: Step,
    address: String,
    /// Whether the viewer's roles let it go on: an order for a customer that is there takes another one.
    may_continue: bool,
}

/// `GET /drafts`
pub async fn list(ask: Ask<SeeDrafts>, web::Query(cursor): web::Query<Cursor>) -> Result<HttpResponse> {
    let now = Moment::now();
    let terms = Terms::of(&ask.by, &ask.site, now);
    let portion = cursor.portion();
    let (drafts, count, mut asked) = ask
        .read(move |conn, by| {
            let page = store::page_of(conn, by, &portion)?;
            let (drafts, count) = page.with_count(|| store::count(conn, by))?;
            let ids: Vec<&DraftId> = drafts.rows.iter().map(|row| &row.id).collect();
            let asked = requests::latest_of_drafts(conn, &by.organisation.id, &ids)?;
            Ok((drafts, count, asked))
        })
        .await?;
    let pager = Pager::new(&drafts, paths::orders::drafts(), &());
    let is_first = drafts.previous.is_none();
    let mut asked_of = |draft: &DraftRow| {
        let place = asked.iter().position(|(id, _)| *id == draft.id)?;
        let (_, request) = asked.swap_remove(place);
        Some((request.clone(), request.standing(now)))
    };
    let may_continue = |draft: &DraftRow| match draft.customer_name.is_some() {
        true => ask.by.may::<PlaceOrders>(),
        false => ask.by.may::<AddCustomers>(),
    };
    let rows = drafts.rows.into_iter();
    let rows = rows.map(|draft| row(asked_of(&draft), may_continue(&draft), draft, &terms)).collect();
    ask.page(&DraftListPage { shell: ask.shell(), rows, pager, is_first, count })
}

fn row(asked: Option<(Request, Standing)>, may_continue: bool, draft: DraftRow, terms: &Terms) -> Row {
    let form = AccountForm::from_json(&draft.account);
    let is_customer_known = draft.customer_name.is_some() || form.parse(terms).is_ok();
    let step = match (is_customer_known, draft.has_lines) {
        (false, _) => Step::Customer,
        (true, false) => Step::Subscriptions,
        (true, true) => Step::Review,
    };
    let name = draft.customer_name.clone().unwrap_or_else(|| shown_name(&form));
    Row { name, address: address_of(&draft.id, step), may_continue, step, asked, draft }
}
