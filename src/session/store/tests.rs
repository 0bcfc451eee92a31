use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;

use super::*;
use crate::db::{Db, migrations};
use crate::language::Language;
use crate::mail::face::Body;
use crate::session::letters::account_news;
use crate::values::password::{NewPassword, Turns};
use crate::values::token::Token;

const ANN: &str = "ann@harbor.example";

fn hashed() -> PasswordHash {
    NewPassword::temporary_hashed(&Turns::default().take_now().unwrap()).unwrap().1
}

/// A database with Ann, whose password is this.
async fn with_ann(folder: &tempfile::TempDir, password: &PasswordHash) -> Db {
    let db = Db::open(&format!("sqlite://{}", folder.path().join("a.db").display())).unwrap();
    migrations::run(&db).await.unwrap();
    let password = password.clone();
    db.write(move |conn| {
        conn.batch_execute(
            "INSERT INTO organisations (id, kind, name, country, currency, state, created_at)
             VALUES ('00000000-0000-7000-8000-000000000001', 'provider', 'Harbor', 'DE', 'EUR', 'enrolled', '2026-01-31 10:42:00');
             INSERT INTO people (id, organisation_id, name, email, password_hash, must_change_password, state, time_zone, created_at)
             VALUES ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'Ann', 'ann@harbor.example', '', FALSE, 'active', 'UTC', '2026-01-31 10:42:00')",
        )?;
        diesel::sql_query("UPDATE people SET password_hash = ?").bind::<Text, _>(&password).execute(conn)?;
        Ok(())
    })
    .await
    .unwrap();
    db
}

async fn candidate(db: &Db) -> Candidate {
    let try_it = |conn: &mut Connection| begin_try(conn, ANN, &Network::of("192.0.2.1"), None, Moment::now());
    match db.write(try_it).await.unwrap() {
        Account::Known(candidate) => *candidate,
        Account::Slowed { .. } | Account::Unknown => panic!("Ann can try"),
    }
}

async fn begin(db: &Db, candidate: &Candidate) -> Begun {
    let from =
        Origin { device: String::new(), address: String::new(), language: Language::ENGLISH, chosen: None };
    let letter = Letter {
        kind: &account_news::KIND,
        about: String::new(),
        organisation: candidate.whom.organisation,
        to: candidate.whom.email.clone(),
        reply_to: None,
        subject: String::new(),
        body: Body { text: String::new(), html: String::new() },
    };
    let (token, browser) = (Token::random().hash(), Token::random().hash());
    let new = NewSignIn { token, browser, from, notice: (LetterId::new(), letter) };
    let candidate = candidate.clone();
    db.write(move |conn| begin_sign_in(conn, &candidate, &new, Moment::now())).await.unwrap()
}

async fn change(db: &Db, sql: &'static str) {
    db.write(move |conn| Ok(conn.batch_execute(sql)?)).await.unwrap();
}

#[tokio::test]
async fn a_password_that_was_changed_while_it_was_checked_signs_nobody_in() {
    let folder = tempfile::tempdir().unwrap();
    let db = with_ann(&folder, &hashed()).await;
    let ann = candidate(&db).await;
    assert_eq!(begin(&db, &ann).await, Begun::Signed);
    change(&db, "UPDATE people SET password_hash = 'another'").await;
    assert_eq!(begin(&db, &ann).await, Begun::No);
}

#[tokio::test]
async fn somebody_who_was_shut_out_while_the_password_was_checked_is_not_signed_in() {
    let folder = tempfile::tempdir().unwrap();
    let db = with_ann(&folder, &hashed()).await;
    let ann = candidate(&db).await;
    change(&db, "UPDATE people SET state = 'inactive'").await;
    assert_eq!(begin(&db, &ann).await, Begun::No);
    let count = db.read(|conn| Ok(sign_ins::table.count().get_result::<i64>(conn)?)).await;
    assert_eq!(count.unwrap(), 0);
}

/// How many statements some work takes.
async fn statements<T: Send + 'static>(
    db: &Db,
    work: impl Fn(&mut Connection) -> Result<T> + Send + Sync + 'static,
) -> usize {
    use diesel::connection::{Connection as _, InstrumentationEvent};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let count = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&count);
    let counted = move |conn: &mut Connection| {
        let counting = Arc::clone(&counting);
        counting.store(0, Ordering::Relaxed);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::StartQuery { .. }) {
                counting.fetch_add(1, Ordering::Relaxed);
            }
        });
        let done = work(conn);
        conn.set_instrumentation(|_: InstrumentationEvent<'_>| {});
        done
    };
    db.write(counted).await.unwrap();
    count.load(Ordering::Relaxed)
}

#[tokio::test]
async fn a_known_and_an_unknown_account_take_the_same_work() {
    let folder = tempfile::tempdir().unwrap();
    let db = with_ann(&folder, &hashed()).await;
    let tried = |email: &'static str, address: &'static str| {
        statements(&db, move |conn| begin_try(conn, email, &Network::of(address), None, Moment::now()))
    };
    let known = tried(ANN, "192.0.2.1").await;
    let unknown = tried("nobody@harbor.example", "198.51.100.2").await;
    assert!(known > 0);
    assert_eq!(known, unknown);
}
