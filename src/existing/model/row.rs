//! What a row of a file says.

use chrono::{Days, NaiveDate};

use super::Column;
use crate::batches::trade::{Keyed as _, Marks};
use crate::catalog::model::Billing;
use crate::customers::model::Account;
use crate::customers::new_account::{AccountForm, Terms, language_of};
use crate::existing::wrong::Wrong;
use crate::sheets::Cells;
use crate::users::model::upload::location;
use crate::values::country::{Country, Region};
use crate::values::day;
use crate::values::domain_prefix::DomainPrefix;
use crate::values::folding::folded;
use crate::values::mpn_id::MpnId;
use crate::values::name::{line, name_key};
use crate::values::plain::plain;
use crate::values::problem::Problem;
use crate::values::quantity::Quantity;
use crate::values::unseen::is_visible;
use crate::web::Problems;

/// As New customer has them.
const ACCEPTED: &str = "accepted";
const AWAITED: &str = "awaited";
/// The largest quantity that any offer has.
const MOST: i64 = 9_999_999_999;
/// Nothing that runs today began before.
const EARLIEST_YEAR: i32 = 2000;
/// Nothing that began renews later, in days: terms are of three years at most.
const LATEST_RENEWAL: u64 = 3 * 366;

/// What a row says, as far as it can be read without knowing who is there.
#[derive(Clone, Debug)]
pub struct Said {
    /// The whole domain.
    pub domain: String,
    /// Everything about the account, as New customer would have it typed.
    form: AccountForm,
    /// Of the reseller that is to administer the customer.
    pub reseller: Option<MpnId>,
    pub sold: Option<Sold>,
}

/// A subscription that the customer has already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sold {
    /// The name of the offer.
    pub offer: String,
    /// None for what has no quantity.
    pub quantity: Option<Quantity>,
    pub billing: Option<Billing>,
    pub starts_on: Option<NaiveDate>,
    pub renews_on: Option<NaiveDate>,
    pub earner: Option<MpnId>,
}

impl Said {
    /// Whether it says when the customer accepted the agreement.
    pub fn has_accepted(&self) -> bool {
        self.form.agreement == ACCEPTED
    }

    /// The account of a customer who is not there yet.
    ///
    /// # Errors
    /// Everything that is wrong with it, by the keys of the columns.
    pub fn account(&self, terms: &Terms) -> Result<Account, Problems> {
        self.form.parse(terms)
    }
}

/// Reads the cells of a row. Where it names no country, the customer is in this one.
///
/// # Errors
/// What is wrong with which cell, by the keys of the columns and in their order. What is wrong with the account says
/// [`Said::account`].
pub fn read(cells: Cells<'_, Column>, home: Country, terms: &Terms) -> Result<Said, Problems> {
    let mut problems = Problems::default();
    let typed = |column: Column| cells.get(column);
    let domain = problems.field(Column::Domain.key(), prefix(typed(Column::Domain), &terms.domain_suffix));
    let country = match is_visible(typed(Column::Country)) {
        true => problems.field(Column::Country.key(), within(typed(Column::Country), terms.region)),
        false => Some(home),
    };
    let reseller = problems.field(Column::Reseller.key(), optional(typed(Column::Reseller), MpnId::parse));
    let has_accepted = is_visible(typed(Column::AgreementOn));
    if has_accepted && !terms.may_attest {
        problems.on(Column::AgreementOn.key(), Problem::from(Wrong::MayNotAttest));
    }
    let sold = sold(cells, terms.today, &mut problems);
    problems.or(|| {
        let (domain, country) = (domain?, country?);
        let text = |column: Column| typed(column).to_owned();
        let form = AccountForm {
            company: text(Column::Company),
            domain: domain.as_str().to_owned(),
            country: country.code().to_owned(),
            registration: text(Column::Registration),
            line_1: text(Column::Line1),
            line_2: text(Column::Line2),
            city: text(Column::City),
            state: text(Column::State),
            postal_code: text(Column::PostalCode),
            first_name: text(Column::FirstName),
            last_name: text(Column::LastName),
            email: text(Column::Email),
            phone: text(Column::Phone),
            language: language(typed(Column::Language), country),
            agreement: if has_accepted { ACCEPTED } else { AWAITED }.to_owned(),
            agreement_on: text(Column::AgreementOn),
            ..AccountForm::begin(country)
        };
        Some(Said { domain: domain.with(&terms.domain_suffix), form, reseller: reseller?, sold: sold? })
    })
}

/// A provider sells inside its own region only.
fn within(typed: &str, region: Region) -> Result<Country, Problem> {
    let country = location(typed)?;
    if country.region() == region { Ok(country) } else { Err(Wrong::OtherRegion.into()) }
}

/// Only what comes before the installation's suffix is chosen, and many files have the whole domain.
fn prefix(typed: &str, suffix: &str) -> Result<DomainPrefix, Problem> {
    let domain = plain(typed).trim().to_lowercase();
    let domain = domain.trim_end_matches('.');
    match domain.strip_suffix(suffix).and_then(|rest| rest.strip_suffix('.')) {
        Some(prefix) => DomainPrefix::parse(prefix),
        None if domain.contains('.') => Err(Wrong::OtherDomain { suffix: suffix.to_owned() }.into()),
        None => DomainPrefix::parse(domain),
    }
}

/// A language code, also with a place behind it; that of the country is chosen by nothing.
fn language(typed: &str, country: Country) -> String {
    let typed = line(typed).to_lowercase();
    let language = language_of(&typed);
    if language == language_of(country.culture()) { String::new() } else { language.to_owned() }
}

fn sold(cells: Cells<'_, Column>, today: NaiveDate, problems: &mut Problems) -> Option<Option<Sold>> {
    const OWN: [Column; 6] = [
        Column::Offer,
        Column::Quantity,
        Column::Billing,
        Column::StartsOn,
        Column::RenewsOn,
        Column::Earner,
    ];
    let typed = |column: Column| cells.get(column);
    if !OWN.into_iter().any(|column| is_visible(typed(column))) {
        return Some(None);
    }
    let key = |column: Column| column.key();
    let offer = line(typed(Column::Offer));
    let offer = if offer.is_empty() { Err(Problem::Missing) } else { Ok(offer) };
    let offer = problems.field(key(Column::Offer), offer);
    let quantity = optional(typed(Column::Quantity), |typed| Quantity::parse(typed, 1, MOST));
    let quantity = problems.field(key(Column::Quantity), quantity);
    let billing = problems.field(key(Column::Billing), optional(typed(Column::Billing), billing));
    let starts = optional(typed(Column::StartsOn), |typed| begun(typed, today));
    let starts_on = problems.field(key(Column::StartsOn), starts);
    let renews = optional(typed(Column::RenewsOn), |typed| ahead(typed, today));
    let renews_on = problems.field(key(Column::RenewsOn), renews);
    let earner = problems.field(key(Column::Earner), optional(typed(Column::Earner), MpnId::parse));
    Some(Some(Sold {
        offer: offer?,
        quantity: quantity?,
        billing: billing?,
        starts_on: starts_on?,
        renews_on: renews_on?,
        earner: earner?,
    }))
}

fn optional<T>(typed: &str, parse: impl FnOnce(&str) -> Result<T, Problem>) -> Result<Option<T>, Problem> {
    if is_visible(typed) { parse(typed).map(Some) } else { Ok(None) }
}

fn billing(typed: &str) -> Result<Billing, Problem> {
    match folded(typed.trim()).as_str() {
        "monthly" | "month" | "per month" => Ok(Billing::Monthly),
        "annual" | "annually" | "yearly" | "year" | "per year" => Ok(Billing::Annual),
        "none" | "never" => Ok(Billing::Never),
        _ => Err(Wrong::NoBilling.into()),
    }
}

/// A day on which something began that runs today.
fn begun(typed: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    use chrono::Datelike as _;
    match day::parse(typed)? {
        day if day.year() < EARLIEST_YEAR => Err(Problem::BeforeYear { year: EARLIEST_YEAR }),
        day if day > today => Err(Problem::InTheFuture),
        day => Ok(day),
    }
}

fn ahead(typed: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let day = day::parse(typed)?;
    let latest = today.checked_add_days(Days::new(LATEST_RENEWAL)).unwrap_or(today);
    if day > today && day <= latest {
        Ok(day)
    } else {
        Err(Wrong::NotAhead { latest: latest.to_string() }.into())
    }
}

/// By what rows are held against each other: the customer, and with it the subscription; then name and city, and the
/// registration ID, each within a country.
pub fn marks(cells: Cells<'_, Column>, home: Country, terms: &Terms) -> Marks {
    let Ok(said) = read(cells, home, terms) else { return Marks::default() };
    let form = &said.form;
    let subject = match &said.sold {
        None => said.domain.clone(),
        Some(sold) => {
            let start = sold.starts_on.map(|day| day.to_string()).unwrap_or_default();
            format!("{}\n{}\n{start}", said.domain, folded(&sold.offer))
        }
    };
    let city = folded(&line(&form.city));
    let name = name_key(&line(&form.company));
    let by_name = match name.is_empty() || city.is_empty() {
        true => String::new(),
        false => format!("{name}\n{city}\n{}", form.country),
    };
    let number: String = plain(&form.registration).chars().filter(|sign| sign.is_alphanumeric()).collect();
    let by_number = match number.is_empty() {
        true => String::new(),
        false => format!("{}\n{}", number.to_lowercase(), form.country),
    };
    Marks { subject, likeness: [said.domain, by_name, by_number] }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn country(code: &str) -> Country {
        Country::parse(code).unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn terms() -> Terms {
        Terms {
            region: country("DE").region(),
            domain_suffix: "onmicrosoft.com".to_owned(),
            today: day("2026-11-30"),
            may_attest: true,
        }
    }

    fn said(cells: &[(Column, &str)]) -> Result<Said, Problems> {
        let columns: Vec<Column> = cells.iter().map(|(column, _)| *column).collect();
        let texts: Vec<String> = cells.iter().map(|(_, text)| (*text).to_owned()).collect();
        read(Cells { columns: &columns, texts: &texts }, country("DE"), &terms())
    }

    fn wrong(cells: &[(Column, &str)]) -> Vec<String> {
        said(cells)
            .err()
            .map(|problems| problems.all().map(|(key, _)| key.to_owned()).collect())
            .unwrap_or_default()
    }

    #[test]
    fn a_domain_is_the_part_before_the_suffix_or_the_whole() {
        for typed in ["alder", " ALDER ", "alder.onmicrosoft.com", "Alder.OnMicrosoft.com."] {
            assert_eq!(said(&[(Column::Domain, typed)]).unwrap().domain, "alder.onmicrosoft.com", "{typed}");
        }
        for typed in ["", "alder.com", "al-der", "onmicrosoft.com", ".onmicrosoft.com", "a.b.onmicrosoft.com"]
        {
            assert_eq!(wrong(&[(Column::Domain, typed)]), ["domain"], "{typed}");
        }
    }

    #[test]
    fn a_country_is_in_the_region_of_the_provider() {
        let domain = (Column::Domain, "alder");
        for typed in ["", "FR", "france"] {
            assert!(said(&[domain, (Column::Country, typed)]).is_ok(), "{typed}");
        }
        for typed in ["JP", "Atlantis"] {
            assert_eq!(wrong(&[domain, (Column::Country, typed)]), ["country"], "{typed}");
        }
    }

    #[test]
    fn what_runs_already_has_a_past_and_a_future() {
        let domain = (Column::Domain, "alder");
        assert_eq!(said(&[domain, (Column::Quantity, " ")]).unwrap().sold, None);
        let all = [
            domain,
            (Column::Offer, " Suite "),
            (Column::Quantity, "1,200"),
            (Column::Billing, "Yearly"),
            (Column::StartsOn, "2024-03-01"),
            (Column::RenewsOn, "2027-03-01"),
        ];
        let sold = said(&all).unwrap().sold.unwrap();
        assert_eq!((sold.offer.as_str(), sold.quantity.map(Quantity::get)), ("Suite", Some(1_200)));
        assert_eq!((sold.billing, sold.starts_on), (Some(Billing::Annual), Some(day("2024-03-01"))));
        for (column, typed) in [
            (Column::Quantity, "0"),
            (Column::Billing, "weekly"),
            (Column::StartsOn, "2026-12-01"),
            (Column::StartsOn, "1999-12-31"),
            (Column::RenewsOn, "2026-11-30"),
            (Column::RenewsOn, "2031-01-01"),
            (Column::Earner, "none"),
        ] {
            assert_eq!(
                wrong(&[domain, (Column::Offer, "Suite"), (column, typed)]),
                [column.key()],
                "{typed}"
            );
        }
        assert_eq!(wrong(&[domain, (Column::Quantity, "5")]), ["offer"]);
    }

    #[test]
    fn only_some_say_that_a_customer_accepted() {
        let texts = ["alder".to_owned(), "2024-05-06".to_owned()];
        let cells = Cells { columns: &[Column::Domain, Column::AgreementOn], texts: &texts };
        assert!(read(cells, country("DE"), &terms()).unwrap().has_accepted());
        let refused = read(cells, country("DE"), &Terms { may_attest: false, ..terms() }).unwrap_err();
        assert!(refused.at("agreement_on").is_some());
    }

    #[test]
    fn rows_of_one_customer_have_the_same_marks_in_every_spelling() {
        let of = |company: &str, domain: &str, city: &str, number: &str, offer: &str| {
            let columns =
                [Column::Company, Column::Domain, Column::City, Column::Registration, Column::Offer];
            let texts = [company, domain, city, number, offer].map(str::to_owned);
            marks(Cells { columns: &columns, texts: &texts }, country("DE"), &terms())
        };
        let one = of("Müller & Söhne", "alder", "Köln", "HRB 12-345", "");
        assert_eq!(one, of("MULLER&SOHNE", "alder.onmicrosoft.com", "koln", "hrb12345", ""));
        assert_ne!(one.subject, of("Müller & Söhne", "alder", "Köln", "", "Suite").subject);
        assert_eq!(one.likeness[0], of("Else", "alder", "", "", "Suite").likeness[0]);
        assert_eq!(of("", "alder", "", "", "").likeness[1..], [String::new(), String::new()]);
    }

    proptest! {
        #[test]
        fn any_cells_are_read(texts in proptest::collection::vec(any::<String>(), 0..25)) {
            let cells = Cells { columns: &Column::ALL, texts: &texts };
            let marks = marks(cells, country("DE"), &terms());
            match read(cells, country("DE"), &terms()) {
                Ok(said) => {
                    prop_assert_eq!(&marks.likeness[0], &said.domain);
                    let _ = said.account(&terms());
                }
                Err(_) => prop_assert_eq!(marks, Marks::default()),
            }
        }
    }
}
