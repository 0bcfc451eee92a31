//! Customer requests: the list.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::FollowInvitations;
use crate::error::Result;
use crate::invitations::letters;
use crate::invitations::model::Request;
use crate::invitations::store::list::{Wanted, count, page_of};
use crate::language::filters;
use crate::links::form::RequestFilter;
use crate::links::model::Standing;
use crate::mail::letter::LetterStatus;
use crate::mail::outbox;
use crate::paths;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "invitations/requests.html")]
struct RequestListPage {
    shell: Shell,
    filter: RequestFilter,
    rows: Vec<RequestRow>,
    pager: Pager,
    /// A search that goes beyond one page is not counted.
    count: Option<Count>,
    is_provider: bool,
}

struct RequestRow {
    request: Request,
    standing: Standing,
    /// The letter with the link that holds now, if the portal sent it for the viewer's organisation.
    letter: Option<LetterStatus>,
    /// Whether the viewer's organisation asks, and does not only get a customer.
    is_own: bool,
}

/// `GET /customer-requests`
pub async fn list(
    ask: Ask<FollowInvitations>,
    web::Query(filter): web::Query<RequestFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let wanted = Wanted { needle: filter.needle(), standing: filter.standing() };
    let (portion, now) = (cursor.portion(), Moment::now());
    let (listed, count, letters) = ask
        .read(move |conn, by| {
            let listed = page_of(conn, by, &wanted, &portion, now)?;
            let count = match listed.count() {
                None if wanted.needle.is_empty() => Some(count(conn, by, wanted.standing, now)?),
                known => known,
            };
            let ids: Vec<&str> = listed.rows.iter().map(|request| request.id.as_str()).collect();
            let kind = &letters::request::KIND;
            let letters = outbox::latest_about_each(conn, &by.organisation.id, kind, &ids)?;
            Ok((listed, count, letters))
        })
        .await?;
    let pager = Pager::new(&listed, paths::invitations::requests(), &filter);
    let row = |request: Request| {
        let about = letters.iter().find(|(id, _)| id == request.id.as_str());
        let letter = about.filter(|_| request.progress.sent_at.is_some()).map(|(_, letter)| letter.clone());
        let is_own = request.is_asked_by(&ask.by.organisation.id);
        RequestRow { standing: request.standing(now), letter, is_own, request }
    };
    let rows = listed.rows.into_iter().map(row).collect();
    let (shell, is_provider) = (ask.shell(), ask.by.is_provider());
    ask.page(&RequestListPage { shell, filter, rows, pager, count, is_provider })
}
