use diesel::connection::SimpleConnection as _;

use super::*;
use crate::db::{Db, migrations};
use crate::values::id::{OrganisationId, PersonId};

async fn with_harbor(folder: &tempfile::TempDir) -> (Db, OrganisationId) {
    let db = Db::open(&format!("sqlite://{}", folder.path().join("a.db").display())).unwrap();
    migrations::run(&db).await.unwrap();
    let harbor = OrganisationId::new();
    let sql = format!(
        "INSERT INTO organisations (id, kind, name, country, currency, state, created_at)
         VALUES ('{harbor}', 'provider', 'Harbor', 'DE', 'EUR', 'enrolled', '2026-01-31 10:42:00')"
    );
    db.write(move |conn| Ok(conn.batch_execute(&sql)?)).await.unwrap();
    (db, harbor)
}

/// How many rows there are, and how often they say that something was.
async fn told(db: &Db) -> (usize, i32) {
    let times: Vec<i32> =
        db.read(|conn| Ok(security_events::table.select(security_events::times).load(conn)?)).await.unwrap();
    (times.len(), times.iter().sum())
}

#[tokio::test]
async fn an_attacker_with_many_addresses_fills_few_rows_and_every_try_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let (db, harbor) = with_harbor(&folder).await;
    let (ann, hour) = (PersonId::new(), Moment::from_unix(1_795_262_400));
    db.write(move |conn| {
        for number in 0..300 {
            let address = format!("192.0.2.{}", number % 250);
            let event = Event {
                organisation: &harbor,
                person: (&ann, "Ann"),
                kind: EventKind::WrongPassword,
                detail: "",
                address: &address,
            };
            record(conn, &event, hour.plus_seconds(number))?;
        }
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(told(&db).await, (21, 300));
}

#[tokio::test]
async fn the_next_hour_is_told_apart_and_half_a_year_later_nothing_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let (db, harbor) = with_harbor(&folder).await;
    let (ann, hour) = (PersonId::new(), Moment::from_unix(1_795_262_400));
    db.write(move |conn| {
        let event = Event {
            organisation: &harbor,
            person: (&ann, "Ann"),
            kind: EventKind::SignIn,
            detail: "",
            address: "192.0.2.1",
        };
        for seconds in [0, 10, 3599, 3600] {
            record(conn, &event, hour.plus_seconds(seconds))?;
        }
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(told(&db).await, (2, 4));
    db.write(move |conn| forget_old(conn, hour.plus_days(KEPT_DAYS - 1))).await.unwrap();
    assert_eq!(told(&db).await.0, 2);
    db.write(move |conn| forget_old(conn, hour.plus_days(KEPT_DAYS + 1))).await.unwrap();
    assert_eq!(told(&db).await.0, 0);
}
