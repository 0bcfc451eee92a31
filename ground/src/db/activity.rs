//! Asks PostgreSQL what it is doing for a connection that has not answered: an answer that was lost on its way never
//! comes, and this side would wait for it.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};
use diesel::{PgConnection, sql_query};

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// The number of the process that serves a connection.
pub(super) fn own_process(connection: &mut PgConnection) -> QueryResult<i32> {
    diesel::dsl::sql::<Integer>("SELECT pg_backend_pid()").get_result(connection)
}

/// Whether the process of another connection still works on what it was asked. One that has done nothing for a while has
/// not heard the question, or its answer was not heard.
pub(super) fn is_working(connection: &mut PgConnection, process: i32) -> QueryResult<bool> {
    let working = sql_query(
        "SELECT count(*) AS number FROM pg_stat_activity WHERE pid = $1
         AND NOT (state LIKE 'idle%' AND state_change < clock_timestamp() - interval '2 seconds')",
    );
    Ok(working.bind::<Integer, _>(process).get_result::<Number>(connection)?.number > 0)
}
