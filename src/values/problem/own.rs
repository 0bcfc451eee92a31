//! A problem that only one area knows, and words itself.

use std::fmt;
use std::sync::Arc;

use super::Problem;

/// What one area finds wrong with what was typed. Its `Display` tells people what to do about it.
pub trait Worded: fmt::Display + Send + Sync + 'static {}

/// Any of them.
#[derive(Clone)]
pub struct Own(Arc<dyn Worded>);

impl<W: Worded> From<W> for Problem {
    fn from(wrong: W) -> Self {
        Self::Own(Own(Arc::new(wrong)))
    }
}

impl fmt::Display for Own {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(to)
    }
}

impl fmt::Debug for Own {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:?}", self.to_string())
    }
}

/// Two are the same that say the same.
impl PartialEq for Own {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl Eq for Own {}
