//! How the program deals with memory. Both allocators read their settings from the environment before `main`, so the
//! program takes its own place once more, with these in it.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// What is set unless somebody has set it otherwise.
const SETTINGS: [(&str, &str); 2] = [
    // How many milliseconds mimalloc keeps what our own code freed before the system gets it back. A crowd makes and
    // frees so much within its usual second that this second takes a third of all memory; giving it back at once costs
    // no time that could be measured.
    ("MIMALLOC_PURGE_DELAY", "0"),
    // From how many arenas glibc serves SQLite. A page cache lives on while one thread after the other works with its
    // connection; spread over the arenas of all of them it takes several times its size.
    ("MALLOC_ARENA_MAX", "1"),
];

/// Starts the program anew with these settings, unless they are there. Where it cannot, it only needs more memory.
pub fn save() {
    let missing: Vec<_> = SETTINGS.into_iter().filter(|(name, _)| std::env::var_os(name).is_none()).collect();
    if missing.is_empty() {
        return;
    }
    let Ok(itself) = std::env::current_exe() else { return };
    let arguments = std::env::args_os().skip(1);
    let error = Command::new(itself).args(arguments).envs(missing).exec();
    let _ = writeln!(std::io::stderr(), "twotier: could not set how memory is kept: {error}");
}
