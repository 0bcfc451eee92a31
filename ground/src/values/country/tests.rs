//! Proofs over the whole tables, then the countries with rules of their own, then any text at all.

mod any_text;
mod phone;
mod postal;
mod registration;
mod rules;
mod tables;

use super::Country;
use crate::values::problem::Problem;

fn country(code: &str) -> Country {
    Country::parse(code).unwrap()
}

fn given(text: &str) -> Result<Option<String>, Problem> {
    Ok(Some(text.to_owned()))
}
