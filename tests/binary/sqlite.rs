//! What a start finds instead of a sound SQLite file, and who else is at it.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::{Installation, said, the_one_line};

/// An installation that ran and was killed, so that some of its data is in the log; with a copy from before.
fn crashed() -> Option<(Installation, std::path::PathBuf)> {
    let installation = Installation::new();
    let file = installation.sqlite_file()?;
    said(&installation.run(&["demo", "--fill-only", "--customers", "20"]));
    said(&installation.run(&["backup", "kept"]));
    let server = installation.serve();
    installation.first_admin("ann@northwind.example");
    server.kill();
    assert!(file.with_file_name("twotier.db-wal").metadata().unwrap().len() > 0, "some of it is in the log");
    Some((installation, file))
}

#[test]
fn a_clean_stop_leaves_no_log() {
    let installation = Installation::new();
    let Some(file) = installation.sqlite_file() else { return };
    assert!(installation.serve().terminate());
    assert!(file.exists() && !file.with_file_name("twotier.db-wal").exists());
}

#[test]
fn a_crash_is_nothing_to_stop_for() {
    let Some((installation, _)) = crashed() else { return };
    let add = ["add-admin", "--name", "Ann", "--email", "ann@northwind.example", "--organisation", "Harbor"];
    assert!(the_one_line(&installation.run(&add)).contains("has an account already"));
}

#[test]
fn a_backup_that_was_copied_over_a_crash_is_refused_until_it_is_restored() {
    let Some((installation, file)) = crashed() else { return };
    fs::copy(installation.folder.path().join("kept"), &file).unwrap();
    let log = fs::read(file.with_file_name("twotier.db-wal")).unwrap();
    for command in [&[][..], &["migrate"], &["backup", "another"]] {
        let told = the_one_line(&installation.run(command));
        assert!(told.contains("does not fit its log") && told.contains("twotier restore"), "{told}");
    }
    assert_eq!(fs::read(file.with_file_name("twotier.db-wal")).unwrap(), log, "nothing is lost");
    said(&installation.run(&["restore", "kept"]));
    assert!(installation.serve().terminate());
}

#[test]
fn a_database_that_is_gone_is_not_begun_anew() {
    let installation = Installation::new();
    let Some(file) = installation.sqlite_file() else { return };
    assert!(installation.serve().terminate());
    fs::remove_file(&file).unwrap();
    let told = the_one_line(&installation.run(&[]));
    assert!(told.contains("twotier.db is missing") && told.contains("database.txt"), "{told}");
    assert!(!file.exists());
    fs::write(&file, "").unwrap();
    let told = the_one_line(&installation.run(&[]));
    assert!(told.contains("twotier.db is empty"), "{told}");
}

#[test]
fn what_is_no_database_is_named_and_left_alone() {
    let installation = Installation::new();
    let Some(file) = installation.sqlite_file() else { return };
    fs::create_dir_all(&file).unwrap();
    let told = the_one_line(&installation.run(&[]));
    assert!(told.contains("is a folder"), "{told}");
    fs::remove_dir(&file).unwrap();
    fs::write(&file, "Offer ID,Name\n").unwrap();
    let told = the_one_line(&installation.run(&[]));
    assert!(told.contains("is no SQLite database"), "{told}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "Offer ID,Name\n");
}

#[test]
fn a_damaged_database_is_refused_as_it_is() {
    let Some((installation, file)) = crashed() else { return };
    said(&installation.run(&["migrate"]));
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes.get_mut(middle..middle + 8192).unwrap().fill(0);
    fs::write(&file, &bytes).unwrap();
    let told = the_one_line(&installation.run(&[]));
    assert!(told.contains("is damaged") && told.contains("twotier restore"), "{told}");
    assert!(fs::read(&file).unwrap() == bytes, "nothing has been changed");
    bytes.truncate(middle);
    fs::write(&file, &bytes).unwrap();
    assert!(the_one_line(&installation.run(&[])).contains("is cut off"));
}

#[test]
fn first_starts_at_once_all_come_up() {
    let installation = Installation::new();
    let start = |_| {
        let mut command = installation.command(&["migrate"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let starts: Vec<_> = (0..6).map(start).collect();
    for started in starts {
        said(&started.wait_with_output().unwrap());
    }
}

#[test]
fn a_second_portal_on_the_same_file_is_told_of() {
    let installation = Installation::new();
    if installation.sqlite_file().is_none() {
        return;
    }
    let first = installation.serve();
    assert!(!installation.log().contains("another portal"));
    let log = installation.folder.path().join("second");
    let mut second = installation
        .command(&["--bind", "127.0.0.1:0"])
        .stdout(Stdio::null())
        .stderr(fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while !fs::read_to_string(&log).unwrap().contains("another portal serves") {
        assert!(second.try_wait().unwrap().is_none(), "it goes on");
        assert!(begun.elapsed() < Duration::from_secs(60), "it says nothing");
        std::thread::yield_now();
    }
    second.kill().unwrap();
    second.wait().unwrap();
    assert!(first.terminate());
}
