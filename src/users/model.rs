//! The users of a customer's company, as its partners look after them.

pub mod upload;
mod user_name;

use crate::access::Role;
use crate::people::model::Member;
use crate::values::country::Country;
use crate::values::id::{CustomerUserId, PersonId};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;

pub use user_name::user_name;

/// The longest first and last name (the vendor's sample file of users).
pub const NAME: usize = 50;
/// The longest name that is shown (Azure AD, displayName).
pub const DISPLAY_NAME: usize = 256;
/// The roles that a user of a company may have.
pub const ROLES: [Role; 3] = [Role::GlobalAdmin, Role::UserAdmin, Role::BillingAdmin];

/// Somebody of a customer's company.
#[derive(Clone, Debug)]
pub struct User {
    pub id: CustomerUserId,
    /// The account: the name that is shown, the user name, roles and state.
    pub member: Member,
    pub first_name: String,
    pub last_name: String,
    /// Where licenses are used.
    pub location: Option<Country>,
    /// Came with the customer.
    pub is_first_admin: bool,
}

impl User {
    /// Whether changing this user takes more than changing others.
    pub fn has_roles(&self) -> bool {
        !self.member.roles.is_empty()
    }
}

/// How a user signs in.
#[derive(Clone, Debug)]
pub struct SignIn {
    pub id: CustomerUserId,
    pub person: PersonId,
    pub user_name: String,
    /// Tells whether a password in hand is still the right one.
    pub password_hash: PasswordHash,
    pub password_set_at: Moment,
    /// Whether the password still is the temporary one.
    pub must_change_password: bool,
}

/// What a user is to be called, where licenses are used, and what the user may do for the company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    pub first_name: String,
    pub last_name: String,
    pub display_name: String,
    pub location: Country,
    pub roles: Vec<Role>,
}
