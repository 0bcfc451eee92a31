//! Reading a portion of a list by the two columns that order it. An index holds both, so every portion is as fast.

use diesel::dsl::{AsSelect, Asc, Desc};
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::query_dsl::LoadQuery;
use diesel::query_dsl::methods::{FilterDsl, LimitDsl, OffsetDsl, OrderDsl, SelectDsl};
use diesel::sql_types::{BigInt, SingleValue, SqlType, Text, Timestamp};

use super::{Key, Page, Portion};
use crate::db::Connection;
use crate::db::row_values::{Both, Column, Condition, Than, are};
use crate::error::Result;
use crate::values::moment::Moment;

/// By which columns a list is ordered, and which way.
#[derive(Clone, Copy, Debug)]
pub struct Order<S, I> {
    sort: S,
    id: I,
    is_ascending: bool,
}

/// From the first name on, or from the oldest.
pub fn ascending<S, I>(sort: S, id: I) -> Order<S, I> {
    Order { sort, id, is_ascending: true }
}

/// From the newest on, or from the most.
pub fn descending<S, I>(sort: S, id: I) -> Order<S, I> {
    Order { sort, id, is_ascending: false }
}

/// What a list can be ordered by, as it stands in a key.
pub trait Sorted: SqlType + SingleValue + Sized {
    type Value: AsExpression<Self, Expression: QueryFragment<Both> + Send + 'static>;

    /// `None` for what no row can have.
    fn read(text: &str) -> Option<Self::Value>;
    fn written(value: Self::Value) -> String;
}

impl Sorted for Text {
    type Value = String;

    fn read(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn written(value: String) -> String {
        value
    }
}

impl Sorted for Timestamp {
    type Value = Moment;

    fn read(text: &str) -> Option<Moment> {
        Moment::parse_exact(text)
    }

    fn written(value: Moment) -> String {
        value.exact()
    }
}

impl Sorted for BigInt {
    type Value = i64;

    fn read(text: &str) -> Option<i64> {
        text.parse().ok()
    }

    fn written(value: i64) -> String {
        value.to_string()
    }
}

/// A boxed query, of which a portion can be cut.
pub trait Divisible<T, S, I>:
    FilterDsl<Condition<T>, Output = Self>
    + OrderDsl<(Asc<S>, Asc<I>), Output = Self>
    + OrderDsl<(Desc<S>, Desc<I>), Output = Self>
    + LimitDsl<Output = Self>
    + OffsetDsl<Output = Self>
where
    S: Expression,
    I: Expression,
{
}

impl<T, S, I, Q> Divisible<T, S, I> for Q
where
    S: Expression,
    I: Expression,
    Q: FilterDsl<Condition<T>, Output = Q>
        + OrderDsl<(Asc<S>, Asc<I>), Output = Q>
        + OrderDsl<(Desc<S>, Desc<I>), Output = Q>
        + LimitDsl<Output = Q>
        + OffsetDsl<Output = Q>,
{
}

/// A portion of the rows of a query, with the ways to its neighbours. A start that makes no sense is the beginning.
///
/// # Errors
/// Database errors.
pub fn keyset<'query, R, Q, P, T, ST, S, I>(
    conn: &mut Connection,
    query: Q,
    order: Order<S, I>,
    portion: &Portion,
) -> Result<Page<R>>
where
    R: Selectable<Both>,
    T: 'static,
    ST: Sorted,
    S: Column<T, ST> + Copy,
    I: Column<T, Text> + Copy,
    (S, I, AsSelect<R, Both>): Expression,
    Q: Divisible<T, S, I> + SelectDsl<(S, I, AsSelect<R, Both>), Output = P>,
    P: LoadQuery<'query, Connection, (ST::Value, String, R)>,
{
    let portion = sensible::<ST>(portion);
    let one_more = Portion { most: portion.most + 1, ..portion.clone() };
    let query = order.cut(query, &one_more).select((order.sort, order.id, R::as_select()));
    let rows: Vec<(ST::Value, String, R)> = query.load(conn)?;
    let keyed = rows.into_iter().map(|(sort, id, row)| (Key::new(ST::written(sort), id), row)).collect();
    Ok(Page::new(keyed, &portion, |(key, _)| key.clone()).map(|(_, row)| row))
}

/// The keys of a portion alone, nearest to its start first.
///
/// # Errors
/// Database errors.
pub fn keys<'query, Q, P, T, ST, S, I>(
    conn: &mut Connection,
    query: Q,
    order: Order<S, I>,
    portion: &Portion,
) -> Result<Vec<Key>>
where
    T: 'static,
    ST: Sorted,
    S: Column<T, ST> + Copy,
    I: Column<T, Text> + Copy,
    (S, I): Expression,
    Q: Divisible<T, S, I> + SelectDsl<(S, I), Output = P>,
    P: LoadQuery<'query, Connection, (ST::Value, String)>,
{
    let query = order.cut(query, &sensible::<ST>(portion)).select((order.sort, order.id));
    let rows: Vec<(ST::Value, String)> = query.load(conn)?;
    Ok(rows.into_iter().map(|(sort, id)| Key::new(ST::written(sort), id)).collect())
}

fn sensible<ST: Sorted>(portion: &Portion) -> Portion {
    portion.if_sensible(|key| ST::read(&key.sort).is_some())
}

impl<S: Copy, I: Copy> Order<S, I> {
    fn cut<T, ST, Q>(&self, mut query: Q, portion: &Portion) -> Q
    where
        T: 'static,
        ST: Sorted,
        S: Column<T, ST>,
        I: Column<T, Text>,
        Q: Divisible<T, S, I>,
    {
        let (sort, id) = (self.sort, self.id);
        let grows = self.is_ascending != portion.start.is_backwards();
        let (beyond, until) =
            if grows { (Than::Greater, Than::LessOrSame) } else { (Than::Less, Than::GreaterOrSame) };
        let bounds = [(portion.start.key(), beyond), (portion.end.as_ref(), until)];
        for (key, than) in bounds {
            if let Some((value, id_of)) = key.and_then(|key| Some((ST::read(&key.sort)?, &key.id))) {
                query = query.filter(are((sort, id), than, (value, id_of)));
            }
        }
        let query = match grows {
            true => OrderDsl::order(query, (sort.asc(), id.asc())),
            false => OrderDsl::order(query, (sort.desc(), id.desc())),
        };
        let query = query.limit(i64::try_from(portion.most).unwrap_or(i64::MAX));
        if portion.skipped == 0 {
            query
        } else {
            query.offset(portion.skipped.try_into().unwrap_or(i64::MAX))
        }
    }
}
