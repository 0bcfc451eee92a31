//! Runs the real binary in a folder of its own.

use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// An installation: a data folder and a port.
pub struct Installation {
    pub folder: TempDir,
    pub port: u16,
    pub database_url: Option<String>,
}

/// A running server; killed when it is dropped.
pub struct Server(Child);

impl Installation {
    pub fn new() -> Installation {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        Installation { folder, port, database_url: None }
    }

    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The binary with nothing of the surroundings but what it needs.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_twotier"));
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

    /// Starts the server and waits until it answers.
    pub fn serve(&self) -> Server {
        let child =
            self.command(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary starts");
        let mut server = Server(child);
        let begun = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(server.0.try_wait().expect("its state").is_none(), "the server stopped at once");
            assert!(begun.elapsed() < Duration::from_secs(60), "the server does not answer");
            // Another process tells nobody that it is ready, so there is no way but to look again.
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }
}

impl Server {
    /// `kill -9`: no chance to tidy up.
    pub fn kill(mut self) {
        self.0.kill().expect("it runs");
        self.0.wait().expect("it ends");
    }

    /// SIGTERM, as service managers send it; answers whether it ended well.
    pub fn terminate(mut self) -> bool {
        let sent =
            Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().expect("kill runs");
        assert!(sent.success());
        self.0.wait().expect("it ends").success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a wrong start says: one line on standard error and a failing exit.
#[track_caller]
pub fn the_one_line(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "it should have failed: {said}");
    assert_eq!(said.trim_end().lines().count(), 1, "more than one line: {said}");
    said
}
