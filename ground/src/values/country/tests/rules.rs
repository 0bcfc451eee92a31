//! Countries with rules of their own.

use super::{country, given};
use crate::values::country::*;
use crate::values::problem::Problem;

#[test]
fn states_follow_the_rule_of_the_country() {
    assert_eq!(country("US").check_state(" washington "), given("WA"));
    assert_eq!(country("US").check_state(""), Err(Problem::NotChosen));
    assert_eq!(country("US").check_state("Ontario"), Err(Problem::UnknownChoice));
    assert_eq!(country("MX").check_state("nuevo leon"), given("NLE"));
    assert_eq!(country("DE").check_state(""), Ok(None));
    assert_eq!(country("DE").check_state("Bayern\n"), given("Bayern"));
    assert_eq!(country("AU").check_state(" "), Err(Problem::Missing));
    assert_eq!(country("SG").check_state("x"), Err(Problem::NotAllowedHere));
    let long = "x".repeat(101);
    assert_eq!(country("DE").check_state(&long), Err(Problem::TooLong { maximum: 100 }));
}

#[test]
fn cities_and_address_lines_are_bounded() {
    assert_eq!(country("FR").check_city(" Le  Havre "), given("Le Havre"));
    assert_eq!(country("FR").check_city("\0"), Err(Problem::Missing));
    assert_eq!(country("SG").check_city(""), Ok(None));
    assert_eq!(country("FR").check_city(&"é".repeat(100)), given(&"é".repeat(100)));
    let long = "é".repeat(201);
    assert_eq!(country("FR").check_city(&long), Err(Problem::TooLong { maximum: 100 }));
    assert_eq!(address_line(&long), Err(Problem::TooLong { maximum: 200 }));
    assert_eq!(address_line(" "), Err(Problem::Missing));
    assert_eq!(second_address_line(" "), Ok(None));
}
