//! What is compiled in stays on lines that are still mended.

use super::source::Source;

/// OpenSSL with long-term support: 3.0 until September 2026, 3.5 until April 2030.
const OPENSSL_LINE: &str = "+3.5.";

/// Why the OpenSSL of the lock file is none to stay on.
pub fn openssl(lock: &Source) -> Option<String> {
    let package = lock.text.split("[[package]]").find(|package| package.contains("name = \"openssl-src\""));
    let version = package.and_then(|package| package.split("version = \"").nth(1)?.split('"').next());
    match version {
        Some(version) if version.contains(OPENSSL_LINE) => None,
        Some(version) => Some(format!("{}: openssl-src {version} has no long-term support", lock.path)),
        None => Some(format!("{}: there is no openssl-src", lock.path)),
    }
}

#[test]
fn another_line_is_found() {
    let lock = |version: &str| {
        let text = format!(
            "[[package]]\nname = \"openssl-src\"\nversion = \"{version}\"\n[[package]]\nname = \"x\""
        );
        Source::of("Cargo.lock", &text)
    };
    assert_eq!(openssl(&lock("300.5.5+3.5.5")), None);
    assert!(openssl(&lock("300.6.1+3.6.3")).is_some());
    assert!(openssl(&Source::of("Cargo.lock", "")).is_some());
}
