//! How commands queue, and which failures are tried again.

use std::sync::mpsc;

use diesel::connection::SimpleConnection as _;
use diesel::result::DatabaseErrorInformation;

use super::*;

#[tokio::test]
async fn commands_that_queue_leave_connections_to_those_who_read() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite://{}", folder.path().join("a.db").display())).unwrap();
    let (began, has_begun) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let may_go_on = Mutex::new(may_go_on);
    let slow = tokio::spawn({
        let db = db.clone();
        async move {
            let hold = move |_: &mut Connection| {
                began.send(()).unwrap();
                may_go_on.lock().unwrap().recv().unwrap();
                Ok(())
            };
            db.write(hold).await
        }
    });
    tokio::task::spawn_blocking(move || has_begun.recv()).await.unwrap().unwrap();
    // More than there are connections.
    let queue = |_| {
        tokio::spawn({
            let db = db.clone();
            async move { db.write(|conn| Ok(conn.batch_execute("SELECT 1")?)).await }
        })
    };
    let queued: Vec<_> = (0..40).map(queue).collect();
    for _ in 0..40 {
        tokio::task::yield_now().await;
        assert!(db.read(|conn| Ok(conn.batch_execute("SELECT 1")?)).await.is_ok());
    }
    go_on.send(()).unwrap();
    assert!(slow.await.unwrap().is_ok());
    for write in queued {
        assert!(write.await.unwrap().is_ok());
    }
}

#[test]
fn what_another_try_may_mend_is_told_in_every_language() {
    let deadlock_in_german = "Prozess 71 wartet auf ShareLock-Sperre auf Transaktion 5; blockiert von Prozess 72.\n\
        Prozess 72 wartet auf ExclusiveLock-Sperre auf Tupel (0,1); blockiert von Prozess 71.";
    assert!(is_conflict(&failure(
        DatabaseErrorKind::Unknown,
        "Verklemmung entdeckt",
        Some(deadlock_in_german)
    )));
    assert!(is_conflict(&failure(DatabaseErrorKind::SerializationFailure, "…", None)));
    assert!(is_conflict(&failure(DatabaseErrorKind::Unknown, "database is locked", None)));
    assert!(!is_conflict(&failure(DatabaseErrorKind::Unknown, "syntax error", Some("near ShareLock"))));
    assert!(!is_conflict(&failure(DatabaseErrorKind::UniqueViolation, "…", Some(deadlock_in_german))));
    assert!(!is_conflict(&Error::NotFound));
}

fn failure(kind: DatabaseErrorKind, message: &'static str, details: Option<&'static str>) -> Error {
    DieselError::DatabaseError(kind, Box::new(Told { message, details })).into()
}

struct Told {
    message: &'static str,
    details: Option<&'static str>,
}

impl DatabaseErrorInformation for Told {
    fn message(&self) -> &str {
        self.message
    }
    fn details(&self) -> Option<&str> {
        self.details
    }
    fn hint(&self) -> Option<&str> {
        None
    }
    fn table_name(&self) -> Option<&str> {
        None
    }
    fn column_name(&self) -> Option<&str> {
        None
    }
    fn constraint_name(&self) -> Option<&str> {
        None
    }
    fn statement_position(&self) -> Option<i32> {
        None
    }
}

#[tokio::test]
async fn what_is_deleted_or_emptied_leaves_no_copy_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let db = Db::open(&format!("sqlite://{}", path.display())).unwrap();
    let holds = |secret: &str| {
        let log = path.with_extension("db-wal");
        let bytes = [std::fs::read(&path).unwrap(), std::fs::read(log).unwrap_or_default()].concat();
        bytes.windows(secret.len()).any(|window| window == secret.as_bytes())
    };
    let (kept, emptied, deleted) = ("kept-4810233", "emptied-4810299", "deleted-4810300");
    let run = |sql: String| {
        let db = db.clone();
        async move {
            db.write(move |conn| Ok(conn.batch_execute(&sql)?)).await.unwrap();
            // Into the file, as happens by itself after a while and when the portal stops.
            db.read(|conn| Ok(conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?)).await.unwrap();
        }
    };
    run(format!(
        "CREATE TABLE secrets (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
         INSERT INTO secrets VALUES (1, '{kept}'), (2, '{emptied}'), (3, '{deleted}')"
    ))
    .await;
    assert!([kept, emptied, deleted].iter().all(|secret| holds(secret)));
    run("UPDATE secrets SET text = '' WHERE id = 2; DELETE FROM secrets WHERE id = 3".to_owned()).await;
    assert_eq!([kept, emptied, deleted].map(holds), [true, false, false]);
}
