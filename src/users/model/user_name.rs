//! The names with which users of a customer's company sign in.

use crate::users::wrong::Wrong;
use crate::values::email::Email;
use crate::values::plain::plain;
use crate::values::problem::Problem;
use crate::values::unseen::without_unseen;

/// The longest part before the @ (Azure AD, user name policies).
const LONGEST: usize = 64;
/// What may stand in it beside letters and digits (the same).
const SIGNS: [char; 8] = ['\'', '.', '-', '_', '!', '#', '^', '~'];

/// Reads a user name at one of a customer's domains, typed with the domain or without.
///
/// # Errors
/// [`Problem::Missing`], [`Problem::TooLong`], or that it has another domain, or signs that user names do not have.
pub fn user_name(typed: &str, domain: &str) -> Result<Email, Problem> {
    let typed = plain(&without_unseen(typed)).trim().to_lowercase();
    let name = match typed.rsplit_once('@') {
        Some((name, at)) if at.eq_ignore_ascii_case(domain) => name,
        Some(_) => return Err(Wrong::OtherDomain { domain: domain.to_owned() }.into()),
        None => typed.as_str(),
    };
    if name.is_empty() {
        return Err(Problem::Missing);
    }
    if name.chars().count() > LONGEST {
        return Err(Problem::TooLong { maximum: LONGEST });
    }
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || SIGNS.contains(&sign);
    if !name.chars().all(is_sign) {
        return Err(Wrong::UserNameSigns.into());
    }
    Email::parse(&format!("{name}@{domain}")).map_err(|_| Wrong::UserNameDots.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DOMAIN: &str = "alder.onmicrosoft.com";

    #[test]
    fn a_user_name_is_typed_with_its_domain_or_without() {
        for typed in ["mia", " Mia ", "MIA@alder.onmicrosoft.com", "mia@Alder.OnMicrosoft.com", "ｍｉａ"] {
            assert_eq!(user_name(typed, DOMAIN).unwrap().as_str(), "mia@alder.onmicrosoft.com", "{typed}");
        }
        assert_eq!(
            user_name("o'hara.m-1_x!#^~", DOMAIN).unwrap().as_str(),
            "o'hara.m-1_x!#^~@alder.onmicrosoft.com"
        );
    }

    #[test]
    fn what_is_no_user_name_says_why() {
        assert_eq!(user_name("", DOMAIN), Err(Problem::Missing));
        assert_eq!(user_name("@alder.onmicrosoft.com", DOMAIN), Err(Problem::Missing));
        assert_eq!(user_name(&"a".repeat(65), DOMAIN), Err(Problem::TooLong { maximum: 64 }));
        for typed in [
            "mia@gmail.com",
            "m ia",
            "müller",
            "mia.",
            ".mia",
            "m..ia",
            "mia+1",
            "mia@",
            "a@b@alder.onmicrosoft.com",
        ] {
            assert!(matches!(user_name(typed, DOMAIN), Err(Problem::Own(_))), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_taken_is_an_address_at_the_domain(typed in any::<String>()) {
            if let Ok(taken) = user_name(&typed, DOMAIN) {
                prop_assert_eq!(taken.domain(), DOMAIN);
                prop_assert_eq!(user_name(taken.as_str(), DOMAIN), Ok(taken));
            }
        }
    }
}
