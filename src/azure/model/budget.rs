//! Budgets of several customers at once, and what comes of each.

use crate::catalog::model::amount::parse_amount;
use crate::customers::facts::Named;
use crate::values::currency::Currency;
use crate::values::id::CustomerId;
use crate::values::money::Money;
use crate::values::problem::Problem;

use super::spending::Spending;

/// A customer that spends by usage, as of a version.
#[derive(Clone, Debug)]
pub struct Account {
    pub customer: Named,
    pub spending: Spending,
    pub version: i32,
}

/// What is wanted for some customers, each as of the version that the page showed.
#[derive(Clone, Debug)]
pub struct Wish {
    pub ticked: Vec<(CustomerId, i32)>,
    /// None to remove it.
    pub budget: Option<Money>,
}

/// What came of it for a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    Done,
    /// It was so before.
    Same,
    /// Somebody changed it after the page was shown.
    Stale,
}

/// What somebody typed as the budget of a month.
///
/// # Errors
/// Why it is none.
pub fn parse(typed: &str, currency: Currency) -> Result<Money, Problem> {
    if typed.trim().is_empty() {
        return Err(Problem::Missing);
    }
    match parse_amount(typed, currency)? {
        0 => Err(Problem::Below { minimum: 1 }),
        minor => Ok(Money::new(minor, currency)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_budget_is_more_than_nothing() {
        let budget = |typed: &str| parse(typed, Currency::Eur).map(|money| money.minor);
        assert_eq!(budget("1,500"), Ok(150_000));
        assert_eq!(budget(" "), Err(Problem::Missing));
        assert_eq!(budget("0.00"), Err(Problem::Below { minimum: 1 }));
        assert_eq!(parse("90000", Currency::Jpy).map(|money| money.minor), Ok(90_000));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(typed in any::<String>()) {
            if let Ok(budget) = parse(&typed, Currency::Usd) {
                prop_assert!(budget.minor > 0);
            }
        }
    }
}
