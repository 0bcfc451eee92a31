//! The Security log page.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::{Deserialize, Serialize};

use super::EventKind;
use super::store::{Seen, page_of, sees_all};
use crate::access::permission::SeeSecurity;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

/// Which events are shown.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Filter {
    /// A kind; empty for all.
    pub kind: String,
}

#[derive(Template)]
#[template(path = "activity/security.html")]
struct SecurityPage {
    shell: Shell,
    kind: Option<EventKind>,
    /// Whether it holds all organisations.
    sees_all: bool,
    rows: Vec<Seen>,
    pager: Pager,
}

/// `GET /security`
pub async fn list(
    ask: Ask<SeeSecurity>,
    web::Query(filter): web::Query<Filter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (kind, portion, sees_all) = (EventKind::from_text(&filter.kind), cursor.portion(), sees_all(&ask.by));
    let found = ask.read(move |conn, by| page_of(conn, by, kind, &portion)).await?;
    let filter = Filter { kind: kind.map_or_else(String::new, |kind| kind.as_text().to_owned()) };
    let pager = Pager::new(&found, paths::activity::security(), &filter);
    ask.page(&SecurityPage { shell: ask.shell(), kind, sees_all, rows: found.rows, pager })
}

impl SecurityPage {
    fn is_chosen(&self, kind: &EventKind) -> bool {
        self.kind == Some(*kind)
    }
}
