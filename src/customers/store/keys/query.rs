//! The queries of the lists: of a provider's customers, and of those that it, or anybody, delegated to a reseller.

use diesel::prelude::*;

use super::conditions::{
    any_has, begins, is, is_called_from, is_delegated_from, is_delegated_in_view, is_of_found, is_of_view,
    is_selected,
};
use super::{Part, Scope, Stretch, Way};
use crate::customers::facts::lasting;
use crate::customers::model::listing::{Order, Sort};
use crate::customers::model::search::{Among, Filter, Search};
use crate::db::Connection;
use crate::db::row_values::Both;
use crate::db::schema::{customers, delegations};
use crate::error::Result;
use crate::values::id::OrganisationId;
use crate::web::pager::{Key, Portion, ascending, descending, keys};

/// The customers of a stretch that are looked for, in no order yet.
pub(super) enum Query {
    OfProvider(customers::BoxedQuery<'static, Both>),
    Delegated(delegations::BoxedQuery<'static, Both>),
    /// By one provider, which counts from when it has had the customer.
    DelegatedBy(delegations::BoxedQuery<'static, Both>),
}

impl Query {
    pub(super) fn new(
        conn: &Connection,
        scope: &Scope,
        filter: &Filter,
        stretch: &Stretch,
        part: Part<'_>,
    ) -> Self {
        match scope {
            Scope::Of(provider) => Self::OfProvider(of_provider(conn, provider, filter, stretch, part)),
            Scope::DelegatedTo(reseller, None) => {
                Self::Delegated(delegated(conn, (reseller, None), filter, stretch, part))
            }
            Scope::DelegatedTo(reseller, Some(provider)) => {
                Self::DelegatedBy(delegated(conn, (reseller, Some(provider)), filter, stretch, part))
            }
        }
    }

    pub(super) fn count(self, conn: &mut Connection) -> Result<usize> {
        let count: i64 = match self {
            Self::OfProvider(query) => query.count().get_result(conn)?,
            Self::Delegated(query) | Self::DelegatedBy(query) => query.count().get_result(conn)?,
        };
        Ok(usize::try_from(count).unwrap_or_default())
    }

    pub(super) fn keys(self, conn: &mut Connection, order: Order, portion: &Portion) -> Result<Vec<Key>> {
        macro_rules! by {
            ($query:ident, $column:expr, $id:expr) => {
                match order.is_descending {
                    false => keys(conn, $query, ascending($column, $id), portion),
                    true => keys(conn, $query, descending($column, $id), portion),
                }
            };
        }
        match (self, order.by) {
            (Self::OfProvider(query), Sort::Name) => by!(query, customers::sort_name, customers::id),
            (Self::OfProvider(query), Sort::Since) => by!(query, customers::created_at, customers::id),
            (Self::OfProvider(query), Sort::Value) => by!(query, customers::monthly_minor, customers::id),
            (Self::OfProvider(query), Sort::End) => {
                by!(query, customers::ended_at.assume_not_null(), customers::id)
            }
            // What has ended is delegated to nobody, so there is no other order to tell them from.
            (Self::Delegated(query) | Self::DelegatedBy(query), Sort::Name | Sort::End) => {
                by!(query, delegations::customer_sort_name, delegations::customer_id)
            }
            (Self::Delegated(query), Sort::Since) => by!(query, delegations::since, delegations::customer_id),
            (Self::DelegatedBy(query), Sort::Since) => {
                by!(query, delegations::customer_created_at, delegations::customer_id)
            }
            (Self::Delegated(query) | Self::DelegatedBy(query), Sort::Value) => {
                by!(query, delegations::customer_monthly_minor, delegations::customer_id)
            }
        }
    }
}

fn of_provider(
    conn: &Connection,
    provider: &OrganisationId,
    filter: &Filter,
    stretch: &Stretch,
    part: Part<'_>,
) -> customers::BoxedQuery<'static, Both> {
    let mut query =
        customers::table.filter(is("customers.provider_id", provider, is_hidden(filter, part))).into_boxed();
    query = query.filter(is_of_view(filter));
    if let Some(among) = &filter.among {
        query = query.filter(is_selected("customers.id", among));
    }
    if let Some(beginning) = &stretch.beginning {
        query = query.filter(begins(customers::sort_name, beginning));
    }
    match part {
        None => query,
        Some((text, Way::InOrder)) if is_beginning(filter) => {
            query.filter(begins(customers::sort_name, text))
        }
        Some((text, Way::InOrder)) => {
            query.filter(any_has(["customers.sort_name", "customers.domain", "customers.id"], text))
        }
        Some((text, Way::ByName)) => query.filter(is_called_from(provider, filter.view, text)),
        Some((text, Way::By(index))) => query.filter(index.finds(conn, text)),
    }
}

fn delegated(
    conn: &Connection,
    (reseller, provider): (&OrganisationId, Option<&OrganisationId>),
    filter: &Filter,
    stretch: &Stretch,
    part: Part<'_>,
) -> delegations::BoxedQuery<'static, Both> {
    let mut query =
        lasting().filter(is("delegations.reseller_id", reseller, is_hidden(filter, part))).into_boxed();
    if let Some(provider) = provider {
        query = query.filter(is("delegations.provider_id", provider, is_hidden(filter, part)));
    }
    if let Some(condition) = is_delegated_in_view(filter) {
        query = query.filter(condition);
    }
    if let Some(among) = &filter.among {
        query = query.filter(is_selected("delegations.customer_id", among));
    }
    if let Some(beginning) = &stretch.beginning {
        query = query.filter(begins(delegations::customer_sort_name, beginning));
    }
    match part {
        None => query,
        Some((text, Way::InOrder)) if is_beginning(filter) => {
            query.filter(begins(delegations::customer_sort_name, text))
        }
        Some((text, Way::InOrder)) => {
            let columns =
                ["delegations.customer_sort_name", "delegations.customer_domain", "delegations.customer_id"];
            query.filter(any_has(columns, text))
        }
        Some((text, Way::ByName)) => query.filter(is_delegated_from((reseller, provider), text)),
        Some((text, Way::By(index))) => query.filter(is_of_found(conn, index, text)),
    }
}

/// Whether the columns that begin the indexes in list order are to be hidden from them.
fn is_hidden(filter: &Filter, part: Part<'_>) -> bool {
    // What somebody has ticked is not much, so it is fetched and sorted.
    matches!(part, Some((_, Way::By(_) | Way::ByName))) || matches!(filter.among, Some(Among::Marked(_)))
}

fn is_beginning(filter: &Filter) -> bool {
    matches!(filter.search, Search::Beginning(_))
}
