//! Signing in and out, one's own password and second factor.

super::addresses! {
    sign_in() "/sign-in";
    /// Where the form of the sign-in page is sent.
    begin() "/session";
    code() "/session/code";
    end() "/session/end";
    /// Where the languages at the top of a page are sent.
    language() "/language";
    password() "/password";
    second_factor() "/profile/second-factor";
    new_second_factor() "/profile/second-factor/new";
    recovery_codes() "/profile/second-factor/recovery-codes";
    second_factor_removal() "/profile/second-factor/removal";
}

/// The sign-in page, which leads on to `next`.
pub fn sign_in_then(next: &str) -> String {
    super::address(sign_in(), &(), &[("next", next)])
}

/// The page that asks for the code, which leads on to `next`.
pub fn code_then(next: &str) -> String {
    super::address(code(), &(), &[("next", next)])
}
