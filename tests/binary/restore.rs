//! `twotier restore`: after a crash, on another machine, and when it had better not be done.

use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;
use futures_util::future::join_all;

use crate::ordering::{kill_when_some_are_confirmed, look, ready, submit};
use crate::support::{Installation, said, the_one_line};

const BEFORE: usize = 10;
const DRAFTS: usize = 40;

/// Restoring as an operator does who has read what it says: PostgreSQL replaces only when it is told to.
fn restore(installation: &Installation, file: &str) -> String {
    let replace: &[&str] = if installation.database_url.is_some() { &["--replace"] } else { &[] };
    said(&installation.run(&[&["restore", file], replace].concat()))
}

/// What SQLite itself finds wrong with a file, with everything that lies beside it.
fn damage(path: &Path) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Said {
        #[diesel(sql_type = Text)]
        integrity_check: String,
    }
    let mut connection = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    let said: Vec<Said> = diesel::sql_query("PRAGMA integrity_check").load(&mut connection).unwrap();
    said.into_iter().map(|said| said.integrity_check).filter(|said| said != "ok").collect()
}

fn put_aside(installation: &Installation) -> Vec<PathBuf> {
    let entries = installation.folder.path().join("data").read_dir().unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.display().to_string().contains("before-restore")).collect()
}

#[actix_web::test]
async fn what_was_kept_while_orders_came_in_is_back_after_kill_9() {
    let installation = Installation::apart();
    let (server, ann, reviewed) = ready(&installation, DRAFTS).await;
    let (before, after) = reviewed.split_at(BEFORE);
    for (draft, mark) in before {
        assert!(submit(&ann, draft, mark).await.is_some());
    }
    said(&installation.run(&["backup", "kept"]));
    // Enough to bring some of it from the log into the file, and some not.
    let submitting = join_all(after.iter().map(|(draft, mark)| submit(&ann, draft, mark)));
    let killing = kill_when_some_are_confirmed(&installation, server, 25);
    futures_util::join!(submitting, killing);

    let told = restore(&installation, "kept");
    assert!(told.contains("Start the portal."), "{told}");
    if let Some(file) = installation.sqlite_file() {
        assert_eq!(damage(&file), Vec::<String>::new());
        let aside = put_aside(&installation);
        assert!(!aside.is_empty() && told.contains("before-restore"), "{told}");
        let old = aside.iter().min_by_key(|path| path.as_os_str().len()).unwrap();
        assert_eq!(damage(old), Vec::<String>::new(), "what was there is whole, with its log");
    }
    let server = installation.serve();
    let kept = look(&installation).await;
    assert_eq!((kept.orders.len(), kept.customers), (BEFORE, BEFORE));
    assert!(kept.half_made.is_empty(), "{:?}", kept.half_made);
    // The session key is the same, so Ann is still signed in, and goes on.
    for (draft, mark) in &reviewed {
        assert!(submit(&ann, draft, mark).await.is_some());
    }
    assert_eq!(look(&installation).await.orders.len(), DRAFTS);
    assert!(server.terminate());
    if let Some(file) = installation.sqlite_file() {
        assert_eq!(damage(&file), Vec::<String>::new());
    }
}

#[test]
fn a_backup_starts_on_another_machine() {
    let (here, there) = (Installation::apart(), Installation::apart());
    here.first_admin("ann@harbor.example");
    said(&here.run(&["backup", "kept"]));
    let told = said(&there.run(&["restore", here.folder.path().join("kept").to_str().unwrap()]));
    assert!(told.contains("There is no key"), "{told}");
    let add = ["add-admin", "--name", "Ann", "--email", "ann@harbor.example", "--organisation", "Harbor"];
    let again = the_one_line(&there.run(&add));
    assert!(again.contains("has an account already"), "{again}");
}

#[test]
fn nothing_is_restored_under_a_portal_that_runs() {
    let installation = Installation::apart();
    installation.first_admin("ann@harbor.example");
    said(&installation.run(&["backup", "kept"]));
    let server = installation.serve();
    let told = the_one_line(&installation.run(&["restore", "kept", "--replace"]));
    assert!(told.contains("is in use: stop the portal"), "{told}");
    assert!(server.terminate());
    restore(&installation, "kept");
}

#[test]
fn what_is_no_whole_backup_changes_nothing() {
    let installation = Installation::apart();
    installation.first_admin("ann@harbor.example");
    said(&installation.run(&["backup", "kept"]));
    let path = |name: &str| installation.folder.path().join(name);
    let kept = std::fs::read(path("kept")).unwrap();
    std::fs::write(path("text"), "-- a script").unwrap();
    std::fs::write(path("empty"), "").unwrap();
    std::fs::write(path("half"), kept.get(..kept.len() / 2).unwrap()).unwrap();
    for (file, words) in
        [("text", "no backup"), ("empty", "no backup"), ("half", "half"), ("nowhere", "cannot read nowhere")]
    {
        let told = the_one_line(&installation.run(&["restore", file, "--replace"]));
        assert!(told.contains(words), "{file}: {told}");
    }
    assert!(put_aside(&installation).is_empty());
    let add = ["add-admin", "--name", "Ann", "--email", "ann@harbor.example", "--organisation", "Harbor"];
    assert!(the_one_line(&installation.run(&add)).contains("has an account already"));
}

#[test]
fn postgresql_replaces_only_what_it_is_told_to() {
    let installation = Installation::apart();
    if installation.database_url.is_none() {
        return;
    }
    installation.first_admin("ann@harbor.example");
    said(&installation.run(&["backup", "kept"]));
    let told = the_one_line(&installation.run(&["restore", "kept"]));
    assert!(told.contains("is not empty") && told.contains("--replace"), "{told}");
    // Tables of a later step would stay behind.
    let later = "CREATE TABLE later (id INT); INSERT INTO __diesel_schema_migrations (version) VALUES ('20990101000001')";
    step(&installation, later);
    let told = the_one_line(&installation.run(&["restore", "kept", "--replace"]));
    assert!(told.contains("20990101000001") && told.contains("empty database"), "{told}");
}

#[test]
fn a_database_that_is_newer_is_left_alone_by_every_command() {
    let installation = Installation::apart();
    installation.first_admin("ann@harbor.example");
    said(&installation.run(&["backup", "older"]));
    step(&installation, "INSERT INTO __diesel_schema_migrations (version) VALUES ('20990101000001')");
    let add = ["add-admin", "--name", "Bob", "--email", "bob@harbor.example", "--organisation", "Harbor"];
    let commands: [&[&str]; 6] =
        [&[], &["migrate"], &["demo", "--fill-only"], &["backup", "newer"], &["catalogue", "export"], &add];
    for command in commands {
        let told = the_one_line(&installation.run(command));
        assert!(told.contains("newer") && told.contains("20990101000001"), "{command:?}: {told}");
    }
    // The file of a backup is looked at in the same way.
    if let Some(file) = installation.sqlite_file() {
        let told = the_one_line(&installation.run(&["restore", file.to_str().unwrap()]));
        assert!(told.contains("is the database itself"), "{told}");
        std::fs::copy(file, installation.folder.path().join("newer")).unwrap();
        let told = the_one_line(&installation.run(&["restore", "newer"]));
        assert!(told.contains("20990101000001"), "{told}");
        restore(&installation, "older");
        said(&installation.run(&["migrate"]));
    }
}

/// Another binary was at the database.
fn step(installation: &Installation, sql: &str) {
    let own_file = installation.sqlite_file().map(|path| format!("sqlite://{}", path.display()));
    let url = installation.database_url.clone().or(own_file).unwrap();
    twotier::db::connection::Opener::once(&url).unwrap().batch_execute(sql).unwrap();
}
