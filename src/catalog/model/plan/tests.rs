//! What becomes of the rows of a file.

use super::*;
use crate::catalog::model::definition::tests::cells;
use crate::catalog::model::sheet;
use crate::catalog::model::timeline::Timeline;
use crate::catalog::model::timeline::tests::day;
use crate::values::moment::{Moment, days_after};
use crate::web::csv;
use proptest::prelude::*;

/// A catalogue of what a file says.
fn kept(text: &str) -> Vec<Kept> {
    let now = Moment::from_unix(0);
    let kept = |row: PlannedRow| match row.verdict {
        Verdict::New(new) => Kept {
            id: OfferId::new(),
            timelines: new.prices.iter().map(|one| (one.currency, begun(one))).collect(),
            definition: new.definition,
            version: 1,
            created_at: now,
            changed_at: now,
            changed_by: String::new(),
        },
        other => panic!("line {}: {other:?}", row.line),
    };
    let sheet = sheet::read(text.as_bytes()).unwrap();
    Plan::of(&sheet, &[], day(0)).rows.into_iter().map(kept).collect()
}

fn begun(change: &PriceChange) -> Timeline {
    let mut timeline = Timeline::default();
    timeline.put(change.valid_from, change.now);
    timeline
}

/// Long after everything that is kept was first sold.
fn today() -> NaiveDate {
    days_after(day(0), 100)
}

fn plan(text: &str, kept: &[Kept]) -> Plan {
    Plan::of(&sheet::read(text.as_bytes()).unwrap(), kept, today())
}

/// An export as the page and the command write it.
fn exported(kept: &[Kept]) -> String {
    let columns: Vec<Column> = Column::all().collect();
    let heads: Vec<String> = columns.iter().map(|column| column.head()).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let row = |kept: &Kept| {
        let cells = kept.definition.cells();
        columns.iter().map(|column| cells.get(*column).to_owned()).collect()
    };
    let bytes = [csv::head(&heads).unwrap(), csv::rows(kept.iter().map(row)).unwrap()].concat();
    String::from_utf8(bytes).unwrap()
}

const HEADS: &str = "Offer ID,Name,Category,Kind,Minimum,Maximum,Prerequisites,Billing,Term in months\n";

const CIRCLE: &str = "prerequisites: These add-ons would need each other, so that none could be the first. Take one of them out.";

fn words(plan: &Plan) -> Vec<String> {
    let word = |row: &PlannedRow| match &row.verdict {
        Verdict::New(_) => "new".to_owned(),
        Verdict::Changed(_) => "changed".to_owned(),
        Verdict::Same => "same".to_owned(),
        Verdict::Refused(problems) => {
            problems.all().map(|(key, problem)| format!("{key}: {problem}")).collect()
        }
    };
    plan.rows.iter().map(word).collect()
}

#[test]
fn the_sample_is_right_and_reads_back_as_the_same() {
    let sample = kept(crate::catalog::sample::FILE);
    assert!(sample.len() >= 60);
    assert!(sample.iter().all(|kept| kept.definition.prices.len() == 16));
    assert!(sample.iter().any(|kept| !kept.definition.countries.is_empty()));
    let again = plan(crate::catalog::sample::FILE, &sample).counts();
    assert_eq!(again, Counts { same: sample.len(), ..Counts::default() });
    assert_eq!(plan(&exported(&sample), &sample).counts(), again);
}

#[test]
fn rows_refer_to_each_other_in_any_order() {
    let text = format!(
        "{HEADS}phone,Phone,add-on,add-on,1,9,suite,monthly,12\nsuite,Suite,enterprise,offer,1,9,,monthly,12\n"
    );
    assert_eq!(words(&plan(&text, &[])), ["new", "new"]);
}

#[test]
fn what_refers_to_a_refused_row_is_refused_too() {
    let text = format!(
        "{HEADS}calls,Calls,add-on,add-on,1,9,phone,monthly,12\nphone,Phone,add-on,add-on,1,9,suite,monthly,12\nsuite,,enterprise,offer,1,9,,monthly,12\n"
    );
    let told = words(&plan(&text, &[]));
    assert_eq!(
        told,
        [
            "prerequisites: There is no offer with the ID “phone”.",
            "prerequisites: There is no offer with the ID “suite”.",
            "name: missing"
        ]
    );
}

#[test]
fn add_ons_do_not_need_each_other() {
    let text = format!(
        "{HEADS}a,A,add-on,add-on,1,9,b,monthly,12\nb,B,add-on,add-on,1,9,a,monthly,12\nc,C,add-on,add-on,1,9,c,monthly,12\n"
    );
    let told = words(&plan(&text, &[]));
    assert!(told.iter().all(|told| told == CIRCLE), "{told:?}");
}

#[test]
fn a_chain_as_long_as_a_file_may_be_is_followed_to_its_end() {
    let link = |n: u32| format!("a{n},A,add-on,add-on,1,9,a{},monthly,12\n", n + 1);
    let chain: String = (0..9_999).map(link).collect();
    let broken = plan(&format!("{HEADS}{chain}"), &[]).counts();
    assert_eq!(broken, Counts { refused: 9_999, ..Counts::default() });
    let whole = plan(&format!("{HEADS}{chain}a9999,Suite,enterprise,offer,1,9,,monthly,12\n"), &[]).counts();
    assert_eq!(whole, Counts { new: 10_000, ..Counts::default() });
}

#[test]
fn an_offer_that_stays_what_it_was_can_close_a_circle() {
    let known = kept(&format!(
        "{HEADS}a,A,add-on,add-on,1,9,b,monthly,12\nb,B,add-on,add-on,1,9,suite,monthly,12\nsuite,Suite,enterprise,offer,1,9,,monthly,12\n"
    ));
    let text = "Offer ID,Prerequisites\na,nowhere\nb,a\n";
    assert_eq!(
        words(&plan(text, &known)),
        ["prerequisites: There is no offer with the ID “nowhere”.", CIRCLE]
    );
}

#[test]
fn rows_that_stay_what_they_were_one_after_the_other_are_followed_to_the_end() {
    let link = |n: u32| format!("a{n},A,add-on,add-on,1,9,a{},monthly,12\n", n + 1);
    let chain: String = (0..9_999).map(link).collect();
    let known = kept(&format!("{HEADS}{chain}a9999,Suite,enterprise,offer,1,9,,monthly,12\n"));
    let back: String = (1..9_999).map(|n| format!("a{n},a{}\n", n - 1)).collect();
    let counts = plan(&format!("Offer ID,Prerequisites\na0,nowhere\n{back}"), &known).counts();
    assert_eq!(counts, Counts { refused: 9_999, ..Counts::default() });
}

#[test]
fn what_a_trial_converts_to_stays_an_offer() {
    let known = kept(
        "Offer ID,Name,Category,Kind,Minimum,Maximum,Billing,Term in months,Converts to\n\
        try,Try,trial,trial,1,25,,1,suite\n\
        suite,Suite,enterprise,offer,1,9,monthly,12,\n\
        base,Base,enterprise,offer,1,9,monthly,12,\n",
    );
    let heads = "Offer ID,Kind,Category,Prerequisites,Converts to\n";
    let add_on = "suite,add-on,add-on,base,\n";
    assert_eq!(
        words(&plan(&format!("{heads}{add_on}base,offer,enterprise,,\n"), &known)),
        [
            "kind: The trial “try” converts to it, so it stays an offer. Change what the trial converts to first.",
            "same"
        ]
    );
    assert_eq!(
        words(&plan(&format!("{heads}{add_on}try,trial,trial,,base\n"), &known)),
        ["changed", "changed"],
        "the trial converts to another one with the same file"
    );
}

#[test]
fn what_can_be_upgraded_to_stays_an_offer_and_is_one() {
    let heads =
        "Offer ID,Name,Category,Kind,Minimum,Maximum,Prerequisites,Billing,Term in months,Upgrades to\n";
    let known = kept(&format!(
        "{heads}basic,Basic,enterprise,offer,1,9,,monthly,12,suite;best\n\
        suite,Suite,enterprise,offer,1,9,,monthly,12,best\n\
        best,Best,enterprise,offer,1,9,,monthly,12,\n"
    ));
    let add_on = "best,Best,add-on,add-on,1,9,basic,monthly,12,\n";
    let told = words(&plan(&format!("{heads}{add_on}"), &known));
    assert!(
        told[0]
            .ends_with("can be upgraded to it, so it stays an offer. Change what that is upgraded to first."),
        "{told:?}"
    );
    let told = words(&plan("Offer ID,Upgrades to\nbasic,nowhere\nsuite,suite\n", &known));
    assert_eq!(
        told,
        [
            "upgrades_to: There is no offer with the ID “nowhere”.",
            "upgrades_to: This is the offer itself. Name what it can be upgraded to."
        ]
    );
    let text =
        "Offer ID,Upgrades to,Category,Kind,Prerequisites\nbasic,,,,\nsuite,,,,\nbest,,add-on,add-on,basic\n";
    let text = text.replace(",,,,", ",,enterprise,offer,");
    assert_eq!(words(&plan(&text, &known)), ["changed", "changed", "changed"]);
}

#[test]
fn a_file_of_ids_and_prices_changes_nothing_but_prices() {
    let known = kept(&format!("{HEADS}suite,Suite,enterprise,offer,1,9,,monthly,12\n"));
    let plan = plan("offer id;EUR monthly\nSUITE;5,10\nother;1\n", &known);
    let Verdict::Changed(change) = &plan.rows[0].verdict else { panic!("{:?}", plan.rows[0].verdict) };
    let told: Vec<_> = change
        .changes
        .differences
        .iter()
        .map(|one| (one.column.key(), one.old.as_str(), one.new.as_str()))
        .collect();
    assert_eq!(told, [("eur_monthly".to_owned(), "", "5.10")]);
    assert!(matches!(plan.rows[1].verdict, Verdict::Refused(_)));
}

#[test]
fn a_changed_price_says_from_when_it_holds_and_an_old_file_needs_no_day() {
    let known = kept(&format!(
        "{}suite,Suite,enterprise,offer,1,9,,monthly,12,5\n",
        HEADS.replace('\n', ",EUR monthly\n")
    ));
    let from = |text: &str| match &plan(text, &known).rows[0].verdict {
        Verdict::Changed(change) => change.changes.differences[0].from,
        _ => None,
    };
    let soonest = days_after(today(), 30);
    assert_eq!(from("Offer ID,EUR monthly\nsuite,6\n"), Some(soonest));
    assert_eq!(from("Offer ID,Valid from,EUR monthly\nsuite,,6\n"), Some(soonest));
    let later = days_after(today(), 60);
    assert_eq!(from(&format!("Offer ID,Valid from,EUR monthly\nsuite,{later},6\n")), Some(later));
    let early = format!("Offer ID,Valid from,EUR monthly\nsuite,{},6\n", days_after(today(), 29));
    let told = words(&plan(&early, &known));
    assert!(
        told[0].starts_with("valid_from: Another price of a license is announced 30 days ahead"),
        "{told:?}"
    );
    assert_eq!(
        words(&plan("Offer ID,Valid from\nsuite,soon\n", &known))[0],
        "valid_from: malformed, expected something like 2026-01-31"
    );
    assert_eq!(
        words(&plan("Offer ID,CHF retail monthly\nsuite,9\n", &known))[0],
        "chf_monthly: Enter the list price, too: a retail price is suggested only for what is sold."
    );
}

#[test]
fn the_same_offer_twice_and_rows_of_another_length_are_refused() {
    let text =
        format!("{HEADS}a,A,enterprise,offer,1,9,,monthly,12\nA,B,enterprise,offer,1,9,,monthly,12\nb,B\n");
    assert_eq!(
        words(&plan(&text, &[])),
        [
            "new",
            "offer_id: The same offer stands in line 2 already.",
            "offer_id: This row has 2 cells, and there are 9 heads."
        ]
    );
}

#[test]
fn another_catalogue_gives_another_mark() {
    let text = format!("{HEADS}a,A,enterprise,offer,1,9,,monthly,12\n");
    let known = kept(&text);
    assert_ne!(plan(&text, &[]).mark(), plan(&text, &known).mark());
    assert_eq!(plan(&text, &known).mark(), plan(&text, &known).mark());
}

proptest! {
    #[test]
    fn what_is_exported_reads_back_as_the_same(names in proptest::collection::vec("[-=+@;,'\"\\\\ a-zäß]{0,20}x", 1..5)) {
        let offer = |(index, name): (usize, &String)| {
            let mut typed = cells();
            typed.set(Column::Code, format!("offer-{index}"));
            typed.set(Column::Name, name.clone());
            typed.set(Column::Description, name.clone());
            let definition = Definition::read(&typed).unwrap();
            let now = Moment::from_unix(0);
            let timelines = pricing::first(&definition, day(0)).iter().map(|one| (one.currency, begun(one))).collect();
            Kept { id: OfferId::new(), definition, timelines, version: 1, created_at: now, changed_at: now, changed_by: String::new() }
        };
        let known: Vec<Kept> = names.iter().enumerate().map(offer).collect();
        let counts = plan(&exported(&known), &known).counts();
        prop_assert_eq!(counts, Counts { same: known.len(), ..Counts::default() });
    }

    #[test]
    fn any_file_is_planned(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let bytes = [b"Offer ID,Name,Kind,Prerequisites,EUR monthly\n".as_slice(), &bytes].concat();
        if let Ok(sheet) = sheet::read(&bytes) {
            let plan = Plan::of(&sheet, &[], today());
            prop_assert_eq!(plan.rows.len(), sheet.rows().len());
        }
    }
}
