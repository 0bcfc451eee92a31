//! The tables that keep folded names, and from what each is folded. Whoever adds such a column adds it here.

use diesel::prelude::*;

use super::AT_ONCE;
use crate::db::Connection;
use crate::db::schema::{
    activity_records, customer_words, customers, delegations, enrolments, locations, offers, organisations,
    partnerships, people, subscriptions,
};
use crate::values::folding::{search_text, short_parts};
use crate::values::name::{name_key, sort_name};

pub(super) struct Table {
    pub(super) name: &'static str,
    /// Folds the next rows behind an id, and answers the ids of all that were looked at.
    pub(super) fold: fn(&mut Connection, &str) -> QueryResult<Vec<String>>,
}

pub(super) const TABLES: &[Table] = &[
    Table { name: "organisations", fold: organisations },
    Table { name: "locations", fold: locations },
    Table { name: "people", fold: people },
    Table { name: "enrolments", fold: enrolments },
    Table { name: "partnerships", fold: partnerships },
    Table { name: "offers", fold: offers },
    Table { name: "customers", fold: customers },
    Table { name: "delegations", fold: delegations },
    Table { name: "subscriptions", fold: subscriptions },
    Table { name: "activity_records", fold: activity_records },
];

/// Tables in which one column is folded from one name, and where both are read.
macro_rules! one_name {
    ($($table:ident: $name:path => $sort:path, $rows:expr;)+) => {$(
        fn $table(conn: &mut Connection, after: &str) -> QueryResult<Vec<String>> {
            let rows: Vec<(String, String, String)> = $rows
                .select(($table::id, $name, $sort))
                .filter($table::id.gt(after))
                .order($table::id)
                .limit(limit())
                .load(conn)?;
            for (id, name, kept) in &rows {
                let folded = sort_name(name);
                if folded != *kept {
                    diesel::update($table::table.find(id)).set($sort.eq(folded)).execute(conn)?;
                }
            }
            Ok(rows.into_iter().map(|(id, ..)| id).collect())
        }
    )+};
}

one_name! {
    locations: locations::name => locations::sort_name, locations::table;
    people: people::name => people::sort_name, people::table;
    enrolments: enrolments::company_name => enrolments::sort_name, enrolments::table;
    offers: offers::name => offers::sort_name, offers::table;
    subscriptions: subscriptions::nickname => subscriptions::sort_name, subscriptions::table;
    delegations: customers::company_name => delegations::customer_sort_name,
        delegations::table.inner_join(customers::table);
    partnerships: organisations::name => partnerships::reseller_sort_name,
        partnerships::table.inner_join(organisations::table.on(organisations::id.eq(partnerships::reseller_id)));
}

fn organisations(conn: &mut Connection, after: &str) -> QueryResult<Vec<String>> {
    let rows: Vec<(String, String, (String, String))> = organisations::table
        .select((organisations::id, organisations::name, (organisations::sort_name, organisations::name_key)))
        .filter(organisations::id.gt(after))
        .order(organisations::id)
        .limit(limit())
        .load(conn)?;
    for (id, name, kept) in &rows {
        let folded = (sort_name(name), name_key(name));
        if folded != *kept {
            diesel::update(organisations::table.find(id))
                .set((organisations::sort_name.eq(folded.0), organisations::name_key.eq(folded.1)))
                .execute(conn)?;
        }
    }
    Ok(rows.into_iter().map(|(id, ..)| id).collect())
}

fn customers(conn: &mut Connection, after: &str) -> QueryResult<Vec<String>> {
    type Kept = (String, String, String, Option<String>);
    let kept =
        (customers::sort_name, customers::name_key, customers::search_text, customer_words::parts.nullable());
    let rows: Vec<(String, (String, String), Kept)> = customers::table
        .left_join(customer_words::table)
        .select((customers::id, (customers::company_name, customers::domain), kept))
        .filter(customers::id.gt(after))
        .order(customers::id)
        .limit(limit())
        .load(conn)?;
    for (id, (name, domain), (sort, key, text, words)) in &rows {
        let folded = (sort_name(name), name_key(name), search_text([name, domain, id]));
        if (&folded.0, &folded.1, &folded.2) != (sort, key, text) {
            diesel::update(customers::table.find(id))
                .set((
                    customers::sort_name.eq(folded.0),
                    customers::name_key.eq(folded.1),
                    customers::search_text.eq(folded.2),
                ))
                .execute(conn)?;
        }
        let parts = short_parts(name);
        if parts != words.as_deref().unwrap_or_default() {
            diesel::delete(customer_words::table.find(id)).execute(conn)?;
            if !parts.is_empty() {
                let row = (customer_words::customer_id.eq(id), customer_words::parts.eq(parts));
                diesel::insert_into(customer_words::table).values(row).execute(conn)?;
            }
        }
    }
    Ok(rows.into_iter().map(|(id, ..)| id).collect())
}

fn activity_records(conn: &mut Connection, after: &str) -> QueryResult<Vec<String>> {
    let rows: Vec<(String, Option<String>, Option<String>)> = activity_records::table
        .select((activity_records::id, activity_records::customer_name, activity_records::customer_sort_name))
        .filter(activity_records::id.gt(after))
        .order(activity_records::id)
        .limit(limit())
        .load(conn)?;
    for (id, name, kept) in &rows {
        let folded = name.as_deref().map(sort_name);
        if folded != *kept {
            diesel::update(activity_records::table.find(id))
                .set(activity_records::customer_sort_name.eq(folded))
                .execute(conn)?;
        }
    }
    Ok(rows.into_iter().map(|(id, ..)| id).collect())
}

fn limit() -> i64 {
    i64::try_from(AT_ONCE).unwrap_or(i64::MAX)
}
