//! The text of an agreement that the operator publishes, whoever accepts it.

use super::name;
use super::problem::Problem;

/// The longest text, in characters: some eighty printed pages.
pub const LONGEST: usize = 200_000;
/// The largest form with such a text, in bytes: a character takes up to twelve on its way.
pub const LARGEST_FORM: usize = 12 * LONGEST + 10_000;

/// The text as it is published.
///
/// # Errors
/// [`Problem::Missing`] or [`Problem::TooLong`].
pub fn parse(typed: &str) -> Result<String, Problem> {
    name::paragraphs(typed, LONGEST)
}
