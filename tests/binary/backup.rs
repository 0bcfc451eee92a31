//! `twotier backup`: a file that is whole, the owner's alone, and says what belongs to it.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::support::{Installation, said, the_one_line};

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[test]
fn a_backup_is_the_owners_alone_and_names_what_belongs_to_it() {
    let installation = Installation::apart();
    installation.first_admin("ann@harbor.example");
    let _server = installation.serve();
    let letters = installation.folder.path().join("data/letters");
    std::fs::write(letters.join("one.eml"), "To: somebody").unwrap();
    let told = said(&installation.run(&["backup", "kept"]));
    assert!(told.contains("kept holds") && told.contains("data/session.key"), "{told}");
    assert!(told.contains("data/letters, with 1 letter"), "{told}");
    let kept = installation.folder.path().join("kept");
    assert_eq!(mode(&kept), 0o600);
    assert!(!installation.folder.path().join("kept.partial").exists());
    let again = the_one_line(&installation.run(&["backup", "kept"]));
    assert!(again.contains("is there already"), "{again}");
}

#[test]
fn a_key_from_the_settings_is_named_as_such() {
    let installation = Installation::apart();
    said(&installation.run(&["migrate"]));
    let key = "k3y-".repeat(20);
    let output = installation.command(&["backup", "kept"]).env("SESSION_KEY", &key).output().unwrap();
    let told = said(&output);
    assert!(told.contains("Keep with it: SESSION_KEY") && !told.contains(&key), "{told}");
}

#[test]
fn where_there_is_nothing_nothing_is_backed_up_and_nothing_begun() {
    let installation = Installation::apart();
    let told = the_one_line(&installation.run(&["backup", "kept"]));
    let reason =
        if installation.database_url.is_none() { "there is no database" } else { "no portal's data" };
    assert!(told.contains(reason), "{told}");
    let data = installation.folder.path().join("data/twotier.db");
    assert!(!data.exists() && !installation.folder.path().join("kept").exists());
    assert!(!installation.folder.path().join("kept.partial").exists());
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let installation = Installation::apart();
    said(&installation.run(&["migrate"]));
    let told = the_one_line(&installation.run(&["backup", "nowhere/kept"]));
    assert!(told.contains("nowhere/kept"), "{told}");
}

#[test]
fn a_program_of_postgresql_that_is_missing_is_named() {
    let installation = Installation::apart();
    if installation.database_url.is_none() {
        return;
    }
    said(&installation.run(&["migrate"]));
    let output = installation.command(&["backup", "kept"]).env("PATH", "/nowhere").output().unwrap();
    let told = the_one_line(&output);
    assert!(told.contains("pg_dump was not found") && told.contains("postgresql-client"), "{told}");
}

#[test]
fn the_password_of_the_database_is_on_no_command_line() {
    let mut installation = Installation::apart();
    let Some(url) = installation.database_url.take() else { return };
    installation.database_url = Some(url.replacen("postgres@", "postgres:geheim@", 1));
    said(&installation.run(&["migrate"]));
    let programs = installation.folder.path().join("programs");
    std::fs::create_dir(&programs).unwrap();
    let script =
        "#!/bin/sh\nprintf '%s ' \"$@\" > arguments\nprintf '%s' \"$PGPASSWORD\" > password\nexit 1\n";
    std::fs::write(programs.join("pg_dump"), script).unwrap();
    std::fs::set_permissions(programs.join("pg_dump"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let output = installation.command(&["backup", "kept"]).env("PATH", &programs).output().unwrap();
    assert!(the_one_line(&output).contains("pg_dump failed"));
    let seen = |name: &str| std::fs::read_to_string(installation.folder.path().join(name)).unwrap();
    assert!(seen("arguments").contains("postgres@") && !seen("arguments").contains("geheim"));
    assert_eq!(seen("password"), "geheim");
}
