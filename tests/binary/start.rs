//! Starting, starting wrongly, and stopping.

use std::fs::Permissions;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::support::{Installation, Server, Visitor, the_one_line};

#[test]
fn help_lists_every_setting() {
    let output = Installation::new().run(&["--help"]);
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert!(help.starts_with("A self-hosted portal"), "{help}");
    let settings = "BIND BASE_URL DATABASE_URL DATA_DIR SESSION_KEY SMTP_URL SMTP_HELO MAIL_FROM INSTALLATION_NAME DOMAIN_SUFFIX LINK_DAYS LARGE_QUANTITY";
    for setting in settings.split(' ').chain([
        "TRUSTED_PROXIES",
        "PASSWORDS_AT_ONCE",
        "LOG",
        "serve",
        "demo",
        "migrate",
        "backup",
        "restore",
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
    let easy_key = installation.command(&[]).env("SESSION_KEY", "a".repeat(64)).output().unwrap();
    assert!(the_one_line(&easy_key).contains("openssl rand -hex 48"));
    let mut command = installation.command(&["migrate"]);
    let open_way =
        command.env("DATABASE_URL", "postgres://twotier:geheim@db.example/twotier").output().unwrap();
    let said = the_one_line(&open_way);
    assert!(said.contains("sslmode=verify-full") && !said.contains("geheim"), "{said}");
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
fn an_empty_session_key_is_named_and_not_replaced() {
    let installation = Installation::new();
    assert!(installation.serve().terminate());
    let path = installation.folder.path().join("data/session.key");
    std::fs::write(&path, "").unwrap();
    let said = the_one_line(&installation.run(&[]));
    assert!(said.contains("data/session.key") && said.contains("from the backup"), "{said}");
    assert!(std::fs::read(&path).unwrap().is_empty());
}

#[actix_web::test]
async fn an_address_in_another_spelling_is_the_one_that_browsers_send() {
    let installation = Installation::new();
    let password = installation.first_admin("ann@harbor.example");
    let spelled = format!("HTTP://LocalHost.:{}/", installation.port);
    let _server = installation.serve_with(&["--base-url", &spelled]);
    let one_form = format!("http://localhost:{}", installation.port);
    assert!(installation.said().contains(&one_form), "{}", installation.said());
    Visitor::at(&one_form).sign_in("ann@harbor.example", &password).await;
}

#[test]
fn an_empty_installation_says_how_the_first_accounts_are_made_and_the_commands_work_as_they_stand() {
    let mut installation = Installation::new();
    let folder = installation.folder.path().join("our portal's data");
    let options = ["--data-dir", folder.to_str().unwrap()];
    // By an option, as the shell that runs the commands knows nothing of this one's environment.
    let url = installation.database_url.take();
    let options =
        [options.as_slice(), &url.iter().flat_map(|url| ["--database-url", url]).collect::<Vec<_>>()]
            .concat();
    assert!(installation.serve_with(&options).terminate());
    let said = installation.said();
    let commands: Vec<&str> = said.lines().filter(|line| line.starts_with("  ")).collect();
    assert_eq!(commands.len(), 2, "{said}");
    for command in commands {
        let run =
            std::process::Command::new("sh").args(["-c", command]).env_clear().current_dir("/").output();
        let run = run.unwrap();
        assert!(run.status.success(), "{command}: {}", String::from_utf8_lossy(&run.stderr));
        assert!(String::from_utf8_lossy(&run.stdout).contains("Temporary password"));
    }
    assert!(installation.serve_with(&options).terminate());
    assert_eq!(installation.said().matches("no account yet").count(), 1, "there are accounts now");
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

#[test]
fn memory_that_was_freed_is_given_back_at_once_unless_somebody_says_otherwise() {
    let installation = Installation::new();
    let set = |server: &Server, name: &str| {
        let environment = server.environment();
        environment.iter().find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
    };
    let delay = |server: &Server| set(server, "MIMALLOC_PURGE_DELAY");
    let server = installation.serve();
    assert_eq!(delay(&server).as_deref(), Some("0"));
    assert_eq!(set(&server, "MALLOC_ARENA_MAX").as_deref(), Some("1"));
    assert!(server.terminate());
    let mut own = installation.command(&[]);
    own.env("MIMALLOC_PURGE_DELAY", "50");
    let server = installation.start(own);
    assert_eq!(delay(&server).as_deref(), Some("50"));
    assert!(server.terminate());
}
