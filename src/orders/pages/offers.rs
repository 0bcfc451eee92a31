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
use crate::db::Db;
use crate::error::{Error, Result};
use crate::orders::draft;
use crate::orders::draft::store::{Choice, Saved};
use crate::orders::form::{Entered, Next, OfferFilter, OffersForm};
use crate::orders::model::empty::Empty;
use crate::orders::model::{Chosen, Hindrance, Incentives, LineProblem, Making, Step};
use crate::orders::store::making::fresh;
use crate::paths::{self, address};
use crate::values::id::{CustomerId, DraftId, OfferId};
use crate::values::moment::Moment;
use crate::web::page::with_status;
use crate::web::{Shell, Site, page, see_other, unprocessable};
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
    shell: Shell,
    may: Allowed<PlaceOrders>,
    db: web::Data<Db>,
    customer: web::Path<CustomerId>,
    query: web::Query<OfferFilter>,
) -> Result<HttpResponse> {
    let making = db.read(move |conn| fresh(conn, &may, DraftId::new(), &customer, Moment::now())).await?;
    page(&OffersPage::new(shell, making, query.into_inner()).with_keeper(&db).await?)
}

/// `GET /drafts/{id}/subscriptions`
pub async fn edit(
    shell: Shell,
    may: Allowed<AddCustomers>,
    (db, site): (web::Data<Db>, web::Data<Site>),
    id: web::Path<DraftId>,
    query: web::Query<OfferFilter>,
) -> Result<HttpResponse> {
    let making = match open_draft(&db, &site, &shell, &may, &id).await? {
        Ok(making) => making,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let shown = OffersPage::new(shell, making, query.into_inner());
    let shown = if shown.filter.check.is_empty() { shown } else { shown.checked() };
    let shown = shown.with_keeper(&db).await?;
    if shown.hindrances.is_empty() { page(&shown) } else { unprocessable(&shown) }
}

/// `POST /drafts/{id}/subscriptions`
pub async fn update(
    shell: Shell,
    may: Allowed<AddCustomers>,
    (db, site): (web::Data<Db>, web::Data<Site>),
    id: web::Path<DraftId>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = OffersForm::of(pairs);
    let found = match open_draft(&db, &site, &shell, &may, &id).await {
        Err(Error::NotFound) => Ok(begin(&db, &may, &id, &form).await?),
        found => found?,
    };
    let making = match found {
        Ok(making) => making,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut entered = form.read(&making);
    if !entered.unreadable.is_empty() {
        return unprocessable(&OffersPage::again(shell, making, &form, &entered));
    }
    if form.next != Next::Review && !making.is_begun() && entered.lines.is_empty() {
        return Ok(see_other(next(&making, &form)));
    }
    let mut result = save(&db, &may, &making, &form.mark, &entered).await?;
    // Where somebody else saved something in between, only what was touched is put over it.
    if let Saved::Conflict(theirs) = &result
        && let Some(merged) = entered.over(&form.opened, theirs)
    {
        entered = merged;
        result = save(&db, &may, &making, &theirs.choice_mark(), &entered).await?;
    }
    match result {
        Saved::Saved => {}
        Saved::Closed(_) => return Ok(see_other(paths::orders::draft_subscriptions(&id))),
        Saved::Conflict(theirs) => {
            let making = Making { draft: *theirs, ..making };
            let again = OffersPage::again(shell, making, &form, &entered);
            return with_status(StatusCode::CONFLICT, &OffersPage { is_conflict: true, ..again });
        }
    }
    if form.next != Next::Review {
        return Ok(see_other(next(&saved(making, entered), &form)));
    }
    let making = saved(making, entered);
    let page = OffersPage::new(shell, making, form.filter).checked().with_keeper(&db).await?;
    if page.hindrances.is_empty() {
        Ok(see_other(paths::orders::draft_review(&id)))
    } else {
        unprocessable(&page)
    }
}

/// The beginning of an order for an existing customer, not yet written.
async fn begin(
    db: &web::Data<Db>,
    may: &Allowed<AddCustomers>,
    id: &DraftId,
    form: &OffersForm,
) -> Result<Making> {
    let customer = form.customer.clone().ok_or(Error::NotFound)?;
    let (by, id) = (Allowed::<PlaceOrders>::check(may.viewer())?, id.clone());
    db.read(move |conn| fresh(conn, &by, id.clone(), &customer, Moment::now())).await
}

async fn save(
    db: &web::Data<Db>,
    may: &Allowed<AddCustomers>,
    making: &Making,
    mark: &str,
    entered: &Entered,
) -> Result<Saved> {
    let (lines, mpn_id) = (entered.lines.clone(), entered.mpn_id.clone());
    let choice = Choice { lines, mpn_id, mark: mark.to_owned() };
    let (by, id, now) = (may.clone(), making.draft.id.clone(), Moment::now());
    let beginning = making.draft.customer.clone().filter(|_| !making.is_begun());
    db.write(move |conn| {
        if let Some(customer) = &beginning {
            draft::store::begin(conn, &by, &id, Some(customer), now)?;
        }
        draft::store::set_choice(conn, &by, &id, &choice, now)
    })
    .await
}

/// The draft as it is now in the database.
fn saved(mut making: Making, entered: Entered) -> Making {
    (making.draft.lines, making.draft.mpn_id) = (entered.lines, entered.mpn_id);
    making.draft.version = making.draft.version.max(1);
    making
}

fn next(making: &Making, form: &OffersForm) -> String {
    let id = &making.draft.id;
    match (form.next, &making.draft.customer) {
        (Next::Review, _) => paths::orders::draft_review(id),
        (Next::Back, None) => paths::orders::draft_customer(id),
        (Next::Back, Some(customer)) => paths::subscriptions::of_customer(customer),
        (Next::Show, Some(customer)) if !making.is_begun() => {
            address(paths::orders::new_subscription(customer), &form.filter, &[])
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
    async fn with_keeper(mut self, db: &web::Data<Db>) -> Result<Self> {
        if matches!(self.empty, Some(Empty::Nothing(_))) {
            self.keeper = db.read(crate::access::store::operator).await?;
        }
        Ok(self)
    }

    /// This page without search and category.
    fn unfiltered(&self) -> String {
        match &self.making.draft.customer {
            Some(customer) if !self.making.is_begun() => paths::orders::new_subscription(customer),
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
                page.hindrances.push(Hindrance::Line { offer: offer.clone(), name, problem });
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
