//! Whether the way to PostgreSQL is encrypted: `sslmode` and `sslrootcert` of its address, looked at before it is used.
//! libpq's own default, `prefer`, speaks plainly to whoever claims to know no TLS.

use std::net::IpAddr;
use std::path::Path;

use anyhow::bail;
use percent_encoding::percent_decode_str;

/// From the weakest on; the first three do not keep anybody from listening.
const MODES: [&str; 6] = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];
const UNPROTECTED: usize = 3;

/// The variables by which libpq is told the same, and which it reads itself.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    pub mode: Option<String>,
    pub host: Option<String>,
    /// It counts before any name of a host.
    pub host_address: Option<String>,
    pub root_certificate: Option<String>,
    /// Where OpenSSL finds the certificates that the machine trusts.
    pub system_certificates: Option<String>,
}

impl Surroundings {
    pub fn of_process() -> Self {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            mode: variable("PGSSLMODE"),
            host: variable("PGHOST"),
            host_address: variable("PGHOSTADDR"),
            root_certificate: variable("PGSSLROOTCERT"),
            system_certificates: variable("SSL_CERT_FILE").or_else(|| variable("SSL_CERT_DIR")),
        }
    }
}

/// How well the way is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It does not leave the machine, or is encrypted.
    Protected,
    /// It leaves the machine unencrypted, as the address says in so many words.
    Plain,
}

/// Looks at the address of a database; SQLite's are always fine.
///
/// # Errors
/// When a word is none of libpq's, a certificate is missing, or a way that leaves the machine says nothing of
/// encryption.
pub fn check(url: &str, surroundings: &Surroundings) -> anyhow::Result<Way> {
    let Some(rest) = ["postgres://", "postgresql://"].iter().find_map(|scheme| url.strip_prefix(scheme))
    else {
        return Ok(Way::Protected);
    };
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let parameter = |name: &str| {
        // The last one counts.
        let mut pairs = query.split('&').rev().filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| decoded(value))
    };
    let mode = parameter("sslmode").or_else(|| surroundings.mode.clone());
    let strength = match &mode {
        None => None,
        Some(mode) => match MODES.iter().position(|known| known == mode) {
            Some(strength) => Some(strength),
            None => bail!("sslmode={mode} is unknown; it is one of {}", MODES.join(", ")),
        },
    };
    certificate(parameter("sslrootcert").or_else(|| surroundings.root_certificate.clone()), surroundings)?;
    let place_in = |name: &str| parameter(name).filter(|hosts| !hosts.is_empty());
    let hosts = place_in("hostaddr")
        .or_else(|| surroundings.host_address.clone())
        .or_else(|| place_in("host"))
        .or_else(|| Some(hosts_of(place)).filter(|hosts| !hosts.is_empty()))
        .or_else(|| surroundings.host.clone())
        .unwrap_or_default();
    let Some(remote) = hosts.split(',').find(|host| !is_this_machine(host)) else {
        return Ok(Way::Protected);
    };
    match strength {
        Some(strength) if strength >= UNPROTECTED => Ok(Way::Protected),
        Some(_) => Ok(Way::Plain),
        None => bail!(
            "the way to the database at {remote} leaves this machine: add ?sslmode=verify-full&sslrootcert=FILE to its \
             address, or sslmode=require where no certificate can be checked, or sslmode=disable if nobody can listen \
             in between"
        ),
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The hosts without user, password, ports and database.
fn hosts_of(place: &str) -> String {
    let authority = place.split('/').next().unwrap_or_default();
    let hosts = authority.rsplit('@').next().unwrap_or_default();
    let without_port = |host: &str| match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default().to_owned(),
        None => decoded(host.split(':').next().unwrap_or_default()),
    };
    hosts.split(',').map(without_port).collect::<Vec<_>>().join(",")
}

/// Sockets of the file system, and what never leaves the machine.
fn is_this_machine(host: &str) -> bool {
    host.is_empty()
        || host.starts_with(['/', '@'])
        || host.eq_ignore_ascii_case("localhost")
        || host.parse().is_ok_and(|ip: IpAddr| ip.to_canonical().is_loopback())
}

fn certificate(file: Option<String>, surroundings: &Surroundings) -> anyhow::Result<()> {
    match file.as_deref() {
        // The OpenSSL that is compiled in knows no folder of this system by itself.
        Some("system") if surroundings.system_certificates.is_none() => bail!(
            "sslrootcert=system needs SSL_CERT_FILE; or name the file itself, such as \
             sslrootcert=/etc/ssl/certs/ca-certificates.crt"
        ),
        Some("system" | "") | None => Ok(()),
        Some(file) => match std::fs::File::open(Path::new(file)) {
            Ok(_) => Ok(()),
            Err(error) => bail!("sslrootcert: cannot read {file}: {error}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn checked(url: &str) -> Result<Way, String> {
        check(url, &Surroundings::default()).map_err(|error| error.to_string())
    }

    #[test]
    fn what_stays_on_the_machine_needs_no_encryption() {
        for url in [
            "sqlite://data/twotier.db",
            "postgres://localhost/twotier",
            "postgres://twotier:p%40ss@LOCALHOST:5432/twotier",
            "postgres://127.0.0.1/twotier",
            "postgres://[::1]:5432/twotier",
            "postgres:///twotier",
            "postgres:///twotier?host=/var/run/postgresql",
            "postgres://%2Fvar%2Frun%2Fpostgresql/twotier",
            "postgres://127.0.0.1,localhost/twotier",
        ] {
            assert_eq!(checked(url), Ok(Way::Protected), "{url}");
        }
    }

    #[test]
    fn what_leaves_it_is_encrypted_or_says_that_it_is_not() {
        for mode in ["require", "verify-ca", "verify-full"] {
            assert_eq!(checked(&format!("postgres://u@db.example/t?sslmode={mode}")), Ok(Way::Protected));
        }
        for mode in ["disable", "allow", "prefer"] {
            assert_eq!(checked(&format!("postgresql://u@db.example/t?sslmode={mode}")), Ok(Way::Plain));
        }
        for url in [
            "postgres://u:p@db.example/t",
            "postgres://u:p@ss@db.example/t",
            "postgres://localhost,db.example/t",
            "postgres://localhost/t?host=db.example",
            "postgres:///t?hostaddr=192.0.2.7",
            "postgres://[2001:db8::1]/t",
            "postgres://127.0.0.1.evil.example/t",
            "postgres://db.example?connect_timeout=2",
        ] {
            let said = checked(url).unwrap_err();
            assert!(said.contains("sslmode=verify-full") && !said.contains(":p"), "{url}: {said}");
        }
    }

    #[test]
    fn words_that_libpq_does_not_know_are_refused_wherever_they_stand() {
        for mode in ["REQUIRE", "on", "true", "verify_full", "", "required"] {
            let said = checked(&format!("postgres://localhost/t?sslmode={mode}")).unwrap_err();
            assert!(said.contains("verify-full"), "{said}");
        }
        let surroundings = Surroundings { mode: Some("yes".to_owned()), ..Surroundings::default() };
        assert!(check("postgres://localhost/t", &surroundings).is_err());
        let surroundings = Surroundings { mode: Some("require".to_owned()), ..Surroundings::default() };
        assert_eq!(check("postgres://db.example/t", &surroundings).unwrap(), Way::Protected);
        let surroundings = Surroundings { host: Some("db.example".to_owned()), ..Surroundings::default() };
        assert!(check("postgres:///t", &surroundings).is_err());
    }

    #[test]
    fn a_certificate_that_cannot_be_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("root.crt");
        let url = format!("postgres://db.example/t?sslmode=verify-full&sslrootcert={}", file.display());
        assert!(checked(&url).unwrap_err().contains("root.crt"));
        std::fs::write(&file, "").unwrap();
        assert_eq!(checked(&url), Ok(Way::Protected));
        let url = "postgres://db.example/t?sslmode=verify-full&sslrootcert=system";
        assert!(checked(url).unwrap_err().contains("SSL_CERT_FILE"));
        let trusted = Surroundings { system_certificates: Some("/a".to_owned()), ..Surroundings::default() };
        assert_eq!(check(url, &trusted).unwrap(), Way::Protected);
    }

    proptest! {
        #[test]
        fn no_address_makes_it_stumble(rest in any::<String>()) {
            let _ = checked(&format!("postgres://{rest}"));
        }
    }
}
