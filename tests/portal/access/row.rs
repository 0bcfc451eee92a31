//! A line of the table: a route, who may use it, and asking for it.

use twotier::access::{OrganisationKind, Role};

use crate::support::browser::Browser;

/// A line of the table.
#[derive(Clone, Copy)]
pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    pub who: &'static str,
}

impl Row {
    /// A line as it stands there.
    pub fn read(line: &'static str) -> Self {
        let (method, rest) = line.split_once(char::is_whitespace).expect("a method");
        let (path, who) = rest.trim().split_once(char::is_whitespace).expect("who may");
        Self { method, path, who: who.trim() }
    }

    pub fn route(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Its address, with an id that nobody has.
    pub fn any_path(&self) -> String {
        let nothing = "0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a4";
        let mut path = self.path.replace("{name:.*}", "css/base.css");
        while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
            path.replace_range(from..=to, nothing);
        }
        path
    }

    pub fn allows(&self, kind: OrganisationKind, role: Role) -> bool {
        let letter = role.as_text().chars().next().map(|letter| letter.to_ascii_uppercase()).expect("a name");
        let mut words = self.who.split_whitespace();
        self.who == "person"
            || (words.any(|word| word == kind.as_text())
                && words.next().is_some_and(|roles| roles.contains(letter)))
    }
}

/// Asks for a route with an id that nobody has, and answers the status.
pub async fn call(browser: &mut Browser, row: &Row) -> u16 {
    let path = row.any_path();
    browser.stay();
    match row.method {
        "GET" => browser.visit(&path).await,
        _ => browser.post(&path, &[]).await,
    }
    browser.status().as_u16()
}
