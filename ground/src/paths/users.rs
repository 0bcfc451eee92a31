//! The users of a customer's company.

use crate::values::id::{CredentialSheetId, CustomerId, CustomerUserId, OfferId};

super::addresses! {
    /// The customers, for whoever sees only their users.
    customers() "/customers/users";
    of_customer(id: &CustomerId) "/customers/{id}/users";
    export(id: &CustomerId) "/customers/{id}/users/export";
    /// Adding one.
    new(id: &CustomerId) "/customers/{id}/users/new";
    /// Who was deleted and can be restored.
    deleted(id: &CustomerId) "/customers/{id}/users/deleted";
    export_deleted(id: &CustomerId) "/customers/{id}/users/deleted/export";
    /// Passwords in hand.
    credentials(id: &CustomerId, sheet: &CredentialSheetId) "/customers/{id}/users/credentials/{sheet}";
    /// The same as a file.
    credentials_file(id: &CustomerId, sheet: &CredentialSheetId) "/customers/{id}/users/credentials/{sheet}/file";
    /// Links instead of them.
    credentials_links(id: &CustomerId, sheet: &CredentialSheetId) "/customers/{id}/users/credentials/{sheet}/links";
    /// A new password for the first one, who administers everything.
    admin_password(id: &CustomerId) "/customers/{id}/admin-password";
    /// What was bought for the users, and who has it.
    licenses(id: &CustomerId) "/customers/{id}/licenses";
    export_licenses(id: &CustomerId) "/customers/{id}/licenses/export";
    /// Ticking users in the list.
    picks(id: &CustomerId) "/customers/{id}/users/picks";
    /// The licenses of those who are ticked.
    picked_licenses(id: &CustomerId) "/customers/{id}/users/licenses";
    show(id: &CustomerId, user: &CustomerUserId) "/customers/{id}/users/{user}";
    password(id: &CustomerId, user: &CustomerUserId) "/customers/{id}/users/{user}/password";
    deletion(id: &CustomerId, user: &CustomerUserId) "/customers/{id}/users/{user}/deletion";
    restoration(id: &CustomerId, user: &CustomerUserId) "/customers/{id}/users/{user}/restoration";
    user_licenses(id: &CustomerId, user: &CustomerUserId) "/customers/{id}/users/{user}/licenses";
}

/// Adding one more, whose password joins those in hand.
pub fn new_beside(id: &CustomerId, sheet: &CredentialSheetId) -> String {
    super::address(new(id), &(), &[("sheet", sheet.as_str())])
}

/// The users who have a license of an offer.
pub fn with_license(id: &CustomerId, offer: &OfferId) -> String {
    super::address(of_customer(id), &(), &[("license", offer.as_str())])
}
