//! The conditions of a list, alike for the table of customers and that of delegations.

use diesel::sql_types::Text;

use super::index::Index;
use crate::customers::model::listing::View;
use crate::customers::model::search::{Among, Filter};
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::row_values::{Column, Condition};
use crate::db::schema::{customers, delegations};
use crate::db::snippet::Snippet;
use crate::values::id::OrganisationId;

/// A column is this organisation. A hidden column stands inside an expression: no index serves it, so that
/// neither database can take the way in list order instead of the one by trigrams.
pub(super) fn is<T: 'static>(
    column: &'static str,
    organisation: &OrganisationId,
    is_hidden: bool,
) -> Condition<T> {
    let hidden = if is_hidden { " || ''" } else { "" };
    Snippet::new(column).words(hidden).words(" = ").value::<Text, _>(organisation.to_string()).on()
}

/// One of the columns has the text. They are what `search_text` is made of, and stand in the index of the list.
pub(super) fn any_has<T: 'static>([name, domain, id]: [&'static str; 3], text: &str) -> Condition<T> {
    let like = |before: Snippet, column: &'static str| {
        before.words(column).words(" LIKE ").value::<Text, _>(any_part(text)).words(" ESCAPE '\\'")
    };
    let name_or_domain = like(like(Snippet::new("("), name).words(" OR "), domain);
    like(name_or_domain.words(" OR "), id).words(")").on()
}

/// The delegation is of a customer that has the text, as an index tells.
pub(super) fn is_of_found<T: 'static>(conn: &Connection, index: Index, text: &str) -> Condition<T> {
    let rows = "delegations.customer_id IN (SELECT customers.id FROM customers WHERE ";
    let found = index.finds::<customers::table>(conn, text);
    Snippet::new(rows).part(found).words(")").on()
}

/// The names begin with this.
pub(super) fn begins<T: 'static>(name: impl Column<T, Text> + Copy, beginning: &str) -> Condition<T> {
    let from = Snippet::new("").part(name).words(" >= ").value::<Text, _>(beginning.to_owned());
    from.words(" AND ").part(name).words(" < ").value::<Text, _>(end_of(beginning)).on()
}

/// Before which all names stand that begin with this.
fn end_of(beginning: &str) -> String {
    // Names are compared byte by byte, and nothing sorts after this character.
    format!("{beginning}{}", char::MAX)
}

/// The customer is in the view. The words are those of the indexes: only then a database knows that one holds the view.
pub(super) fn is_of_view(filter: &Filter) -> Condition<customers::table> {
    let words = match filter.view {
        View::Mine => "customers.ended_at IS NULL",
        View::WithoutReseller => "customers.resellers = 0 AND customers.ended_at IS NULL",
        View::AgreementMissing => "customers.agreement = 'awaited' AND customers.ended_at IS NULL",
        View::EndingSoon => "customers.ending_on IS NOT NULL AND customers.ended_at IS NULL",
        View::Ended => "customers.ended_at IS NOT NULL",
    };
    Snippet::new(words).on()
}

/// The same of a customer that is delegated; none for those views that take all of them.
pub(super) fn is_delegated_in_view(filter: &Filter) -> Option<Condition<delegations::table>> {
    match filter.view {
        View::AgreementMissing => Some(Snippet::new("delegations.customer_agreement = 'awaited'").on()),
        View::EndingSoon => Some(Snippet::new("delegations.customer_ending_on IS NOT NULL").on()),
        View::Mine | View::WithoutReseller | View::Ended => None,
    }
}

/// The customer is one of those of the provider whose names begin with this: found by the index in their order.
pub(super) fn is_called_from(
    provider: &OrganisationId,
    view: View,
    beginning: &str,
) -> Condition<customers::table> {
    let rows =
        Snippet::new("customers.id IN (SELECT named.id FROM customers AS named WHERE named.provider_id = ");
    let ended = match view {
        View::Ended => " AND named.ended_at IS NOT NULL AND named.sort_name >= ",
        _ => " AND named.ended_at IS NULL AND named.sort_name >= ",
    };
    let from =
        rows.value::<Text, _>(provider.to_string()).words(ended).value::<Text, _>(beginning.to_owned());
    from.words(" AND named.sort_name < ").value::<Text, _>(end_of(beginning)).words(")").on()
}

/// The same of those that are delegated to a reseller; by this provider, or by any.
pub(super) fn is_delegated_from(
    (reseller, provider): (&OrganisationId, Option<&OrganisationId>),
    beginning: &str,
) -> Condition<delegations::table> {
    let rows = "delegations.customer_id IN (SELECT named.customer_id FROM delegations AS named WHERE named.reseller_id = ";
    let mut rows = Snippet::new(rows).value::<Text, _>(reseller.to_string());
    if let Some(provider) = provider {
        rows = rows.words(" AND named.provider_id = ").value::<Text, _>(provider.to_string());
    }
    let from = rows.words(" AND named.ended_at IS NULL AND named.customer_sort_name >= ");
    let from = from.value::<Text, _>(beginning.to_owned()).words(" AND named.customer_sort_name < ");
    from.value::<Text, _>(end_of(beginning)).words(")").on()
}

/// The customer, whose id stands in this column, is selected.
pub(super) fn is_selected<T: 'static>(customer: &'static str, among: &Among) -> Condition<T> {
    let (within, selection) = match among {
        Among::Marked(id) => (" IN (", id),
        Among::Unmarked(id) => (" NOT IN (", id),
    };
    let marked = "SELECT marked.customer_id FROM selected_customers AS marked WHERE marked.selection_id = ";
    let rows = Snippet::new(customer).words(within).words(marked);
    rows.value::<Text, _>(selection.to_string()).words(")").on()
}
