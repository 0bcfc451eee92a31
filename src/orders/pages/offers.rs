//! New subscription: which offers, how many of each, and who earns incentives.

mod rows;
pub mod total;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::step::open_draft;
use crate::access::permission::{AddCustomers, PlaceOrders};
use crate::access::{Allowed, Role, permission};
use crate::catalog::model::nothing::Nothing;
use crate::catalog::model::{Category, Qualification};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::orders::draft::store::{Existing, Saved};
use crate::orders::form::{Entered, Next, OfferFilter, OffersForm};
use crate::orders::model::empty::Empty;
use crate::orders::model::{Chosen, Hindrance, Incentives, LineProblem, Making, School, Step};
use crate::orders::store::making::fresh;
use crate::orders::{commands, draft};
use crate::paths::{self, address};
use crate::values::id::{CustomerId, DraftId, OfferId};
use crate::values::moment::Moment;
use crate::web::{Ask, Shell, Visit, see_other};
use rows::{Row, rows};

#[derive(Template)]
#[template(path = "orders/offers.html")]
struct OffersPage {
    shell: Shell,
    making: Making,
    chosen: Chosen,
    incentives: Incentives,
    rows: Vec<Row>,
    categories: Vec<Category>,
    filter: OfferFilter,
    hindrances: Vec<Hindrance>,
    /// Somebody else saved something in between; what is typed here is not saved yet.
    is_conflict: bool,
    /// Why there is no row, where offers could be chosen.
    empty: Option<Empty>,
    /// Whoever keeps the catalogue, with the address; asked for where it matters.
    keeper: Option<(String, String)>,
}

/// `GET /customers/{id}/subscriptions/new`: makes nothing, the first POST does.
pub async fn new(
    ask: Ask<PlaceOrders>,
    customer: web::Path<CustomerId>,
    query: web::Query<OfferFilter>,
) -> Result<HttpResponse> {
    let existing = Existing { customer: *customer, base: query.base() };
    let making = ask.read(move |conn, by| fresh(conn, by, DraftId::new(), &existing, Moment::now())).await?;
    if let Some(first) = registration_first(&making) {
        return Ok(see_other(first));
    }
    ask.page(&OffersPage::new(ask.shell(), making, query.into_inner()).with_keeper(&ask).await?)
}

/// Where what the customer's country demands is filled in, before offers are chosen, by somebody who may order. From
/// there one comes back here.
fn registration_first(making: &Making) -> Option<String> {
    let customer =
        making.draft.customer.as_ref().filter(|_| making.can_order() && making.lacks_something())?;
    let then = if making.is_begun() { making.draft.id.as_str() } else { "order" };
    Some(paths::customers::edit_registration_then(customer, then))
}

/// `GET /drafts/{id}/subscriptions`
pub async fn edit(
    ask: Ask<AddCustomers>,
    id: web::Path<DraftId>,
    query: web::Query<OfferFilter>,
) -> Result<HttpResponse> {
    let making = match open_draft(&ask, &id).await? {
        Ok(making) => making,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if let Some(first) = registration_first(&making) {
        return Ok(see_other(first));
    }
    let shown = OffersPage::new(ask.shell(), making, query.into_inner());
    let shown = if shown.filter.check.is_empty() { shown } else { shown.checked() };
    let shown = shown.with_keeper(&ask).await?;
    if shown.hindrances.is_empty() { ask.page(&shown) } else { ask.unprocessable(&shown) }
}

/// `POST /drafts/{id}/subscriptions`
pub async fn update(
    ask: Ask<AddCustomers>,
    id: web::Path<DraftId>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = OffersForm::of(pairs);
    let making = match open_or_begin(&ask, &id, &form).await? {
        Ok(making) => making,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut entered = form.read(&making);
    if !entered.unreadable.is_empty() {
        return ask.unprocessable(&OffersPage::again(ask.shell(), making, &form, &entered));
    }
    if form.next != Next::Review && !making.is_begun() && entered.lines.is_empty() {
        return Ok(see_other(next(&making, &form)));
    }
    match commands::choose(&ask, &ask.by, &making, (&form, &mut entered)).await? {
        Saved::Saved => {}
        Saved::Closed(_) => return Ok(see_other(paths::orders::draft_subscriptions(&id))),
        Saved::Conflict(_) => {
            let making = match open_draft(&ask, &id).await? {
                Ok(making) => making,
                Err(elsewhere) => return Ok(elsewhere),
            };
            let again = OffersPage::again(ask.shell(), making, &form, &entered);
            return ask.with_status(StatusCode::CONFLICT, &OffersPage { is_conflict: true, ..again });
        }
    }
    // Read again: with another reseller, other offers can be ordered.
    let making = match open_draft(&ask, &id).await? {
        Ok(making) => making,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if form.next != Next::Review {
        return Ok(see_other(next(&making, &form)));
    }
    if let Some(first) = registration_first(&making) {
        return Ok(see_other(first));
    }
    let shown = OffersPage::new(ask.shell(), making, form.filter).checked().with_keeper(&ask).await?;
    if shown.hindrances.is_empty() {
        Ok(see_other(paths::orders::draft_review(&id)))
    } else {
        ask.unprocessable(&shown)
    }
}

/// The open draft that a form is about, or the beginning of an order for an existing customer, not yet written; or where
/// to go instead.
async fn open_or_begin(
    ask: &Ask<AddCustomers>,
    id: &DraftId,
    form: &OffersForm,
) -> Result<Result<Making, HttpResponse>> {
    match open_draft(ask, id).await {
        Err(Error::NotFound) => {}
        found => return found,
    }
    let customer = form.customer.ok_or(Error::NotFound)?;
    let (by, id) = (Allowed::<PlaceOrders>::check(&ask.by)?, *id);
    let existing = Existing { customer, base: form.base };
    ask.read(move |conn, _| fresh(conn, &by, id, &existing, Moment::now())).await.map(Ok)
}

fn next(making: &Making, form: &OffersForm) -> String {
    let id = &making.draft.id;
    if let (Next::Back, Some(base)) = (form.next, &making.draft.base) {
        return paths::subscriptions::show(base);
    }
    match (form.next, &making.draft.customer) {
        (Next::Review, _) => paths::orders::draft_review(id),
        (Next::Back, None) => paths::orders::draft_customer(id),
        (Next::Back, Some(customer)) => paths::subscriptions::of_customer(customer),
        (Next::Show, Some(customer)) if !making.is_begun() => {
            let base = making.draft.base.as_ref().map(|base| ("base", base.as_str()));
            address(paths::orders::new_subscription(customer), &form.filter, base.as_slice())
        }
        (Next::Show, _) => address(paths::orders::draft_subscriptions(id), &form.filter, &[]),
    }
}

impl OffersPage {
    fn new(shell: Shell, making: Making, filter: OfferFilter) -> Self {
        let chosen = making.chosen();
        let (rows, categories) = rows(&making, &chosen, &filter, &OffersForm::default());
        let incentives = making.incentives();
        let (hindrances, is_conflict) = (Vec::new(), false);
        let has_search = !filter.search.trim().is_empty();
        let empty = rows.is_empty().then(|| Empty::of(&making, has_search, filter.category()));
        let keeper = None;
        Self {
            shell,
            making,
            chosen,
            incentives,
            rows,
            categories,
            filter,
            hindrances,
            is_conflict,
            empty,
            keeper,
        }
    }

    /// The page with whoever can fill the catalogue, where nothing in it can be ordered.
    async fn with_keeper(mut self, visit: &Visit) -> Result<Self> {
        if matches!(self.empty, Some(Empty::Nothing(_))) {
            self.keeper = visit.read(crate::partners::facts::operator).await?;
        }
        Ok(self)
    }

    /// This page without search and category.
    fn unfiltered(&self) -> String {
        let base = self.making.draft.base.as_ref().map(|base| ("base", base.as_str()));
        match &self.making.draft.customer {
            Some(customer) if !self.making.is_begun() => {
                address(paths::orders::new_subscription(customer), &OfferFilter::default(), base.as_slice())
            }
            _ => paths::orders::draft_subscriptions(&self.making.draft.id),
        }
    }

    /// The page with what was typed on it, which is not saved.
    fn again(shell: Shell, making: Making, form: &OffersForm, entered: &Entered) -> Self {
        let mut page = Self::new(shell, making, form.filter.clone());
        (page.rows, page.categories) = rows(&page.making, &page.chosen, &page.filter, form);
        let typed = Making {
            draft: draft::Draft { mpn_id: entered.mpn_id.clone(), ..page.making.draft.clone() },
            ..page.making.clone()
        };
        page.incentives = typed.incentives();
        for (offer, problem) in &entered.unreadable {
            let problem = LineProblem::Quantity(problem.clone());
            if let Some(row) = page.rows.iter_mut().find(|row| row.listed.offer.id == *offer) {
                row.problem = Some(problem.clone());
                let name = row.listed.offer.name.clone();
                page.hindrances.push(Hindrance::Line { offer: *offer, name, problem });
            }
        }
        page
    }

    /// The page with everything that stands in the way here, and all offers if the filter hides some of it.
    fn checked(mut self) -> Self {
        let all = self.making.hindrances(&self.chosen);
        self.hindrances = all.into_iter().filter(|one| one.step() == Step::Offers).collect();
        let is_shown = |one: &Hindrance| match one {
            Hindrance::Line { offer, .. } => self.is_shown(offer),
            _ => true,
        };
        if !self.hindrances.iter().all(is_shown) {
            self.filter = OfferFilter::default();
            (self.rows, self.categories) =
                rows(&self.making, &self.chosen, &self.filter, &OffersForm::default());
        }
        self
    }

    /// Whether there is nothing to do here but leave: an order for a customer that is there, by somebody who may not
    /// order.
    fn is_blocked(&self) -> bool {
        !self.making.is_new() && !self.making.can_order()
    }

    /// Whether an offer has its row on the page.
    fn is_shown(&self, offer: &OfferId) -> bool {
        self.rows.iter().any(|row| row.listed.offer.id == *offer)
    }

    fn ordering_roles(&self) -> &'static [Role] {
        let kind = self.shell.viewer.as_ref().map(|viewer| viewer.organisation.kind);
        permission::rule("place-orders").zip(kind).map_or(&[], |(rule, kind)| rule.roles_in(kind))
    }

    /// The value of the reseller that is chosen in the list.
    fn chosen_mpn_id(&self) -> &str {
        match &self.incentives {
            Incentives::Partner(partner) => partner.mpn_id.as_str(),
            Incentives::Nobody => draft::NOBODY,
            Incentives::Gone(_) | Incentives::Barred(..) => "",
        }
    }
}
