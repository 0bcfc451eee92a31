//! Add user.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::customer_id;
use crate::access::permission::{AddUsers, ManageUserRoles};
use crate::customers::model::Customer;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::licenses::model::Product;
use crate::paths;
use crate::users::commands;
use crate::users::form::UserForm;
use crate::users::model::ROLES;
use crate::users::said::Said;
use crate::users::store::add::Added;
use crate::users::store::licenses::products;
use crate::users::store::open;
use crate::users::wrong::Wrong;
use crate::values::country::Country;
use crate::values::id::{CredentialSheetId, CustomerId, CustomerUserId};
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell, see_other};

#[derive(Template)]
#[template(path = "users/new.html")]
struct NewUserPage {
    shell: Shell,
    customer: Customer,
    form: UserForm,
    countries: Vec<Country>,
    may_manage_roles: bool,
    /// What can be given at once.
    products: Vec<Product>,
    problems: Problems,
    /// A deleted user who has the user name.
    holder: Option<CustomerUserId>,
    /// The same page added somebody else before.
    is_sent_before: bool,
    /// Too many passwords are being checked; nothing was done.
    is_busy: bool,
}

/// How one comes to the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    /// The passwords that this one joins.
    sheet: String,
}

/// `GET /customers/{id}/users/new`
pub async fn new(
    ask: Ask<AddUsers>,
    id: web::Path<String>,
    query: web::Query<NewQuery>,
) -> Result<HttpResponse> {
    let (customer, products) = load(&ask, customer_id(&id)?).await?;
    let form = UserForm {
        id: CustomerUserId::new().to_string(),
        sheet: query.into_inner().sheet,
        location: customer.account.country.code().to_owned(),
        ..UserForm::default()
    };
    ask.page(&NewUserPage::of(&ask, (customer, products), form))
}

/// `POST /customers/{id}/users`
pub async fn create(
    ask: Ask<AddUsers>,
    id: web::Path<String>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = UserForm::of(pairs);
    let user = CustomerUserId::parse(&form.id).ok_or(Error::BadRequest("id"))?;
    let about = load(&ask, customer_id(&id)?).await?;
    let customer = &about.0;
    let (details, user_name) = match form.parse(&customer.account.domain) {
        Ok(parsed) => parsed,
        Err(problems) => return refused(&ask, about, form, problems),
    };
    let new = (details, user_name.clone(), form.licenses.clone());
    let joins = CredentialSheetId::parse(&form.sheet);
    let (id, name) = (customer.id, user_name.as_str().to_owned());
    let added = match commands::add(&ask, &ask.by, (customer, user, joins), new).await {
        Err(Error::Busy(_)) => {
            return ask.busy(&NewUserPage { is_busy: true, ..NewUserPage::of(&ask, about, form) });
        }
        done => done?,
    };
    match added {
        Added::Now(sheet) => Ok(see_other(paths::users::credentials(&id, &sheet))),
        Added::Before(Some(sheet)) => Ok(see_other(paths::users::credentials(&id, &sheet))),
        Added::Before(None) => {
            ask.done(&Said::AddedBefore { user_name: &name }, paths::users::show(&id, &user))
        }
        Added::BeforeWithAnother => {
            let form = UserForm { id: CustomerUserId::new().to_string(), ..form };
            let page = NewUserPage { is_sent_before: true, ..NewUserPage::of(&ask, about, form) };
            ask.with_status(StatusCode::CONFLICT, &page)
        }
        Added::Taken => refused(&ask, about, form, ("user_name", Wrong::UserNameTaken).into()),
        Added::TakenByDeleted(holder) => {
            let problems = ("user_name", Wrong::UserNameOfDeleted).into();
            let page = NewUserPage::of(&ask, about, form);
            ask.unprocessable(&NewUserPage { holder: Some(holder), problems, ..page })
        }
        Added::Unlicensed(refusal) => {
            refused(&ask, about, form, ("licenses", Wrong::License(refusal)).into())
        }
        Added::RolesNotGivable => refused(&ask, about, form, ("roles", Wrong::RolesNotGivable).into()),
    }
}

fn refused(
    ask: &Ask<AddUsers>,
    about: (Customer, Vec<Product>),
    form: UserForm,
    problems: Problems,
) -> Result<HttpResponse> {
    ask.unprocessable(&NewUserPage { problems, ..NewUserPage::of(ask, about, form) })
}

async fn load(ask: &Ask<AddUsers>, id: CustomerId) -> Result<(Customer, Vec<Product>)> {
    ask.read(move |conn, by| {
        let customer = open(conn, &by.reach(), &id)?;
        let products = products(conn, &customer.id, Moment::now())?;
        Ok((customer, products))
    })
    .await
}

impl NewUserPage {
    /// Where Cancel leads: back to the passwords in hand, if the chain goes on.
    fn back(&self) -> String {
        match CredentialSheetId::parse(&self.form.sheet) {
            Some(sheet) => paths::users::credentials(&self.customer.id, &sheet),
            None => paths::users::of_customer(&self.customer.id),
        }
    }

    /// What stands behind a user name.
    fn at_domain(&self) -> String {
        format!("@{}", self.customer.account.domain)
    }

    fn of(ask: &Ask<AddUsers>, (customer, products): (Customer, Vec<Product>), form: UserForm) -> Self {
        Self {
            shell: ask.shell(),
            customer,
            products,
            form,
            countries: ask.language().countries(Country::all()),
            may_manage_roles: ask.by.may::<ManageUserRoles>(),
            problems: Problems::default(),
            holder: None,
            is_sent_before: false,
            is_busy: false,
        }
    }
}
