//! Every setting, with its environment variable, default and check. `--help` prints this file as the manual.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use secrecy::SecretString;

use crate::values::base_url::BaseUrl;

/// A self-hosted portal for the two-tier cloud channel: indirect providers, indirect resellers, customers, subscriptions.
#[derive(Parser, Debug)]
#[command(name = "twotier", version, max_term_width = 110)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub settings: Settings,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Serve the portal (what happens without a command).
    Serve,
    /// Fill an empty database with a demonstration and serve it.
    Demo(Demo),
    /// Bring the database up to date and stop.
    Migrate,
    /// Copy the database into a file, also while the portal runs.
    Backup {
        /// The file; it must not be there yet.
        file: PathBuf,
    },
    /// Put a backup in the place of the database. The portal must not run.
    Restore {
        /// A file that backup made.
        file: PathBuf,
        /// On PostgreSQL: replace what the database holds. A SQLite file is put aside in any case.
        #[arg(long)]
        replace: bool,
    },
    /// Make an account that may do everything in its organisation, and print its temporary password.
    AddAdmin(AddAdmin),
    /// Import offers from a file, export them, or print the sample catalogue.
    #[command(subcommand)]
    Catalogue(Catalogue),
}

#[derive(Subcommand, Debug, Clone)]
pub enum Catalogue {
    /// Take a file of offers (CSV) into the catalogue. Rows that are not right are named and left out; then the command fails.
    Import {
        /// The file; - for standard input.
        file: PathBuf,
        /// Only say what would be done.
        #[arg(long)]
        dry_run: bool,
    },
    /// Write all offers as the file that import reads.
    Export {
        /// The file; standard output without one, and for `-`.
        file: Option<PathBuf>,
    },
    /// Print the sample catalogue.
    Sample,
}

#[derive(Args, Debug, Clone)]
pub struct Demo {
    /// How many customers.
    #[arg(long, default_value_t = 250, value_parser = clap::value_parser!(u32).range(1..=5_000_000))]
    pub customers: u32,
    /// The password of every demonstration account; a random one is printed if this is not given.
    #[arg(long, env = "DEMO_PASSWORD", hide_env_values = true)]
    pub password: Option<SecretString>,
    /// Fill the database and stop, without serving.
    #[arg(long)]
    pub fill_only: bool,
}

#[derive(Args, Debug, Clone)]
pub struct AddAdmin {
    /// The person's name.
    #[arg(long)]
    pub name: String,
    /// The address to sign in with.
    #[arg(long)]
    pub email: String,
    /// The organisation; it is made if there is none of this name.
    #[arg(long)]
    pub organisation: String,
    /// What kind of organisation: operator, provider or reseller.
    #[arg(long, default_value = "provider")]
    pub kind: String,
    /// The organisation's country as two letters (ISO 3166-1); it decides region and currency.
    #[arg(long, default_value = "US")]
    pub country: String,
    /// For a reseller: the MPN ID of its first location.
    #[arg(long)]
    pub mpn_id: Option<String>,
}

/// Who approves resellers that enrol.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApproveResellers {
    ByHand,
    WhenServed,
}

/// Of whom the installation asks a second factor. Organizations can ask everybody of theirs.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SecondFactorRule {
    /// Of the operator's people and of every Global admin, after some days.
    #[default]
    Admins,
    /// Of everybody, at once.
    #[value(aliases = ["true", "yes", "on", "1"])]
    Everybody,
    #[value(aliases = ["false", "no", "off", "0"])]
    Nobody,
}

#[derive(Args, Debug, Clone)]
pub struct Settings {
    /// Address and port to listen on.
    #[arg(long, env = "BIND", default_value = "127.0.0.1:8080", global = true)]
    pub bind: SocketAddr,
    /// Where people reach the portal; links in letters begin with it. https:// makes cookies Secure
    /// [default: http:// and BIND].
    #[arg(long, env = "BASE_URL", value_parser = BaseUrl::parse, global = true)]
    pub base_url: Option<BaseUrl>,
    /// sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME?sslmode=… [default: sqlite://DATA_DIR/twotier.db].
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<SecretString>,
    /// Folder for the SQLite file, the session key and, without SMTP_URL, outgoing letters.
    #[arg(long, env = "DATA_DIR", default_value = "data", global = true)]
    pub data_dir: PathBuf,
    /// Secret of at least 64 characters, as `openssl rand -hex 48` makes it, that protects cookies and seals the keys of
    /// authenticator apps [default: made once and kept in DATA_DIR/session.key].
    #[arg(long, env = "SESSION_KEY", hide_env_values = true, global = true)]
    pub session_key: Option<SecretString>,
    /// Earlier SESSION_KEYs, joined by commas, where it was changed: authenticator apps that are sealed with them are sealed
    /// anew at the start. Needed for one start; while it is set, enrollments that began before still lead back to the
    /// partnership request from which they came.
    #[arg(long, env = "SESSION_KEY_BEFORE", hide_env_values = true, global = true)]
    pub session_key_before: Option<SecretString>,
    /// smtp://HOST:PORT (loopback only), smtp://USER:PASSWORD@HOST:587?tls=required (STARTTLS) or
    /// smtps://USER:PASSWORD@HOST (implicit TLS). Without it letters are kept as files in DATA_DIR/letters.
    #[arg(long, env = "SMTP_URL", hide_env_values = true, global = true)]
    pub smtp_url: Option<SecretString>,
    /// The sender of all letters, such as Twotier <twotier@portal.example>; needed with SMTP_URL.
    #[arg(long, env = "MAIL_FROM", global = true)]
    pub mail_from: Option<String>,
    /// The name by which the portal greets the mail server [default: the host of BASE_URL].
    #[arg(long, env = "SMTP_HELO", global = true)]
    pub smtp_helo: Option<String>,
    /// The name shown beside the mark.
    #[arg(long, env = "INSTALLATION_NAME", default_value = "Twotier", global = true)]
    pub installation_name: String,
    /// What follows the prefix in a customer's primary domain.
    #[arg(long, env = "DOMAIN_SUFFIX", default_value = "onmicrosoft.com", global = true)]
    pub domain_suffix: String,
    /// For how many days a partnership link holds.
    #[arg(long, env = "LINK_DAYS", default_value_t = 30, value_parser = clap::value_parser!(i64).range(1..=365), global = true)]
    pub link_days: i64,
    /// For how many days the relationship with a customer can be reinstated after its end.
    #[arg(long, env = "REINSTATE_DAYS", default_value_t = 180, value_parser = clap::value_parser!(i64).range(1..=3650), global = true)]
    pub reinstate_days: i64,
    /// Who needs a second factor (an authenticator app) to sign in: admins (the operator's people and all Global
    /// admins, seven days after they are first asked), everybody (or true), or nobody (or false). Organizations can ask
    /// for it by themselves [default: admins; nobody for a demonstration].
    #[arg(long, env = "REQUIRE_SECOND_FACTOR", ignore_case = true, num_args = 0..=1, default_missing_value = "everybody", hide_possible_values = true, global = true)]
    pub require_second_factor: Option<SecondFactorRule>,
    /// Who approves resellers that enrol: by-hand (the operator), or when-served (the portal itself, where an enrolled
    /// provider is in the reseller's region). Providers are always approved by the operator.
    #[arg(long, env = "APPROVE_RESELLERS", default_value = "by-hand", global = true)]
    pub approve_resellers: ApproveResellers,
    /// From more than so many on, the quantity of a subscription is typed twice when it is changed.
    #[arg(long, env = "LARGE_QUANTITY", default_value_t = 1000, value_parser = clap::value_parser!(i64).range(1..=1_000_000_000), global = true)]
    pub large_quantity: i64,
    /// How many reverse proxies stand in front; the visitor's address is read from X-Forwarded-For accordingly.
    #[arg(long, env = "TRUSTED_PROXIES", default_value_t = 0, global = true)]
    pub trusted_proxies: usize,
    /// How many passwords are checked at the same time; each takes 19 MB and a processor core for some hundredths of a
    /// second [default: one for each core, at most 4].
    #[arg(long, env = "PASSWORDS_AT_ONCE", value_parser = clap::value_parser!(u16).range(1..=1024), global = true)]
    pub passwords_at_once: Option<u16>,
    /// What is logged, such as info or twotier=debug,warn. What the mail, the database and the web say is of
    /// twotier_ground, which twotier covers.
    #[arg(long, env = "LOG", default_value = "warn,twotier=info", global = true)]
    pub log: String,
}

impl Settings {
    /// Where people reach the portal, without a slash at the end.
    pub fn base_url(&self) -> String {
        let listening = || BaseUrl::listening_on(self.bind);
        self.base_url.clone().unwrap_or_else(listening).as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn people_reach_the_portal_where_it_listens_unless_something_else_is_set() {
        let reached = |arguments: &[&str]| {
            let line = ["twotier"].iter().chain(arguments);
            Cli::try_parse_from(line).unwrap().settings.base_url()
        };
        assert_eq!(reached(&["--bind", "127.0.0.1:9000"]), "http://127.0.0.1:9000");
        assert_eq!(reached(&["--bind", "0.0.0.0:9000"]), "http://127.0.0.1:9000");
        assert_eq!(
            reached(&["--bind", "0.0.0.0:9000", "--base-url", "https://A.Example:443/"]),
            "https://a.example"
        );
    }

    #[test]
    fn a_second_factor_is_asked_of_some_of_everybody_or_of_nobody() {
        use SecondFactorRule::{Admins, Everybody, Nobody};
        let asked = |arguments: &[&str]| {
            let line = ["twotier"].iter().chain(arguments);
            Cli::try_parse_from(line).map(|cli| cli.settings.require_second_factor)
        };
        assert_eq!(asked(&["--require-second-factor"]).unwrap(), Some(Everybody));
        for (typed, meant) in [
            ("admins", Admins),
            ("everybody", Everybody),
            ("true", Everybody),
            ("TRUE", Everybody),
            ("1", Everybody),
            ("false", Nobody),
            ("nobody", Nobody),
        ] {
            assert_eq!(asked(&["--require-second-factor", typed]).unwrap(), Some(meant), "{typed}");
            assert_eq!(asked(&["serve", "--require-second-factor", typed]).unwrap(), Some(meant), "{typed}");
        }
        assert!(asked(&["--require-second-factor", "perhaps"]).is_err());
    }
}
