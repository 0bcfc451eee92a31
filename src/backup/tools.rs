//! PostgreSQL's own programs. They read the password from their surroundings: a command line can be seen by everybody
//! on the machine.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::process::Command;

use anyhow::{Context as _, bail};

/// Where the programs connect to.
#[derive(Debug)]
pub struct Tools {
    address: String,
    password: Option<String>,
}

impl Tools {
    pub fn for_url(url: &str) -> Self {
        let (address, password) = without_password(url);
        Self { address, password }
    }

    /// The address, for the programs and for people.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Runs a program; answers what it wrote.
    ///
    /// # Errors
    /// When it is missing or fails.
    pub fn run<'a>(
        &self,
        program: &str,
        arguments: impl IntoIterator<Item = &'a OsStr>,
    ) -> anyhow::Result<Vec<u8>> {
        let mut command = Command::new(program);
        command.args(arguments).stdin(std::process::Stdio::null());
        if let Some(password) = &self.password {
            command.env("PGPASSWORD", password);
        }
        let output = match command.output() {
            Err(error) if error.kind() == ErrorKind::NotFound => bail!(
                "{program} was not found: install PostgreSQL's client programs, of the server's version or newer \
                 (on Debian the package postgresql-client)"
            ),
            output => output.with_context(|| format!("cannot run {program}"))?,
        };
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let said: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            // The first lines say what is wrong, later ones only what followed from it.
            bail!("{program} failed: {}", said.get(..said.len().min(3)).unwrap_or_default().join("; "));
        }
        Ok(output.stdout)
    }
}

/// An address without its password, and the password, wherever it stood.
fn without_password(url: &str) -> (String, Option<String>) {
    let (front, query) = url.split_once('?').map_or((url, None), |(front, query)| (front, Some(query)));
    let (scheme, rest) = front.split_once("://").unwrap_or(("postgres", front));
    let (authority, path) = match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let mut password = None;
    let authority = match authority.rsplit_once('@') {
        Some((user, host)) => {
            let (user, secret) = user.split_once(':').map_or((user, None), |(user, own)| (user, Some(own)));
            password = secret;
            format!("{user}@{host}")
        }
        None => authority.to_owned(),
    };
    let mut address = format!("{scheme}://{authority}{path}");
    let mut mark = '?';
    for pair in query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        match pair.strip_prefix("password=") {
            Some(secret) => password = Some(secret),
            None => {
                address.push(mark);
                address.push_str(pair);
                mark = '&';
            }
        }
    }
    let decoded =
        |secret: &str| percent_encoding::percent_decode_str(secret).decode_utf8_lossy().into_owned();
    (address, password.map(decoded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_taken_out_of_an_address_wherever_it_stands() {
        for (url, address, password) in [
            (
                "postgres://twotier:a%40b@db.example/twotier",
                "postgres://twotier@db.example/twotier",
                Some("a@b"),
            ),
            (
                "postgresql://twotier@db.example:5432/twotier?sslmode=require",
                "postgresql://twotier@db.example:5432/twotier?sslmode=require",
                None,
            ),
            (
                "postgres:///twotier?host=/run/postgresql&password=x%26y&options=-c%20a%3Db",
                "postgres:///twotier?host=/run/postgresql&options=-c%20a%3Db",
                Some("x&y"),
            ),
            ("postgres://a:p:q@h:1,i:2/n", "postgres://a@h:1,i:2/n", Some("p:q")),
            ("postgres://localhost", "postgres://localhost", None),
        ] {
            let found = without_password(url);
            assert_eq!(found, (address.to_owned(), password.map(str::to_owned)), "{url}");
        }
    }

    #[test]
    fn a_program_that_is_missing_is_named_with_where_it_comes_from() {
        let tools = Tools::for_url("postgres://localhost/twotier");
        let said = tools.run("pg_dump_that_is_not_there", []).unwrap_err().to_string();
        assert!(
            said.contains("pg_dump_that_is_not_there was not found") && said.contains("postgresql-client"),
            "{said}"
        );
    }
}
