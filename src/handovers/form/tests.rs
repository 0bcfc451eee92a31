use proptest::prelude::*;

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 29).unwrap()
}

fn form(what: &str, change: impl FnOnce(&mut HandoverForm)) -> HandoverForm {
    let mut form = HandoverForm::fresh(&SelectionId::new());
    form.what = what.to_owned();
    form.reseller = OrganisationId::new().to_string();
    form.former = OrganisationId::new().to_string();
    change(&mut form);
    form
}

fn fields(form: &HandoverForm) -> Vec<String> {
    match form.parse(today()).unwrap() {
        Ok(_) => Vec::new(),
        Err(problems) => problems.all().map(|(field, _)| field.to_owned()).collect(),
    }
}

#[test]
fn what_makes_no_sense_is_told_at_its_field() {
    for what in ["join", "replace", "remove"] {
        assert!(fields(&form(what, |_| {})).is_empty(), "{what}");
    }
    assert_eq!(fields(&form("", |_| {})), ["what"]);
    assert_eq!(fields(&form("replace", |form| form.reseller = form.former.clone())), ["reseller"]);
    assert_eq!(fields(&form("replace", |form| form.former.clear())), ["former"]);
    assert_eq!(fields(&form("join", |form| form.earners = "former".to_owned())), ["earners"]);
    assert_eq!(fields(&form("remove", |form| form.earners = "all".to_owned())), ["earners"]);
    assert_eq!(fields(&form("join", |form| form.helpers = "provider".to_owned())), ["helpers"]);
    for helpers in ["reseller", "all"] {
        assert_eq!(fields(&form("remove", |form| form.helpers = helpers.to_owned())), ["helpers"]);
    }
    assert!(fields(&form("join", |form| form.helpers = "all".to_owned())).is_empty());
}

#[test]
fn what_is_not_asked_for_counts_for_nothing() {
    let joined = form("join", |form| form.former = "no id".to_owned()).parse(today()).unwrap().unwrap();
    assert!(joined.former.is_none() && joined.reseller.is_some());
    let removed = form("remove", |form| form.ends_on = "never".to_owned()).parse(today()).unwrap().unwrap();
    assert!(removed.reseller.is_none() && removed.choices.ends_on.is_none());
}

proptest! {
    #[test]
    fn any_pairs_are_answered(pairs in proptest::collection::vec(("\\PC*|what|begins_on|text-customer", any::<String>()), 0..20)) {
        let _ = HandoverForm::of(pairs).parse(today());
    }
}
