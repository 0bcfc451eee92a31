//! Two commands that meet. SQLite lets one write at a time, so these are told on PostgreSQL.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use diesel::prelude::*;
use twotier::db::schema::order_numbers::dsl as numbers;
use twotier::db::{Connection, unless_taken};
use twotier::error::Result;
use twotier::values::id::OrganisationId;

use crate::support::portal::Portal;

#[actix_web::test]
async fn whoever_holds_a_key_is_seen_by_the_one_that_it_is_refused_to() {
    let portal = Portal::open().await;
    if portal.database.url.starts_with("sqlite:") {
        return;
    }
    let provider = portal.harbor.id;
    let tries = Arc::new(AtomicU32::new(0));
    let (look, looked) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel();
    let slower = tokio::spawn({
        let (db, tries, may_go_on) = (portal.db.clone(), Arc::clone(&tries), Mutex::new(may_go_on));
        async move {
            let count = move |conn: &mut Connection| {
                // This is what it sees from here on.
                let seen = last_of(conn, &provider)?;
                if tries.fetch_add(1, Ordering::Relaxed) == 0 {
                    look.send(()).unwrap();
                    may_go_on.lock().unwrap().recv().unwrap();
                }
                Ok((seen, count_first(conn, &provider)?))
            };
            db.write(count).await
        }
    });
    tokio::task::spawn_blocking(move || looked.recv()).await.unwrap().unwrap();
    assert!(portal.db.write(move |conn| count_first(conn, &provider)).await.unwrap());
    go_on.send(()).unwrap();
    assert_eq!(slower.await.unwrap().unwrap(), (Some(1), false));
    assert_eq!(tries.load(Ordering::Relaxed), 2);
}

#[actix_web::test]
async fn a_key_that_was_seen_is_refused_at_once() {
    let portal = Portal::open().await;
    let provider = portal.harbor.id;
    let tries = Arc::new(AtomicU32::new(0));
    for is_free in [true, false] {
        let tries = Arc::clone(&tries);
        let count = move |conn: &mut Connection| {
            tries.fetch_add(1, Ordering::Relaxed);
            let is_free = count_first(conn, &provider)?;
            Ok((is_free, last_of(conn, &provider)?))
        };
        assert_eq!(portal.db.write(count).await.unwrap(), (is_free, Some(1)), "and the transaction goes on");
    }
    assert_eq!(tries.load(Ordering::Relaxed), 2);
}

fn count_first(conn: &mut Connection, provider: &OrganisationId) -> Result<bool> {
    let first = (numbers::provider_id.eq(provider), numbers::year.eq(2026), numbers::last.eq(1));
    unless_taken(conn, diesel::insert_into(numbers::order_numbers).values(first))
}

fn last_of(conn: &mut Connection, provider: &OrganisationId) -> Result<Option<i32>> {
    let row = numbers::order_numbers.find((provider, 2026)).select(numbers::last);
    Ok(row.first(conn).optional()?)
}
