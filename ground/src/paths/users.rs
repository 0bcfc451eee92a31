//! The users of a customer's company.

use crate::values::id::{CredentialSheetId, CustomerId, CustomerUserId};

super::addresses! {
    /// The customers, for whoever sees only their users.
    customers() "/customers/users";
    of_customer(id: &CustomerId) "/customers/{id}/users";
    export(id: &CustomerId) "/customers/{id}/users/export";
    /// Adding one.
    new(id: &CustomerId) "/customers/{id}/users/new";
    /// Who was deleted and can be restored.
    deleted(id: &CustomerId) "/customers/{id}/users/deleted";
    /// Passwords in hand.
    credentials(id: &CustomerId, sheet: &CredentialSheetId) "/customers/{id}/users/credentials/{sheet}";
    /// The same as a file.
    credentials_file(id: &CustomerId, sheet: &CredentialSheetId) "/customers/{id}/users/credentials/{sheet}/file";
    /// Links instead of them.
    credentials_links(id: &CustomerId, sheet: &CredentialSheetId) "/customers/{id}/users/credentials/{sheet}/links";
    /// A new password for the first one, who administers everything.
    admin_password(id: &CustomerId) "/customers/{id}/admin-password";
    show(id: &CustomerId, user: &CustomerUserId) "/customers/{id}/users/{user}";
    password(id: &CustomerId, user: &CustomerUserId) "/customers/{id}/users/{user}/password";
    deletion(id: &CustomerId, user: &CustomerUserId) "/customers/{id}/users/{user}/deletion";
    restoration(id: &CustomerId, user: &CustomerUserId) "/customers/{id}/users/{user}/restoration";
}

/// Adding one more, whose password joins those in hand.
pub fn new_beside(id: &CustomerId, sheet: &CredentialSheetId) -> String {
    super::address(new(id), &(), &[("sheet", sheet.as_str())])
}
