//! Upload users: a file, or its text.

use actix_multipart::Multipart;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::permission::AddUsers;
use crate::batches::commands;
use crate::batches::of_users::OfUsers;
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::sheets::Unreadable;
use crate::users::model::upload::{Column, LIMITS};
use crate::users::store::open;
use crate::values::country::Country;
use crate::values::id::CustomerId;
use crate::values::problem::Problem;
use crate::web::export::{Format, attachment};
use crate::web::sent::Sent;
use crate::web::{Ask, Problems, Shell, csv, see_other};

/// How the sample is called.
const SAMPLE: &str = "users.csv";

#[derive(Template)]
#[template(path = "batches/new.html")]
struct UploadPage {
    shell: Shell,
    customer: Customer,
    countries: Vec<Country>,
    location: String,
    text: String,
    /// Why the file cannot be read.
    problem: Option<Unreadable>,
    problems: Problems,
}

/// `GET /customers/{id}/users/uploads/new`
pub async fn new(ask: Ask<AddUsers>, id: web::Path<String>) -> Result<HttpResponse> {
    let customer = load(&ask, customer_id(&id)?).await?;
    let location = customer.account.country.code().to_owned();
    ask.page(&UploadPage::of(&ask, customer, location))
}

/// `POST /customers/{id}/users/uploads`
pub async fn create(ask: Ask<AddUsers>, id: web::Path<String>, parts: Multipart) -> Result<HttpResponse> {
    let sent = Sent::read(parts, LIMITS.bytes).await?;
    let customer = load(&ask, customer_id(&id)?).await?;
    let (typed, text) = (sent.field("location").to_owned(), sent.pasted());
    let location = match Country::parse(&typed) {
        Ok(location) => location,
        Err(problem) => return refused(&ask, customer, (typed, text), Err(problem)),
    };
    let limits = LIMITS.from_country(ask.by.organisation.country);
    match commands::keep::<OfUsers>(&ask, &ask.by, (Some(customer.id), location), sent, limits).await? {
        Ok(id) => Ok(see_other(paths::batches::show(&id))),
        Err(problem) => refused(&ask, customer, (typed, text), Ok(problem)),
    }
}

/// `GET /customers/{id}/users/uploads/sample`: the columns, and a user as an example.
pub async fn sample(ask: Ask<AddUsers>, id: web::Path<String>) -> Result<HttpResponse> {
    let customer = load(&ask, customer_id(&id)?).await?;
    let heads: Vec<&str> = Column::ALL.into_iter().map(Column::head).collect();
    let example = |column: Column| match column {
        Column::FirstName => "Ada".to_owned(),
        Column::LastName => "Example".to_owned(),
        Column::DisplayName => "Ada Example".to_owned(),
        Column::Email => format!("ada.example@{}", customer.account.domain),
        Column::Location => customer.account.country.code().to_owned(),
        Column::Status | Column::Licenses | Column::Alternate => String::new(),
    };
    let rows = csv::rows([Column::ALL.into_iter().map(example).collect()])?;
    let file = [csv::head(&heads)?, rows].concat();
    Ok(attachment(Format::Csv.content_type(), SAMPLE).body(file))
}

fn refused(
    ask: &Ask<AddUsers>,
    customer: Customer,
    (location, text): (String, String),
    why: std::result::Result<Unreadable, Problem>,
) -> Result<HttpResponse> {
    let page = UploadPage { text, ..UploadPage::of(ask, customer, location) };
    match why {
        Ok(problem) => ask.unprocessable(&UploadPage { problem: Some(problem), ..page }),
        Err(problem) => ask.unprocessable(&UploadPage { problems: ("location", problem).into(), ..page }),
    }
}

async fn load(ask: &Ask<AddUsers>, id: CustomerId) -> Result<Customer> {
    ask.read(move |conn, by| open(conn, &by.reach(), &id)).await
}

impl UploadPage {
    fn of(ask: &Ask<AddUsers>, customer: Customer, location: String) -> Self {
        Self {
            shell: ask.shell(),
            customer,
            countries: ask.language().countries(Country::all()),
            location,
            text: String::new(),
            problem: None,
            problems: Problems::default(),
        }
    }
}
