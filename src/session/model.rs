//! Rules of signing in.

pub mod authenticator;
pub mod device;
pub mod qr;
pub mod recovery;
pub mod throttle;

use crate::paths;

/// A browser is known for so many days after somebody signed in in it.
pub const BROWSER_DAYS: i64 = 180;

/// Where to go after signing in: only a path of our own, so that a link cannot lead elsewhere.
pub fn safe_path(next: &str) -> &str {
    let is_ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(|char: char| char == '\\' || char.is_control())
        && !next.starts_with(paths::session::begin());
    if is_ours { next } else { paths::start() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_to_our_own_pages_only() {
        assert_eq!(safe_path("/customers?search=a"), "/customers?search=a");
        for elsewhere in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "",
            "/session/end",
            "/a\nb",
            "/\u{1}",
            "/\u{7f}",
        ] {
            assert_eq!(safe_path(elsewhere), "/", "{elsewhere}");
        }
    }
}
