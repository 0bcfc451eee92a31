//! Programs that a test starts and that end with it, however it ends.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

pub struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts a program; what it says goes to a file.
    pub fn start(command: &mut Command, log: &Path) -> Process {
        let file = File::create(log).unwrap_or_else(|error| panic!("{}: {error}", log.display()));
        let copy = file.try_clone().unwrap_or_else(|error| panic!("{}: {error}", log.display()));
        let started = command.stdin(Stdio::null()).stdout(file).stderr(copy).spawn();
        let child = started.unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        Process { child, log: log.to_owned() }
    }

    /// What it has said so far.
    pub fn log(&self) -> String {
        std::fs::read(&self.log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// SIGKILL: the way a machine loses its power.
    pub fn kill(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// SIGTERM, and how it ended.
    pub fn stop(&mut self) -> ExitStatus {
        signal("TERM", self.child.id());
        self.child.wait().unwrap_or_else(|error| panic!("it did not end: {error}"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("--- {}\n{}---", self.log.display(), self.log());
        }
        self.kill();
    }
}

/// The program of the first of these names that is installed.
pub fn installed(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<_> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.is_file())
}

/// Kills the processes whose command line holds this text: a temporary folder that only this test knows.
pub fn kill_all_with(text: &str) {
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        if id != std::process::id() && String::from_utf8_lossy(&line).contains(text) {
            signal("KILL", id);
        }
    }
}

fn signal(name: &str, id: u32) {
    // There is nothing to do about a process that has just ended.
    let _ = Command::new("kill").args([format!("-{name}"), id.to_string()]).stderr(Stdio::null()).status();
}
