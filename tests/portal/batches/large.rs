//! Ten thousand rows with thirty-seven bad ones: exact counts, a worker that dies in the middle, the same again, and back.

use twotier::batches::of_users::OfUsers;
use twotier::batches::store::step::step;
use twotier::values::id::BatchId;
use twotier::values::moment::Moment;

use super::{HEADS, begins, uploads, users, works};
use crate::support::browser::Browser;
use crate::support::portal::Portal;

const ROWS: usize = 10_000;
const BAD: usize = 37;

fn file() -> String {
    let bad = |row: usize| row % 270 == 13;
    let line = |row: usize| match bad(row) {
        true => format!("Ada,Number{row},,user{row},\n"),
        false => format!("Ada,Number{row},Ada Number{row},user{row}@alder.onmicrosoft.com,\n"),
    };
    let lines: String = (0..ROWS).map(line).collect();
    assert_eq!((0..ROWS).filter(|row| bad(*row)).count(), BAD);
    format!("{HEADS}\n{lines}")
}

#[actix_web::test]
async fn ten_thousand_rows_are_counted_exactly_whatever_happens_in_between() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    let file = file();
    uploads(&mut ada, &alder, &file).await;
    ada.sees("1,000 of 10,000 rows have been read.");
    // A worker dies while it reads, and another one goes on.
    goes_on(&portal, id_of(&ada), 3).await;
    ada.reload().await;
    ada.sees("1,750 of 10,000 rows have been read.");
    works(&portal).await;
    ada.reload().await;
    ada.sees("9,963 new, 0 changed, 0 the same, 37 refused.").sees_link("Refused 37");
    ada.press("Apply 9,963 rows").await;
    goes_on(&portal, id_of(&ada), 7).await;
    ada.reload().await;
    ada.sees("1,750 of 10,000 rows have had their turn.").sees_link("Not done 8,250");
    works(&portal).await;
    ada.reload().await;
    ada.sees("9,963 added, 0 changed, 0 unchanged, 37 refused.");
    assert_eq!(users(&portal), 9_963);
    portal.carry_mail().await;
    let letter = portal.letters().pop().expect("whoever applied it is told");
    assert_eq!(letter.subject, "Your upload is done, with rows refused");
    assert!(letter.body_text.contains("9963 users added"), "{}", letter.body_text);
    assert!(letter.body_text.contains("37 rows refused"), "{}", letter.body_text);
    ada.follow("Refused rows as CSV").await;
    let refused = ada.download().text();
    let marked = refused.lines().filter(|line| line.ends_with("Display name: Enter the display name."));
    assert_eq!((refused.lines().count(), marked.count()), (1 + BAD, BAD));
    // The same again finds everything as it is.
    let page = ada.path().to_owned();
    uploads(&mut ada, &alder, &file).await;
    works(&portal).await;
    ada.reload().await;
    ada.sees("0 new, 0 changed, 9,963 the same, 37 refused.");
    ada.visit(&page).await;
    ada.press("Download passwords once").await;
    assert_eq!(ada.download().text().lines().count(), 9_964);
    ada.follow("Take back").await;
    ada.press("Take back").await;
    // Everything was looked at, and a part is taken back, when the worker dies.
    goes_on(&portal, id_of(&ada), 42 + 9).await;
    ada.reload().await;
    ada.sees("The file is being taken back");
    works(&portal).await;
    ada.reload().await;
    ada.sees("9,963 rows were taken back.");
    assert_eq!(users(&portal), 0);
}

/// The file in view.
fn id_of(browser: &Browser) -> BatchId {
    let path = browser.path().split('?').next().unwrap_or_default();
    BatchId::parse(path.rsplit('/').next().unwrap_or_default()).expect("the page of a file")
}

/// Does so many steps of the work at a file, as a worker does that dies then.
async fn goes_on(portal: &Portal, id: BatchId, steps: usize) {
    for _ in 0..steps {
        let (site, now) = (portal.parts.site.clone(), Moment::now());
        portal
            .db
            .write(move |conn| step::<OfUsers>(conn, (&id, &[]), (&site, false), now))
            .await
            .expect("a step");
    }
}
