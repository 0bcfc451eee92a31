//! The Customers page.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::picks::Picks;
use crate::access::Allowed;
use crate::access::permission::{
    AuthorizeProviders, ExportCustomers, HandCustomersOver, PlaceOrders, SeeCustomers, SeeProviders,
};
use crate::customers::form::CustomerListForm;
use crate::customers::model::listing::{Sort, View};
use crate::customers::model::search::Search;
use crate::customers::model::{Agreement, CustomerRow};
use crate::customers::store::list;
use crate::error::Result;
use crate::handovers::facts as handovers;
use crate::language::filters;
use crate::partnerships::directory::{ResellerChoice, reseller_choices};
use crate::partnerships::model::Waiting;
use crate::partnerships::waiting;
use crate::paths;
use crate::values::moment::Moment;
use crate::web::export::ExportMenu;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "customers/list.html")]
struct CustomerListPage {
    shell: Shell,
    form: CustomerListForm,
    view: View,
    views: Vec<(View, Count)>,
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
    may_hand_over: bool,
    /// Whether who looks after many customers was changed at once, ever.
    are_handed_over: bool,
    pager: Pager,
    /// The ticks; `None` for whoever could do nothing with them.
    picks: Option<Picks>,
    cursor: Cursor,
}

/// `GET /customers`
pub async fn list(
    ask: Ask<SeeCustomers>,
    form: web::Query<CustomerListForm>,
    cursor: web::Query<Cursor>,
) -> Result<HttpResponse> {
    let is_provider = ask.by.is_provider();
    let form = form.into_inner().tidy().sensible(is_provider);
    let (filter, portion) = (form.parse()?, cursor.portion());
    let (wanted, asked, is_beyond) = (filter.clone(), form.clone(), !portion.is_first());
    let (found, count, (views, are_handed_over), resellers, asking, picks) = ask
        .read(move |conn, by| {
            let (reach, own) = (by.reach(), &by.organisation.id);
            let found = list::page_of(conn, &reach, &wanted, &portion)?;
            let count = list::count_of(conn, &reach, &wanted)?;
            let views = list::counts_of_views(conn, &reach)?;
            let resellers = if is_provider { reseller_choices(conn, own)? } else { Vec::new() };
            let may_see = Allowed::<SeeProviders>::check(by).ok();
            let asking = may_see.map(|may| waiting(conn, &may, Moment::now())).transpose()?;
            let is_ticked = by.may::<ExportCustomers>() || by.may::<HandCustomersOver>();
            let picks = is_ticked.then(|| Picks::of(conn, by, &asked, &wanted, &found)).transpose()?;
            let are_handed_over = by.may::<HandCustomersOver>() && handovers::are_any(conn, own)?;
            Ok((found, count, (views, are_handed_over), resellers, asking.unwrap_or_default(), picks))
        })
        .await?;
    ask.page(&CustomerListPage {
        pager: Pager::new(&found, paths::customers::list(), &form),
        // A search is not counted, but when all it found stands on one page, the page knows.
        count: count.or_else(|| found.count()),
        reseller: resellers.iter().find(|choice| Some(&choice.id) == filter.reseller.as_ref()).cloned(),
        resellers,
        view: filter.view,
        views,
        is_short: matches!(filter.search, Search::Beginning(_)),
        is_beyond: is_beyond && found.rows.is_empty(),
        is_provider,
        asking,
        may_answer: ask.by.may::<AuthorizeProviders>(),
        may_order: ask.by.may::<PlaceOrders>(),
        may_export: ask.by.may::<ExportCustomers>(),
        may_hand_over: ask.by.may::<HandCustomersOver>(),
        are_handed_over,
        rows: found.rows,
        picks,
        cursor: cursor.into_inner(),
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

    /// The list in another view, with what it is narrowed to, and in the order of that view.
    fn viewed(&self, view: &View) -> String {
        self.with("view", if *view == View::Mine { "" } else { view.as_text() }, "sort")
    }

    /// The list ordered by a head of its table.
    fn sorted(&self, by: Sort) -> String {
        let order = self.form.order().by_head(by);
        let text = if order == self.view.order() { String::new() } else { order.text() };
        self.with("sort", &text, "")
    }

    /// How the column is sorted, as `aria-sort` says it.
    fn direction(&self, by: Sort) -> &'static str {
        match self.form.order() {
            order if order.by != by => "none",
            order if order.is_descending => "descending",
            _ => "ascending",
        }
    }

    fn with(&self, part: &str, value: &str, without: &str) -> String {
        let mut pairs = paths::pairs(&self.form);
        pairs.retain(|(name, _)| name != part && name != without);
        pairs.push((part.to_owned(), value.to_owned()));
        paths::address(paths::customers::list(), &pairs, &[])
    }

    /// The choice to have the list as a file. What is ticked has a way of its own.
    fn export(&self) -> ExportMenu {
        let list: Vec<_> =
            paths::pairs(&self.form).into_iter().filter(|(name, _)| name != "selection").collect();
        ExportMenu::new(paths::customers::list(), &list)
    }

    /// What is selected, as a file in the order of the list.
    fn export_selected(&self, format: &str) -> String {
        paths::address(paths::customers::export(), &self.form, &[("format", format), ("selected", "yes")])
    }

    /// What the ticks are sent with, so that the same page follows.
    fn kept(&self) -> Vec<(String, String)> {
        let list = paths::pairs(&self.form).into_iter().filter(|(name, _)| name != "selection");
        list.chain(paths::pairs(&self.cursor)).filter(|(_, value)| !value.is_empty()).collect()
    }

    /// How many columns the table has.
    fn columns(&self) -> usize {
        if self.picks.is_some() { 8 } else { 7 }
    }

    /// The list of this view with nothing searched for.
    fn cleared(&self) -> String {
        let kept = [
            ("view", self.form.view.as_str()),
            ("sort", self.form.sort.as_str()),
            ("selection", self.form.selection.as_str()),
        ];
        paths::address(paths::customers::list(), &(), &kept)
    }
}
