//! Which part of which list is meant, as it stands in the address.

use std::collections::BTreeMap;

use actix_web::dev::{Path, ResourceDef};
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::paths;

/// What of an address is about the file, and not about the list.
const OF_THE_FILE: [&str; 1] = ["format"];

/// The address of an export, taken apart.
#[derive(Clone, Debug)]
pub struct Place {
    path: String,
    query: String,
    parts: BTreeMap<String, String>,
}

impl Place {
    /// The address of this path and query, if it is of the route.
    pub fn of(route: &str, path: &str, query: &str) -> Option<Self> {
        let mut found = Path::new(path);
        ResourceDef::new(route).capture_match_info(&mut found).then(|| Self {
            path: path.to_owned(),
            query: query.to_owned(),
            parts: found.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
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

    /// The part of the path that its route calls `id`.
    ///
    /// # Errors
    /// [`Error::NotFound`] when that is none.
    pub fn id<T>(&self, parse: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        self.parts.get("id").and_then(|id| parse(id)).ok_or(Error::NotFound)
    }

    /// Where the list itself stands, with the same filter.
    pub fn list(&self) -> String {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&self.query).unwrap_or_default();
        let filter: Vec<_> =
            pairs.into_iter().filter(|(name, _)| !OF_THE_FILE.contains(&name.as_str())).collect();
        paths::address(paths::exports::list_of(&self.path), &filter, &[])
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
        assert!(Place::of(route, "/customers/export", "").is_none());
    }
}
