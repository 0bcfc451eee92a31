//! Runs the real binary in a folder of its own.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Output};
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::http::header::{COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use tempfile::TempDir;
use twotier::db::Db;

/// An installation: a data folder and a port.
pub struct Installation {
    pub folder: TempDir,
    pub port: u16,
    pub database_url: Option<String>,
    place: Option<Place>,
}

/// With `TEST_DATABASE_URL=postgres://…` each installation has a place of its own there.
struct Place {
    server: String,
    url: String,
    /// How it goes away.
    end: String,
}

/// A running server; killed when it is dropped.
pub struct Server(Child);

impl Installation {
    pub fn new() -> Installation {
        Installation::at(Place::schema_on)
    }

    /// One that shares its database with no other: PostgreSQL's programs copy a whole one.
    pub fn apart() -> Installation {
        Installation::at(Place::database_on)
    }

    fn at(place_on: impl FnOnce(String) -> Place) -> Installation {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let place = std::env::var("TEST_DATABASE_URL").ok().filter(|server| !server.is_empty()).map(place_on);
        Installation { folder, port, database_url: place.as_ref().map(|place| place.url.clone()), place }
    }

    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The binary with nothing of the surroundings but what it needs.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command
            .args(arguments)
            .env_clear()
            .env("BIND", format!("127.0.0.1:{}", self.port))
            .env("BASE_URL", self.origin())
            .env("DATA_DIR", self.folder.path().join("data"))
            .current_dir(self.folder.path());
        if let Some(url) = &self.database_url {
            command.env("DATABASE_URL", url);
        }
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the binary runs")
    }

    /// Makes the first account; answers its temporary password.
    pub fn first_admin(&self, email: &str) -> String {
        let words = ["--name", "Ann Lee", "--email", email, "--organisation", "Harbor", "--country", "DE"];
        let output = self.run(&[&["add-admin"], words.as_slice()].concat());
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        said.trim().rsplit(' ').next().expect("a password").to_owned()
    }

    /// The SQLite file, unless the tests run on PostgreSQL.
    pub fn sqlite_file(&self) -> Option<std::path::PathBuf> {
        self.database_url.is_none().then(|| self.folder.path().join("data/twotier.db"))
    }

    /// The database beside the server, as another instance would open it.
    pub fn database(&self) -> Db {
        let own_file = format!("sqlite://{}", self.folder.path().join("data/twotier.db").display());
        Db::open(self.database_url.as_deref().unwrap_or(&own_file)).expect("the database opens")
    }

    /// What the servers have said to whoever started them.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("said")).expect("what was said")
    }

    /// What the servers have logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_path()).expect("a log")
    }

    fn log_path(&self) -> std::path::PathBuf {
        self.folder.path().join("log")
    }

    /// Starts the server and waits until it answers.
    pub fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    /// The same with options.
    pub fn serve_with(&self, options: &[&str]) -> Server {
        self.start(self.command(options))
    }

    /// The same where the shell's `ulimit` sets a limit.
    pub fn serve_limited(&self, limit: &str) -> Server {
        let command = self.command(&[]);
        let script = format!("ulimit {limit} && exec \"$0\"");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).arg(command.get_program()).env_clear().current_dir(self.folder.path());
        shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        self.start(shell)
    }

    /// The same with files that may not grow beyond so many kilobytes, as on a disk that is full.
    pub fn serve_with_little_room(&self, kilobytes: u64) -> Server {
        let plain = self.command(&[]);
        let mut shell = Command::new("sh");
        // Without the trap the signal about it would end the server. `ulimit -f` counts blocks of 512 bytes in sh.
        let script = format!("trap '' XFSZ; ulimit -S -f {}; exec \"$0\"", kilobytes * 2);
        shell.arg("-c").arg(script).arg(plain.get_program()).env_clear().current_dir(self.folder.path());
        shell.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        self.start(shell)
    }

    /// Starts the server by this command and waits until it answers.
    pub fn start(&self, mut command: Command) -> Server {
        let file = |path: &std::path::Path| std::fs::File::options().create(true).append(true).open(path);
        let log = file(&self.log_path()).expect("a log");
        let said = file(&self.folder.path().join("said")).expect("a file for what it says");
        let child = command.stdout(said).stderr(log).spawn().expect("the binary starts");
        let mut server = Server(child);
        let begun = Instant::now();
        while !self.is_healthy() {
            assert!(server.0.try_wait().expect("its state").is_none(), "the server stopped at once");
            assert!(begun.elapsed() < Duration::from_secs(60), "the server does not answer");
            // Another process tells nobody that it is ready, so there is no way but to look again.
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }
}

/// The binary that was built with the tests, or the one that `TWOTIER_BINARY` names: the release, for example.
fn binary() -> std::ffi::OsString {
    std::env::var_os("TWOTIER_BINARY").unwrap_or_else(|| env!("CARGO_BIN_EXE_twotier").into())
}

impl Installation {
    /// Whether `/healthz` answers: from then on the server also hears signals.
    fn is_healthy(&self) -> bool {
        let Ok(mut connection) = TcpStream::connect(("127.0.0.1", self.port)) else { return false };
        let mut answer = String::new();
        connection.write_all(b"GET /healthz HTTP/1.0\r\n\r\n").is_ok()
            && connection.read_to_string(&mut answer).is_ok()
            && answer.contains(" 200 ")
    }
}

impl Place {
    fn schema_on(server: String) -> Place {
        let name = format!("test_{}", uuid::Uuid::now_v7().simple());
        let mark = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{mark}options=-c%20search_path%3D{name}%2Cpublic");
        let end = format!("SET client_min_messages = warning; DROP SCHEMA {name} CASCADE");
        let place = Place { server, url, end };
        // The extension is shared by all schemas; two that add it at once would trip over each other.
        place.run(&format!(
            "BEGIN; SELECT pg_advisory_xact_lock(7320119); CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
             CREATE SCHEMA {name}; COMMIT"
        ));
        place
    }

    fn database_on(server: String) -> Place {
        let name = format!("test_{}", uuid::Uuid::now_v7().simple());
        let mut url = url::Url::parse(&server).expect("TEST_DATABASE_URL is an address");
        url.set_path(&name);
        let place = Place { server, url: url.into(), end: format!("DROP DATABASE {name} WITH (FORCE)") };
        place.run(&format!("CREATE DATABASE {name}"));
        place
    }

    fn run(&self, sql: &str) {
        let mut connection = PgConnection::establish(&self.server).expect("TEST_DATABASE_URL answers");
        connection.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        if let Some(place) = &self.place
            && !std::thread::panicking()
        {
            place.run(&place.end);
        }
    }
}

impl Server {
    /// Lets files grow again.
    pub fn make_room(&self) {
        let process = self.0.id().to_string();
        let made = Command::new("prlimit").args(["--fsize=unlimited", "--pid", &process]).status();
        assert!(made.expect("prlimit runs").success());
    }

    /// `kill -9`: no chance to tidy up.
    pub fn kill(mut self) {
        self.0.kill().expect("it runs");
        self.0.wait().expect("it ends");
    }

    /// SIGTERM, as service managers send it; answers whether it ended well.
    pub fn terminate(self) -> bool {
        self.signal("TERM");
        self.ends_well()
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([format!("-{name}"), self.0.id().to_string()])
            .status()
            .expect("kill runs");
        assert!(sent.success());
    }

    /// Waits for its end.
    pub fn ends_well(mut self) -> bool {
        self.0.wait().expect("it ends").success()
    }

    /// Its environment, as it runs.
    pub fn environment(&self) -> Vec<String> {
        let pairs = std::fs::read(format!("/proc/{}/environ", self.0.id())).expect("its environment");
        pairs.split(|byte| *byte == 0).map(|pair| String::from_utf8_lossy(pair).into_owned()).collect()
    }

    /// The most memory that it ever had, in megabytes.
    pub fn most_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).expect("its state");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its memory");
        line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).expect("kB") / 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a command says that went well.
#[track_caller]
pub fn said(output: &Output) -> String {
    assert!(output.status.success(), "it failed: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What a wrong start says: one line on standard error and a failing exit.
#[track_caller]
pub fn the_one_line(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "it should have failed: {said}");
    assert_eq!(said.trim_end().lines().count(), 1, "more than one line: {said}");
    said
}

/// Somebody with a cookie, who talks to the server over a real connection.
pub struct Visitor {
    origin: String,
    cookie: String,
}

pub struct Answer {
    pub status: StatusCode,
    pub location: String,
}

impl Visitor {
    pub fn new(installation: &Installation) -> Visitor {
        Visitor::at(&installation.origin())
    }

    pub fn at(origin: &str) -> Visitor {
        Visitor { origin: origin.to_owned(), cookie: String::new() }
    }

    pub async fn sign_in(&mut self, email: &str, password: &str) {
        let form = [("email", email), ("password", password), ("next", "/")];
        let client = awc::Client::builder().disable_redirects().finish();
        let sent = client.post(format!("{}/session", self.origin)).insert_header((ORIGIN, &*self.origin));
        let answer = sent.send_form(&form).await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "signing in");
        let cookies = answer.headers().get_all(SET_COOKIE).filter_map(|cookie| cookie.to_str().ok());
        let pairs: Vec<&str> = cookies.filter_map(|cookie| cookie.split(';').next()).collect();
        assert!(!pairs.is_empty(), "signing in sets a cookie");
        self.cookie = pairs.join("; ");
    }

    /// Opens a page; answers its status and text.
    pub async fn get(&self, path: &str) -> (StatusCode, String) {
        let client = awc::Client::builder().disable_redirects().finish();
        let mut answer = client.get(format!("{}{path}", self.origin)).send().await.expect("an answer");
        let body = answer.body().await.expect("a whole answer");
        (answer.status(), String::from_utf8_lossy(&body).into_owned())
    }

    /// Opens these pages one after the other, all of them so many times, over a connection of its own. Each is there,
    /// however many look at once.
    pub async fn look_around(&self, paths: &[&str], times: usize) {
        let client = awc::Client::builder().timeout(Duration::from_secs(60)).disable_redirects().finish();
        for path in std::iter::repeat_n(paths, times).flatten() {
            let asked = client.get(format!("{}{path}", self.origin)).insert_header((COOKIE, &*self.cookie));
            let mut answer = asked.send().await.expect("an answer");
            answer.body().limit(8 << 20).await.expect("a whole page");
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
        }
    }

    /// What a hidden field of a page holds.
    pub async fn hidden(&self, path: &str, name: &str) -> String {
        let client = awc::Client::builder().timeout(Duration::from_secs(60)).finish();
        let asked = client.get(format!("{}{path}", self.origin)).insert_header((COOKIE, &*self.cookie));
        let body = asked.send().await.expect("an answer").body().limit(1 << 20).await.expect("a page");
        let page = String::from_utf8_lossy(&body).into_owned();
        let begin = format!("name=\"{name}\" value=\"");
        let value = page.split(&begin).nth(1).and_then(|rest| rest.split('"').next());
        value.unwrap_or_else(|| panic!("no field {name} at {path}")).to_owned()
    }

    /// Sends a form; `None` when the connection broke.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Option<Answer> {
        let client = awc::Client::builder().timeout(Duration::from_secs(60)).disable_redirects().finish();
        let sent = client.post(format!("{}{path}", self.origin)).insert_header((ORIGIN, &*self.origin));
        let answer = sent.insert_header((COOKIE, &*self.cookie)).send_form(&form).await.ok()?;
        let location =
            answer.headers().get(LOCATION).and_then(|location| location.to_str().ok()).unwrap_or_default();
        Some(Answer { status: answer.status(), location: location.to_owned() })
    }
}
