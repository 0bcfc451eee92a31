//! What every table keeps to, whatever it is for.

use super::portrait::{Index, Portrait, Reference, Table};

/// Foreign keys without an index that begins with their columns.
pub fn unindexed(portrait: &Portrait) -> Vec<String> {
    each(portrait, |table| {
        let without = table.references.iter().filter(|reference| !is_indexed(table, reference));
        without.map(|reference| format!("no index begins with {}", reference.columns.join(", "))).collect()
    })
}

/// CHECKs that SQLite could not drop, for want of a name.
pub fn nameless(portrait: &Portrait) -> Vec<String> {
    each(portrait, |table| {
        let nameless = table.checks.iter().filter(|check| check.name.is_empty());
        nameless.map(|check| format!("CHECK ({}) has no name", check.demand)).collect()
    })
}

/// Amounts and quantities of which no CHECK speaks.
pub fn unbounded(portrait: &Portrait) -> Vec<String> {
    each(portrait, |table| {
        let counted = table.columns.iter().map(|column| column.name.as_str());
        let counted = counted.filter(|name| *name == "quantity" || name.ends_with("_minor"));
        let is_free =
            |name: &&str| !table.checks.iter().any(|check| check.demand.split(' ').any(|word| word == *name));
        counted.filter(is_free).map(|name| format!("{name} has no bounds")).collect()
    })
}

/// What can be joined by a column that refers to nothing there.
pub fn unfounded(portrait: &Portrait, joins: &[Join]) -> Vec<String> {
    let is_founded = |join: &&Join| {
        portrait.get(&join.from).is_some_and(|table| {
            table.references.iter().any(|one| one.columns == [join.by.clone()] && one.table == join.to)
        })
    };
    let unfounded = joins.iter().filter(|join| !is_founded(join));
    unfounded.map(|join| format!("{}: {} does not refer to {}", join.from, join.by, join.to)).collect()
}

/// Two tables and the column by which one refers to the other.
pub struct Join {
    pub from: String,
    pub to: String,
    pub by: String,
}

fn each(portrait: &Portrait, rule: impl Fn(&Table) -> Vec<String>) -> Vec<String> {
    let broken = portrait.iter().map(|(name, table)| (name, rule(table)));
    broken.flat_map(|(name, broken)| broken.into_iter().map(move |told| format!("{name}: {told}"))).collect()
}

fn is_indexed(table: &Table, reference: &Reference) -> bool {
    let begins = |columns: &[String]| {
        let first = columns.get(..reference.columns.len()).unwrap_or_default();
        !first.is_empty() && first.iter().all(|column| reference.columns.contains(column))
    };
    begins(&table.key)
        || table.indexes.iter().any(|index| holds_all(index, reference) && begins(&index.columns))
}

/// Whether the index holds every row that refers to something.
fn holds_all(index: &Index, reference: &Reference) -> bool {
    let is_set = reference.columns.iter().map(|column| format!("{column} is not null"));
    index.only.as_ref().is_none_or(|only| is_set.into_iter().any(|is_set| is_set == *only))
}

#[cfg(test)]
mod tests {
    use super::super::made_up::{check, column, index, orders, reference};
    use super::*;

    fn changed(change: impl FnOnce(&mut Table)) -> Portrait {
        let mut portrait = orders();
        change(portrait.get_mut("orders").unwrap());
        portrait
    }

    #[test]
    fn what_is_right_breaks_no_rule() {
        let broken = [unindexed(&orders()), nameless(&orders()), unbounded(&orders())].concat();
        assert_eq!(broken, Vec::<String>::new());
    }

    #[test]
    fn a_reference_without_an_index_is_told() {
        let told = unindexed(&changed(|table| table.indexes.clear()));
        assert_eq!(told, ["orders: no index begins with customer_id"]);
        let second = changed(|table| table.indexes[0].columns.reverse());
        assert_eq!(unindexed(&second).len(), 1);
        let by_key =
            changed(|table| (table.indexes, table.key) = (Vec::new(), vec!["customer_id".to_owned()]));
        assert_eq!(unindexed(&by_key), Vec::<String>::new());
    }

    #[test]
    fn an_index_of_some_rows_serves_if_it_leaves_out_only_those_that_refer_to_nothing() {
        let of = |only: &str| changed(|table| table.indexes[0].only = Some(only.to_owned()));
        assert_eq!(unindexed(&of("customer_id is not null")), Vec::<String>::new());
        assert_eq!(unindexed(&of("state = 'open'")).len(), 1);
    }

    #[test]
    fn a_reference_of_two_columns_needs_both_at_the_front() {
        let pair = |index_on: &[&str]| {
            changed(|table| {
                let columns = vec!["customer_id".to_owned(), "quantity".to_owned()];
                table.references[0].columns = columns;
                table.indexes = vec![index("a", index_on)];
            })
        };
        assert_eq!(unindexed(&pair(&["quantity", "customer_id", "id"])), Vec::<String>::new());
        assert_eq!(unindexed(&pair(&["customer_id"])).len(), 1);
        assert_eq!(unindexed(&pair(&["customer_id", "id", "quantity"])).len(), 1);
    }

    #[test]
    fn a_check_without_a_name_and_an_amount_without_bounds_are_told() {
        let told = nameless(&changed(|table| table.checks.push(check("", "id = 1"))));
        assert_eq!(told, ["orders: CHECK (id = 1) has no name"]);
        let told = unbounded(&changed(|table| table.columns.push(column("monthly_minor", "BigInt"))));
        assert_eq!(told, ["orders: monthly_minor has no bounds"]);
        assert_eq!(unbounded(&changed(|table| table.checks.clear())), ["orders: quantity has no bounds"]);
    }

    #[test]
    fn a_join_that_nothing_refers_by_is_told() {
        let join =
            |to: &str, by: &str| Join { from: "orders".to_owned(), to: to.to_owned(), by: by.to_owned() };
        assert_eq!(unfounded(&orders(), &[join("customers", "customer_id")]), Vec::<String>::new());
        let told = unfounded(&orders(), &[join("people", "customer_id"), join("customers", "id")]);
        assert_eq!(
            told,
            ["orders: customer_id does not refer to people", "orders: id does not refer to customers"]
        );
        let two = changed(|table| table.references.push(reference("id", "people")));
        assert_eq!(unfounded(&two, &[join("people", "id")]), Vec::<String>::new());
    }
}
