//! Three years of the demonstration, day by day, in which people go on working: whatever day it is, nothing is overdue,
//! lost or left behind, and whatever there is has its reason in the log.

mod deeds;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use twotier::activity::Change;
use twotier::subscriptions::store::calendar::pass_some;
use twotier::values::moment::{Moment, days_after};

use crate::support::portal::{PASSWORD, Portal};

const DAYS: u64 = 3 * 365;

/// What may never be, on whatever day it is, which stands for `{day}`.
const NEVER: [(&str, &str); 6] = [
    ("a term that is over goes on", "ended_on IS NULL AND parent_id IS NULL AND renews_on <= '{day}'"),
    ("data is kept for too long", "ended_on IS NULL AND status = 'suspended' AND kept_until < '{day}'"),
    ("a trial outlives its day", "ended_on IS NULL AND is_trial AND renews_on <= '{day}'"),
    (
        "it is deleted without a reason",
        "(status = 'deleted') <> (ended_on IS NOT NULL AND end_reason IS NOT NULL)",
    ),
    (
        "an add-on is left without its base",
        "ended_on IS NULL AND EXISTS (SELECT 1 FROM subscriptions base WHERE base.id = subscriptions.parent_id AND base.ended_on IS NOT NULL)",
    ),
    (
        "an add-on renews on another day than its base",
        "ended_on IS NULL AND EXISTS (SELECT 1 FROM subscriptions base WHERE base.id = subscriptions.parent_id AND base.renews_on <> subscriptions.renews_on)",
    ),
];

/// All that is on a day and may never be.
fn what_is_wrong(portal: &Portal, day: NaiveDate) -> Vec<&'static str> {
    let there = |condition: &str| {
        let sql = format!("SELECT count(*) AS number FROM subscriptions WHERE {condition}");
        portal.database.number(&sql.replace("{day}", &day.to_string())) > 0
    };
    let any = NEVER.map(|(_, condition)| format!("({condition})")).join(" OR ");
    if !there(&any) {
        return Vec::new();
    }
    NEVER.into_iter().filter(|(_, condition)| there(condition)).map(|(what, _)| what).collect()
}

/// When each that renews does so next, and how many months its terms have.
fn terms(portal: &Portal) -> BTreeMap<String, (NaiveDate, i32)> {
    let sql = "SELECT id || ' ' || renews_on || ' ' || term_months AS text FROM subscriptions \
               WHERE parent_id IS NULL AND ended_on IS NULL AND NOT is_trial";
    let read = |line: String| {
        let mut parts = line.split(' ').map(str::to_owned);
        let mut next = || parts.next().unwrap();
        (next(), (next().parse().unwrap(), next().parse().unwrap()))
    };
    portal.database.texts(sql).into_iter().map(read).collect()
}

/// How often the log of its provider says of each that it was renewed.
fn renewals(portal: &Portal) -> BTreeMap<String, i32> {
    let sql = "SELECT subject_id || ' ' || count(*) AS text FROM activity_records \
               JOIN subscriptions ON subscriptions.id = subject_id AND provider_id = organisation_id \
               WHERE action = 'renew_subscription' GROUP BY subject_id";
    let read = |line: String| {
        let (id, count) = line.split_once(' ').unwrap();
        (id.to_owned(), count.parse().unwrap())
    };
    portal.database.texts(sql).into_iter().map(read).collect()
}

/// Every change of a quantity that the provider's log keeps from a day on, by subscription, the earliest first.
fn quantities(portal: &Portal, since: NaiveDate) -> BTreeMap<String, Vec<(String, String)>> {
    let sql = format!(
        "SELECT subject_id || ' ' || changes AS text FROM activity_records
         JOIN subscriptions ON subscriptions.id = subject_id AND provider_id = organisation_id
         WHERE occurred_at >= '{since}' AND result = 'succeeded' ORDER BY occurred_at, activity_records.id"
    );
    let mut all: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for line in portal.database.texts(&sql) {
        let (id, changes) = line.split_once(' ').unwrap();
        let changes: Vec<Change> = serde_json::from_str(changes).unwrap();
        let of_quantity = changes.into_iter().filter(|change| change.field == "quantity");
        // What an order or an upgrade has bought says no quantity before it.
        let pairs = of_quantity.map(|change| (change.old, change.new)).filter(|(old, _)| !old.is_empty());
        all.entry(id.to_owned()).or_default().extend(pairs);
    }
    all
}

/// How many there are of each.
fn counts(portal: &Portal) -> BTreeMap<String, String> {
    let texts = portal.database.texts("SELECT id || ' ' || quantity AS text FROM subscriptions");
    texts
        .iter()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(id, count)| (id.into(), count.into()))
        .collect()
}

#[actix_web::test]
async fn nothing_is_lost_doubled_or_left_behind_in_three_years() {
    let portal = Portal::demonstration(60, PASSWORD).await;
    let (mut before, told) = (terms(&portal), renewals(&portal));
    let (mut counted, mut done) = (counts(&portal), BTreeSet::new());
    let first = Moment::now().day();
    for passed in 0..=DAYS {
        let day = days_after(first, passed);
        let now = Moment::start_of(day).plus_seconds(1_200);
        while portal.db.write(move |conn| pass_some(conn, now)).await.unwrap() > 0 {}
        let wrong = what_is_wrong(&portal, day);
        assert!(wrong.is_empty(), "{day}: {wrong:?}");
        let Some(deed) = (passed > 0).then(|| deeds::of_day(&portal, day, passed)) else { continue };
        let Some(deed) = deed.await else { continue };
        done.insert(deed);
        let wrong = what_is_wrong(&portal, day);
        assert!(wrong.is_empty(), "{day}, when somebody {deed}: {wrong:?}");
        for (id, term) in terms(&portal) {
            before.entry(id).or_insert(term);
        }
        for (id, count) in counts(&portal) {
            counted.entry(id).or_insert(count);
        }
    }
    let undone: Vec<_> =
        deeds::DEEDS.iter().map(|(what, ..)| what).filter(|what| !done.contains(*what)).collect();
    assert!(undone.is_empty(), "nobody ever {undone:?}");
    each_term_has_its_record((&before, &terms(&portal)), (&told, &renewals(&portal)));
    for (id, changes) in quantities(&portal, days_after(first, 1)) {
        let count = changes.into_iter().fold(counted[&id].clone(), |count, (old, new)| {
            assert_eq!(count, old, "{id}: nothing changes between two records");
            new
        });
        assert_eq!(counts(&portal)[&id], count, "{id}: the log explains how many there are");
    }
    for reason in ["cancelled", "expired", "upgraded", "data_deleted"] {
        let there = format!("SELECT count(*) AS number FROM subscriptions WHERE end_reason = '{reason}'");
        assert!(portal.database.number(&there) > 0, "nothing ever ended as {reason}");
    }
}

type Terms = BTreeMap<String, (NaiveDate, i32)>;
type Records = BTreeMap<String, i32>;

fn each_term_has_its_record((before, after): (&Terms, &Terms), (told, now_told): (&Records, &Records)) {
    let months = |day: NaiveDate| day.year() * 12 + i32::try_from(day.month()).unwrap();
    let mut passed = 0;
    for (id, (renewed_on, term)) in after {
        let terms = (months(*renewed_on) - months(before[id].0)) / term;
        let records = now_told.get(id).unwrap_or(&0) - told.get(id).unwrap_or(&0);
        assert_eq!(records, terms, "{id}: one record a term");
        passed += terms;
    }
    assert!(passed > 100 && after.len() < before.len(), "{passed} terms of {} subscriptions", before.len());
}
