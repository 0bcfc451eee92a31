//! The rules of the New customer form.

mod any_text;
mod block;

use chrono::NaiveDate;

use super::*;
use crate::catalog::model::Qualification;
use crate::customers::model::{Account, Agreement};
use crate::web::Problems;

fn terms(home: &str) -> Terms {
    Terms {
        region: Country::parse(home).unwrap().region(),
        domain_suffix: "onmicrosoft.com".to_owned(),
        today: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
        may_attest: true,
    }
}

/// Everything that no country has a rule for.
fn form(country: &str) -> AccountForm {
    let text = str::to_owned;
    AccountForm {
        company: text("Juniper Hall"),
        domain: text("JuniperHall"),
        line_1: text("12 Mill Lane"),
        city: text("Anytown"),
        first_name: text("Ada"),
        last_name: text("Finch"),
        email: text("ada@juniper.example"),
        ..AccountForm::begin(Country::parse(country).unwrap())
    }
}

fn in_germany() -> AccountForm {
    AccountForm { postal_code: "10115".to_owned(), ..form("DE") }
}

fn parse(form: &AccountForm) -> Result<Account, Problems> {
    form.parse(&terms(&form.country))
}

/// A customer somewhere.
pub fn account_in(country: &str) -> Account {
    let (postal_code, state) = match country {
        "DE" => ("20457", ""),
        "US" => ("98052", "WA"),
        _ => ("SW1A 1AA", ""),
    };
    let (postal_code, state) = (postal_code.to_owned(), state.to_owned());
    parse(&AccountForm { postal_code, state, ..form(country) }).unwrap()
}

/// What is wrong, as "field: problem".
fn wrong(form: &AccountForm) -> Vec<String> {
    let problems = parse(form).err().unwrap_or_default();
    problems.all().map(|(field, problem)| format!("{field}: {problem}")).collect()
}

#[test]
fn a_german_customer_needs_a_postal_code_and_no_state() {
    let account = parse(&in_germany()).unwrap();
    assert_eq!(account.domain, "juniperhall.onmicrosoft.com");
    assert_eq!(account.culture, "de-DE");
    assert_eq!(account.qualification, Qualification::None);
    assert_eq!(account.agreement, Agreement::Awaited);
    assert_eq!(wrong(&form("DE")), ["postal_code: missing"]);
    let short = AccountForm { postal_code: "1011".to_owned(), ..form("DE") };
    assert_eq!(wrong(&short), ["postal_code: no postal code: DigitCount { allowed: \"5\", entered: 4 }"]);
}

#[test]
fn a_british_postal_code_is_written_as_the_post_writes_it() {
    let form = AccountForm { postal_code: "sw1a1aa".to_owned(), ..form("GB") };
    assert_eq!(parse(&form).unwrap().postal_code, "SW1A 1AA");
    assert_eq!(parse(&form).unwrap().culture, "en-GB");
}

#[test]
fn an_american_customer_needs_one_of_the_states() {
    let there = AccountForm { postal_code: "98052-1234".to_owned(), ..form("US") };
    assert_eq!(wrong(&there), ["state: not chosen"]);
    let chosen = AccountForm { state: "washington".to_owned(), ..there.clone() };
    assert_eq!(parse(&chosen).unwrap().state, "WA");
    let bavarian = AccountForm { state: "Bavaria".to_owned(), phone: "12".to_owned(), ..there };
    let wrong = wrong(&bavarian);
    assert_eq!(wrong.first().unwrap(), "state: not one of the choices");
    assert!(wrong.last().unwrap().starts_with("phone: no telephone number"), "{wrong:?}");
}

#[test]
fn a_canadian_customer_has_a_province_and_a_postal_code_with_letters() {
    let form = AccountForm { state: "ON".to_owned(), postal_code: "k1a0b1".to_owned(), ..form("CA") };
    assert_eq!(parse(&form).unwrap().postal_code, "K1A 0B1");
    assert_eq!(wrong(&AccountForm { state: "NSW".to_owned(), ..form }), ["state: not one of the choices"]);
}

#[test]
fn the_government_cloud_is_american_and_takes_a_code() {
    let there = AccountForm {
        postal_code: "98052".to_owned(),
        state: "WA".to_owned(),
        qualification: "government".to_owned(),
        ..form("US")
    };
    assert_eq!(wrong(&there), ["validation_code: missing"]);
    let long = AccountForm { validation_code: "x".repeat(101), ..there.clone() };
    assert_eq!(wrong(&long), ["validation_code: longer than 100 characters"]);
    let coded = AccountForm { validation_code: " GCC-1 ".to_owned(), ..there };
    assert_eq!(parse(&coded).unwrap().validation_code, "GCC-1");
    // Typed for another choice, it is no part of the account.
    let school = AccountForm { qualification: "education".to_owned(), ..coded.clone() };
    assert_eq!(parse(&school).unwrap().validation_code, "");
    let elsewhere = AccountForm { qualification: coded.qualification, ..in_germany() };
    assert_eq!(wrong(&elsewhere), ["qualification: not one of the choices"]);
}

#[test]
fn a_polish_customer_needs_registration_id_and_phone() {
    let there = AccountForm { postal_code: "00-950".to_owned(), ..form("PL") };
    assert_eq!(wrong(&there), ["registration: missing", "phone: missing"]);
    let both = AccountForm {
        registration: "5260250995".to_owned(),
        phone: "+48 22 123 45 67".to_owned(),
        ..there.clone()
    };
    assert_eq!(parse(&both).unwrap().registration_id, "5260250995");
    let hyphens = AccountForm { registration: "526-025-09-95".to_owned(), ..both };
    assert_eq!(parse(&hyphens).unwrap().registration_id, "5260250995");
    let signs = AccountForm { registration: "526#025".to_owned(), ..there };
    assert!(wrong(&signs).contains(&"registration: no letters and digits".to_owned()));
}

#[test]
fn a_hungarian_registration_id_has_ten_or_eleven_digits() {
    let form = AccountForm {
        postal_code: "1051".to_owned(),
        phone: "+36 1 234 5678".to_owned(),
        registration: "123".to_owned(),
        ..form("HU")
    };
    assert_eq!(wrong(&form), ["registration: needs 10 or 11 digits"]);
}

#[test]
fn a_city_state_needs_no_city_and_an_emirate_no_postal_code() {
    let monaco = AccountForm { city: String::new(), postal_code: "98000".to_owned(), ..form("MC") };
    assert_eq!(wrong(&monaco), Vec::<String>::new());
    let dubai = AccountForm {
        state: "Dubai".to_owned(),
        postal_code: "12345".to_owned(),
        registration: "100123456700003".to_owned(),
        phone: "+971 4 123 4567".to_owned(),
        ..form("AE")
    };
    assert_eq!(wrong(&dubai), ["postal_code: not allowed here"]);
}

#[test]
fn customers_sit_in_the_region_of_the_provider() {
    let abroad = AccountForm { country: "US".to_owned(), ..in_germany() };
    let problems = abroad.parse(&terms("DE")).unwrap_err();
    assert_eq!(problems.at("country"), Some(&Problem::UnknownChoice));
    // The fields that a country has rules for cannot be judged; the others can.
    assert_eq!(problems.len(), 1);
    let nowhere = AccountForm { country: String::new(), ..in_germany() };
    assert_eq!(nowhere.parse(&terms("DE")).unwrap_err().at("country"), Some(&Problem::NotChosen));
}

#[test]
fn a_region_of_one_country_has_a_fixed_country() {
    let form = AccountForm { country: "DE".to_owned(), ..AccountForm::default() };
    assert_eq!(form.country_in(Region::Japan).unwrap().code(), "JP");
}

#[test]
fn an_empty_form_says_everything_at_once_in_the_order_of_the_page() {
    let problems = AccountForm::default().parse(&terms("DE")).unwrap_err();
    let fields: Vec<_> = problems.all().map(|(field, _)| field).collect();
    assert_eq!(
        fields,
        ["company", "domain", "country", "line_1", "first_name", "last_name", "email", "agreement"]
    );
    assert_eq!(problems.clone().in_order_of(&FIELDS), problems);
}

#[test]
fn the_primary_contact_accepted_the_agreement_unless_somebody_else_is_named() {
    let accepted = AccountForm {
        agreement: "accepted".to_owned(),
        agreement_on: "2026-11-21".to_owned(),
        phone: "+49 30 123456".to_owned(),
        ..in_germany()
    };
    match parse(&accepted).unwrap().agreement {
        Agreement::Accepted { first_name, last_name, email, phone, on, .. } => {
            let who = [&first_name, &last_name, email.as_str(), &phone, &on.to_string()].join("|");
            assert_eq!(who, "Ada|Finch|ada@juniper.example|+49 30 123456|2026-11-21");
        }
        Agreement::Awaited => panic!("it was accepted"),
    }
    let half = AccountForm { agreement_first_name: "Grace".to_owned(), ..accepted };
    assert_eq!(wrong(&half), ["agreement_last_name: missing", "agreement_email: missing"]);
}

#[test]
fn an_agreement_is_accepted_on_a_day_that_has_come() {
    let on = |day: &str| AccountForm {
        agreement: "accepted".to_owned(),
        agreement_on: day.to_owned(),
        ..in_germany()
    };
    assert_eq!(wrong(&on("2026-11-22")), ["agreement_on: in the future"]);
    assert_eq!(wrong(&on("")), ["agreement_on: missing"]);
    for day in ["-200000-1-1", "-20000-1-1", "+99999-1-1", "11/21/2026"] {
        assert!(wrong(&on(day)).first().unwrap().contains("malformed"), "{day}");
    }
    assert_eq!(wrong(&on("2026-02-30")), ["agreement_on: no day of the calendar"]);
    assert_eq!(wrong(&on("20026-02-20")), ["agreement_on: a year of other than four digits"]);
    for day in ["21.11.2026", "２０２６-11-21", "2026/11/21"] {
        assert!(parse(&on(day)).is_ok(), "{day}");
        assert_eq!(on(day).printable().agreement_on, "2026-11-21", "as calendars know it");
    }
    for day in ["0001-01-01", "1999-12-31"] {
        assert_eq!(wrong(&on(day)), ["agreement_on: before 2000"]);
    }
}

#[test]
fn who_may_not_attest_cannot() {
    let accepted = AccountForm {
        agreement: "accepted".to_owned(),
        agreement_on: "2026-11-20".to_owned(),
        ..in_germany()
    };
    let problems = accepted.parse(&Terms { may_attest: false, ..terms("DE") }).unwrap_err();
    assert_eq!(problems.at("agreement"), Some(&Problem::UnknownChoice));
}

#[test]
fn nobody_but_the_customer_applies_for_nonprofit() {
    for qualification in ["nonprofit", "royal"] {
        let form = AccountForm { qualification: qualification.to_owned(), ..in_germany() };
        assert_eq!(wrong(&form), ["qualification: not one of the choices"]);
    }
}

#[test]
fn a_school_counts_as_none_until_it_was_reviewed() {
    let school = AccountForm {
        qualification: "education".to_owned(),
        email: "head@juniper.example".to_owned(),
        ..in_germany()
    };
    assert_eq!(parse(&school).unwrap().qualification, Qualification::None);
    assert_eq!(school.school(), Some("juniper.example".to_owned()));
    let known = AccountForm { website: "https://www.hall.example/".to_owned(), ..school.clone() };
    assert_eq!(known.school(), Some("hall.example".to_owned()));
    let odd = AccountForm { website: "hall".to_owned(), ..school };
    assert!(wrong(&odd).first().unwrap().starts_with("website: no website"), "{:?}", wrong(&odd));
    // Typed for another choice, it asks for nothing.
    assert_eq!(AccountForm { qualification: "none".to_owned(), ..odd }.school(), None);
}

#[test]
fn a_school_is_reached_under_its_own_domain() {
    let school = AccountForm {
        qualification: "education".to_owned(),
        email: "head@Gmail.com".to_owned(),
        ..in_germany()
    };
    assert_eq!(wrong(&school), ["email: an address of a free mail service"]);
    assert!(parse(&AccountForm { qualification: "none".to_owned(), ..school }).is_ok());
}

#[test]
fn a_language_is_spoken_in_the_country_of_the_customer() {
    let belgian = AccountForm { postal_code: "1000".to_owned(), language: "fr".to_owned(), ..form("BE") };
    assert_eq!(parse(&belgian).unwrap().culture, "fr-BE");
    assert_eq!(culture(Country::parse("BE").unwrap(), ""), "nl-BE");
    assert_eq!(
        wrong(&AccountForm { language: "tlh".to_owned(), ..belgian }),
        ["language: not one of the choices"]
    );
    assert!(languages(Region::Japan).contains(&"en"));
}

#[test]
fn every_field_is_kept_as_typed() {
    let typed =
        AccountForm { company: " \0 a\u{2028}b 🌲 ".to_owned(), email: "x".repeat(10_000), ..in_germany() };
    assert_eq!(AccountForm::from_json(&typed.to_json()), typed);
    assert!(!typed.to_json().contains('\0'), "PostgreSQL keeps no NUL");
    assert_eq!(typed.clone().printable().company, "  a b 🌲 ");
    assert_eq!(AccountForm::from_json("not JSON"), AccountForm::default());
    let named = serde_json::to_value(&typed).unwrap();
    for field in FIELDS {
        assert_eq!(named[field].as_str().unwrap(), typed.value(field), "{field}");
    }
}
