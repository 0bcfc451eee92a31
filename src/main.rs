//! The commands: serve, demo, migrate, backup, restore, add-admin, catalogue.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use secrecy::ExposeSecret as _;
use tracing_subscriber::EnvFilter;

use twotier::config::{Catalogue, Cli, Command, SecondFactorRule, Settings};
use twotier::db::durable;
use twotier::values::moment::Moment;
use twotier::{backup, catalog, demo, people, server};

/// glibc keeps an arena of memory for each of the many threads that wait for the database, and gives nothing back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    server::memory::save();
    match actix_web::rt::System::new().block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One line, whatever the causes hold.
            let line = format!("{error:#}").replace(['\n', '\r'], " ");
            let _ = writeln!(std::io::stderr(), "twotier: {line}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<()> {
    let settings = cli.settings;
    let filter = EnvFilter::try_new(&settings.log).map_err(|error| anyhow::anyhow!("LOG: {error}"))?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(wants_colours())
        .init();
    match cli.command.unwrap_or(Command::Serve) {
        Command::Migrate => {
            server::open_database(&settings).await?;
            say(&["The database is up to date."])
        }
        Command::Backup { file } => say_lines(&backup::backup(&settings, &file)?),
        Command::Restore { file, replace } => say_lines(&backup::restore(&settings, &file, replace)?),
        Command::AddAdmin(new) => {
            let db = server::open_database(&settings).await?;
            let password = people::add_admin::add(&db.patient(), &new).await?;
            say(&[
                &format!("{} can sign in at {} as {}", new.name, settings.base_url(), new.email),
                &format!("Temporary password, shown only now and good for 7 days: {}", password.reveal()),
            ])
        }
        Command::Catalogue(command) => catalogue(&settings, command).await,
        Command::Demo(demo) => {
            // Whoever looks around is not asked for an app.
            let asked = settings.require_second_factor.or(Some(SecondFactorRule::Nobody));
            let settings = Settings { require_second_factor: asked, ..settings };
            let db = server::open_database(&settings).await?;
            let password = demo::fill(&db.patient(), &demo, &settings.domain_suffix, Moment::now()).await?;
            say(&[
                "The demonstration is ready. Sign in as sales.agent@harbor.example, owner@brightwater.example, …",
                &format!("Password of every account: {password}"),
            ])?;
            if demo.fill_only {
                return Ok(());
            }
            server::serve(&settings, db, |settings| greet(settings, &[])).await
        }
        Command::Serve => {
            let db = server::open_database(&settings).await?;
            let next = server::hint::first_accounts(&settings, &db).await?;
            server::serve(&settings, db, |settings| greet(settings, &next)).await
        }
    }
}

/// Colours are for people at a terminal, unless they ask for none (https://no-color.org).
fn wants_colours() -> bool {
    let wants_none = std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty());
    std::io::stderr().is_terminal() && !wants_none
}

async fn catalogue(settings: &Settings, command: Catalogue) -> anyhow::Result<()> {
    match command {
        Catalogue::Sample => say(&[catalog::sample::FILE.trim_end()]),
        Catalogue::Export { file } => {
            let text =
                catalog::command_line::export(&server::open_database(settings).await?.patient()).await?;
            match file {
                Some(file) if file.as_os_str() != "-" => durable::write_into(&file, text.as_bytes()),
                _ => say(&[text.trim_end()]),
            }
        }
        Catalogue::Import { file, dry_run } => {
            let read = catalog::command_line::read(&file)?;
            let db = server::open_database(settings).await?.patient();
            let report = catalog::command_line::import(&db, read, dry_run).await?;
            say(&[report.text.trim_end()])?;
            match report.refused {
                0 => Ok(()),
                1 => anyhow::bail!("1 row was refused"),
                refused => anyhow::bail!("{refused} rows were refused"),
            }
        }
    }
}

/// Says where everything is, and what to do next.
fn greet(settings: &Settings, next: &[String]) -> anyhow::Result<()> {
    let folder = settings.data_dir.display();
    let url = server::database_url(settings);
    let database = match url.expose_secret().strip_prefix("sqlite://") {
        Some(path) => path.to_owned(),
        None => "PostgreSQL".to_owned(),
    };
    let letters = match settings.smtp_url {
        Some(_) => "sent by SMTP".to_owned(),
        None => format!("kept as files in {folder}/letters (set SMTP_URL to send them)"),
    };
    say(&[
        &format!("Twotier is at   {}   (listening on {})", settings.base_url(), settings.bind),
        &format!("Database        {database}"),
        &format!("Letters         {letters}"),
        &format!(
            "Session key     {}",
            match settings.session_key {
                Some(_) => "from SESSION_KEY".to_owned(),
                None => format!("{folder}/session.key"),
            }
        ),
    ])?;
    say(&next.iter().map(String::as_str).collect::<Vec<_>>())
}

fn say_lines(lines: &[String]) -> anyhow::Result<()> {
    say(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

fn say(lines: &[&str]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}
