//! User management, My profile, and what mailed links lead to.

use crate::values::id::PersonId;

super::addresses! {
    set_password(token: &str) "/set-password/{token}";
    email_proof(token: &str) "/email-proof/{token}";
    email_objection(token: &str) "/email-objection/{token}";
    forgotten_password() "/forgotten-password";
    roles() "/roles";
    profile() "/profile";
    email() "/profile/email";
    prove_email() "/profile/email/proof";
    keep_email() "/profile/email/cancel";
    end_other_sign_ins() "/profile/sign-ins/end-others";
    /// `name` is what the hash of its cookie is called on pages.
    end_sign_in(name: &str) "/profile/sign-ins/{name}/end";
    list() "/people";
    export() "/people/export";
    second_factor() "/people/second-factor";
    new() "/people/new";
    show(id: &PersonId) "/people/{id}";
    password(id: &PersonId) "/people/{id}/password";
    second_factor_removal(id: &PersonId) "/people/{id}/second-factor/removal";
    deactivation(id: &PersonId) "/people/{id}/deactivation";
    restoration(id: &PersonId) "/people/{id}/restoration";
    end_sign_ins(id: &PersonId) "/people/{id}/sign-ins/end";
}

/// The form for a new password, with the address filled in.
pub fn forgotten_password_of(email: &str) -> String {
    super::address(forgotten_password(), &(), &[("email", email)])
}

/// What one person may do.
pub fn roles_of(person: &PersonId) -> String {
    super::address(roles(), &(), &[("person", person.as_str())])
}
