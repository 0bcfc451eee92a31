use super::super::column::LIMITS;
use super::*;
use crate::customers::facts::Named;
use crate::subscriptions::facts::Metered;
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::id::{CustomerId, EntitlementId};
use proptest::prelude::*;

const HEADS: &str = "Customer domain,Subscription ID,Day,Service,Meter,Quantity,Unit,Cost before tax";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn metered(domain: &str, ended_on: Option<&str>) -> Metered {
    let customer = Named {
        id: CustomerId::new(),
        company_name: "Contoso".to_owned(),
        domain: domain.to_owned(),
        country: Country::parse("DE").unwrap(),
    };
    let (id, nickname) = (SubscriptionId::new(), "Microsoft Azure".to_owned());
    let entitlement = Some(EntitlementId::new());
    Metered { id, customer, nickname, starts_on: day("2026-01-10"), ended_on: ended_on.map(day), entitlement }
}

fn market(known: &[Metered]) -> Market {
    Market::of(known.to_vec(), Currency::Eur, day("2026-03-15"))
}

fn plan(rows: &str, known: &[Metered]) -> Plan {
    let sheet = Sheet::read(format!("{HEADS}\n{rows}\n").as_bytes(), &LIMITS).unwrap();
    let market = market(known);
    let read = Read::of(&sheet, &market);
    Plan::of(&sheet, read, &market, HashMap::new())
}

/// What is wrong with the only row: columns and the names of the problems.
fn wrong(row: &str, known: &[Metered]) -> Vec<String> {
    match &plan(row, known).rows[0].verdict {
        Verdict::Refused(problems) => {
            problems.all().map(|(key, problem)| format!("{key}: {problem}")).collect()
        }
        verdict => panic!("{verdict:?}"),
    }
}

#[test]
fn the_domain_is_enough_where_there_is_one_subscription() {
    let known = [metered("contoso.example", None), metered("old.example", Some("2026-02-01"))];
    let row = |domain: &str, day: &str| format!("{domain},,{day},Storage,Hot LRS,1.5,1 GB,0.0384");
    let good = plan(
        &format!("{}\n{}", row("Contoso.Example", "2026-03-01"), row("old.example", "2026-02-01")),
        &known,
    );
    assert_eq!(good.counts(), Counts { new: 2, ..Counts::default() });
    assert_eq!(good.difference(), Cost::parse("0.0768").unwrap());
    assert_eq!(good.rows[0].customer, "Contoso");
    assert!(wrong(&row("old.example", "2026-02-02"), &known)[0].starts_with("day: The subscription ended"));
    assert!(
        wrong(&row("nobody.example", "2026-03-01"), &known)[0].starts_with("domain: None of your customers")
    );
}

#[test]
fn of_several_the_living_one_is_meant_and_of_several_living_ones_none() {
    let (old, mut new) = (metered("contoso.example", Some("2026-02-01")), metered("contoso.example", None));
    new.customer = old.customer.clone();
    let row = "contoso.example,,2026-03-01,Storage,Hot LRS,1,1 GB,1";
    let Verdict::New(booking) = &plan(row, &[old.clone(), new.clone()]).rows[0].verdict else { panic!() };
    assert_eq!(booking.subscription, new.id);
    let second = Metered { id: SubscriptionId::new(), ..new.clone() };
    assert!(wrong(row, &[new.clone(), second])[0].starts_with("subscription_id: This customer has several"));
    let other = format!("other.example,{},2026-03-01,Storage,Hot LRS,1,1 GB,1", new.id);
    assert!(wrong(&other, &[new])[0].starts_with("domain: The subscription is another"));
}

#[test]
fn everything_that_is_wrong_is_said_at_its_column() {
    let known = [metered("contoso.example", None)];
    let all = wrong(",x,2026-13-01,,,-1,,abc", &known);
    let columns: Vec<&str> =
        all.iter().filter_map(|told| told.split_once(':').map(|(column, _)| column)).collect();
    assert_eq!(columns, ["subscription_id", "day", "service", "meter", "quantity", "unit", "cost"]);
    let days = |day: &str| wrong(&format!("contoso.example,,{day},S,M,1,u,1"), &known).remove(0);
    assert_eq!(days("2026-03-16"), "day: in the future");
    assert!(days("2026-01-09").starts_with("day: The subscription began"));
    assert!(days("2009-12-31").contains("2010"));
    let long = "x".repeat(201);
    assert_eq!(
        wrong(&format!("contoso.example,,2026-03-01,S,{long},1,u,1"), &known),
        ["meter: longer than 200 characters"]
    );
    assert!(
        wrong("contoso.example,,2026-03-01,S,M,1,u", &known)[0].starts_with("subscription_id: This row has")
    );
}

#[test]
fn another_currency_is_refused_and_ones_own_may_be_said() {
    let known = [metered("contoso.example", None)];
    let file = |currency: &str| {
        let text = format!("{HEADS},Currency\ncontoso.example,,2026-03-01,S,M,1,u,1,{currency}\n");
        let sheet = Sheet::read(text.as_bytes(), &LIMITS).unwrap();
        Read::of(&sheet, &market(&known)).0.remove(0).is_ok()
    };
    assert!(file("eur") && file("") && !file("USD"));
}

#[test]
fn the_same_again_changes_nothing_and_another_takes_its_place() {
    let known = [metered("contoso.example", None)];
    let text = |cost: &str| format!("{HEADS}\ncontoso.example,,2026-03-01,S,M,1.50,u,{cost}\n");
    let read = |cost: &str, before: HashMap<Key, Usage>| {
        let sheet = Sheet::read(text(cost).as_bytes(), &LIMITS).unwrap();
        let market = market(&known);
        Plan::of(&sheet, Read::of(&sheet, &market), &market, before)
    };
    let first = read("2", HashMap::new());
    let Verdict::New(booking) = &first.rows[0].verdict else { panic!() };
    let before = HashMap::from([(booking.key(), booking.usage.clone())]);
    let (same, other) = (read("2.00", before.clone()), read("1.25", before));
    assert_eq!(same.counts(), Counts { same: 1, ..Counts::default() });
    assert_eq!((other.counts().changed, other.difference()), (1, Cost::of(-750_000)));
    assert_ne!(same.mark(), other.mark());
    let twice = plan("contoso.example,,2026-03-01,S,M,1,u,1\ncontoso.example,,2026-03-01,T,M,1,u,1", &known);
    assert_eq!(twice.counts(), Counts { new: 1, refused: 1, ..Counts::default() });
}

proptest! {
    #[test]
    fn any_row_is_answered(cells in proptest::collection::vec("[^\"]{0,12}", 8)) {
        let known = [metered("contoso.example", None)];
        let cells: Vec<String> = cells.iter().map(|cell| format!("\"{cell}\"")).collect();
        let text = format!("{HEADS}\n{}\n", cells.join(","));
        if let Ok(sheet) = Sheet::read(text.as_bytes(), &LIMITS) {
            let market = market(&known);
            let plan = Plan::of(&sheet, Read::of(&sheet, &market), &market, HashMap::new());
            prop_assert_eq!(plan.counts().all(), sheet.rows().len());
        }
    }
}

#[test]
fn an_entitlement_tells_which_subscription_it_is() {
    let known = [metered("contoso.example", None), metered("contoso.example", None)];
    let called = known[1].entitlement.unwrap();
    let plan_of = |cells: &str| {
        let heads = "Azure subscription ID,Subscription ID,Day,Service,Meter,Quantity,Unit,Cost";
        let file = format!("{heads}\n{cells},2026-03-01,Storage,Hot LRS,1.5,1 GB,0.0384\n");
        let (sheet, market) = (Sheet::read(file.as_bytes(), &LIMITS).unwrap(), market(&known));
        let read = Read::of(&sheet, &market);
        Plan::of(&sheet, read, &market, HashMap::new())
    };
    let verdict = |cells: &str| plan_of(cells).rows.remove(0).verdict;
    assert!(
        matches!(verdict(&format!("{called},")), Verdict::New(booking) if booking.subscription == known[1].id)
    );
    assert!(matches!(verdict(&format!("{called},{}", known[1].id)), Verdict::New(_)));
    for cells in [format!("{called},{}", known[0].id), format!("{},", EntitlementId::new()), "x,".to_owned()]
    {
        let verdict = verdict(&cells);
        let Verdict::Refused(problems) = verdict else { panic!("{cells}: {verdict:?}") };
        assert!(problems.at("entitlement_id").is_some(), "{cells}");
    }
}
