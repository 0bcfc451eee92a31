//! The list of promotions, those that begin last in front.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::rows::{PromotionRow, whole};
use crate::access::Allowed;
use crate::access::permission::SeeCatalog;
use crate::db::Connection;
use crate::db::row_values::Both;
use crate::db::schema::promotions;
use crate::error::Result;
use crate::promotions::model::{Promotion, Stage};
use crate::web::pager::{Page, Portion, descending, keyset};

/// Which of them, on which day.
#[derive(Clone, Copy, Debug)]
pub struct Selection {
    pub stage: Option<Stage>,
    pub today: NaiveDate,
}

/// A portion of the list. Promotions are the installation's, so there is no reach.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    _by: &Allowed<SeeCatalog>,
    Selection { stage, today }: Selection,
    portion: &Portion,
) -> Result<Page<Promotion>> {
    let mut query = promotions::table.into_boxed::<Both>();
    query = match stage {
        None => query,
        Some(Stage::Planned) => {
            query.filter(promotions::ended_at.is_null()).filter(promotions::starts_on.gt(today))
        }
        Some(Stage::Running) => query
            .filter(promotions::ended_at.is_null())
            .filter(promotions::starts_on.le(today))
            .filter(promotions::ends_on.ge(today)),
        Some(Stage::Ended) => {
            query.filter(promotions::ended_at.is_not_null().or(promotions::ends_on.lt(today)))
        }
    };
    let order = descending(promotions::starts_on, promotions::id);
    let page: Page<PromotionRow> = keyset(conn, query, order, portion)?;
    page.read(|rows| whole(conn, rows))
}
