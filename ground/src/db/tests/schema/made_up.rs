//! Small schemas to try the rules on.

use super::portrait::{Check, Column, Index, Portrait, Reference, Table};

/// Orders of customers, in which nothing is wrong.
pub fn orders() -> Portrait {
    let orders = Table {
        columns: vec![column("id", "Text"), column("customer_id", "Text"), column("quantity", "BigInt")],
        key: vec!["id".to_owned()],
        indexes: vec![
            index("orders_of_customer", &["customer_id", "id"]),
            index("orders_by_quantity", &["quantity"]),
        ],
        references: vec![reference("customer_id", "customers")],
        checks: vec![check("orders_quantity_check", "quantity >= 1")],
    };
    Portrait::from([("orders".to_owned(), orders)])
}

pub fn column(name: &str, kind: &str) -> Column {
    Column { name: name.to_owned(), kind: kind.to_owned(), ..Column::default() }
}

pub fn index(name: &str, columns: &[&str]) -> Index {
    let columns = columns.iter().map(ToString::to_string).collect();
    Index { name: Some(name.to_owned()), columns, ..Index::default() }
}

pub fn reference(column: &str, table: &str) -> Reference {
    let (columns, to) = (vec![column.to_owned()], vec!["id".to_owned()]);
    Reference { columns, table: table.to_owned(), to, on_delete: "nothing".to_owned() }
}

pub fn check(name: &str, demand: &str) -> Check {
    Check { name: name.to_owned(), demand: demand.to_owned() }
}
