//! How commands queue, and what happens when the other side has gone.

mod schema;

use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;

use super::*;
use crate::error::{Cause, Error, Outage};

fn sqlite() -> (tempfile::TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite://{}", folder.path().join("a.db").display())).unwrap();
    (folder, db)
}

fn ask(conn: &mut Connection) -> Result<()> {
    Ok(conn.batch_execute("SELECT 1")?)
}

/// A command that began and goes on when it is told to.
async fn held(db: &Db) -> (tokio::task::JoinHandle<Result<()>>, mpsc::Sender<()>) {
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
    (slow, go_on)
}

#[tokio::test]
async fn commands_that_queue_leave_connections_and_threads_to_those_who_read() {
    let (_folder, db) = sqlite();
    let (slow, go_on) = held(&db).await;
    // More than there are connections.
    let queue = |_| {
        tokio::spawn({
            let db = db.clone();
            async move { db.write(ask).await }
        })
    };
    let queued: Vec<_> = (0..40).map(queue).collect();
    for _ in 0..40 {
        tokio::task::yield_now().await;
        assert!(db.read(ask).await.is_ok());
    }
    go_on.send(()).unwrap();
    assert!(slow.await.unwrap().is_ok());
    for write in queued {
        assert!(write.await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn a_command_of_somebody_who_has_gone_keeps_its_turn_to_the_end() {
    let (_folder, db) = sqlite();
    let (slow, go_on) = held(&db).await;
    slow.abort();
    assert!(slow.await.unwrap_err().is_cancelled());
    let next = tokio::spawn({
        let db = db.clone();
        async move { db.write(ask).await }
    });
    for _ in 0..20 {
        tokio::task::yield_now().await;
        assert!(!next.is_finished(), "two write at once");
    }
    go_on.send(()).unwrap();
    assert!(next.await.unwrap().is_ok());
}

#[tokio::test]
async fn a_lock_that_another_process_keeps_is_not_waited_for_without_end() {
    let (folder, db) = sqlite();
    db.write(|conn| Ok(conn.batch_execute("CREATE TABLE a (b INTEGER)")?)).await.unwrap();
    let other = connection::Opener::by_url(
        &format!("sqlite://{}", folder.path().join("a.db").display()),
        limits::Limits::HURRIED,
    );
    let mut other = other.unwrap().open().unwrap().connection;
    other.batch_execute("BEGIN IMMEDIATE").unwrap();
    let begun = Instant::now();
    let refused = db.write(|conn| Ok(conn.batch_execute("INSERT INTO a VALUES (1)")?)).await;
    assert!(matches!(refused, Err(Error::Unavailable(Outage { cause: Cause::Busy, may_be_done: false }))));
    assert!(begun.elapsed() < Duration::from_secs(15));
    assert!(db.read(ask).await.is_ok());
    other.batch_execute("ROLLBACK").unwrap();
    assert!(db.write(|conn| Ok(conn.batch_execute("INSERT INTO a VALUES (1)")?)).await.is_ok());
}

#[tokio::test]
async fn a_disk_that_is_full_keeps_nothing_and_breaks_nothing() {
    let (_folder, db) = sqlite();
    db.write(|conn| Ok(conn.batch_execute("CREATE TABLE a (b BLOB)")?)).await.unwrap();
    let count = |conn: &mut Connection| {
        use diesel::prelude::*;
        diesel::dsl::sql::<diesel::sql_types::BigInt>("SELECT count(*) FROM a")
            .get_result::<i64>(conn)
            .map_err(Error::from)
    };
    let add = |conn: &mut Connection| {
        conn.batch_execute("INSERT INTO a VALUES (zeroblob(1000)); INSERT INTO a VALUES (zeroblob(9000000))")
            .map_err(Error::from)
    };
    let fill = move |conn: &mut Connection| {
        // As little room as a disk that is full leaves.
        conn.batch_execute("PRAGMA max_page_count = 20")?;
        add(conn)
    };
    let refused = db.write(fill).await;
    assert!(matches!(
        refused,
        Err(Error::Unavailable(Outage { cause: Cause::Unwritable, may_be_done: false }))
    ));
    assert_eq!(db.read(count).await.unwrap(), 0);
    let make_room = move |conn: &mut Connection| {
        conn.batch_execute("PRAGMA max_page_count = 1000000")?;
        add(conn)
    };
    db.write(make_room).await.unwrap();
    assert_eq!(db.read(count).await.unwrap(), 2);
}

#[tokio::test]
async fn a_panic_in_a_command_undoes_it_and_disturbs_nobody_else() {
    let (_folder, db) = sqlite();
    db.write(|conn| Ok(conn.batch_execute("CREATE TABLE a (b INTEGER)")?)).await.unwrap();
    for _ in 0..20 {
        let failed = db.write(|conn| -> Result<()> {
            conn.batch_execute("INSERT INTO a VALUES (1)")?;
            panic!("as a fault would")
        });
        assert!(matches!(failed.await, Err(Error::Internal(_))));
    }
    db.write(|conn| Ok(conn.batch_execute("INSERT INTO a SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM a)")?))
        .await
        .unwrap();
}

#[tokio::test]
async fn the_pulse_tells_what_the_database_is_good_for() {
    let (folder, db) = sqlite();
    assert_eq!(db.pulse().await, pulse::Beat::Unreadable, "it has no tables");
    let db = Db::open(&format!("sqlite://{}", folder.path().join("b.db").display())).unwrap();
    migrations::run(&db).await.unwrap();
    assert_eq!(db.pulse().await, pulse::Beat::Regular);
    // Others who write are no fault.
    let (slow, go_on) = held(&db).await;
    let db = Db::open(&format!("sqlite://{}", folder.path().join("b.db").display())).unwrap();
    let begun = Instant::now();
    assert_eq!(db.pulse().await, pulse::Beat::Regular);
    assert!(begun.elapsed() < Duration::from_secs(2));
    go_on.send(()).unwrap();
    slow.await.unwrap().unwrap();
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
            db.maintain(|conn| Ok(conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?)).await.unwrap();
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

#[tokio::test]
async fn what_is_read_together_is_of_one_moment() {
    let (_folder, db) = sqlite();
    db.write(|conn| Ok(conn.batch_execute("CREATE TABLE a (b INTEGER)")?)).await.unwrap();
    let count = |conn: &mut Connection| {
        use diesel::prelude::*;
        diesel::dsl::sql::<diesel::sql_types::BigInt>("SELECT count(*) FROM a")
            .get_result::<i64>(conn)
            .map_err(Error::from)
    };
    let (has_looked, looked) = std::sync::mpsc::channel();
    let (go_on, may_go_on) = std::sync::mpsc::channel::<()>();
    let reading = tokio::spawn({
        let db = db.clone();
        async move {
            db.read(move |conn| {
                let before = count(conn)?;
                has_looked.send(()).unwrap();
                may_go_on.recv().unwrap();
                Ok((before, count(conn)?))
            })
            .await
        }
    });
    tokio::task::spawn_blocking(move || looked.recv()).await.unwrap().unwrap();
    db.write(|conn| Ok(conn.batch_execute("INSERT INTO a VALUES (1)")?)).await.unwrap();
    go_on.send(()).unwrap();
    assert_eq!(reading.await.unwrap().unwrap(), (0, 0));
    assert_eq!(db.read(count).await.unwrap(), 1);
}

#[tokio::test]
async fn sqlite_is_built_as_the_portal_needs_it() {
    let (_folder, db) = sqlite();
    let options = db.read(|conn| {
        use diesel::prelude::*;
        let all =
            diesel::dsl::sql::<diesel::sql_types::Text>("SELECT compile_options FROM pragma_compile_options");
        Ok(all.load::<String>(conn)?)
    });
    let options = options.await.unwrap();
    for wanted in ["THREADSAFE=2", "DEFAULT_CACHE_SIZE=-4000"] {
        assert!(options.iter().any(|option| option == wanted), "{wanted}: see .cargo/config.toml");
    }
    for unwanted in ["ENABLE_STAT4", "ENABLE_MEMORY_MANAGEMENT", "ENABLE_API_ARMOR"] {
        assert!(!options.iter().any(|option| option == unwanted), "{unwanted}: see .cargo/config.toml");
    }
}
