use proptest::prelude::*;

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 29).unwrap()
}

fn form(change: impl FnOnce(&mut ArrangementForm)) -> ArrangementForm {
    let mut form = ArrangementForm::fresh("mark".to_owned());
    form.reseller = OrganisationId::new().to_string();
    change(&mut form);
    form
}

fn fields(form: &ArrangementForm) -> Vec<String> {
    let (customer, former) = (CustomerId::new(), DelegationId::new());
    match form.parse((&customer, Some(&former)), today()).unwrap() {
        Ok(_) => Vec::new(),
        Err(problems) => problems.all().map(|(field, _)| field.to_owned()).collect(),
    }
}

#[test]
fn what_makes_no_sense_is_told_at_its_field() {
    assert!(fields(&form(|_| {})).is_empty());
    assert_eq!(fields(&form(|form| form.reseller.clear())), ["reseller"]);
    for day in ["", "yesterday", "2026-11-29", "2126-01-01"] {
        let form = form(|form| {
            form.begins = "day".to_owned();
            form.begins_on = day.to_owned();
        });
        assert_eq!(fields(&form), ["begins_on"], "{day}");
    }
    for day in ["2026-11-29", "2126-01-01", "soon"] {
        assert_eq!(fields(&form(|form| form.ends_on = day.to_owned())), ["ends_on"], "{day}");
    }
    assert_eq!(fields(&form(|form| form.earners = "these".to_owned())), ["earners"]);
    assert_eq!(fields(&form(|form| form.helpers = "these".to_owned())), ["helpers"]);
    for helpers in ["reseller", "all", "these"] {
        let nobody = form(|form| {
            form.reseller = NOBODY.to_owned();
            form.helpers = helpers.to_owned();
            form.ends_on = "no day, for what does not begin".to_owned();
        });
        assert_eq!(fields(&nobody), ["helpers"], "{helpers}");
    }
}

#[test]
fn a_delegation_does_not_end_before_it_begins() {
    let with_end = |ends_on: &str| {
        form(|form| {
            form.begins = "day".to_owned();
            form.begins_on = "2027-01-10".to_owned();
            form.ends_on = ends_on.to_owned();
        })
    };
    assert_eq!(fields(&with_end("2027-01-09")), ["ends_on"]);
    assert!(fields(&with_end("2027-01-10")).is_empty());
}

#[test]
fn nobody_takes_the_place_of_nobody() {
    let form = form(|form| form.reseller = NOBODY.to_owned());
    assert!(form.parse((&CustomerId::new(), None), today()).unwrap().is_err());
}

proptest! {
    #[test]
    fn any_pairs_are_answered(pairs in proptest::collection::vec(("\\PC*|ticked|begins_on|text-customer", any::<String>()), 0..20)) {
        let form = ArrangementForm::of(pairs.clone());
        let _ = form.parse((&CustomerId::new(), None), today());
        let _ = BulkForm::of(pairs).parse(today());
    }

    #[test]
    fn every_tick_that_a_page_shows_reads_back(days in 1_i64..4000) {
        let (id, shown) = (DelegationId::new(), today() + chrono::TimeDelta::days(days));
        let form = BulkForm { until: "open".to_owned(), ticked: vec![format!("{id} {shown}")], ..BulkForm::default() };
        prop_assert_eq!(form.parse(today()).unwrap(), (vec![(id, shown)], None));
    }
}
