//! A file of users: its columns, what a row says, and what it does.

mod column;
mod decision;
mod wish;

use serde::{Deserialize, Serialize};

use crate::licenses::model::{License, Refusal};
use crate::sheets::{Cells, Limits};
use crate::users::wrong::Wrong;
use crate::values::country::Country;
use crate::values::id::CustomerUserId;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::Problems;

pub use column::Column;
pub use decision::{Decision, Holder, Named, Question, decide};
pub use wish::{Wish, location, read, subject};

/// The largest file, and the most users in it.
pub const LIMITS: Limits = Limits::of(32_000_000, 100_000);

/// Why a row is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// What a cell says; which one and why says [`read`].
    Cells,
    /// It has more cells than there are columns, or fewer, so that nobody knows which belongs where.
    CellCount {
        found: usize,
        expected: usize,
    },
    /// The same user stands in an earlier line.
    Twice {
        line: u64,
    },
    /// Somebody signs in with the user name.
    Taken,
    /// Somebody of the company who was deleted has it.
    OfDeleted,
    /// The user has admin roles, and whoever sent the file may not change such users.
    HasRoles,
    /// Nothing of this name is bought for the customer.
    NotBought {
        name: String,
    },
    /// Several things of this name are.
    Ambiguous {
        name: String,
    },
    License(Refusal),
    /// Somebody else added or changed the user after the preview.
    Overtaken,
    /// The portal failed at it.
    Failed,
}

impl Reason {
    /// The column whose cell it is about; none for those that [`read`] finds.
    pub fn column(&self) -> Option<Column> {
        match self {
            Self::Cells => None,
            Self::License(Refusal::NoLocation | Refusal::NotServed { .. }) => Some(Column::Location),
            Self::NotBought { .. } | Self::Ambiguous { .. } | Self::License(_) => Some(Column::Licenses),
            Self::CellCount { .. }
            | Self::Twice { .. }
            | Self::Taken
            | Self::OfDeleted
            | Self::HasRoles
            | Self::Overtaken
            | Self::Failed => Some(Column::Email),
        }
    }
}

/// What a row changes of a user, as the log calls it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub field: String,
    pub old: String,
    pub new: String,
}

/// What there is to say of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    #[default]
    Nothing,
    Refused(Reason),
    Changes(Vec<Difference>),
}

impl Why {
    /// What is wrong with which cell, by the keys of the columns, for a customer with this domain.
    pub fn problems(&self, cells: Cells<'_, Column>, domain: &str) -> Problems {
        let Self::Refused(reason) = self else { return Problems::default() };
        match (reason, reason.column()) {
            (Reason::Cells, _) | (_, None) => read(cells, domain).err().unwrap_or_default(),
            (Reason::License(refusal), Some(column)) => {
                (column.key(), Problem::from(Wrong::License(refusal.clone()))).into()
            }
            (reason, Some(column)) => (column.key(), Problem::from(Wrong::Row(reason.clone()))).into(),
        }
    }
}

/// Of a user as a row left it, everything that it may have changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    pub first_name: String,
    pub last_name: String,
    pub display_name: String,
    pub location: Option<Country>,
    /// By offer.
    pub licenses: Vec<License>,
}

/// By which what a row did is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// None where the user was added.
    pub before: Option<Shape>,
    pub after: Shape,
}

/// A user whom a row added, with the password that the portal set last.
#[derive(Clone, Copy, Debug)]
pub struct Added {
    pub user: CustomerUserId,
    pub password_at: Moment,
}
