//! Which part of which list is meant, as it stands in the address.

use actix_web::dev::{Path, ResourceDef};
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::paths;

/// What of an address is about the file, and not about the list.
const FORMAT: &str = "format";

/// The address of an export, taken apart.
#[derive(Clone, Debug)]
pub struct Place {
    path: String,
    query: String,
    /// The part of the path that its route calls `id`, where it has one.
    id: Option<String>,
}

impl Place {
    /// The address of this path and query, if it is of the route.
    pub fn of(route: &str, path: &str, query: &str) -> Option<Self> {
        let mut found = Path::new(path);
        ResourceDef::new(route).capture_match_info(&mut found).then(|| Self {
            path: path.to_owned(),
            query: query.to_owned(),
            id: found.get("id").map(str::to_owned),
        })
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn query(&self) -> &str {
        &self.query
    }

    /// The filter of the list.
    ///
    /// # Errors
    /// [`Error::BadRequest`] when it cannot be read.
    pub fn filter<F: DeserializeOwned>(&self) -> Result<F> {
        serde_urlencoded::from_str(&self.query)
            .map_err(|_| Error::BadRequest("the filter of the export cannot be read"))
    }

    /// What the list is of.
    ///
    /// # Errors
    /// [`Error::NotFound`] when that is none.
    pub fn id<T>(&self, parse: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        self.id.as_deref().and_then(parse).ok_or(Error::NotFound)
    }

    /// Where the list itself stands, with the same filter.
    pub fn list(&self) -> String {
        let mut filter = self.pairs();
        filter.retain(|(name, _)| name != FORMAT);
        paths::address(paths::exports::list_of(&self.path), &filter, &[])
    }

    /// Where the file is had.
    pub fn file(&self) -> String {
        paths::address(&self.path, &self.pairs(), &[])
    }

    /// The same with another value for a part of its filter.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut pairs = self.pairs();
        pairs.retain(|(one, _)| one != name);
        pairs.push((name.to_owned(), value.to_owned()));
        let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
        Self { query, ..self.clone() }
    }

    fn pairs(&self) -> Vec<(String, String)> {
        serde_urlencoded::from_str(&self.query).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a4";

    #[test]
    fn an_address_is_taken_apart_by_its_route() {
        let route = "/customers/{id}/subscriptions/export";
        let path = format!("/customers/{ID}/subscriptions/export");
        let place = Place::of(route, &path, "status=active&format=xlsx").unwrap();
        assert_eq!(place.id(|id| Some(id.to_owned())).unwrap(), ID);
        assert_eq!(place.list(), format!("/customers/{ID}/subscriptions?status=active"));
        assert_eq!(place.file(), format!("{path}?status=active&format=xlsx"));
        assert_eq!(place.with("status", "a&b").query(), "format=xlsx&status=a%26b");
        assert!(Place::of(route, "/customers/export", "").is_none());
    }
}
