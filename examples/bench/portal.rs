//! The portal as a process of its own.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};

use super::ground::Schema;
use super::memory::Memory;

/// The password of everybody in the demonstration.
pub const PASSWORD: &str = "harbour lights at seven";

/// How often somebody looks whether another process has come to an end, or so far.
const LOOK: Duration = Duration::from_millis(20);
/// A start that has to look after a large file takes a while.
const START: Duration = Duration::from_secs(300);
/// The portal finishes what is under way within 30 seconds, and letters within 20 more.
const END: Duration = Duration::from_secs(60);

/// A folder, a database and the program.
pub struct Installation {
    pub folder: PathBuf,
    pub database_url: String,
    /// The portal's program.
    pub binary: PathBuf,
    /// Goes away with it.
    #[expect(dead_code, reason = "it is there to be dropped")]
    pub schema: Option<Schema>,
}

/// A portal that serves; killed when it is dropped.
pub struct Portal {
    process: Child,
    pub origin: String,
}

/// The release binary beside this program, which stands in `target/release/examples`.
pub fn binary() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(|examples| examples.parent()).context("this program has no folder")?;
    let binary = folder.join(format!("twotier{}", std::env::consts::EXE_SUFFIX));
    ensure!(binary.exists(), "{} is not there: build it by `cargo build --release`", binary.display());
    Ok(binary)
}

impl Installation {
    /// Fills its database with the demonstration; answers the most memory that it took, in MB.
    pub fn fill(&self, customers: u32) -> anyhow::Result<Option<f64>> {
        let mut command = self.command(&["demo", "--fill-only", "--customers", &customers.to_string()]);
        command.env("DEMO_PASSWORD", PASSWORD).env("LOG", "warn").stdout(Stdio::null());
        let mut process = command.spawn().context("the portal does not start")?;
        let mut most = None;
        let ended = loop {
            if let Some(ended) = process.try_wait()? {
                break ended;
            }
            // What it had goes away with it, so the last look before its end counts.
            most = Memory::of(process.id()).map(|memory| memory.most).or(most);
            std::thread::sleep(LOOK);
        };
        ensure!(ended.success(), "the demonstration could not be filled in");
        Ok(most)
    }

    /// Starts the portal and waits until it answers.
    pub fn serve(&self) -> anyhow::Result<Portal> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let (origin, log) = (format!("http://127.0.0.1:{port}"), self.folder.join("portal.log"));
        let mut command = self.command(&["serve"]);
        command
            .env("BIND", format!("127.0.0.1:{port}"))
            .env("BASE_URL", &origin)
            // As `twotier demo` serves it.
            .env("REQUIRE_SECOND_FACTOR", "nobody")
            .stdout(Stdio::null())
            .stderr(File::create(&log)?);
        let process = command.spawn().context("the portal does not start")?;
        let mut portal = Portal { process, origin };
        let begun = Instant::now();
        while !is_healthy(port) {
            let is_over = portal.process.try_wait()?.is_some() || begun.elapsed() > START;
            if is_over {
                bail!("the portal does not answer:\n{}", fs::read_to_string(&log).unwrap_or_default());
            }
            std::thread::sleep(LOOK);
        }
        Ok(portal)
    }

    /// The program with nothing of the surroundings but what it needs.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .args(arguments)
            .env_clear()
            .env("DATA_DIR", self.folder.join("data"))
            .env("DATABASE_URL", &self.database_url)
            .current_dir(&self.folder)
            .stdin(Stdio::null());
        command
    }
}

fn is_healthy(port: u16) -> bool {
    let Ok(mut connection) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    let mut answer = String::new();
    connection.write_all(b"GET /healthz HTTP/1.0\r\n\r\n").is_ok()
        && connection.read_to_string(&mut answer).is_ok()
        && answer.contains(" 200 ")
}

impl Portal {
    pub fn memory(&self) -> Option<Memory> {
        Memory::of(self.process.id())
    }

    /// As service managers stop it, so that the database is closed.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let asked = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status()?;
        ensure!(asked.success(), "the portal cannot be stopped");
        let begun = Instant::now();
        while begun.elapsed() < END {
            if let Some(ended) = self.process.try_wait()? {
                ensure!(ended.success(), "the portal did not end well");
                return Ok(());
            }
            // Meanwhile connections to it are closed, which it waits for.
            actix_web::rt::time::sleep(LOOK).await;
        }
        bail!("the portal does not stop")
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
