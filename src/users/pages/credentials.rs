//! Passwords in hand: shown, downloaded, or replaced by mailed links; then they are gone.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::permission::AddUsers;
use crate::customers::model::Customer;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::users::commands;
use crate::users::form::{LinksForm, field_of};
use crate::users::said::Said;
use crate::users::store::sheets::{self, Sheet, place};
use crate::values::id::{CredentialSheetId, CustomerId, CustomerUserId};
use crate::values::moment::Moment;
use crate::web::export::{Format, attachment};
use crate::web::{Ask, Problems, Shell, csv, see_other};

/// How the file is called.
const FILE: &str = "credentials.csv";
/// What stands above its columns.
const COLUMNS: [&str; 3] = ["Display name", "User name", "Temporary password"];

#[derive(Template)]
#[template(path = "users/credentials.html")]
struct CredentialsPage {
    shell: Shell,
    sheet: Sheet,
    rows: Vec<Shown>,
    form: LinksForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "users/credentials_gone.html")]
struct CredentialsGonePage {
    shell: Shell,
    customer: Customer,
}

/// A user and the password in hand.
struct Shown {
    user: CustomerUserId,
    name: String,
    user_name: String,
    /// None when it is another one by now.
    password: Option<String>,
}

/// `GET /customers/{id}/users/credentials/{sheet}`
pub async fn show(ask: Ask<AddUsers>, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    match load(&ask, ids(&path)?).await? {
        Ok(sheet) => ask.page(&CredentialsPage::of(&ask, sheet)),
        Err(customer) => ask.page(&CredentialsGonePage { shell: ask.shell(), customer }),
    }
}

/// `POST /customers/{id}/users/credentials/{sheet}`: everything is handed over.
pub async fn drop(ask: Ask<AddUsers>, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let ((id, sheet), now) = (ids(&path)?, Moment::now());
    match ask.write(move |conn, by| sheets::take_all(conn, by, (&id, &sheet), now)).await? {
        Ok(_) => ask.done(&Said::HandedOver, paths::users::of_customer(&id)),
        Err(_) => Ok(see_other(paths::users::of_customer(&id))),
    }
}

/// `POST /customers/{id}/users/credentials/{sheet}/file`: a file of them, once.
pub async fn download(ask: Ask<AddUsers>, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let ((id, of), now) = (ids(&path)?, Moment::now());
    // Whoever is second gets none: two files of one password would be one too many.
    let sheet = match ask.write(move |conn, by| sheets::take_all(conn, by, (&id, &of), now)).await? {
        Ok(sheet) => sheet,
        Err(customer) => return ask.page(&CredentialsGonePage { shell: ask.shell(), customer }),
    };
    let rows = shown(&ask, &sheet).into_iter();
    let rows = rows.filter_map(|row| Some(vec![row.name, row.user_name, row.password?]));
    let file = [csv::head(&COLUMNS)?, csv::rows(rows)?].concat();
    Ok(attachment(Format::Csv.content_type(), FILE).body(file))
}

/// `POST /customers/{id}/users/credentials/{sheet}/links`
pub async fn mail(
    ask: Ask<AddUsers>,
    path: web::Path<(String, String)>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let (id, of) = ids(&path)?;
    let sheet = match load(&ask, (id, of)).await? {
        Ok(sheet) => sheet,
        Err(customer) => return ask.page(&CredentialsGonePage { shell: ask.shell(), customer }),
    };
    let form = LinksForm::of(pairs);
    match commands::mail_links(&ask, &ask.by, &sheet, &form).await? {
        Ok(Some(count)) => ask.done(&Said::LinksSent { count }, paths::users::credentials(&id, &of)),
        Ok(None) => Ok(see_other(paths::users::credentials(&id, &of))),
        Err(problems) => {
            let page = CredentialsPage::of(&ask, sheet);
            ask.unprocessable(&CredentialsPage { form, problems, ..page })
        }
    }
}

async fn load(
    ask: &Ask<AddUsers>,
    (id, sheet): (CustomerId, CredentialSheetId),
) -> Result<Result<Sheet, Customer>> {
    ask.read(move |conn, by| sheets::find(conn, by, (&id, &sheet), Moment::now())).await
}

fn shown(ask: &Ask<AddUsers>, sheet: &Sheet) -> Vec<Shown> {
    let row = |row: &sheets::InHand| Shown {
        user: row.user,
        name: row.name.clone(),
        user_name: row.user_name.as_str().to_owned(),
        password: row.sealed.as_ref().and_then(|sealed| ask.vault.open(&place(&row.user), sealed)),
    };
    sheet.rows.iter().map(row).collect()
}

fn ids((customer, sheet): &(String, String)) -> Result<(CustomerId, CredentialSheetId)> {
    Ok((customer_id(customer)?, CredentialSheetId::parse(sheet).ok_or(Error::NotFound)?))
}

impl CredentialsPage {
    fn of(ask: &Ask<AddUsers>, sheet: Sheet) -> Self {
        let rows = shown(ask, &sheet);
        Self { shell: ask.shell(), rows, sheet, form: LinksForm::default(), problems: Problems::default() }
    }

    fn field(&self, user: &CustomerUserId) -> String {
        field_of(user)
    }

    /// Whether a link can take the place of some password.
    fn has_passwords(&self) -> bool {
        self.rows.iter().any(|row| row.password.is_some())
    }

    /// The id of a password on the page, from which it is copied.
    fn spot(&self, user: &CustomerUserId) -> String {
        format!("password-{user}")
    }

    fn name_of(&self, field: &str) -> &str {
        let user = field.strip_prefix("address-").unwrap_or_default();
        let of = self.rows.iter().find(|row| row.user.as_str() == user);
        of.map(|row| row.name.as_str()).unwrap_or_default()
    }
}
