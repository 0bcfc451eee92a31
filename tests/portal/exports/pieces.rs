//! Files that are kept in several pieces: whole, in their order, or not at all.

use actix_web::http::Method;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::job::{JOB, PIECES, asks, has_file, scene};
use crate::support::browser::Browser;
use crate::support::portal::Portal;
use crate::support::wire::Call;

/// So long that eight customers fill more than one piece.
fn long() -> String {
    (10_000..18_000).map(|number| format!("{number}")).collect::<Vec<_>>().join(".")
}

async fn has_long_file(portal: &Portal) -> Browser {
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    asks(&mut sam).await;
    portal.database.change(&format!("UPDATE customers SET company_name = '{}'", long()));
    portal.does(JOB, Moment::now()).await;
    sam.reload().await;
    sam
}

#[actix_web::test]
async fn a_file_of_several_pieces_is_had_whole_and_in_its_order() {
    let portal = scene().await;
    let mut sam = has_long_file(&portal).await;
    assert!(portal.database.number(PIECES) > 1);
    sam.follow("Download the file").await;
    let text = sam.download().text();
    assert_eq!((text.lines().count(), text.matches(&long()).count()), (9, 8));
}

#[actix_web::test]
#[should_panic(expected = "the body of the response broke off")]
async fn a_download_of_which_a_piece_is_gone_breaks_off() {
    let portal = scene().await;
    let mut sam = has_long_file(&portal).await;
    portal.database.change("DELETE FROM export_pieces WHERE number = 1");
    sam.follow("Download the file").await;
}

#[actix_web::test]
async fn whoever_only_looks_whether_it_is_there_has_not_taken_it() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let file = has_file(&portal, &mut sam).await;
    let answer = sam.send(Call { method: Method::HEAD, ..Call::get(&file) }).await;
    assert!(answer.status.is_success() && answer.body.is_empty());
    assert_eq!(portal.database.number("SELECT sum(downloads) FROM exports"), 0);
    assert_eq!(portal.database.number("SELECT count(*) FROM security_events WHERE kind = 'export'"), 0);
}
