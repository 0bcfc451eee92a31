//! Cases in one state, for whoever decides.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::DecideQualifications;
use crate::customers::facts::{Named, customer};
use crate::db::Connection;
use crate::db::schema::qualification_reviews as reviews;
use crate::error::Result;
use crate::partners;
use crate::partners::facts::organisation;
use crate::qualifications::facts::{Row, count_in};
use crate::qualifications::model::{Review, State};
use crate::web::Count;
use crate::web::pager::{Page, Portion, ascending, descending, keyset};

/// A case in the list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub review: Review,
    pub customer: Named,
    pub provider_name: String,
}

/// A page of cases in a state: those that wait from the oldest on, all others from the newest on.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    _by: &Allowed<DecideQualifications>,
    state: State,
    portion: &Portion,
) -> Result<Page<Listed>> {
    let query = reviews::table
        .inner_join(customer(reviews::customer_id))
        .inner_join(organisation(reviews::provider_id))
        .filter(reviews::state.eq(state))
        .into_boxed();
    let (since, id) = (reviews::state_since, reviews::id);
    let order = if state == State::InReview { ascending(since, id) } else { descending(since, id) };
    let page: Page<(Row, Named, partners::facts::Named)> = keyset(conn, query, order, portion)?;
    Ok(page.map(|(row, customer, provider)| Listed {
        review: row.into(),
        customer,
        provider_name: provider.name,
    }))
}

/// How many cases are in a state, as far as counting is cheap.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection, _by: &Allowed<DecideQualifications>, state: State) -> Result<Count> {
    count_in(conn, state)
}
