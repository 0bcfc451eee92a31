//! A database that goes away for a while, and connections that die without a word. SQLite has no way that could fail,
//! so these stories are told on PostgreSQL; what a disk does is told in `tests/binary`.

use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use diesel::connection::SimpleConnection as _;
use futures_util::future::join_all;
use twotier::access::Role;
use twotier::db::Connection;
use twotier::db::pulse::Beat;
use twotier::error::{Cause, Error, Outage, Result};

use crate::support::browser::Browser;
use crate::support::portal::Portal;
use crate::support::proxy::Proxy;
use crate::support::wire::Call;

/// Nobody waits longer for a page while the database is away.
const PATIENCE: Duration = Duration::from_secs(3);

#[actix_web::test]
async fn a_connection_that_was_cut_is_replaced_unseen() {
    let Some((portal, proxy)) = behind_a_proxy().await else { return };
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for _ in 0..3 {
        proxy.cut();
        sam.visit("/customers").await;
        assert_eq!(sam.status(), StatusCode::OK);
    }
    proxy.cut();
    sam.visit("/profile").await;
    proxy.cut();
    sam.fill("Name", "Samira Sales").press("Save").await;
    sam.sees("Samira Sales");
}

#[actix_web::test]
async fn a_command_whose_connection_was_cut_before_it_began_is_done_once() {
    let Some((portal, proxy)) = behind_a_proxy().await else { return };
    portal.query(|conn| Ok(conn.batch_execute("CREATE TABLE written (number INTEGER)")?)).await;
    for _ in 0..3 {
        proxy.cut();
        portal.db.write(|conn| Ok(conn.batch_execute("INSERT INTO written VALUES (1)")?)).await.unwrap();
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM written"), 3);
}

#[actix_web::test]
async fn connections_that_a_firewall_forgot_hold_nobody_up_for_long() {
    let Some((portal, proxy)) = behind_a_proxy().await else { return };
    // Several, as pages at once have them.
    let busy =
        join_all((0..8).map(|_| portal.db.read(|conn| Ok(conn.batch_execute("SELECT pg_sleep(0.1)")?))));
    assert!(busy.await.iter().all(Result::is_ok));
    proxy.forget();
    let begun = Instant::now();
    while portal.db.read(ask).await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(6), "still down");
    }
    let begun = Instant::now();
    assert!(join_all((0..30).map(|_| portal.db.read(ask))).await.iter().all(Result::is_ok));
    assert!(begun.elapsed() < PATIENCE);
}

#[actix_web::test]
async fn while_the_database_is_away_pages_say_so_soon_and_recover_by_themselves() {
    let Some((portal, proxy)) = behind_a_proxy().await else { return };
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let save = Call::post("/profile", &[("name", "Samira Sales"), ("zone", "Europe/Berlin")])
        .with("sec-fetch-site", "same-origin");
    proxy.freeze();
    let begun = Instant::now();
    let answer = sam.send(save).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
    assert!(answer.header("retry-after").is_some_and(|seconds| seconds.parse::<u32>().is_ok()));
    let text = answer.text();
    assert!(text.contains("Back in a moment") && text.contains("What you sent was not done."), "{text}");
    // Many at once, more than there are connections: nobody waits for the others.
    let mut others: Vec<Browser> = (0..40).map(|_| sam.clone_session()).collect();
    let begun = Instant::now();
    let answers =
        join_all(others.iter_mut().map(|other| other.send(Call::get("/customers?search=fab")))).await;
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
    for answer in answers {
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.text().contains("<a href=\"/customers?search=fab\">try again</a>"));
    }
    // What needs no database goes on.
    let mut stranger = portal.browser();
    stranger.visit("/sign-in").await;
    assert_eq!(stranger.status(), StatusCode::OK);

    proxy.go_on();
    let begun = Instant::now();
    while sam.send(Call::get("/profile")).await.status != StatusCode::OK {
        assert!(begun.elapsed() < Duration::from_secs(5), "it does not recover");
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM people WHERE name = 'Samira Sales'"), 0);
    sam.visit("/profile").await;
    sam.fill("Name", "Samira Sales").press("Save").await;
    sam.sees("Samira Sales");
}

#[actix_web::test]
async fn the_health_check_answers_whatever_the_database_does() {
    let Some((portal, proxy)) = behind_a_proxy().await else { return };
    assert_eq!(health(&portal).await, (StatusCode::OK, "ok\n".to_owned()));
    // All connections of the pages are in use: the check has its own.
    let hogs: Vec<_> = (0..16)
        .map(|_| {
            let db = portal.db.clone();
            actix_web::rt::spawn(async move { db.read(|c| Ok(c.batch_execute("SELECT pg_sleep(4)")?)).await })
        })
        .collect();
    assert_eq!(health(&portal).await.0, StatusCode::OK);
    proxy.freeze();
    wait_for(&portal, StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").await;
    proxy.go_on();
    wait_for(&portal, StatusCode::OK, "ok\n").await;
    for hog in hogs {
        let _ = hog.await;
    }
    portal.query(|conn| Ok(conn.batch_execute("DROP TABLE pulse")?)).await;
    wait_for(&portal, StatusCode::SERVICE_UNAVAILABLE, "the database cannot be written to\n").await;
}

#[actix_web::test]
async fn a_command_that_was_given_up_is_never_done_afterwards() {
    let Some((portal, proxy)) = behind_a_proxy().await else { return };
    portal.query(|conn| Ok(conn.batch_execute("CREATE TABLE given_up (number INTEGER)")?)).await;
    let (began, has_begun) = std::sync::mpsc::channel();
    let writing = actix_web::rt::spawn({
        let db = portal.db.clone();
        async move {
            db.write(move |conn| {
                conn.batch_execute("INSERT INTO given_up VALUES (1)")?;
                let _ = began.send(());
                Ok(conn.batch_execute("SELECT pg_sleep(0.5); INSERT INTO given_up VALUES (2)")?)
            })
            .await
        }
    });
    actix_web::rt::task::spawn_blocking(move || has_begun.recv()).await.unwrap().unwrap();
    proxy.freeze();
    let refused = writing.await.unwrap();
    assert!(matches!(refused, Err(Error::Unavailable(Outage { cause: Cause::Away, may_be_done: false }))));
    proxy.go_on();
    let begun = Instant::now();
    while portal.db.write(|conn| Ok(conn.batch_execute("INSERT INTO given_up VALUES (3)")?)).await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(5), "it does not recover");
    }
    // By now the first one has got its answer, and undone what it did.
    let at_work = "SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND query LIKE '%INTO given_up VALUES (2)%'
        AND pid <> pg_backend_pid()";
    while portal.database.number(at_work) > 0 {
        assert!(begun.elapsed() < Duration::from_secs(20), "a transaction is left open");
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM given_up WHERE number < 3"), 0);
}

async fn behind_a_proxy() -> Option<(Portal, Proxy)> {
    let mut portal = Portal::open().await;
    if portal.database.url.starts_with("sqlite:") {
        return None;
    }
    let proxy = Proxy::to(&portal.database.url);
    let url = proxy.url(&portal.database.url);
    portal.reaches_its_database_by(&url).await;
    Some((portal, proxy))
}

fn ask(conn: &mut Connection) -> Result<()> {
    Ok(conn.batch_execute("SELECT 1")?)
}

async fn health(portal: &Portal) -> (StatusCode, String) {
    let begun = Instant::now();
    let answer = portal.browser().send(Call::get("/healthz")).await;
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    assert_eq!(answer.header("set-cookie"), None);
    assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/plain")));
    let text = answer.text();
    (answer.status, text)
}

async fn wait_for(portal: &Portal, status: StatusCode, words: &str) {
    let begun = Instant::now();
    loop {
        let (seen, text) = health(portal).await;
        if (seen, text.as_str()) == (status, words) {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "still {seen}: {text}");
        actix_web::rt::task::yield_now().await;
    }
}

#[actix_web::test]
async fn asking_for_health_again_and_again_writes_once_a_second() {
    let portal = Portal::open().await;
    assert_eq!(health(&portal).await.0, StatusCode::OK);
    assert_eq!(portal.db.pulse().await, Beat::Regular);
    assert_eq!(portal.database.number("SELECT beats FROM pulse"), 1, "once a second at most");
}
