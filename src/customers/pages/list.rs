//! The Customers page.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Allowed;
use crate::access::permission::{
    AuthorizeProviders, ExportCustomers, PlaceOrders, SeeCustomers, SeeProviders,
};
use crate::customers::form::CustomerListForm;
use crate::customers::model::search::Search;
use crate::customers::model::{Agreement, CustomerRow};
use crate::customers::store::list;
use crate::error::Result;
use crate::language::filters;
use crate::partnerships::directory::{ResellerChoice, reseller_choices};
use crate::partnerships::model::Waiting;
use crate::partnerships::waiting;
use crate::paths;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "customers/list.html")]
struct CustomerListPage {
    shell: Shell,
    form: CustomerListForm,
    rows: Vec<CustomerRow>,
    count: Option<Count>,
    resellers: Vec<ResellerChoice>,
    /// The reseller that the list is narrowed to; `None` when it is nobody's who administers customers here.
    reseller: Option<ResellerChoice>,
    /// Whether the search looks at the beginning of names only.
    is_short: bool,
    /// Whether the page lies behind the last customer.
    is_beyond: bool,
    is_provider: bool,
    /// Requests for a partnership that nobody of the reseller has answered: this is the page that it sees first.
    asking: Vec<Waiting>,
    may_answer: bool,
    may_order: bool,
    may_export: bool,
    pager: Pager,
}

/// `GET /customers`
pub async fn list(
    ask: Ask<SeeCustomers>,
    form: web::Query<CustomerListForm>,
    cursor: web::Query<Cursor>,
) -> Result<HttpResponse> {
    let mut form = form.into_inner().tidy();
    let is_provider = ask.by.is_provider();
    if !is_provider {
        form.reseller.clear();
    }
    let (filter, portion) = (form.parse()?, cursor.portion());
    let (wanted, is_beyond) = (filter.clone(), !portion.is_first());
    let (found, count, resellers, asking) = ask
        .read(move |conn, by| {
            let (reach, own) = (by.reach(), &by.organisation.id);
            let found = list::page_of(conn, &reach, &wanted, &portion)?;
            let count = list::count_of(conn, &reach, &wanted)?;
            let resellers = if is_provider { reseller_choices(conn, own)? } else { Vec::new() };
            let may_see = Allowed::<SeeProviders>::check(by).ok();
            let asking = may_see.map(|may| waiting(conn, &may, Moment::now())).transpose()?;
            Ok((found, count, resellers, asking.unwrap_or_default()))
        })
        .await?;
    ask.page(&CustomerListPage {
        pager: Pager::new(&found, paths::customers::list(), &form),
        // A search is not counted, but when all it found stands on one page, the page knows.
        count: count.or_else(|| found.count()),
        reseller: resellers.iter().find(|choice| Some(&choice.id) == filter.reseller.as_ref()).cloned(),
        resellers,
        is_short: matches!(filter.search, Search::Beginning(_)),
        is_beyond: is_beyond && found.rows.is_empty(),
        is_provider,
        asking,
        may_answer: ask.by.may::<AuthorizeProviders>(),
        may_order: ask.by.may::<PlaceOrders>(),
        may_export: ask.by.may::<ExportCustomers>(),
        rows: found.rows,
        shell: ask.shell(),
        form,
    })
}

impl CustomerListPage {
    fn is_filtered(&self) -> bool {
        !self.form.search.is_empty() || !self.form.reseller.is_empty()
    }

    /// A new customer begins with the reseller that the list is narrowed to.
    fn add(&self) -> String {
        match &self.reseller {
            Some(choice) => paths::orders::new_customer_of(&choice.id),
            None => paths::orders::new_customer().to_owned(),
        }
    }
}
