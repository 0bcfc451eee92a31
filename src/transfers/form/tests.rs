use proptest::prelude::*;

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()
}

fn fine() -> StartForm {
    StartForm {
        partner: "MPN ID 481-0233".to_owned(),
        items: vec![SubscriptionId::new().to_string()],
        ..StartForm::fresh(today())
    }
}

fn parsed(form: &StartForm) -> std::result::Result<Wish, Problems> {
    form.parse(&CustomerId::new(), today()).unwrap()
}

#[test]
fn a_partner_is_meant_by_its_number_or_by_its_name() {
    let sought = |partner: &str| parsed(&StartForm { partner: partner.to_owned(), ..fine() }).unwrap().sought;
    assert_eq!(sought("MPN ID 481-0233"), Sought::MpnId(MpnId::parse("4810233").unwrap()));
    assert_eq!(sought(" Kestrel  Cloud "), Sought::Name("Kestrel Cloud".to_owned()));
    assert_eq!(sought("3M"), Sought::Name("3M".to_owned()));
    let nobody = parsed(&StartForm { partner: " ".to_owned(), ..fine() }).unwrap_err();
    assert_eq!(nobody.at("partner"), Some(&Problem::Missing));
}

#[test]
fn one_elsewhere_needs_a_name_and_no_number() {
    let outside = StartForm { place: "outside".to_owned(), outside_name: "Fjord".to_owned(), ..fine() };
    let wish = parsed(&outside).unwrap();
    assert_eq!(wish.sought, Sought::Outside { name: "Fjord".to_owned(), mpn_id: None });
    let wrong = StartForm { outside_name: String::new(), outside_mpn_id: "12".to_owned(), ..outside };
    let problems = parsed(&wrong).unwrap_err();
    assert!(problems.at("outside_name").is_some() && problems.at("outside_mpn_id").is_some());
}

#[test]
fn it_is_open_for_ninety_days_at_most() {
    let until = |typed: &str| parsed(&StartForm { open_until: typed.to_owned(), ..fine() });
    assert_eq!(parsed(&fine()).unwrap().open_until.to_string(), "2026-12-30");
    assert!(until("2026-11-30").is_ok() && until("2027-02-28").is_ok());
    for wrong in ["2026-11-29", "2027-03-01", "", "soon"] {
        assert!(until(wrong).unwrap_err().at("open_until").is_some(), "{wrong}");
    }
}

#[test]
fn something_has_to_be_chosen_and_each_once() {
    let none = parsed(&StartForm { items: vec![], ..fine() }).unwrap_err();
    assert_eq!(none.at("items"), Some(&Wrong::NothingChosen.into()));
    let one = SubscriptionId::new().to_string();
    let twice = parsed(&StartForm { items: vec![one.clone(), one], ..fine() }).unwrap();
    assert_eq!(twice.chosen.len(), 1);
}

#[test]
fn a_customer_consents_with_a_tick_and_refuses_with_a_reason() {
    let form = |answer: &str| OwnAnswerForm { answer: answer.to_owned(), ..OwnAnswerForm::default() };
    let no_tick = form("yes").parse(false).unwrap_err();
    assert_eq!(no_tick.at("consent"), Some(&Problem::NotConfirmed));
    let ticked = OwnAnswerForm { consent: "yes".to_owned(), ..form("yes") };
    assert!(ticked.parse(false).unwrap().is_yes);
    assert!(ticked.parse(true).unwrap_err().at("name").is_some());
    let refusal = form("no").parse(true).unwrap_err();
    assert!(refusal.at("refusing_name").is_some() && refusal.at("reason").is_some());
}

#[test]
fn a_day_is_recorded_between_consent_and_today() {
    let earliest = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let on = |typed: &str| {
        let form = RecordForm { version: "3".to_owned(), on: typed.to_owned(), ..RecordForm::default() };
        form.parse((earliest, today())).unwrap()
    };
    assert_eq!(on("2026-11-20").unwrap().on, earliest);
    assert!(on("2026-11-30").is_ok());
    assert_eq!(on("2026-12-01").unwrap_err().at("on"), Some(&Problem::InTheFuture));
    assert!(on("2026-11-19").is_err() && on("").is_err());
}

proptest! {
    #[test]
    fn anything_that_is_sent_is_read(pairs in proptest::collection::vec((any::<String>(), any::<String>()), 0..8)) {
        let mut sent = pairs.clone();
        sent.push(("id".to_owned(), TransferId::new().to_string()));
        let form = StartForm::of(sent);
        prop_assert!(form.parse(&CustomerId::new(), today()).is_ok() || !form.items.is_empty());
        let _ = DecisionForm::of(pairs);
    }
}
