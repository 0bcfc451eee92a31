//! Manage licenses, of one user or of all who are ticked.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{customer_id, ids};
use crate::access::permission::{AddUsers, ManageUsers, PlaceOrders};
use crate::catalog::facts::Licensed;
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::licenses::model::{License, Product, Refusal, Steps};
use crate::paths;
use crate::people::model::{Refusal as UserRefusal, Standing};
use crate::users::form::UserFilter;
use crate::users::form::licenses::{Choice, Deed, LicensesForm, TicksForm};
use crate::users::model::User;
use crate::users::said::Said;
use crate::users::store::dealing::{Outcome, deal, deal_with_picked};
use crate::users::store::licenses::{mark_of, of_one, of_picked};
use crate::users::store::list::Narrowed;
use crate::users::store::picks::{self, Marking};
use crate::users::wrong::Wrong;
use crate::values::id::{CustomerId, CustomerUserId, OfferId};
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::{Ask, Shell, see_other};

/// So many names of those who are ticked stand on the page.
const NAMED: usize = 20;

#[derive(Template)]
#[template(path = "users/assigning.html")]
struct AssigningPage {
    shell: Shell,
    customer: Customer,
    about: About,
    lines: Vec<Line>,
    may_give: bool,
    may_order: bool,
    /// Why nothing was done for the one user.
    refusal: Option<Problem>,
    trouble: Option<Trouble>,
}

/// Why nothing was done for any of many users.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trouble {
    /// Nothing was chosen.
    Untouched,
    /// Others are ticked by now than the page showed.
    OtherSelection,
}

/// Whose licenses the page is about.
enum About {
    One(Box<User>),
    Many(Vec<User>),
}

/// A product, and what is chosen for it.
struct Line {
    product: Product,
    choice: Choice,
    /// So many of the users have it.
    having: usize,
    /// Of the page about one user: whether the user had it when the page was drawn.
    had: bool,
    plans: Vec<Plan>,
    /// Products that hold some of the same service plans, by name.
    excluded: Vec<String>,
}

/// A service plan, and whether it is ticked.
struct Plan {
    name: String,
    is_on: bool,
    was_on: bool,
}

#[derive(Template)]
#[template(path = "users/assigned.html")]
struct AssignedPage {
    shell: Shell,
    customer: Customer,
    products: Vec<Licensed>,
    outcomes: Vec<Outcome>,
}

/// `GET /customers/{id}/users/{user}/licenses`
pub async fn show_one(ask: Ask<ManageUsers>, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let of = ids(&path)?;
    match one(&ask, of, None).await? {
        Some(page) => ask.page(&page),
        None => super::show::again(&ask, of, UserRefusal::NotNow).await,
    }
}

/// `POST /customers/{id}/users/{user}/licenses`
pub async fn change_one(
    ask: Ask<ManageUsers>,
    path: web::Path<(String, String)>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let ((id, user), form) = (ids(&path)?, LicensesForm::of(pairs));
    let Some(page) = one(&ask, (id, user), Some(&form)).await? else {
        return super::show::again(&ask, (id, user), UserRefusal::NotNow).await;
    };
    let (wanted, back) = (form.for_one(), paths::users::show(&id, &user));
    if wanted.is_empty() {
        return ask.done(&Said::NothingChanged, back);
    }
    let now = Moment::now();
    let outcomes = ask.write(move |conn, by| deal(conn, by, (&id, &[user]), &wanted, now)).await?;
    match outcomes.into_iter().next() {
        Some(Outcome { user, result: Ok(steps) }) if !steps.are_none() => {
            ask.done(&Said::LicensesChanged { user_name: user.member.email.as_str() }, back)
        }
        Some(Outcome { result: Ok(_), .. }) => ask.done(&Said::NothingChanged, back),
        Some(Outcome { result: Err(refusal), .. }) => {
            // Read anew: somebody else got what was left.
            let page = one(&ask, (id, user), Some(&form)).await?.unwrap_or(page);
            ask.unprocessable(&AssigningPage { refusal: Some(Wrong::License(refusal).into()), ..page })
        }
        None => super::show::again(&ask, (id, user), UserRefusal::NotNow).await,
    }
}

/// `GET /customers/{id}/users/licenses`
pub async fn show_many(ask: Ask<ManageUsers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = customer_id(&id)?;
    match many(&ask, id, None).await? {
        Some(page) => ask.page(&page),
        None => ask.done(&Said::NobodyTicked, paths::users::of_customer(&id)),
    }
}

/// `POST /customers/{id}/users/licenses`: those who were refused stay ticked.
pub async fn change_many(
    ask: Ask<ManageUsers>,
    id: web::Path<String>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let (id, form) = (customer_id(&id)?, LicensesForm::of(pairs));
    let Some(page) = many(&ask, id, Some(&form)).await? else {
        return ask.done(&Said::NobodyTicked, paths::users::of_customer(&id));
    };
    let wanted = form.for_many();
    if wanted.is_empty() {
        return ask.unprocessable(&AssigningPage { trouble: Some(Trouble::Untouched), ..page });
    }
    let (mark, now) = (form.mark.clone(), Moment::now());
    let done = ask.write(move |conn, by| deal_with_picked(conn, by, (&id, &mark), &wanted, now)).await?;
    let Some(outcomes) = done else {
        let page = many(&ask, id, Some(&form)).await?.unwrap_or(page);
        let again = AssigningPage { trouble: Some(Trouble::OtherSelection), ..page };
        return ask.with_status(StatusCode::CONFLICT, &again);
    };
    let is_any_done = outcomes.iter().any(|outcome| outcome.result.is_ok());
    let status = if is_any_done { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let AssigningPage { shell, customer, lines, .. } = page;
    let products = lines.into_iter().map(|line| line.product.offer).collect();
    ask.with_status(status, &AssignedPage { shell, customer, products, outcomes })
}

/// `POST /customers/{id}/users/picks`
pub async fn pick(
    ask: Ask<ManageUsers>,
    id: web::Path<String>,
    web::Query(filter): web::Query<UserFilter>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let (id, form) = (customer_id(&id)?, TicksForm::of(pairs));
    let list = paths::users::of_customer(&id);
    // Only pages of this list follow.
    let or_list = |address: String| {
        let is_of_list = address == list || address.starts_with(&format!("{list}?"));
        if is_of_list { address } else { list.clone() }
    };
    let marking = match form.deed {
        Deed::Clear => Marking::Clear,
        Deed::All => Marking::All(Narrowed::of(&filter.tidy())),
        _ => Marking::Keep { shown: form.shown, ticked: form.ticked.into_iter().collect() },
    };
    let is_kept = ask.write(move |conn, by| picks::mark(conn, by, &id, &marking, Moment::now())).await?;
    match form.deed {
        _ if !is_kept => ask.done(&Said::TooManyTicked { most: picks::MOST }, or_list(form.here)),
        Deed::Previous => Ok(see_other(or_list(form.previous))),
        Deed::Next => Ok(see_other(or_list(form.next))),
        Deed::Manage => Ok(see_other(paths::users::picked_licenses(&id))),
        Deed::Keep | Deed::All | Deed::Clear => Ok(see_other(or_list(form.here))),
    }
}

/// The page about a user; none when the user is deleted.
async fn one(
    ask: &Ask<ManageUsers>,
    (id, user): (CustomerId, CustomerUserId),
    sent: Option<&LicensesForm>,
) -> Result<Option<AssigningPage>> {
    let (customer, products, (user, held)) =
        ask.read(move |conn, by| of_one(conn, by, (&id, &user), Moment::now())).await?;
    if user.member.standing == Standing::Inactive {
        return Ok(None);
    }
    let lines = products.iter().map(|product| Line::of_one((product, &products), &held, sent)).collect();
    Ok(Some(AssigningPage::new(ask, customer, About::One(Box::new(user)), lines)))
}

/// The page about all who are ticked; none when nobody is.
async fn many(
    ask: &Ask<ManageUsers>,
    id: CustomerId,
    sent: Option<&LicensesForm>,
) -> Result<Option<AssigningPage>> {
    let (customer, products, users) =
        ask.read(move |conn, by| of_picked(conn, by, &id, Moment::now())).await?;
    if users.is_empty() {
        return Ok(None);
    }
    let having = |offer: &OfferId| {
        users.iter().filter(|(_, held)| held.iter().any(|license| license.offer == *offer)).count()
    };
    let line = |product: &Product| Line::of_many((product, &products), having(&product.offer.id), sent);
    let lines = products.iter().map(line).collect();
    let users = users.into_iter().map(|(user, _)| user).collect();
    Ok(Some(AssigningPage::new(ask, customer, About::Many(users), lines)))
}

impl Line {
    fn new((product, all): (&Product, &[Product]), having: usize) -> Self {
        let excluded = all.iter().filter(|other| product.excludes(other));
        Self {
            product: product.clone(),
            choice: Choice::default(),
            having,
            had: false,
            plans: Vec::new(),
            excluded: excluded.map(|other| other.offer.name.clone()).collect(),
        }
    }

    fn of_one((product, all): (&Product, &[Product]), held: &[License], sent: Option<&LicensesForm>) -> Self {
        let license = held.iter().find(|license| license.offer == product.offer.id);
        let line = sent.and_then(|form| form.line(&product.offer.id));
        let (choice, had) = match line {
            Some(line) => (line.choice, line.had),
            None if license.is_some() => (Choice::Give, true),
            None => (Choice::Keep, false),
        };
        let plan = |name: &String| {
            let is_kept = license.is_none_or(|license| !license.plans_off.contains(name));
            Plan {
                name: name.clone(),
                is_on: line.map_or(is_kept, |line| line.on.contains(name)),
                was_on: line.map_or(is_kept, |line| line.were_on.contains(name)),
            }
        };
        let plans = product.offer.plans.iter().map(plan).collect();
        let having = usize::from(license.is_some());
        Self { choice, had, plans, ..Self::new((product, all), having) }
    }

    fn of_many((product, all): (&Product, &[Product]), having: usize, sent: Option<&LicensesForm>) -> Self {
        let line = sent.and_then(|form| form.line(&product.offer.id));
        let plan = |name: &String| Plan {
            name: name.clone(),
            is_on: line.is_none_or(|line| line.on.contains(name)),
            was_on: true,
        };
        let plans = product.offer.plans.iter().map(plan).collect();
        let choice = line.map(|line| line.choice).unwrap_or_default();
        Self { choice, plans, ..Self::new((product, all), having) }
    }

    /// Whether one more user can have it.
    fn has_free(&self) -> bool {
        self.product.free() > 0
    }

    /// The name of a field about this product.
    fn field(&self, what: &str) -> String {
        format!("{what}.{}", self.product.offer.id)
    }

    fn is_ticked(&self) -> bool {
        self.choice == Choice::Give
    }

    /// Whether the plans are worth opening: some are off.
    fn is_partial(&self) -> bool {
        self.is_ticked() && self.plans.iter().any(|plan| !plan.is_on)
    }
}

impl AssigningPage {
    fn new(ask: &Ask<ManageUsers>, customer: Customer, about: About, lines: Vec<Line>) -> Self {
        Self {
            shell: ask.shell(),
            may_give: ask.by.may::<AddUsers>(),
            may_order: ask.by.may::<PlaceOrders>(),
            customer,
            about,
            lines,
            refusal: None,
            trouble: None,
        }
    }

    fn one(&self) -> Option<&User> {
        match &self.about {
            About::One(user) => Some(&**user),
            About::Many(_) => None,
        }
    }

    fn users(&self) -> &[User] {
        match &self.about {
            About::One(user) => std::slice::from_ref(&**user),
            About::Many(users) => users,
        }
    }

    fn named(&self) -> impl Iterator<Item = &str> {
        self.users().iter().take(NAMED).map(|user| user.member.name.as_str())
    }

    /// How many are ticked beside those whose names stand there.
    fn unnamed(&self) -> usize {
        self.users().len().saturating_sub(NAMED)
    }

    /// Whom the page is about, in one word.
    fn mark(&self) -> String {
        mark_of(self.users().iter())
    }

    fn address(&self) -> String {
        match self.one() {
            Some(user) => paths::users::user_licenses(&self.customer.id, &user.id),
            None => paths::users::picked_licenses(&self.customer.id),
        }
    }

    fn back(&self) -> String {
        match self.one() {
            Some(user) => paths::users::show(&self.customer.id, &user.id),
            None => paths::users::of_customer(&self.customer.id),
        }
    }
}

impl AssignedPage {
    /// For how many something was changed.
    fn changed_users(&self) -> usize {
        let is_changed = |steps: &Steps| !steps.are_none();
        self.outcomes.iter().filter(|outcome| outcome.result.as_ref().is_ok_and(is_changed)).count()
    }

    fn refused(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.result.is_err()).count()
    }

    /// For how many it was like that already.
    fn unchanged(&self) -> usize {
        self.outcomes.len().saturating_sub(self.changed_users()).saturating_sub(self.refused())
    }

    fn why(&self, refusal: &Refusal) -> Problem {
        Wrong::License(refusal.clone()).into()
    }

    /// The name of a product.
    fn name(&self, offer: &OfferId) -> &str {
        let product = self.products.iter().find(|product| product.id == *offer);
        product.map_or("", |product| product.name.as_str())
    }

    fn given(&self, steps: &Steps) -> Vec<&str> {
        steps.given.iter().map(|license| self.name(&license.offer)).collect()
    }

    fn changed(&self, steps: &Steps) -> Vec<&str> {
        steps.changed.iter().map(|license| self.name(&license.offer)).collect()
    }

    fn taken(&self, steps: &Steps) -> Vec<&str> {
        steps.taken.iter().map(|offer| self.name(offer)).collect()
    }
}
