//! One owner a table: the area whose store writes it is the only one that names it. Whoever else needs to know what
//! stands there asks the owner, so that what it means is said once.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::arrows::heads;
use super::source::Source;

const OWNERS: [(&str, &[&str]); 31] = [
    ("activity", &["activity_records", "security_events"]),
    ("agreements", &["agreement_requests", "customer_agreements"]),
    ("audiences", &["listed_resellers", "offer_audiences"]),
    (
        "azure",
        &["azure_accounts", "azure_alerts", "tenant_owners", "usage_days", "usage_months", "usage_rows"],
    ),
    ("batches", &["batch_pieces", "batch_rows", "batches"]),
    ("catalog", &["offer_prerequisites", "offer_prices", "offer_upgrades", "offers", "pinned_offers"]),
    (
        "customers",
        &[
            "customer_acceptances",
            "customer_selections",
            "customer_words",
            "customers",
            "delegations",
            "selected_customers",
        ],
    ),
    ("db", &["foldings", "pulse"]),
    ("endings", &["ended_delegations", "endings"]),
    ("enrolment", &["enrolment_links", "enrolments"]),
    ("exports", &["export_pieces", "exports"]),
    ("handovers", &["handover_customers", "handovers"]),
    ("invitations", &["customer_request_codes", "customer_requests"]),
    ("jobs", &["jobs"]),
    ("licenses", &["licenses"]),
    ("mail", &["letters", "mail_standing"]),
    ("notifications", &["digests", "muted_notifications", "notifications"]),
    ("orders", &["draft_lines", "drafts", "order_lines", "order_numbers", "orders"]),
    ("partners", &["agreement_acceptances", "locations", "organisations", "partner_agreements"]),
    ("partnerships", &["addressee_codes", "partnership_requests", "partnerships"]),
    ("people", &["address_links", "forgotten_passwords", "password_links", "people", "person_roles"]),
    ("previews", &["previewed_files"]),
    ("promotions", &["promotion_offers", "promotions"]),
    ("qualifications", &["qualification_reviews", "validation_code_uses", "validation_codes"]),
    ("relationships", &["delegation_plans"]),
    ("renewal_letters", &["renewal_letters"]),
    ("reservations", &["customer_purchases", "reservation_prices", "reservation_products", "reservations"]),
    (
        "session",
        &[
            "known_browsers",
            "recovery_codes",
            "second_factors",
            "sign_in_throttles",
            "sign_ins",
            "wrong_tries",
        ],
    ),
    ("subscriptions", &["quantity_changes", "subscriptions"]),
    ("transfers", &["transfer_answers", "transfer_items", "transfers"]),
    ("users", &["credential_sheets", "customer_users", "sheet_credentials", "user_picks"]),
];

/// What may name tables of others, by the beginning of its path.
const EXEMPT: [&str; 2] = [
    // Migrations, foldings and the pulse work on whatever tables there are.
    "ground/src/db/",
    // Writes whole rows of all tables, by the hundred thousand, as no area ever does.
    "src/demo/rows",
];

static TABLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"diesel::table! \{\s*(\w+) \("));
static HANDED_ON: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\bpub(?:\([^)]*\))? use crate::db::schema::([^;]+);"));
static WHOLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\{|^\w+$|^\w+ as |\b(?:table|self)\b|\*"));
static NAMED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bschema::(\w+|\{|\*)"));

/// Tables that nobody owns, or several do, and owned ones that there are not.
pub fn unclear(schema: &Source) -> Vec<String> {
    let tables: BTreeSet<String> = tables(schema).into_iter().collect();
    let owned: Vec<&str> = OWNERS.iter().flat_map(|(_, owned)| owned.iter().copied()).collect();
    let owners = |table: &str| owned.iter().filter(|owned| **owned == table).count();
    let unclear = tables.iter().filter(|table| owners(table) != 1);
    let gone = owned.iter().filter(|owned| !tables.contains(**owned));
    let unclear = unclear.map(|table| format!("{}:1: `{table}` has {} owners", schema.path, owners(table)));
    unclear.chain(gone.map(|gone| format!("{}:1: there is no table `{gone}`", schema.path))).collect()
}

pub fn tables(schema: &Source) -> Vec<String> {
    let code = schema.code();
    TABLE.captures_iter(&code).filter_map(|found| Some(found.get(1)?.as_str().to_owned())).collect()
}

/// Where a file names tables of others.
pub fn wrong(source: &Source) -> Vec<String> {
    match is_exempt(source) {
        true => Vec::new(),
        false => foreign(source),
    }
}

/// Where a file hands a whole table on, by whatever name. Rows and columns may be had, as their owner tells which.
pub fn handed_on(source: &Source) -> Vec<String> {
    let code = source.code();
    let handed = HANDED_ON.captures_iter(&code).filter_map(|found| found.get(1));
    let whole = handed.filter(|found| WHOLE.is_match(found.as_str()));
    whole
        .map(|found| format!("{}:{}: a whole table is handed on", source.path, line_at(&code, found.start())))
        .collect()
}

/// Exemptions that nobody needs any more.
pub fn idle(sources: &[Source]) -> Vec<String> {
    let is_needed = |path: &str| {
        sources.iter().any(|source| source.path.starts_with(path) && !foreign(source).is_empty())
    };
    let idle = EXEMPT.iter().filter(|path| !is_needed(path));
    idle.map(|path| format!("{path}:1: names no table of others, so it needs no exemption")).collect()
}

fn is_exempt(source: &Source) -> bool {
    EXEMPT.iter().any(|path| source.path.starts_with(path))
}

fn foreign(source: &Source) -> Vec<String> {
    let foreign = named(source).into_iter().filter(|(_, table)| owner(table) != Some(source.area()));
    foreign
        .map(|(line, table)| {
            let (area, owner) = (source.area(), owner(&table).unwrap_or("nobody"));
            format!("{}:{line}: `{area}` names `{table}`, which is for `{owner}` to know", source.path)
        })
        .collect()
}

fn owner(table: &str) -> Option<&'static str> {
    OWNERS.iter().find(|(_, owned)| owned.contains(&table)).map(|(area, _)| *area)
}

/// Every `schema::table` with its line, also out of `schema::{one, two::column}`.
fn named(source: &Source) -> Vec<(usize, String)> {
    let code = source.code();
    let mut named = Vec::new();
    for found in NAMED.captures_iter(&code).filter_map(|found| found.get(1)) {
        let line = line_at(&code, found.start());
        match found.as_str() {
            "{" => named.extend(heads(code.get(found.end()..).unwrap_or_default()).map(|name| (line, name))),
            name => named.push((line, name.to_owned())),
        }
    }
    named
}

fn line_at(code: &str, place: usize) -> usize {
    code.get(..place).unwrap_or_default().matches('\n').count() + 1
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| panic!("{error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_others_are_found_with_their_lines() {
        for (text, line) in [
            ("use crate::db::schema::organisations;", 1),
            ("// fine\nuse crate::db::schema::{\n    orders, people,\n};", 2),
            ("fn a() {\n  crate::db::schema::people::id.eq(1)\n}", 2),
            ("use crate::db::schema::*;", 1),
            ("use crate::db::{schema::organisations::{id, name}, Connection};", 1),
        ] {
            let wrong = wrong(&Source::of("src/orders/store.rs", text));
            assert_eq!(wrong.len(), 1, "{text}: {wrong:?}");
            assert!(
                wrong
                    .iter()
                    .all(|told| told.starts_with(&format!("src/orders/store.rs:{line}: `orders` names")))
            );
        }
    }

    #[test]
    fn own_tables_and_exempt_files_pass() {
        for (path, text) in [
            ("src/orders/store/list.rs", "use crate::db::schema::{drafts, orders::id};\n// schema::people"),
            ("src/partners/facts.rs", "pub use crate::db::schema::organisations::name as organisation_name;"),
            ("src/demo/rows.rs", "use crate::db::schema::people;"),
            ("src/orders/form.rs", "let schema = tables::organisations;"),
        ] {
            assert_eq!(wrong(&Source::of(path, text)), Vec::<String>::new());
        }
    }

    #[test]
    fn whole_tables_are_not_handed_on() {
        let handed_on = |what: &str| {
            let text = format!("// fine\npub use crate::db::schema::{what};");
            handed_on(&Source::of("src/people/facts.rs", &text))
        };
        for whole in
            ["people", "people as persons", "people::table as all", "people::{id, self}", "{people}", "*"]
        {
            assert_eq!(handed_on(whole), ["src/people/facts.rs:2: a whole table is handed on"], "{whole}");
        }
        for column in
            ["people::id", "people::id as person_id", "people::{\n    email as person_email, id,\n}"]
        {
            assert_eq!(handed_on(column), Vec::<String>::new(), "{column}");
        }
    }

    #[test]
    fn exemptions_are_needed() {
        let needed = ["ground/src/db/refolding/tables.rs", "src/demo/rows.rs"]
            .map(|path| Source::of(path, "use crate::db::schema::people;"));
        assert_eq!(idle(&needed), Vec::<String>::new());
        assert_eq!(idle(&[Source::of("ground/src/db/pulse.rs", "use super::schema::pulse;")]).len(), 2);
    }

    #[test]
    fn every_table_has_one_owner() {
        let text = "diesel::table! {\n    people (id) {\n        id -> Text,\n    }\n}\n\ndiesel::table! {\n    cats (id) {";
        let schema = Source::of("ground/src/db/schema.rs", text);
        assert_eq!(tables(&schema), ["people", "cats"]);
        let unclear = unclear(&schema);
        assert!(
            unclear.contains(&"ground/src/db/schema.rs:1: `cats` has 0 owners".to_owned()),
            "{unclear:?}"
        );
        assert!(
            unclear.contains(&"ground/src/db/schema.rs:1: there is no table `orders`".to_owned()),
            "{unclear:?}"
        );
        assert!(!unclear.iter().any(|told| told.contains("`people`")), "{unclear:?}");
    }
}
