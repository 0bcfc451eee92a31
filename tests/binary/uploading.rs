//! `kill -9` while the rows of a file are being done: after the next start the portal goes on by itself, and each row was
//! done once.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use twotier::db::Connection;
use twotier::db::schema::{activity_records, batch_rows, batches, customer_users, letters};
use twotier::error::Result;

use crate::browsing::browser::Browser;
use crate::browsing::browser_at;
use crate::ordering::{look, prepare};
use crate::support::Installation;

const ROWS: usize = 4_000;
/// One row in so many has no display name.
const PER_BAD: usize = 100;
/// Longer than the lease of a worker that died, with the work before and behind it.
const PATIENCE: Duration = Duration::from_secs(180);

/// How far it is, as one moment shows it.
#[derive(Debug)]
struct Now {
    state: String,
    reached: i64,
    /// Beside the first admin.
    users: i64,
    added: i64,
}

fn now(conn: &mut Connection) -> Result<Now> {
    let (state, reached) =
        batches::table.select((batches::state, batches::reached)).first::<(String, i64)>(conn)?;
    let users = customer_users::table.filter(customer_users::is_first_admin.eq(false));
    let added = batch_rows::table.filter(batch_rows::result.eq("added"));
    Ok(Now { state, reached, users: users.count().get_result(conn)?, added: added.count().get_result(conn)? })
}

/// Waits until it is so.
async fn until(installation: &Installation, is_so: impl Fn(&Now) -> bool) -> Now {
    let (db, begun) = (installation.database(), Instant::now());
    loop {
        if let Ok(now) = db.read(now).await
            && is_so(&now)
        {
            return now;
        }
        assert!(begun.elapsed() < PATIENCE, "it never came so far:\n{}", installation.log());
        // Another process does it and tells nobody.
        actix_web::rt::time::sleep(Duration::from_millis(10)).await;
    }
}

fn file() -> String {
    let line = |row: usize| match row % PER_BAD {
        0 => format!("Ada,Number {row},,user{row}\n"),
        _ => format!("Ada,Number {row},Ada Number {row},user{row}\n"),
    };
    "First name,Last name,Display name,Email\n".to_owned() + &(1..=ROWS).map(line).collect::<String>()
}

/// How many of the first rows are good.
fn good(rows: i64) -> i64 {
    rows - rows / i64::try_from(PER_BAD).expect("a number")
}

/// Ann, who has a customer by her first order, shows what a file of its users does.
async fn uploads(installation: &Installation, password: &str, draft: &str) -> Browser {
    let mut ann = browser_at(installation);
    ann.visit("/sign-in").await;
    ann.fill("Email address", "ann@harbor.example").fill("Password", password).press("Sign in").await;
    ann.visit(&format!("/drafts/{draft}/review")).await;
    ann.press("Submit").await;
    ann.sees_heading("Confirmation");
    let kept = look(installation).await;
    let (_, customer) = kept.orders.first().expect("an order");
    ann.visit(&format!("/customers/{customer}/users/uploads/new")).await;
    ann.attach("File", file()).press("Show what it does").await;
    until(installation, |now| now.state == "shown").await;
    ann.reload().await;
    ann.sees("3,960 new, 0 changed, 0 the same, 40 refused.");
    ann
}

#[actix_web::test]
async fn a_file_that_is_being_applied_goes_on_after_kill_9_and_every_row_is_done_once() {
    let installation = Installation::new();
    let password = installation.first_admin("ann@harbor.example");
    let drafts = prepare(&installation, 1).await;
    let draft = drafts.first().expect("a draft").to_string();
    let server = installation.serve();
    let mut ann = uploads(&installation, &password, &draft).await;
    ann.press("Apply 3,960 rows").await;
    ann.sees("The rows are being done.");
    until(&installation, |now| now.state != "working" || now.reached > 0).await;
    server.kill();
    let at_death = until(&installation, |_| true).await;
    let rows = i64::try_from(ROWS).expect("a number");
    assert_eq!(at_death.state, "working", "the server lived too long for this story to tell anything");
    assert!(at_death.reached < rows, "it died too late: {at_death:?}");
    assert_eq!((at_death.users, at_death.added), (good(at_death.reached), good(at_death.reached)));

    // Nobody does anything but start it.
    let _server = installation.serve();
    let finally = until(&installation, |now| now.state == "done").await;
    assert_eq!((finally.users, finally.added), (good(rows), good(rows)));
    let (names, told, finished) = installation.database().read(after).await.expect("it can be read");
    assert_eq!(names.len(), ROWS - ROWS / PER_BAD, "no user is there twice");
    assert_eq!((told, finished), (1, 1), "whoever applied it is told once, and so is the log");
    ann.reload().await;
    ann.sees("3,960 added, 0 changed, 0 unchanged, 40 refused.");
}

/// The names of the users who were added, how often it was told by letter, and how often by the log.
fn after(conn: &mut Connection) -> Result<(BTreeSet<String>, i64, i64)> {
    let names: Vec<String> = customer_users::table
        .filter(customer_users::is_first_admin.eq(false))
        .select(customer_users::user_name)
        .load(conn)?;
    let told = letters::table.filter(letters::subject_kind.eq("upload_done"));
    let finished = activity_records::table.filter(activity_records::action.eq("finish_upload"));
    let counts = (told.count().get_result(conn)?, finished.count().get_result(conn)?);
    Ok((names.into_iter().collect(), counts.0, counts.1))
}
