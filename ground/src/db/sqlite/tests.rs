//! Files of SQLite that are not what they should be, with logs that belong to others.

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, SqliteConnection};
use tempfile::TempDir;

use super::known::Known;
use super::lock::{Entry, enter, enter_alone, is_first_portal};
use super::*;

struct Place {
    folder: TempDir,
    database: SqliteFile,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("twotier.db");
        Place { database: SqliteFile::of(&format!("sqlite://{}", path.display())).unwrap(), folder }
    }

    fn known(&self) -> Known {
        Known::of(self.folder.path(), &self.database)
    }

    /// Makes it ready, as a start does, and lets go of it.
    fn begin(&self) -> Result<(), String> {
        start::begin(&self.database, &self.known()).map(drop).map_err(|error| format!("{error:#}"))
    }

    fn open(&self) -> SqliteConnection {
        SqliteConnection::establish(self.database.path().to_str().unwrap()).unwrap()
    }

    /// A database with rows of a thousand letters.
    fn fill(&self, rows: usize) -> SqliteConnection {
        self.begin().unwrap();
        let mut connection = self.open();
        let tables = "CREATE TABLE __diesel_schema_migrations (version TEXT);
                      CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT); CREATE INDEX by_text ON notes (text);";
        connection.batch_execute(tables).unwrap();
        add(&mut connection, rows);
        connection
    }

    /// What a stopped machine leaves: the file and its log, as they were.
    fn crash(&self, at: &Place) {
        for path in [self.database.path(), &self.database.log()] {
            std::fs::copy(path, at.folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }

    #[track_caller]
    fn is_refused(&self, words: &str) {
        let before = self.bytes();
        let said = self.begin().unwrap_err();
        assert!(said.contains(words), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert_eq!(self.bytes(), before, "nothing has been changed");
    }

    fn bytes(&self) -> [Option<Vec<u8>>; 2] {
        [self.database.path(), &self.database.log()].map(|path| std::fs::read(path).ok())
    }
}

fn add(connection: &mut SqliteConnection, rows: usize) {
    let row = "INSERT INTO notes (text) VALUES (hex(randomblob(500)))";
    connection.batch_execute(&format!("{row};").repeat(rows)).unwrap();
}

#[test]
fn an_address_names_a_file_or_none() {
    assert!(SqliteFile::of("sqlite://data/twotier.db").is_some());
    for url in
        ["sqlite://:memory:", "sqlite://file:a?mode=memory", "sqlite://", "postgres://localhost/twotier"]
    {
        assert!(SqliteFile::of(url).is_none(), "{url}");
    }
}

#[test]
fn a_first_start_begins_an_empty_database_and_the_next_ones_find_it() {
    let place = Place::new();
    for _ in 0..3 {
        assert_eq!(place.begin(), Ok(()));
    }
    drop(place.fill(10));
    assert_eq!(place.begin(), Ok(()));
}

#[test]
fn a_crash_is_nothing_to_stop_for() {
    let (place, after) = (Place::new(), Place::new());
    let _running = place.fill(200);
    place.crash(&after);
    assert_eq!(after.begin(), Ok(()));
}

#[test]
fn a_log_of_another_database_is_refused_and_played_into_nothing() {
    let (place, after) = (Place::new(), Place::new());
    let mut running = place.fill(20);
    let kept = place.folder.path().join("kept.db");
    running.batch_execute(&format!("VACUUM INTO '{}'", kept.display())).unwrap();
    let still = place.folder.path().join("still.db");
    running.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    std::fs::copy(place.database.path(), &still).unwrap();
    // So much that a part of it goes into the file, and the log begins anew.
    add(&mut running, 3000);
    running.batch_execute("DELETE FROM notes WHERE id % 3 = 0").unwrap();
    add(&mut running, 20);
    place.crash(&after);
    for (copy, words) in [(&kept, "does not fit its log"), (&still, "belongs to another database")] {
        std::fs::copy(copy, after.database.path()).unwrap();
        after.is_refused(words);
    }
}

#[test]
fn a_database_that_is_gone_is_not_begun_anew() {
    let place = Place::new();
    drop(place.fill(1));
    place.known().keep().unwrap();
    std::fs::remove_file(place.database.path()).unwrap();
    place.is_refused("is missing, but the portal kept its data there");
    std::fs::write(place.database.path(), "").unwrap();
    place.is_refused("is empty, but the portal kept its data there");
    std::fs::remove_file(place.folder.path().join(known::NAME)).unwrap();
    assert_eq!(place.begin(), Ok(()), "somebody who deletes the note begins anew");
}

#[test]
fn a_log_without_its_database_is_not_thrown_away() {
    let (place, after) = (Place::new(), Place::new());
    let _running = place.fill(100);
    place.crash(&after);
    std::fs::remove_file(after.database.path()).unwrap();
    after.is_refused("its log");
}

#[test]
fn a_data_folder_knows_its_database_also_after_it_was_moved() {
    let place = Place::new();
    place.known().keep().unwrap();
    let moved = Place::new();
    std::fs::copy(place.folder.path().join(known::NAME), moved.folder.path().join(known::NAME)).unwrap();
    assert!(moved.known().is_kept());
    let elsewhere = SqliteFile::of("sqlite:///somewhere/else.db").unwrap();
    assert!(!Known::of(place.folder.path(), &elsewhere).is_kept());
}

#[test]
fn what_is_no_database_is_named() {
    let place = Place::new();
    std::fs::write(place.database.path(), "name,price\n").unwrap();
    place.is_refused("is no SQLite database");
    std::fs::remove_file(place.database.path()).unwrap();
    std::fs::create_dir(place.database.path()).unwrap();
    place.is_refused("is a folder");
    assert!(!place.database.beside("-lock").exists(), "nothing is put beside what is not ours");
}

#[test]
fn damage_is_found_wherever_it_is() {
    let whole = Place::new();
    drop(whole.fill(300));
    let good = std::fs::read(whole.database.path()).unwrap();
    let damaged = |damage: &dyn Fn(&mut Vec<u8>)| {
        let place = Place::new();
        let mut bytes = good.clone();
        damage(&mut bytes);
        std::fs::write(place.database.path(), bytes).unwrap();
        place
    };
    damaged(&|bytes| bytes.truncate(bytes.len() / 2)).is_refused("is cut off");
    for tenths in [0, 3, 6, 9] {
        // A whole page in the middle of nowhere.
        let zeros = |bytes: &mut Vec<u8>| {
            let page = bytes.len() / 4096 * tenths / 10;
            bytes[page * 4096 + 100..(page + 1) * 4096].fill(0);
        };
        damaged(&zeros).is_refused("is damaged");
    }
    damaged(&|bytes| bytes[..16].fill(0)).is_refused("is no SQLite database");
}

#[test]
fn the_database_of_another_program_is_left_alone() {
    let place = Place::new();
    place.open().batch_execute("CREATE TABLE songs (title TEXT)").unwrap();
    place.is_refused("of another program");
}

#[test]
fn nobody_is_alone_with_a_file_that_somebody_works_with() {
    let place = Place::new();
    let Entry::Alone(first) = enter(&place.database).unwrap() else { panic!("somebody is there") };
    assert!(enter_alone(&place.database).unwrap().is_none());
    let first = first.let_others_in().unwrap();
    let Entry::WithOthers(second) = enter(&place.database).unwrap() else { panic!("the first has gone") };
    drop(first);
    assert!(enter_alone(&place.database).unwrap().is_none());
    drop(second);
    assert!(enter_alone(&place.database).unwrap().is_some());
    assert!(is_first_portal(&place.database).unwrap());
    assert!(!is_first_portal(&place.database).unwrap());
}
