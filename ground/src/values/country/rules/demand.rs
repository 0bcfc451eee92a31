//! Whether a country wants a field at all.

use serde::Deserialize;

use crate::values::problem::Problem;

/// Whether a country wants a field, leaves it open or does not know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Demand {
    /// There is no such thing in this country, so the field must stay empty.
    None,
    /// The field may stay empty.
    Optional,
    /// The field must be filled.
    Required,
}

impl Demand {
    /// Whether the field is worth showing.
    #[must_use]
    pub const fn is_used(self) -> bool {
        !matches!(self, Self::None)
    }

    /// Whether the field must be filled.
    #[must_use]
    pub const fn is_required(self) -> bool {
        matches!(self, Self::Required)
    }

    /// The text if there is any, when this demand and the length allow it.
    pub(in crate::values::country) fn met_by(
        self,
        text: String,
        maximum: usize,
    ) -> Result<Option<String>, Problem> {
        match self {
            Self::Required if text.is_empty() => Err(Problem::Missing),
            _ if text.is_empty() => Ok(None),
            Self::None => Err(Problem::NotAllowedHere),
            _ if text.chars().count() > maximum => Err(Problem::TooLong { maximum }),
            _ => Ok(Some(text)),
        }
    }
}
