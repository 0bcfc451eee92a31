//! A problem that only one area knows, and words itself.

use std::fmt;
use std::sync::Arc;

use askama::{DynTemplate, FastWritable, Values};

use super::Problem;

/// What one area finds wrong with what was typed. Its template tells people what to do about it, in their language.
pub trait Worded: DynTemplate + Send + Sync + 'static {}

/// Any of them.
#[derive(Clone)]
pub struct Own(Arc<dyn Worded>);

impl<W: Worded> From<W> for Problem {
    fn from(wrong: W) -> Self {
        Self::Own(Own(Arc::new(wrong)))
    }
}

impl FastWritable for Own {
    fn write_into(&self, to: &mut dyn fmt::Write, values: &dyn Values) -> askama::Result<()> {
        self.0.dyn_render_into_with_values(to, values)
    }
}

/// In English.
impl fmt::Display for Own {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.dyn_render_into(to).map_err(|_| fmt::Error)
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
