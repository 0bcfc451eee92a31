//! Every setting, with its environment variable, default and check. `--help` prints this file as the manual.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use secrecy::SecretString;

/// A portal for the two-tier cloud channel: indirect providers, indirect resellers, customers, subscriptions.
#[derive(Parser, Debug)]
#[command(name = "twotier", version, about, max_term_width = 110)]
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
    #[arg(long, env = "BASE_URL", value_parser = base_url, global = true)]
    pub base_url: Option<String>,
    /// sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME [default: sqlite://DATA_DIR/twotier.db].
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<SecretString>,
    /// Folder for the SQLite file, the session key and, without SMTP_URL, outgoing letters.
    #[arg(long, env = "DATA_DIR", default_value = "data", global = true)]
    pub data_dir: PathBuf,
    /// Secret of at least 64 characters that protects cookies and seals the keys of authenticator apps [default: made once and kept in DATA_DIR/session.key].
    #[arg(long, env = "SESSION_KEY", hide_env_values = true, global = true)]
    pub session_key: Option<SecretString>,
    /// Earlier SESSION_KEYs, joined by commas, where it was changed: what is sealed with them is sealed anew at the start. Needed for one start.
    #[arg(long, env = "SESSION_KEY_BEFORE", hide_env_values = true, global = true)]
    pub session_key_before: Option<SecretString>,
    /// smtp://HOST:PORT (loopback only), smtp://USER:PASSWORD@HOST:587?tls=required (STARTTLS) or
    /// smtps://USER:PASSWORD@HOST (implicit TLS). Without it letters are kept as files in DATA_DIR/letters.
    #[arg(long, env = "SMTP_URL", hide_env_values = true, global = true)]
    pub smtp_url: Option<SecretString>,
    /// The sender of all letters.
    #[arg(long, env = "MAIL_FROM", default_value = "Twotier <twotier@localhost>", global = true)]
    pub mail_from: String,
    /// The name shown beside the mark.
    #[arg(long, env = "INSTALLATION_NAME", default_value = "Twotier", global = true)]
    pub installation_name: String,
    /// What follows the prefix in a customer's primary domain.
    #[arg(long, env = "DOMAIN_SUFFIX", default_value = "onmicrosoft.com", global = true)]
    pub domain_suffix: String,
    /// For how many days a partnership link holds.
    #[arg(long, env = "LINK_DAYS", default_value_t = 30, value_parser = clap::value_parser!(i64).range(1..=365), global = true)]
    pub link_days: i64,
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
    /// What is logged, such as info or twotier=debug,warn.
    #[arg(long, env = "LOG", default_value = "warn,twotier=info", global = true)]
    pub log: String,
}

impl Settings {
    /// Where people reach the portal, without a slash at the end.
    pub fn base_url(&self) -> String {
        self.base_url.clone().unwrap_or_else(|| {
            // Nobody can visit "every address".
            let is_any = self.bind.ip().is_unspecified();
            if is_any {
                format!("http://127.0.0.1:{}", self.bind.port())
            } else {
                format!("http://{}", self.bind)
            }
        })
    }
}

fn base_url(text: &str) -> Result<String, String> {
    let url = actix_web::http::Uri::try_from(text).map_err(|error| error.to_string())?;
    let is_bare = url.path() == "/" && url.query().is_none();
    match url.scheme_str() {
        Some("http" | "https") if url.host().is_some() && is_bare => {
            Ok(text.trim_end_matches('/').to_owned())
        }
        _ => Err("must be like https://portal.example, without a path".to_owned()),
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
            reached(&["--bind", "0.0.0.0:9000", "--base-url", "https://a.example"]),
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

    #[test]
    fn a_base_url_is_scheme_and_host() {
        assert_eq!(base_url("https://portal.example/").unwrap(), "https://portal.example");
        for text in ["portal.example", "ftp://portal.example", "https://portal.example/app", "https://"] {
            assert!(base_url(text).is_err(), "{text}");
        }
    }
}
