//! Partnership requests: the list.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::FollowRequests;
use crate::error::Result;
use crate::language::filters;
use crate::links::model::Standing;
use crate::mail::letter::LetterStatus;
use crate::mail::outbox;
use crate::partnerships::form::RequestFilter;
use crate::partnerships::letters;
use crate::partnerships::model::Request;
use crate::partnerships::store::requests::{self, Wanted, page_of};
use crate::paths;
use crate::values::email::Email;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "partnerships/requests.html")]
struct RequestListPage {
    shell: Shell,
    filter: RequestFilter,
    rows: Vec<RequestRow>,
    pager: Pager,
    /// A search that goes beyond one page is not counted.
    count: Option<Count>,
}

struct RequestRow {
    request: Request,
    standing: Standing,
    /// The letter with the link that holds now, if the portal sent it.
    letter: Option<LetterStatus>,
    /// The active partner that has the address.
    partner: Option<String>,
}

/// `GET /partnership-requests`
pub async fn list(
    ask: Ask<FollowRequests>,
    web::Query(filter): web::Query<RequestFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let wanted = Wanted { needle: filter.needle(), standing: filter.standing() };
    let (portion, now) = (cursor.portion(), Moment::now());
    let (listed, count, letters, partners) = ask
        .read(move |conn, by| {
            let listed = page_of(conn, by, &wanted, &portion, now)?;
            let count = match listed.count() {
                None if wanted.needle.is_empty() => Some(requests::count(conn, by, wanted.standing, now)?),
                known => known,
            };
            let ids: Vec<&str> = listed.rows.iter().map(|request| request.id.as_str()).collect();
            let kind = &letters::request::KIND;
            let letters = outbox::latest_about_each(conn, &by.organisation.id, kind, &ids)?;
            let addresses: Vec<&Email> = listed.rows.iter().map(|request| &request.to).collect();
            let partners = requests::partners_at(conn, by, &addresses)?;
            Ok((listed, count, letters, partners))
        })
        .await?;
    let pager = Pager::new(&listed, paths::partnerships::requests(), &filter);
    let rows = listed.rows.into_iter().map(|request| row(request, &letters, &partners, now)).collect();
    let shell = ask.shell();
    ask.page(&RequestListPage { shell, filter, rows, pager, count })
}

fn row(
    request: Request,
    letters: &[(String, LetterStatus)],
    partners: &[(Email, String)],
    now: Moment,
) -> RequestRow {
    let standing = request.standing(now);
    let partner = partners.iter().find(|(address, _)| standing == Standing::Open && *address == request.to);
    let about = letters.iter().find(|(id, _)| id == request.id.as_str());
    let letter = about.filter(|_| request.progress.sent_at.is_some()).map(|(_, letter)| letter.clone());
    RequestRow { standing, letter, partner: partner.map(|(_, name)| name.clone()), request }
}
