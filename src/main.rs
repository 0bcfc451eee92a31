//! The commands: serve, demo, migrate, add-admin, catalogue.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser as _;
use secrecy::ExposeSecret as _;
use tracing_subscriber::EnvFilter;

use twotier::config::{Catalogue, Cli, Command, SecondFactorRule, Settings};
use twotier::values::moment::Moment;
use twotier::{catalog, demo, people, server};

fn main() -> ExitCode {
    let cli = Cli::parse();
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
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match cli.command.unwrap_or(Command::Serve) {
        Command::Migrate => {
            server::open_database(&settings).await?;
            say(&["The database is up to date."])
        }
        Command::AddAdmin(new) => {
            let db = server::open_database(&settings).await?;
            let password = people::add_admin::add(&db, &new).await?;
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
            let password = demo::fill(&db, &demo, &settings.domain_suffix, Moment::now()).await?;
            say(&[
                "The demonstration is ready. Sign in as sales.agent@harbor.example, owner@brightwater.example, …",
                &format!("Password of every account: {password}"),
            ])?;
            if demo.fill_only {
                return Ok(());
            }
            server::serve(&settings, db, greet).await
        }
        Command::Serve => {
            let db = server::open_database(&settings).await?;
            server::serve(&settings, db, greet).await
        }
    }
}

async fn catalogue(settings: &Settings, command: Catalogue) -> anyhow::Result<()> {
    match command {
        Catalogue::Sample => say(&[catalog::sample::FILE.trim_end()]),
        Catalogue::Export { file } => {
            let text = catalog::command::export(&server::open_database(settings).await?).await?;
            match file {
                Some(file) if file.as_os_str() != "-" => {
                    Ok(std::fs::write(&file, text).with_context(|| file.display().to_string())?)
                }
                _ => say(&[text.trim_end()]),
            }
        }
        Catalogue::Import { file, dry_run } => {
            let read = catalog::command::read(&file)?;
            let db = server::open_database(settings).await?;
            let report = catalog::command::import(&db, read, dry_run).await?;
            say(&[report.text.trim_end()])?;
            match report.refused {
                0 => Ok(()),
                1 => anyhow::bail!("1 row was refused"),
                refused => anyhow::bail!("{refused} rows were refused"),
            }
        }
    }
}

/// Says where everything is and how to make the first account.
fn greet(settings: &Settings) -> anyhow::Result<()> {
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
        "First account   twotier add-admin --name \"Your Name\" --email you@example.com --organisation \"Your Company\"",
    ])
}

fn say(lines: &[&str]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}
