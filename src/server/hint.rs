//! What whoever starts an empty installation does next: commands that work as they are printed, in any folder.

use std::path::{Path, absolute};

use secrecy::ExposeSecret as _;

use crate::config::Settings;
use crate::db::Db;
use crate::people;

/// The commands for the first accounts, with the settings of this start; nothing once there is an account.
///
/// # Errors
/// When the database fails.
pub async fn first_accounts(settings: &Settings, db: &Db) -> anyhow::Result<Vec<String>> {
    let is_anybody = db.read(people::store::list::is_anybody).await;
    if is_anybody.map_err(crate::error::Error::into_cause)? {
        return Ok(Vec::new());
    }
    let program = std::env::current_exe().map_or_else(|_| "twotier".to_owned(), |path| quoted_path(&path));
    Ok(commands(settings, &program))
}

fn commands(settings: &Settings, program: &str) -> Vec<String> {
    let (options, needs_environment) = options(settings);
    let person = |words: &str| format!("  {program} add-admin {options} {words}");
    let mut lines = vec![
        "There is no account yet. These commands make the first ones: the operator, then a provider. Put in your own \
         names, addresses and country."
            .to_owned(),
        person(
            "--kind operator --name 'Ola Operator' --email ola@portal.example --organisation 'Portal operations' \
             --country US",
        ),
        person("--name 'Ann Lee' --email ann@harbor.example --organisation 'Harbor Distribution' --country US"),
    ];
    if needs_environment {
        lines.push("They need the same DATABASE_URL in their environment as this server.".to_owned());
    }
    lines
}

/// What leads a command to the same installation, and whether it also takes the environment: no password is printed.
fn options(settings: &Settings) -> (String, bool) {
    let mut options = vec![format!("--data-dir {}", quoted_path(&settings.data_dir))];
    let url = settings.database_url.as_ref().map(|url| url.expose_secret());
    let needs_environment = url.is_some_and(holds_password);
    if let Some(url) = url.filter(|_| !needs_environment) {
        options.push(match url.strip_prefix("sqlite://") {
            Some(path) => {
                format!("--database-url {}", quoted(&format!("sqlite://{}", in_any_folder(Path::new(path)))))
            }
            None => format!("--database-url {}", quoted(url)),
        });
    }
    if settings.base_url.is_some() {
        options.push(format!("--base-url {}", quoted(&settings.base_url())));
    }
    (options.join(" "), needs_environment)
}

fn holds_password(url: &str) -> bool {
    let after_scheme = url.split_once("://").map_or("", |(_, rest)| rest);
    let is_postgres = url.starts_with("postgres");
    let user = after_scheme.rsplit_once('@').map_or("", |(user, _)| user);
    is_postgres && (user.contains(':') || after_scheme.contains("password="))
}

fn in_any_folder(path: &Path) -> String {
    absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}

fn quoted_path(path: &Path) -> String {
    quoted(&in_any_folder(path))
}

/// As a shell takes it for one word.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-:@%+=,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Cli;
    use clap::Parser as _;

    fn printed(arguments: &[&str]) -> String {
        let line = ["twotier"].iter().chain(arguments);
        commands(&Cli::try_parse_from(line).unwrap().settings, "/usr/local/bin/twotier").join("\n")
    }

    #[test]
    fn a_command_leads_to_the_installation_that_was_started() {
        let said = printed(&[
            "--data-dir",
            "/srv/our portal",
            "--database-url",
            "sqlite:///srv/b.db",
            "--base-url",
            "https://A.example/",
        ]);
        let options =
            "--data-dir '/srv/our portal' --database-url sqlite:///srv/b.db --base-url https://a.example";
        let command = format!("/usr/local/bin/twotier add-admin {options} --kind operator --name");
        assert!(said.contains(&command), "{said}");
        let operator = said.find("--kind operator").unwrap();
        assert!(operator < said.find("Harbor Distribution").unwrap(), "{said}");
    }

    #[test]
    fn a_folder_is_named_so_that_it_is_found_from_anywhere() {
        assert!(printed(&["--data-dir", "data"]).contains("--data-dir /"));
    }

    #[test]
    fn no_password_is_printed() {
        let said = printed(&["--database-url", "postgres://twotier:geheim@localhost/twotier"]);
        assert!(!said.contains("geheim") && said.contains("DATABASE_URL"), "{said}");
        let said = printed(&["--database-url", "postgres://localhost/twotier?user=a&password=geheim"]);
        assert!(!said.contains("geheim"), "{said}");
        let said = printed(&["--database-url", "postgres://twotier@localhost/twotier?application_name=a"]);
        assert!(
            said.contains("--database-url 'postgres://twotier@localhost/twotier?application_name=a'"),
            "{said}"
        );
    }

    #[test]
    fn words_survive_the_shell() {
        assert_eq!(quoted("/var/lib/twotier"), "/var/lib/twotier");
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(quoted(""), "''");
    }
}
