//! Eligibility: which partners something new can name, what the others lack, and reminding them.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::{Deserialize, Serialize};

use crate::access::Allowed;
use crate::access::permission::{RemindResellers, SeeResellers};
use crate::access::store::RoleHolder;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::mail::carrier::Bell;
use crate::mail::compose::Written as _;
use crate::partners::store::admins::global_admins_of;
use crate::partnerships::letters::reminder::Reminder;
use crate::partnerships::model::board::Eligibility;
use crate::partnerships::said::Said;
use crate::partnerships::store::{board, reminder};
use crate::paths::{self, address};
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Shell, Site, page, say, see_other};

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

/// The filter as it stands in the address.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct BoardFilter {
    /// `yes` for those who lack something.
    missing: String,
}

/// The page of the board that somebody was on.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct BoardPlace {
    missing: String,
    after: String,
    before: String,
}

impl BoardFilter {
    fn is_set(&self) -> bool {
        self.missing == "yes"
    }
}

/// `GET /resellers/eligibility`
pub async fn list(
    shell: Shell,
    may: Allowed<SeeResellers>,
    db: web::Data<Db>,
    web::Query(filter): web::Query<BoardFilter>,
    web::Query(cursor): web::Query<Cursor>,
    web::Query(place): web::Query<BoardPlace>,
) -> Result<HttpResponse> {
    let may_remind = may.may::<RemindResellers>();
    let (start, now, only_missing) = (cursor.start(), Moment::now(), filter.is_set());
    let found = db.read(move |conn| board::page_of(conn, &may, only_missing, &start, now)).await?;
    let pager = Pager::new(&found, paths::partnerships::eligibility(), &filter);
    page(&BoardPage { shell, filter, place, rows: found.rows, pager, may_remind })
}

/// `POST /resellers/{id}/reminder`
pub async fn remind(
    (shell, session): (Shell, Session),
    may: Allowed<RemindResellers>,
    (db, site, bell): (web::Data<Db>, web::Data<Site>, web::Data<Bell>),
    id: web::Path<String>,
    web::Form(place): web::Form<BoardPlace>,
) -> Result<HttpResponse> {
    let id = OrganisationId::parse(&id).ok_or(Error::NotFound)?;
    let (by, of, now) = (may.clone(), id.clone(), Moment::now());
    let (eligibility, admins) =
        db.read(move |conn| Ok((board::find(conn, &by, &of, now)?, global_admins_of(conn, &of)?))).await?;
    let letter = |admin: &RoleHolder| {
        let to = (admin.name.as_str(), &admin.email);
        let reminder = Reminder { by: &may, eligibility: &eligibility, to, site: &site };
        Ok::<_, Error>((LetterId::new(), reminder.letter()?))
    };
    let letters = admins.iter().map(letter).collect::<Result<Vec<_>>>()?;
    let reseller = eligibility.name.as_str();
    if db.write(move |conn| reminder::remind(conn, &may, &id, &letters, now)).await? {
        bell.ring();
        say(&session, &shell, &Said::Reminded { reseller })?;
    } else {
        say(&session, &shell, &Said::NotReminded { reseller })?;
    }
    Ok(see_other(address(paths::partnerships::eligibility(), &place, &[])))
}
