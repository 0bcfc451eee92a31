//! Starting, starting wrongly, and stopping.

use std::fs::Permissions;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::support::{Installation, the_one_line};

#[test]
fn help_lists_every_setting() {
    let output = Installation::new().run(&["--help"]);
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    let settings = "BIND BASE_URL DATABASE_URL DATA_DIR SESSION_KEY SMTP_URL SMTP_HELO MAIL_FROM INSTALLATION_NAME DOMAIN_SUFFIX LINK_DAYS LARGE_QUANTITY";
    for setting in settings.split(' ').chain([
        "TRUSTED_PROXIES",
        "LOG",
        "serve",
        "demo",
        "migrate",
        "add-admin",
        "catalogue",
    ]) {
        assert!(help.contains(setting), "{setting} is missing from: {help}");
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let installation = Installation::new();
    let _taken = TcpListener::bind(("127.0.0.1", installation.port)).unwrap();
    let said = the_one_line(&installation.run(&[]));
    assert!(said.contains("cannot listen on 127.0.0.1"), "{said}");
}

#[test]
fn a_database_that_does_not_answer_is_named_and_its_password_is_not() {
    let mut installation = Installation::new();
    installation.database_url = Some("postgres://twotier:geheim@127.0.0.1:1/twotier".to_owned());
    let said = the_one_line(&installation.run(&["migrate"]));
    assert!(said.contains("cannot connect to PostgreSQL") && !said.contains("geheim"), "{said}");
}

#[test]
fn an_address_of_no_known_database_is_refused() {
    let mut installation = Installation::new();
    installation.database_url = Some("mysql://localhost/twotier".to_owned());
    let said = the_one_line(&installation.run(&["migrate"]));
    assert!(said.contains("sqlite:// or postgres://"), "{said}");
}

#[test]
fn a_data_folder_that_is_a_file_is_named() {
    let installation = Installation::new();
    std::fs::write(installation.folder.path().join("data"), "").unwrap();
    let said = the_one_line(&installation.run(&["migrate"]));
    assert!(said.contains("data"), "{said}");
}

#[test]
fn a_setting_that_makes_no_sense_is_refused() {
    let installation = Installation::new();
    let mut command = installation.command(&[]);
    let output = command.env("BASE_URL", "portal.example").output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("https://portal.example"));
    let short_key = installation.command(&[]).env("SESSION_KEY", "short").output().unwrap();
    assert!(the_one_line(&short_key).contains("at least 64 characters"));
    let bare_smtp = installation.command(&[]).env("SMTP_URL", "smtp://mail.example").output().unwrap();
    assert!(the_one_line(&bare_smtp).contains("SMTP_URL must encrypt"));
}

#[test]
fn a_mail_server_without_a_sender_that_it_can_take_is_refused() {
    let installation = Installation::new();
    let said = |settings: &[(&str, &str)]| {
        let mut command = installation.command(&[]);
        command.env("SMTP_URL", "smtp://127.0.0.1:1").envs(settings.iter().copied());
        the_one_line(&command.output().unwrap())
    };
    assert!(said(&[]).contains("MAIL_FROM must be set"));
    for sender in ["Twotier <twotier@localhost>", "twotier@portal", "twotier", ""] {
        assert!(said(&[("MAIL_FROM", sender)]).contains("MAIL_FROM"), "{sender}");
    }
    let sender = ("MAIL_FROM", "Twotier <twotier@portal.example>");
    assert!(said(&[sender, ("SMTP_HELO", "my host")]).contains("SMTP_HELO"));
}

#[test]
fn the_session_key_is_the_owners_alone_and_stays() {
    let installation = Installation::new();
    assert!(installation.serve().terminate(), "SIGTERM ends it well");
    let path = installation.folder.path().join("data/session.key");
    let key = std::fs::read(&path).unwrap();
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(installation.serve().terminate());
    assert_eq!(std::fs::read(&path).unwrap(), key);
}

#[test]
fn an_open_data_folder_is_closed_to_others_with_what_it_holds() {
    let installation = Installation::new();
    let data = installation.folder.path().join("data");
    let set_mode = |path: &Path, mode| std::fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    std::fs::create_dir(&data).unwrap();
    set_mode(&data, 0o755);
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert!(installation.serve().terminate());
    let mut paths = vec![data.join("session.key")];
    if installation.database_url.is_none() {
        paths.push(data.join("twotier.db"));
    }
    for path in &paths {
        assert_eq!((mode(path), mode(&data)), (0o600, 0o700), "{}", path.display());
        set_mode(path, 0o644);
    }
    set_mode(&data, 0o755);
    assert!(installation.serve().terminate());
    for path in &paths {
        assert_eq!((mode(path), mode(&data)), (0o600, 0o700), "{}", path.display());
    }
    assert_eq!(mode(&data.join("letters")), 0o700);
}

#[test]
fn the_first_account_is_made_once() {
    let installation = Installation::new();
    let add = ["add-admin", "--name", "Ann Lee", "--email", "ann@harbor.example", "--organisation", "Harbor"];
    let output = installation.run(&add);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("Temporary password"), "{said}");
    let again = the_one_line(&installation.run(&add));
    assert!(again.contains("has an account already"), "{again}");
}

#[test]
fn an_account_needs_sensible_words() {
    let installation = Installation::new();
    let add = |more: &[&str]| {
        let mut all =
            vec!["add-admin", "--name", "Ann", "--email", "ann@harbor.example", "--organisation", "Harbor"];
        all.extend(more);
        the_one_line(&installation.run(&all))
    };
    assert!(add(&["--country", "XX"]).contains("--country"));
    assert!(add(&["--kind", "shop"]).contains("--kind"));
    assert!(add(&["--kind", "reseller"]).contains("--mpn-id"));
}
