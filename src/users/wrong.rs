//! What only this area finds wrong with what was typed.

use askama::Template;

use crate::language::filters;
use crate::licenses::model::Refusal;
use crate::users::model::upload::Reason;
use crate::values::problem::Worded;

/// `templates/users/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "users/wrong.txt")]
pub enum Wrong {
    /// A user name at a domain that is not the customer's.
    OtherDomain { domain: String },
    /// Something that user names do not have.
    UserNameSigns,
    /// Dots at the beginning or end, or beside each other.
    UserNameDots,
    /// Somebody signs in with it.
    UserNameTaken,
    /// Somebody of the company who was deleted has it.
    UserNameOfDeleted,
    /// Roles that the viewer may not give.
    RolesNotGivable,
    /// A license that a rule refuses.
    License(Refusal),
    /// Of a file: neither the code of a country nor the name of one.
    NoCountry { typed: String },
    /// A link would go to the very name with which the user signs in.
    OwnUserName,
    /// A row of a file.
    Row(Reason),
}

impl Worded for Wrong {}
