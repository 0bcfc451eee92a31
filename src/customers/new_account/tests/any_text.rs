//! Whatever is typed is answered, and what is taken stays the same.

use proptest::prelude::*;

use super::*;

/// A form that says what an account holds.
fn form_of(account: &Account) -> AccountForm {
    let mut form = AccountForm {
        language: account.culture.split('-').next().unwrap().to_owned(),
        validation_code: account.validation_code.clone(),
        agreement: "awaited".to_owned(),
        ..AccountForm::of(account)
    };
    if let Agreement::Accepted { first_name, last_name, email, phone, on, .. } = &account.agreement {
        form.agreement = "accepted".to_owned();
        form.agreement_first_name = first_name.clone();
        form.agreement_last_name = last_name.clone();
        form.agreement_email = email.to_string();
        form.agreement_phone = phone.clone();
        form.agreement_on = on.to_string();
    }
    form
}

fn any_form() -> impl Strategy<Value = AccountForm> {
    let country = prop::sample::select(vec!["DE", "GB", "US", "PL", "CA", "AE", "", "xx"]);
    let texts = prop::collection::vec(any::<String>(), FIELDS.len());
    (country, texts).prop_map(|(country, texts)| {
        let fields = FIELDS.iter().map(|field| (*field).to_owned()).zip(texts.into_iter().map(Into::into));
        let form: AccountForm = serde_json::from_value(serde_json::Value::Object(fields.collect())).unwrap();
        AccountForm { country: country.to_owned(), ..form }
    })
}

fn nearly_right() -> impl Strategy<Value = AccountForm> {
    let words = prop::array::uniform8("[ a-zA-ZÀ-ž'.\t\0-]{0,12}");
    let chosen = (
        prop::sample::select(vec!["awaited", "accepted"]),
        prop::sample::select(vec!["", "de", "en", "fr"]),
        prop::sample::select(vec!["2026-11-21", "2020-02-29", " 2001-01-01 "]),
        prop::sample::select(vec!["10115", "D-10115", " 10115"]),
        prop::sample::select(vec!["", "+49 30 123456", "030/12 34 56"]),
    );
    (words, chosen).prop_map(|(words, (agreement, language, on, postal_code, phone))| {
        let [company, line_2, state, first_name, middle_name, last_name, registration, other] = words;
        AccountForm {
            company: format!("A{company}"),
            line_2,
            state,
            first_name: format!("{first_name}e"),
            middle_name,
            last_name: format!("{last_name}e"),
            registration: registration.chars().filter(char::is_ascii_alphanumeric).collect(),
            agreement: agreement.to_owned(),
            agreement_first_name: other.clone(),
            agreement_last_name: other.clone(),
            agreement_email: if other.trim().is_empty() { other } else { "Grace@juniper.example".to_owned() },
            agreement_on: on.to_owned(),
            language: language.to_owned(),
            postal_code: postal_code.to_owned(),
            phone: phone.to_owned(),
            ..in_germany()
        }
    })
}

proptest! {
    #[test]
    fn any_form_is_answered_with_an_account_or_problems_at_known_fields(form in any_form()) {
        match form.parse(&terms("DE")) {
            Ok(account) => prop_assert_eq!(account.country.region(), Region::Europe),
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                prop_assert!(problems.all().all(|(field, _)| FIELDS.contains(&field)));
            }
        }
    }

    #[test]
    fn what_is_accepted_is_clean_and_stable(form in nearly_right()) {
        if let Ok(account) = form.parse(&terms("DE")) {
            let once = format!("{account:?}");
            prop_assert!(!form_of(&account).to_json().contains("\\u0000"));
            let again = form_of(&account).parse(&terms("DE"));
            prop_assert_eq!(format!("{:?}", again.unwrap()), once);
        }
    }
}
