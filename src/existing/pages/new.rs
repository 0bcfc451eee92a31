//! Add existing customers: a file, or its text.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use askama::Template;

use crate::access::permission::{AddCustomers, AttestAgreements};
use crate::batches::commands;
use crate::error::Result;
use crate::existing::model::{Column, LIMITS};
use crate::existing::store::OfCustomers;
use crate::language::filters;
use crate::paths;
use crate::sheets::Unreadable;
use crate::values::country::Country;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::export::{Format, attachment};
use crate::web::sent::Sent;
use crate::web::{Ask, Problems, Shell, csv, see_other};

/// How the sample is called.
const SAMPLE: &str = "customers.csv";

#[derive(Template)]
#[template(path = "existing/new.html")]
struct UploadPage {
    shell: Shell,
    countries: Vec<Country>,
    location: String,
    text: String,
    domain_suffix: String,
    may_attest: bool,
    /// Why the file cannot be read.
    problem: Option<Unreadable>,
    problems: Problems,
}

/// `GET /existing-customers/new`
pub async fn new(ask: Ask<AddCustomers>) -> Result<HttpResponse> {
    let home = ask.by.organisation.country.code().to_owned();
    ask.page(&UploadPage::of(&ask, home))
}

/// `POST /existing-customers`
pub async fn create(ask: Ask<AddCustomers>, parts: Multipart) -> Result<HttpResponse> {
    let sent = Sent::read(parts, LIMITS.bytes).await?;
    let (typed, text) = (sent.field("location").to_owned(), sent.pasted());
    let home = &ask.by.organisation.country;
    let location = match Country::parse(&typed) {
        Ok(country) if country.region() == home.region() => country,
        Ok(_) => return refused(&ask, (typed, text), Err(Problem::UnknownChoice)),
        Err(problem) => return refused(&ask, (typed, text), Err(problem)),
    };
    let limits = LIMITS.from_country(*home);
    match commands::keep::<OfCustomers>(&ask, &ask.by, (None, location), sent, limits).await? {
        Ok(id) => Ok(see_other(paths::existing::show(&id))),
        Err(problem) => refused(&ask, (typed, text), Ok(problem)),
    }
}

/// `GET /existing-customers/sample`: the columns, and a customer as an example.
pub async fn sample(ask: Ask<AddCustomers>) -> Result<HttpResponse> {
    let heads: Vec<&str> = Column::ALL.into_iter().map(Column::head).collect();
    let country = ask.by.organisation.country;
    let today = Moment::now().at(ask.by.zone).date_naive();
    let example = |column: Column| match column {
        Column::Company => "Example Company".to_owned(),
        Column::Domain => format!("examplecompany.{}", ask.site.domain_suffix),
        Column::Country => country.code().to_owned(),
        Column::FirstName => "Ada".to_owned(),
        Column::LastName => "Example".to_owned(),
        Column::Email => "ada@company.example".to_owned(),
        Column::AgreementOn if ask.by.may::<AttestAgreements>() => today.to_string(),
        _ => String::new(),
    };
    let rows = csv::rows([Column::ALL.into_iter().map(example).collect()])?;
    let file = [csv::head(&heads)?, rows].concat();
    Ok(attachment(Format::Csv.content_type(), SAMPLE).body(file))
}

fn refused(
    ask: &Ask<AddCustomers>,
    (location, text): (String, String),
    why: std::result::Result<Unreadable, Problem>,
) -> Result<HttpResponse> {
    let page = UploadPage { text, ..UploadPage::of(ask, location) };
    match why {
        Ok(problem) => ask.unprocessable(&UploadPage { problem: Some(problem), ..page }),
        Err(problem) => ask.unprocessable(&UploadPage { problems: ("location", problem).into(), ..page }),
    }
}

impl UploadPage {
    fn of(ask: &Ask<AddCustomers>, location: String) -> Self {
        let region = ask.by.organisation.country.region();
        Self {
            shell: ask.shell(),
            countries: ask.language().countries(Country::in_region(region)),
            location,
            text: String::new(),
            domain_suffix: ask.site.domain_suffix.clone(),
            may_attest: ask.by.may::<AttestAgreements>(),
            problem: None,
            problems: Problems::default(),
        }
    }
}
