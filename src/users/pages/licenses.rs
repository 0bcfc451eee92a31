//! Licenses: what a customer bought for its users, who has it, and what nobody uses.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::permission::{ManageUsers, PlaceOrders};
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::licenses::model::Product;
use crate::paths;
use crate::users::store::licenses::products_of;
use crate::users::store::list::{Narrowed, count_of};
use crate::values::moment::Moment;
use crate::web::export::ExportMenu;
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "users/licenses.html")]
struct LicensesPage {
    shell: Shell,
    customer: Customer,
    products: Vec<Product>,
    deleted: Count,
    may_order: bool,
}

impl LicensesPage {
    fn export(&self) -> ExportMenu {
        ExportMenu::new(&paths::users::licenses(&self.customer.id), &())
    }
}

/// `GET /customers/{id}/licenses`
pub async fn show(ask: Ask<ManageUsers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = customer_id(&id)?;
    let ((customer, products), deleted) = ask
        .read(move |conn, by| {
            let found = products_of(conn, &by.reach(), &id, Moment::now())?;
            let deleted = count_of(conn, &found.0, &Narrowed::deleted())?;
            Ok((found, deleted))
        })
        .await?;
    let may_order = customer.ended_at.is_none() && ask.by.may::<PlaceOrders>();
    ask.page(&LicensesPage { shell: ask.shell(), customer, products, deleted, may_order })
}
