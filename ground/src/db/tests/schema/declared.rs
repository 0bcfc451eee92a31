//! What `schema.rs` says.

use super::portrait::{Column, Portrait, Table};
use super::rules::Join;

/// Reads the tables out of the text of the file.
pub fn tables(text: &str) -> Portrait {
    let mut tables: Vec<(String, Table)> = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some((name, key)) = head(line) {
            tables.push((name, Table { key, ..Table::default() }));
        } else if let (Some(column), Some((_, table))) = (column(line), tables.last_mut()) {
            table.columns.push(column);
        }
    }
    tables.into_iter().collect()
}

/// What can be joined, as the file says.
pub fn joins(text: &str) -> Vec<Join> {
    let read = |line: &str| {
        let inner = line.strip_prefix("diesel::joinable!(")?.strip_suffix("));")?;
        let (from, rest) = inner.split_once(" -> ")?;
        let (to, by) = rest.split_once(" (")?;
        Some(Join { from: from.to_owned(), to: to.to_owned(), by: by.to_owned() })
    };
    text.lines().filter_map(read).collect()
}

/// `orders (id) {`
fn head(line: &str) -> Option<(String, Vec<String>)> {
    let (name, key) = line.strip_suffix(") {")?.split_once(" (")?;
    Some((name.to_owned(), key.split(", ").map(str::to_owned).collect()))
}

/// `sent_at -> Nullable<Timestamp>,`
fn column(line: &str) -> Option<Column> {
    let (name, kind) = line.strip_suffix(',')?.split_once(" -> ")?;
    let inner = kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
    let kind = inner.unwrap_or(kind).to_owned();
    Some(Column { name: name.to_owned(), kind, is_nullable: inner.is_some(), ..Column::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "
diesel::table! {
    order_lines (order_id, position) {
        order_id -> Text,
        position -> Integer,
        sent_at -> Nullable<Timestamp>,
    }
}

diesel::joinable!(order_lines -> orders (order_id));

macro_rules! allow_together {
    ($($left:ident: $($right:ident),+;)+) => {
    };
}
";

    #[test]
    fn tables_and_joins_are_read() {
        let tables = tables(TEXT);
        let facts: Vec<String> = tables["order_lines"].facts().into_iter().collect();
        let expected = [
            "column order_id: Text",
            "column position: Integer",
            "column sent_at: Timestamp, may be null",
            "columns order_id, position, sent_at",
            "key order_id, position",
        ];
        assert_eq!((tables.len(), facts), (1, expected.map(str::to_owned).to_vec()));
        let joins = joins(TEXT);
        assert_eq!(joins.len(), 1);
        assert_eq!([&joins[0].from, &joins[0].to, &joins[0].by], ["order_lines", "orders", "order_id"]);
    }
}
