//! The real binary, started as an operator starts it, with a folder and a database that only this test knows.

use std::net::TcpListener;
use std::process::{Command, ExitStatus};
use std::time::Duration;

use tempfile::TempDir;

use super::database::Database;
use super::http;
use super::process::Process;

/// The password of every demonstration account.
pub const PASSWORD: &str = "correct horse battery";

/// How often and how long a starting server is asked: two minutes in all, for it fills its database first.
const TRIES: u32 = 1200;
const PAUSE: Duration = Duration::from_millis(100);

pub struct Portal {
    pub origin: String,
    port: u16,
    process: Process,
    // Last, so that they go when the server is gone.
    folder: TempDir,
    pub database: Database,
}

impl Portal {
    /// `twotier demo` with few customers.
    pub async fn demo() -> Portal {
        Portal::start(&["demo", "--password", PASSWORD, "--customers", "40"]).await
    }

    /// `twotier serve` on an empty database.
    pub async fn empty() -> Portal {
        Portal::start(&["serve"]).await
    }

    /// `twotier` with these arguments, once it answers.
    pub async fn start(arguments: &[&str]) -> Portal {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"));
        let (port, database) = (free_port(), Database::empty());
        let process = launch(arguments, port, &folder, &database);
        let mut portal =
            Portal { origin: format!("http://127.0.0.1:{port}"), port, process, folder, database };
        portal.is_ready().await;
        portal
    }

    /// Serves the same database again, after `kill` or `stop`.
    pub async fn restart(&mut self) {
        self.process = launch(&["serve"], self.port, &self.folder, &self.database);
        self.is_ready().await;
    }

    /// As if the machine had lost its power.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// SIGTERM, and how the server ended.
    pub fn stop(&mut self) -> ExitStatus {
        self.process.stop()
    }

    /// What the server has written on its console.
    pub fn log(&self) -> String {
        self.process.log()
    }

    /// The source of the letters that were put into the folder, as there is no mail server.
    pub fn letters(&self) -> Vec<String> {
        let letters = std::fs::read_dir(self.folder.path().join("letters")).into_iter().flatten().flatten();
        letters.filter_map(|entry| std::fs::read_to_string(entry.path()).ok()).collect()
    }

    /// The link below this path in a letter to this address, once the letter is there.
    pub async fn link_to(&self, email: &str, path: &str) -> String {
        let start = format!("{}{path}", self.origin);
        self.line_to(email, &format!("link to {path}"), |line| line.starts_with(&start)).await
    }

    /// The code in a letter to this address, once the letter is there.
    pub async fn code_to(&self, email: &str) -> String {
        let is_code = |line: &str| {
            let signs = line.chars().filter(char::is_ascii_alphanumeric).count();
            line.len() == 9 && signs == 8 && line.find('-') == Some(4)
        };
        self.line_to(email, "code", is_code).await
    }

    /// A line of a letter to this address.
    async fn line_to(&self, email: &str, what: &str, is_meant: impl Fn(&str) -> bool) -> String {
        for _ in 0..TRIES {
            let letters =
                self.letters().into_iter().filter(|letter| letter.contains(&format!("To: {email}")));
            // Long lines are broken for their way.
            let whole = letters.map(|letter| letter.replace("=\r\n", "").replace("=\n", ""));
            let mut lines = whole.filter_map(|letter| {
                letter.lines().map(str::trim).find(|line| is_meant(line)).map(str::to_owned)
            });
            if let Some(line) = lines.next() {
                return line;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("no {what} in a letter to {email}");
    }

    async fn is_ready(&mut self) {
        for _ in 0..TRIES {
            if self.process.has_ended() {
                panic!("the server ended:\n{}", self.process.log());
            }
            if http::get(self.port, "/healthz").await.is_ok_and(|(status, _)| status == 200) {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("the server does not answer:\n{}", self.process.log());
    }
}

fn launch(arguments: &[&str], port: u16, folder: &TempDir, database: &Database) -> Process {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twotier"));
    command
        .args(arguments)
        .env("BIND", format!("127.0.0.1:{port}"))
        .env("BASE_URL", format!("http://127.0.0.1:{port}"))
        .env("DATA_DIR", folder.path())
        .env("DATABASE_URL", &database.url)
        .env_remove("SMTP_URL")
        .env_remove("SESSION_KEY")
        .current_dir(folder.path());
    Process::start(&mut command, &folder.path().join("console.log"))
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap_or_else(|error| panic!("no free port: {error}"));
    listener.local_addr().unwrap_or_else(|error| panic!("no free port: {error}")).port()
}
