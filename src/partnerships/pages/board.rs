//! Eligibility: which partners something new can name, what the others lack, and reminding them.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::{Deserialize, Serialize};

use crate::access::permission::{RemindResellers, SeeResellers};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::partnerships::commands::{self, Reminded};
use crate::partnerships::form::BoardFilter;
use crate::partnerships::model::board::Eligibility;
use crate::partnerships::said::Said;
use crate::partnerships::store::board;
use crate::paths::{self, address};
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "partnerships/board.html")]
struct BoardPage {
    shell: Shell,
    filter: BoardFilter,
    place: BoardPlace,
    rows: Vec<Eligibility>,
    pager: Pager,
    may_remind: bool,
}

/// The page of the board that somebody was on.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct BoardPlace {
    missing: String,
    after: String,
    before: String,
}

/// `GET /resellers/eligibility`
pub async fn list(
    ask: Ask<SeeResellers>,
    web::Query(filter): web::Query<BoardFilter>,
    web::Query(cursor): web::Query<Cursor>,
    web::Query(place): web::Query<BoardPlace>,
) -> Result<HttpResponse> {
    let may_remind = ask.by.may::<RemindResellers>();
    let (portion, now, only_missing) = (cursor.portion(), Moment::now(), filter.is_set());
    let found = ask.read(move |conn, by| board::page_of(conn, by, only_missing, &portion, now)).await?;
    let pager = Pager::new(&found, paths::partnerships::eligibility(), &filter);
    ask.page(&BoardPage { shell: ask.shell(), filter, place, rows: found.rows, pager, may_remind })
}

/// `POST /resellers/{id}/reminder`
pub async fn remind(
    ask: Ask<RemindResellers>,
    id: web::Path<String>,
    web::Form(place): web::Form<BoardPlace>,
) -> Result<HttpResponse> {
    let id = OrganisationId::parse(&id).ok_or(Error::NotFound)?;
    let reminded = commands::remind(&ask, &ask.by, &id).await?;
    let said = match &reminded {
        Reminded::Now(reseller) => Said::Reminded { reseller },
        Reminded::NotNow(reseller) => Said::NotReminded { reseller },
    };
    ask.done(&said, address(paths::partnerships::eligibility(), &place, &[]))
}
