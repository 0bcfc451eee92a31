//! The tables that keep folded names, and from what each is folded. Whoever adds such a column adds it here.

use diesel::prelude::*;

use super::AT_ONCE;
use crate::db::Connection;
use crate::db::schema::{
    activity_records, customer_words, customers, delegations, enrolments, locations, offers, organisations,
    partnerships, people, reservation_products, subscriptions,
};
use crate::values::folding::{search_text, short_parts};
use crate::values::name::{name_key, sort_name, sort_name_with_place};

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
    Table { name: "reservation_products", fold: reservation_products },
    Table { name: "activity_records", fold: activity_records },
];

/// Tables in which one column is folded from one name, and where both are read.
macro_rules! one_name {
    ($($table:ident: $from:ident::$name:ident => $to:ident::$sort:ident, $rows:expr;)+) => {$(
        fn $table(conn: &mut Connection, after: &str) -> QueryResult<Vec<String>> {
            #[derive(Queryable, Selectable)]
            #[diesel(table_name = $table)]
            struct Row {
                id: String,
                #[diesel(select_expression = $from::$name)]
                name: String,
                #[diesel(select_expression = $to::$sort)]
                kept: String,
            }
            let rows: Vec<Row> = $rows
                .select(Row::as_select())
                .filter($table::id.gt(after))
                .order($table::id)
                .limit(limit())
                .load(conn)?;
            for row in &rows {
                let folded = sort_name(&row.name);
                if folded != row.kept {
                    diesel::update($table::table.find(&row.id)).set($to::$sort.eq(folded)).execute(conn)?;
                }
            }
            Ok(rows.into_iter().map(|row| row.id).collect())
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

#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
struct OrganisationRow {
    id: String,
    name: String,
    sort_name: String,
    name_key: String,
}

fn organisations(conn: &mut Connection, after: &str) -> QueryResult<Vec<String>> {
    let rows: Vec<OrganisationRow> = organisations::table
        .select(OrganisationRow::as_select())
        .filter(organisations::id.gt(after))
        .order(organisations::id)
        .limit(limit())
        .load(conn)?;
    for row in &rows {
        let (sort, key) = (sort_name(&row.name), name_key(&row.name));
        if sort != row.sort_name || key != row.name_key {
            diesel::update(organisations::table.find(&row.id))
                .set((organisations::sort_name.eq(sort), organisations::name_key.eq(key)))
                .execute(conn)?;
        }
    }
    Ok(rows.into_iter().map(|row| row.id).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = customers)]
struct CustomerRow {
    id: String,
    company_name: String,
    domain: String,
    sort_name: String,
    name_key: String,
    search_text: String,
    #[diesel(select_expression = customer_words::parts.nullable())]
    words: Option<String>,
}

fn customers(conn: &mut Connection, after: &str) -> QueryResult<Vec<String>> {
    let rows: Vec<CustomerRow> = customers::table
        .left_join(customer_words::table)
        .select(CustomerRow::as_select())
        .filter(customers::id.gt(after))
        .order(customers::id)
        .limit(limit())
        .load(conn)?;
    for row in &rows {
        let name = &row.company_name;
        let (sort, key, text) = (sort_name(name), name_key(name), search_text([name, &row.domain, &row.id]));
        if sort != row.sort_name || key != row.name_key || text != row.search_text {
            diesel::update(customers::table.find(&row.id))
                .set((
                    customers::sort_name.eq(sort),
                    customers::name_key.eq(key),
                    customers::search_text.eq(text),
                ))
                .execute(conn)?;
        }
        let parts = short_parts(name);
        if parts != row.words.as_deref().unwrap_or_default() {
            diesel::delete(customer_words::table.find(&row.id)).execute(conn)?;
            if !parts.is_empty() {
                let words = (customer_words::customer_id.eq(&row.id), customer_words::parts.eq(parts));
                diesel::insert_into(customer_words::table).values(words).execute(conn)?;
            }
        }
    }
    Ok(rows.into_iter().map(|row| row.id).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = reservation_products)]
struct ProductRow {
    id: String,
    name: String,
    region: String,
    sort_name: String,
}

fn reservation_products(conn: &mut Connection, after: &str) -> QueryResult<Vec<String>> {
    let rows: Vec<ProductRow> = reservation_products::table
        .select(ProductRow::as_select())
        .filter(reservation_products::id.gt(after))
        .order(reservation_products::id)
        .limit(limit())
        .load(conn)?;
    for row in &rows {
        let folded = sort_name_with_place(&row.name, &row.region);
        if folded != row.sort_name {
            diesel::update(reservation_products::table.find(&row.id))
                .set(reservation_products::sort_name.eq(folded))
                .execute(conn)?;
        }
    }
    Ok(rows.into_iter().map(|row| row.id).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = activity_records)]
struct RecordRow {
    id: String,
    customer_name: Option<String>,
    customer_sort_name: Option<String>,
}

fn activity_records(conn: &mut Connection, after: &str) -> QueryResult<Vec<String>> {
    let rows: Vec<RecordRow> = activity_records::table
        .select(RecordRow::as_select())
        .filter(activity_records::id.gt(after))
        .order(activity_records::id)
        .limit(limit())
        .load(conn)?;
    for row in &rows {
        let folded = row.customer_name.as_deref().map(sort_name);
        if folded != row.customer_sort_name {
            diesel::update(activity_records::table.find(&row.id))
                .set(activity_records::customer_sort_name.eq(folded))
                .execute(conn)?;
        }
    }
    Ok(rows.into_iter().map(|row| row.id).collect())
}

fn limit() -> i64 {
    i64::try_from(AT_ONCE).unwrap_or(i64::MAX)
}
