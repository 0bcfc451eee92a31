//! What can be reserved: the list, adding, changing, withdrawing and bringing back.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{ExportLists, ManageCatalog, SeeCatalog};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::reservations::form::{ProductForm, product_field};
use crate::reservations::model::TERMS;
use crate::reservations::model::product::Product;
use crate::reservations::said::Said;
use crate::reservations::store::products::{self as store, Kept};
use crate::values::currency::Currency;
use crate::values::id::ReservationProductId;
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::problem::Problem;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Problems, Shell, version};

#[derive(Template)]
#[template(path = "reservations/products.html")]
struct ProductsPage {
    shell: Shell,
    rows: Vec<Product>,
    pager: Pager,
    /// In which prices are shown: a provider's own.
    currency: Currency,
    may_manage: bool,
    may_export: bool,
}

#[derive(Template)]
#[template(path = "reservations/product.html")]
struct ProductPage {
    shell: Shell,
    form: ProductForm,
    /// What is kept; none of a new one.
    kept: Option<Product>,
    problems: Problems,
    /// Somebody changed it after the page was read.
    is_stale: bool,
}

#[derive(Template)]
#[template(path = "reservations/availability.html")]
struct AvailabilityPage {
    shell: Shell,
    product: Product,
}

/// `GET /reservation-products`
pub async fn list(ask: Ask<SeeCatalog>, web::Query(cursor): web::Query<Cursor>) -> Result<HttpResponse> {
    let portion = cursor.portion();
    let found = ask.read(move |conn, _| store::page_of(conn, &portion)).await?;
    ask.page(&ProductsPage {
        pager: Pager::new(&found, paths::reservations::products(), &()),
        currency: ask.by.organisation.currency,
        may_manage: ask.by.may::<ManageCatalog>(),
        may_export: ask.by.may::<ExportLists>(),
        rows: found.rows,
        shell: ask.shell(),
    })
}

/// `GET /reservation-products/new`
pub async fn new(ask: Ask<ManageCatalog>) -> Result<HttpResponse> {
    ask.page(&ProductPage::new(&ask, ProductForm::empty(), None))
}

/// `POST /reservation-products`
pub async fn create(
    ask: Ask<ManageCatalog>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = ProductForm::sent(pairs);
    let id = ReservationProductId::parse(&form.id).ok_or(Error::BadRequest("id"))?;
    let page = ProductPage::new(&ask, form, None);
    let said = match page.form.parse() {
        Ok(said) => said,
        Err(problems) => return ask.unprocessable(&ProductPage { problems, ..page }),
    };
    let (wanted, now) = (said.clone(), Moment::now());
    let kept = ask.write(move |conn, by| store::add(conn, by, (&id, &wanted), now)).await?;
    page.answered(&ask, (kept, Said::Added { name: &said.name })).await
}

/// `GET /reservation-products/{id}/change`
pub async fn edit(ask: Ask<ManageCatalog>, id: web::Path<ReservationProductId>) -> Result<HttpResponse> {
    let kept = load(&ask, *id).await?;
    ask.page(&ProductPage::new(&ask, ProductForm::of(&kept), Some(kept)))
}

/// `POST /reservation-products/{id}/change`
pub async fn update(
    ask: Ask<ManageCatalog>,
    id: web::Path<ReservationProductId>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let (form, kept) = (ProductForm::sent(pairs), load(&ask, *id).await?);
    let version = version::read(&form.version)?;
    let page = ProductPage::new(&ask, form, Some(kept));
    let said = match page.form.parse() {
        Ok(said) => said,
        Err(problems) => return ask.unprocessable(&ProductPage { problems, ..page }),
    };
    let (wanted, now) = (said.clone(), Moment::now());
    let kept = ask.write(move |conn, by| store::change(conn, by, (&id, version), &wanted, now)).await?;
    page.answered(&ask, (kept, Said::Changed { name: &said.name })).await
}

/// `GET /reservation-products/{id}/availability`
pub async fn confirm(ask: Ask<ManageCatalog>, id: web::Path<ReservationProductId>) -> Result<HttpResponse> {
    let product = load(&ask, *id).await?;
    ask.page(&AvailabilityPage { shell: ask.shell(), product })
}

/// What is to become of a product.
#[derive(serde::Deserialize)]
pub struct AvailabilityForm {
    /// `yes` or `no`.
    available: String,
}

/// `POST /reservation-products/{id}/availability`
pub async fn set_available(
    ask: Ask<ManageCatalog>,
    id: web::Path<ReservationProductId>,
    web::Form(form): web::Form<AvailabilityForm>,
) -> Result<HttpResponse> {
    let is_available = match form.available.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Error::BadRequest("available")),
    };
    let now = Moment::now();
    let set = ask.write(move |conn, by| store::set_available(conn, by, (&id, is_available), now)).await?;
    let said = if is_available { Said::BroughtBack { name: &set } } else { Said::Withdrawn { name: &set } };
    ask.done(&said, paths::reservations::products())
}

async fn load(ask: &Ask<ManageCatalog>, id: ReservationProductId) -> Result<Product> {
    ask.read(move |conn, _| store::find(conn, &id)).await
}

impl ProductsPage {
    fn one_year(&self, product: &Product) -> Option<Money> {
        product.said.price(1, self.currency)
    }

    fn three_years(&self, product: &Product) -> Option<Money> {
        product.said.price(3, self.currency)
    }
}

impl ProductPage {
    fn new(ask: &Ask<ManageCatalog>, form: ProductForm, kept: Option<Product>) -> Self {
        Self { shell: ask.shell(), form, kept, problems: Problems::default(), is_stale: false }
    }

    async fn answered(
        mut self,
        ask: &Ask<ManageCatalog>,
        (kept, said): (Kept, Said<'_>),
    ) -> Result<HttpResponse> {
        match kept {
            Kept::Done => ask.done(&said, paths::reservations::products()),
            Kept::Same => ask.done(&Said::Unchanged, paths::reservations::products()),
            Kept::Taken => {
                self.problems = ("name", Problem::Taken).into();
                ask.unprocessable(&self)
            }
            Kept::Stale => {
                let sent = ReservationProductId::parse(&self.form.id);
                let id = self.kept.as_ref().map(|kept| kept.id).or(sent).ok_or(Error::BadRequest("id"))?;
                let now = load(ask, id).await?;
                self.form.version = now.version.to_string();
                (self.kept, self.is_stale) = (Some(now), true);
                ask.with_status(StatusCode::CONFLICT, &self)
            }
        }
    }

    fn action(&self) -> String {
        match &self.kept {
            Some(kept) => paths::reservations::change_product(&kept.id),
            None => paths::reservations::products().to_owned(),
        }
    }

    fn field(&self, currency: &Currency, years: &i32) -> String {
        product_field(*currency, *years)
    }
}
