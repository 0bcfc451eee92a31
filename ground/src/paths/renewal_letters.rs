//! Letters ahead of renewals.

super::addresses! {
    choice() "/renewals/letters";
}
