//! How many connections the machine can hold, and how long they may do nothing.

use std::time::Duration;

/// So many open files are for the database, letters and the log.
const RESERVE: u64 = 128;
/// Nobody needs more, however many files may be open; each takes some memory.
const MOST: u64 = 16_384;
/// The headers of a request come at once; proxies send them in one piece.
pub const HEADERS_WITHIN: Duration = Duration::from_secs(5);
/// A connection that could serve another request is closed after so long without one.
pub const KEPT_ALIVE: Duration = Duration::from_secs(15);

/// What comes behind an answer that left a body unread is read for so long, so that the answer is not lost to a sender
/// who is still sending. Longer than a worker can be busy: actix-web counts from when the worker last looked at the
/// clock, and forgets a connection whose time is over before it is set.
pub const LINGERS: Duration = Duration::from_secs(10);

/// Raises the limit of open files as far as the system lets it, and answers how many connections fit into it.
///
/// Service managers and shells begin with 1,024, for programs of old that cannot count further.
pub fn connections() -> usize {
    let files = rlimit::increase_nofile_limit(MOST + RESERVE).unwrap_or_else(|error| {
        tracing::warn!(%error, "the limit of open files could not be raised");
        rlimit::Resource::NOFILE.get_soft().unwrap_or(1024)
    });
    fitting(files)
}

/// A machine that allows hardly any files still answers somebody.
fn fitting(files: u64) -> usize {
    let rest = if files > 4 * RESERVE { files - RESERVE } else { files / 2 };
    usize::try_from(rest.clamp(16, MOST)).unwrap_or(16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_files_for_the_database() {
        assert_eq!(fitting(1024), 896);
        assert_eq!(fitting(256), 128);
        assert_eq!(fitting(8), 16);
        assert_eq!(fitting(1 << 40), 16_384);
    }
}
