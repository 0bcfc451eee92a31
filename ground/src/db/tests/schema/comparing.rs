//! What one database has and another has not.

use std::collections::BTreeSet;

use super::portrait::Portrait;

/// A portrait and whose it is.
pub type Named<'a> = (&'a str, &'a Portrait);

/// Everything in which two differ, a line each.
pub fn differences(one: Named<'_>, other: Named<'_>) -> Vec<String> {
    let tables: BTreeSet<&String> = one.1.keys().chain(other.1.keys()).collect();
    tables.into_iter().flat_map(|table| differences_of(table, one, other)).collect()
}

fn differences_of(table: &str, one: Named<'_>, other: Named<'_>) -> Vec<String> {
    let facts = |(_, portrait): Named<'_>| portrait.get(table).map(|table| table.facts());
    match (facts(one), facts(other)) {
        (Some(left), Some(right)) => {
            let tell = |whose: &str, fact: &String| format!("{table}, only {whose}: {fact}");
            let left_only = left.difference(&right).map(|fact| tell(one.0, fact));
            left_only.chain(right.difference(&left).map(|fact| tell(other.0, fact))).collect()
        }
        (left, _) => vec![format!("{table}, only {}", if left.is_some() { one.0 } else { other.0 })],
    }
}

#[cfg(test)]
mod tests {
    use super::super::made_up::{check, column, index, orders, reference};
    use super::super::portrait::{Column, Index, Table};
    use super::*;

    fn told(change: impl FnOnce(&mut Table)) -> Vec<String> {
        let (one, mut other) = (orders(), orders());
        change(other.get_mut("orders").unwrap());
        differences(("here", &one), ("there", &other))
    }

    #[test]
    fn what_is_the_same_differs_in_nothing() {
        assert_eq!(told(|_| {}), Vec::<String>::new());
        // In which order indexes were made does not matter.
        assert_eq!(told(|table| table.indexes.reverse()), Vec::<String>::new());
    }

    #[test]
    fn a_table_of_one_alone_is_told() {
        let (one, mut other) = (orders(), orders());
        other.remove("orders");
        assert_eq!(differences(("here", &one), ("there", &other)), ["orders, only here"]);
        assert_eq!(differences(("there", &other), ("here", &one)), ["orders, only here"]);
    }

    #[test]
    fn every_kind_of_difference_is_told() {
        let told = [
            told(|table| table.columns.push(column("extra", "Text"))),
            told(|table| table.columns.reverse()),
            told(|table| table.columns[0].kind = "BigInt".to_owned()),
            told(|table| table.columns[0].is_nullable = true),
            told(|table| table.columns[0].default = Some("''".to_owned())),
            told(|table| table.columns[0] = Column { is_generated: true, ..table.columns[0].clone() }),
            told(|table| table.key.clear()),
            told(|table| table.indexes.push(index("extra", &["quantity"]))),
            told(|table| table.indexes[0].is_unique = true),
            told(|table| table.indexes[0].columns.reverse()),
            told(|table| table.indexes[0] = Index { only: Some("x".to_owned()), ..table.indexes[0].clone() }),
            told(|table| table.references.push(reference("quantity", "numbers"))),
            told(|table| table.references[0].on_delete = "cascade".to_owned()),
            told(|table| table.checks.push(check("extra", "quantity < 9"))),
            told(|table| table.checks[0].demand = "quantity >= 2".to_owned()),
            told(|table| table.checks[0].name = "other".to_owned()),
        ];
        for (number, told) in told.iter().enumerate() {
            assert!(!told.is_empty(), "difference {number} was overlooked");
            assert!(told.iter().all(|line| line.starts_with("orders, only ")), "{told:?}");
        }
        assert_eq!(
            told[14],
            [
                "orders, only here: check orders_quantity_check: quantity >= 1",
                "orders, only there: check orders_quantity_check: quantity >= 2"
            ]
        );
    }
}
