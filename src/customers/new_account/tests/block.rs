//! An account that is changed block by block.

use proptest::prelude::*;

use super::*;
use crate::customers::model::Block;

/// The form of a page about a block, with something typed into one of its fields.
fn changed(kept: &Account, block: Block, (field, typed): (&str, &str)) -> Result<Account, Problems> {
    let mut form = AccountForm::of(kept);
    form.set(field, typed);
    form.over(kept, block.fields()).parse_block(kept, (block, block.fields()))
}

/// An account whose address was typed before its country had a rule for it.
fn aged(country: &str) -> Account {
    let kept = account_in("DE");
    let culture = Country::parse(country).unwrap().culture().to_owned();
    Account { country: Country::parse(country).unwrap(), state: String::new(), culture, ..kept }
}

#[test]
fn an_account_reads_back_as_it_is_kept() {
    for country in ["DE", "US", "GB"] {
        let kept = account_in(country);
        for block in Block::ALL {
            let read = AccountForm::of(&kept).parse_block(&kept, (*block, block.fields())).unwrap();
            assert_eq!(format!("{read:?}"), format!("{kept:?}"), "{block:?} in {country}");
        }
    }
}

#[test]
fn what_a_page_does_not_ask_for_stays_whatever_was_sent() {
    let kept = account_in("DE");
    let sent = AccountForm {
        domain: "other".to_owned(),
        country: "US".to_owned(),
        email: "x".to_owned(),
        company: "Juniper House".to_owned(),
        ..AccountForm::of(&kept)
    };
    let asked = Block::Company.fields();
    let wanted = sent.over(&kept, asked).parse_block(&kept, (Block::Company, asked)).unwrap();
    assert_eq!((wanted.company_name.as_str(), wanted.country.code()), ("Juniper House", "DE"));
    assert_eq!((wanted.domain, wanted.email), (kept.domain, kept.email));
}

#[test]
fn an_address_from_before_a_rule_is_asked_for_again_and_nothing_else_is() {
    let kept = aged("JP");
    let wrong = changed(&kept, Block::Company, ("company", "Juniper")).unwrap_err();
    let fields: Vec<_> = wrong.all().map(|(field, _)| field).collect();
    assert_eq!(fields, ["state", "postal_code"]);
    let contact = changed(&kept, Block::Contact, ("phone", "+81 3-1234-5678")).unwrap();
    assert_eq!(contact.phone, "+81 3-1234-5678");
}

#[test]
fn each_country_speaks_its_language_and_english() {
    for (country, own) in [("JP", "ja-JP"), ("BR", "pt-BR"), ("RU", "ru-RU"), ("DE", "de-DE")] {
        let kept = Account { culture: own.to_owned(), ..aged(country) };
        let form = AccountForm { language: "en".to_owned(), ..AccountForm::of(&kept) };
        let mut problems = Problems::default();
        let culture = form.culture_instead_of(&kept, &mut problems);
        assert_eq!((culture, problems.is_empty()), (Some(format!("en-{country}")), true));
        let english = Account { culture: format!("en-{country}"), ..kept };
        let form = AccountForm { language: String::new(), ..AccountForm::of(&english) };
        assert_eq!(form.culture_instead_of(&english, &mut problems).as_deref(), Some(own));
    }
}

#[test]
fn a_language_that_can_no_longer_be_chosen_stays_as_long_as_nobody_touches_it() {
    let kept = Account { culture: "zh-TW".to_owned(), ..account_in("DE") };
    let same = changed(&kept, Block::Company, ("company", "Juniper")).unwrap();
    assert_eq!(same.culture, "zh-TW");
    let other = changed(&kept, Block::Company, ("language", "ja")).unwrap_err();
    assert_eq!(other.at("language"), Some(&Problem::UnknownChoice));
}

#[test]
fn a_school_keeps_an_address_of_its_own() {
    let kept = Account { qualification: Qualification::Education, ..account_in("DE") };
    let wrong = changed(&kept, Block::Contact, ("email", "head@gmail.com")).unwrap_err();
    assert_eq!(wrong.at("email"), Some(&Problem::FreeMail));
}

#[test]
fn what_the_country_demands_is_asked_with_any_block() {
    let kept = aged("BR");
    let asked = Block::Contact.asked(&kept.lacks(), &[]);
    let form = AccountForm { phone: "+55 11 2345-6789".to_owned(), ..AccountForm::of(&kept) };
    let wrong = form.over(&kept, &asked).parse_block(&kept, (Block::Contact, &asked)).unwrap_err();
    assert_eq!(wrong.at("registration"), Some(&Problem::Missing));
    let form = AccountForm { registration: "11.222.333/0001-81".to_owned(), ..form };
    let wanted = form.over(&kept, &asked).parse_block(&kept, (Block::Contact, &asked)).unwrap();
    assert_eq!((wanted.registration_id.as_str(), wanted.lacks()), ("11222333000181", vec![]));
}

proptest! {
    #[test]
    fn any_text_is_answered(
        typed in any::<String>(),
        country in prop::sample::select(vec!["DE", "JP", "BR", "RU"]),
        block in prop::sample::select(Block::ALL.to_vec()),
    ) {
        let kept = aged(country);
        let mut form = AccountForm::of(&kept);
        block.fields().iter().for_each(|field| form.set(field, &typed));
        let form = form.printable().over(&kept, block.fields());
        if let Ok(wanted) = form.parse_block(&kept, (block, block.fields())) {
            let again = AccountForm::of(&wanted).parse_block(&wanted, (block, block.fields()));
            prop_assert_eq!(format!("{:?}", again.unwrap()), format!("{wanted:?}"));
        }
    }
}
