//! Asks the customer list the same questions with 1,000 and with 1,000,000 customers and compares the times:
//! `cargo run --release --example customers_at_scale [-- CUSTOMERS]`. SQLite always, PostgreSQL if
//! `DATABASE_URL` names a server (the tables go into schemas of their own, which are dropped in the end).

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use twotier::access::Reach;
use twotier::customers::model::listing::{Order, Sort, View};
use twotier::customers::model::search::{Filter, Search};
use twotier::customers::store::list;
use twotier::db::{Connection, Db, migrations};
use twotier::partnerships::directory::reseller_choices;
use twotier::values::id::OrganisationId;
use twotier::web::pager::{Key, Portion, Start};

const FEW: usize = 1_000;
const MANY: usize = 1_000_000;
/// How often each question is asked; the middle time counts.
const TIMES: usize = 9;

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let many = std::env::args().nth(1).map_or(Ok(MANY), |count| count.parse())?;
    let folder = tempfile::tempdir()?;
    let file = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
    println!("SQLite");
    compare(&file("few.db"), &file("many.db"), many).await?;
    if let Ok(server) = std::env::var("DATABASE_URL") {
        println!("PostgreSQL");
        let (few, many_url) = (schema(&server, "scale_few")?, schema(&server, "scale_many")?);
        compare(&few, &many_url, many).await?;
        drop_schemas(&server)?;
    }
    Ok(())
}

async fn compare(few_url: &str, many_url: &str, many: usize) -> anyhow::Result<()> {
    let began = Instant::now();
    let (few_db, many_db) = (filled(few_url, FEW).await?, filled(many_url, many).await?);
    println!("  filled with {FEW} and {many} customers in {:.0} s", began.elapsed().as_secs_f64());
    println!("  {:<58} {:>10} {:>10} {:>7}", "", FEW, many, "ratio");
    for question in questions() {
        let few = question.time(&few_db).await?;
        let many = question.time(&many_db).await?;
        let ratio = many.as_secs_f64() / few.as_secs_f64();
        println!("  {:<58} {:>7.2} ms {:>7.2} ms {ratio:>7.1}", question.name, millis(few), millis(many));
    }
    Ok(())
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// A page that somebody opens: its rows, how many there are, and the resellers to choose from.
struct Question {
    name: String,
    reach: Reach,
    filter: Filter,
    portion: Portion,
}

fn questions() -> Vec<Question> {
    let far = || Start::After(Key::new("spruce", ""));
    let back = || Start::Before(Key::new("spruce", ""));
    let mut questions = Vec::new();
    let viewers = [
        ("provider", Reach::Provider(number(1)), None),
        ("provider, one reseller", Reach::Provider(number(1)), Some(number(13))),
        ("provider, its largest reseller", Reach::Provider(number(1)), Some(number(10))),
        ("reseller", Reach::Reseller(number(13)), None),
        ("small provider", Reach::Provider(number(2)), None),
    ];
    for (viewer, reach, reseller) in viewers {
        for (what, search, start) in [
            ("first page", "", Start::First),
            ("far page", "", far()),
            ("far page, backwards", "", back()),
            ("search: two characters", "wi", Start::First),
            ("search: in every eighth name", "works", Start::First),
            ("search: in every eighth name, far page", "works", far()),
            ("search: in every 32nd name, all at the end", "zenith", Start::First),
            ("search: in every 992nd name, all side by side", "rivergrove", Start::First),
            ("search: in every 1,000th name", "quarry7", Start::First),
            ("search: two ideographs, in every 1,000th name", "商店", Start::First),
            ("search: one ideograph, in every 1,000th name", "東", Start::First),
            ("search: with an accent, in every 1,000th name", "Ångström", Start::First),
            ("search: in one id", "000000777", Start::First),
            ("search: in none", "nowhere", Start::First),
        ] {
            let filter = Filter { search: Search::parse(search), reseller, ..Filter::of(View::Mine) };
            let name = format!("{viewer}: {what}");
            questions.push(Question { name, reach: reach.clone(), filter, portion: Portion::page(&start) });
        }
    }
    questions.extend(in_other_orders());
    questions
}

/// The views, and the orders that are not by name.
fn in_other_orders() -> Vec<Question> {
    let mut questions = Vec::new();
    for (viewer, reach, reseller) in [
        ("provider", Reach::Provider(number(1)), None),
        ("provider, one reseller", Reach::Provider(number(1)), Some(number(13))),
        ("reseller", Reach::Reseller(number(13)), None),
    ] {
        for view in View::ALL.iter().copied() {
            for by in [Sort::Name, Sort::Since, Sort::Value] {
                for search in ["", "wi", "works", "quarry7", "nowhere"] {
                    let order = Order { by, is_descending: true };
                    let filter =
                        Filter { search: Search::parse(search), reseller, order, ..Filter::of(view) };
                    let name = format!("{viewer}, {}, by {}: {search}", view.as_text(), by.as_text());
                    let portion = Portion::page(&Start::First);
                    questions.push(Question { name, reach: reach.clone(), filter, portion });
                }
            }
        }
    }
    questions
}

impl Question {
    async fn time(&self, db: &Db) -> anyhow::Result<Duration> {
        let mut times = Vec::new();
        for _ in 0..TIMES {
            let (reach, filter, portion) = (self.reach.clone(), self.filter.clone(), self.portion.clone());
            let began = Instant::now();
            let page = move |conn: &mut Connection| {
                if let Reach::Provider(provider) = &reach {
                    reseller_choices(conn, provider)?;
                }
                list::count_of(conn, &reach, &filter)?;
                list::page_of(conn, &reach, &filter, &portion)
            };
            db.read(page).await?;
            times.push(began.elapsed());
        }
        times.sort();
        Ok(times.get(TIMES / 2).copied().unwrap_or_default())
    }
}

/// The organisation that the filling below numbers like this.
fn number(number: u32) -> OrganisationId {
    OrganisationId::parse(&format!("00000000-0000-8000-8000-{number:012}"))
        .unwrap_or_else(OrganisationId::new)
}

async fn filled(url: &str, customers: usize) -> anyhow::Result<Db> {
    let db = Db::open(url)?;
    migrations::run(&db).await?;
    let sql = if url.starts_with("sqlite:") { fill(customers) } else { at_once(&fill(customers)) };
    db.write(move |conn| Ok(conn.batch_execute(&sql)?)).await.map_err(|error| error.into_cause())?;
    // What PostgreSQL does by itself a little later.
    let settle = if url.starts_with("sqlite:") { "ANALYZE" } else { "VACUUM ANALYZE" };
    db.maintain(|conn| Ok(conn.batch_execute(settle)?)).await.map_err(|error| error.into_cause())?;
    Ok(db)
}

/// PostgreSQL would write each customer anew when it is delegated.
fn at_once(fill: &str) -> String {
    format!(
        "ALTER TABLE delegations DISABLE TRIGGER delegations_added_or_gone;
         {fill}
         ALTER TABLE delegations ENABLE TRIGGER delegations_added_or_gone;
         UPDATE customers SET resellers = 1 WHERE id IN (SELECT customer_id FROM delegations);"
    )
}

/// So many days there are on which something happened.
const DAYS: u32 = 600;

/// Nine in ten customers belong to provider 1, the others to provider 2. Resellers 10 to 49 administer
/// three quarters of them: reseller 10 every fourth customer, the others one in eighty. They came and cost one as much as
/// few others; with one in fifty the relationship has ended, and something of one in twenty ends soon.
fn fill(customers: usize) -> String {
    let organisation = |column: &str| {
        format!("substr('{}', 1, 36 - length({column})) || {column}", "00000000-0000-8000-8000-000000000000")
    };
    let digits = "substr('000000000', length(CAST(i AS TEXT)) + 1) || CAST(i AS TEXT)";
    let id = format!("'11111111-1111-7111-8111-111' || {digits}");
    let provider = "CASE WHEN i % 10 = 3 THEN '2' ELSE '1' END";
    let reseller = "CASE WHEN i % 4 = 1 THEN '10' ELSE CAST(11 + (i / 4) % 39 AS TEXT) END";
    let words = [
        "alder", "bluebird", "cedar", "delta", "elm", "foxglove", "granite", "halcyon", "iris", "juniper",
        "kestrel", "larch", "meadow", "north", "oak", "pine", "quay", "river", "spruce", "thistle", "umber",
        "vale", "willow", "yarrow", "aspen", "birch", "copper", "dune", "ember", "fern", "grove", "zenith",
    ];
    let kinds = ["works", "freight", "clinic", "bakery", "studios", "outdoor", "law", "foods"];
    let list = |words: &[&str]| {
        words.iter().enumerate().map(|(n, word)| format!("({n}, '{word}')")).collect::<Vec<_>>().join(", ")
    };
    let (all_words, all_kinds) = (list(&words), list(&kinds));
    let (word_count, kind_count) = (words.len(), kinds.len());
    // The days on which customers came, and those on which something ends.
    let days = (0..DAYS).map(|n| {
        let day = format!("{:02}-{:02}", n / 5 % 12 + 1, n % 5 * 5 + 1);
        format!("({n}, '{}-{day} 08:00:00', '2026-{day}')", 2016 + n / 60)
    });
    let all_days = days.collect::<Vec<_>>().join(", ");
    let now = "'2026-01-01 00:00:00'";
    let of = organisation("CAST(i AS TEXT)");
    let (of_provider, of_reseller) =
        (organisation(&format!("({provider})")), organisation(&format!("({reseller})")));
    let domain = "replace(replace(name, ' ', ''), '東京商店', '') || '.onmicrosoft.com'";
    // Every numbering goes through the customers in another order, so that names and resellers mix.
    format!(
        "CREATE TEMPORARY TABLE word (n INTEGER PRIMARY KEY, word TEXT);
         CREATE TEMPORARY TABLE kind (n INTEGER PRIMARY KEY, kind TEXT);
         CREATE TEMPORARY TABLE day (n INTEGER PRIMARY KEY, at TIMESTAMP, ends_on DATE);
         CREATE TEMPORARY TABLE named (i INTEGER PRIMARY KEY, name TEXT);
         INSERT INTO word VALUES {all_words};
         INSERT INTO kind VALUES {all_kinds};
         INSERT INTO day VALUES {all_days};
         INSERT INTO organisations (id, kind, name, country, currency, state, created_at)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 49)
         SELECT {of}, CASE WHEN i < 3 THEN 'provider' ELSE 'reseller' END, 'Organisation ' || i, 'DE', 'EUR', 'enrolled', {now} FROM n;
         INSERT INTO locations (id, organisation_id, name, mpn_id, is_head_office, country, city, created_at)
         SELECT id, id, 'Office', substr(id, 30), false, 'DE', 'Hamburg', {now} FROM organisations WHERE kind = 'reseller';
         INSERT INTO partnerships (id, provider_id, reseller_id, location_id, reseller_sort_name, state, accepted_by_name, since)
         SELECT reseller.id, provider.id, reseller.id, reseller.id, lower(reseller.name), 'active', 'Olga', {now}
         FROM organisations reseller, organisations provider
         WHERE reseller.kind = 'reseller' AND provider.name = 'Organisation 1';
         INSERT INTO named
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {customers})
         SELECT i, first.word || second.word || ' ' || kind || CASE WHEN i % 1000 = 77 THEN ' quarry7 東京商店 angstrom ' ELSE ' ' END || i
         FROM n JOIN word first ON first.n = (CAST(i AS BIGINT) * 48271 / 7) % {word_count}
         JOIN word second ON second.n = (i / 5) % ({word_count} - 1) JOIN kind ON kind.n = (i / 3) % {kind_count};
         INSERT INTO organisations (id, kind, name, country, currency, state, created_at)
         SELECT {id}, 'customer', name, 'DE', 'EUR', 'enrolled', {now} FROM named;
         INSERT INTO customers (id, tenant_id, provider_id, company_name, sort_name, domain, search_text, country, address_line1,
             address_line2, city, state, postal_code, first_name, middle_name, last_name, email, phone, registration_id,
             culture, qualification, agreement, agreement_first_name, agreement_last_name, agreement_email,
             agreement_phone, created_at, version, monthly_minor, ended_at, ended_by_name, ending_on)
         SELECT {id}, {id}, {of_provider}, replace(name, 'angstrom', 'Ångström'), name, {domain},
             name || '\n' || {domain} || '\n' || {id}, 'DE', 'Hafenweg 1', '',
             'Hamburg', '', '20457', 'Erika', '', 'Muster', 'erika@example.com', '', '', 'de-DE', 'none', 'awaited', '',
             '', '', '', at, 1, (CAST(i AS BIGINT) * 7919) % 1000003,
             CASE WHEN i % 50 = 9 THEN at END, CASE WHEN i % 50 = 9 THEN 'Olga' ELSE '' END,
             CASE WHEN i % 20 = 6 THEN ends_on END
         FROM named JOIN day ON day.n = (CAST(i AS BIGINT) * 7907) % {DAYS};
         INSERT INTO customer_words (customer_id, parts)
         SELECT {id}, '京 京商 商 商店 店 東 東京' FROM named WHERE i % 1000 = 77;
         INSERT INTO delegations (id, customer_id, reseller_id, provider_id, customer_sort_name, customer_domain, since)
         SELECT {id}, {id}, {of_reseller}, {of_provider}, name, {domain}, {now}
         FROM named WHERE i % 4 > 0 AND i % 50 <> 9;
         DROP TABLE word; DROP TABLE kind; DROP TABLE day; DROP TABLE named;"
    )
}

/// An empty schema of this name; answers the address of a database in which it is the first.
fn schema(server: &str, name: &str) -> anyhow::Result<String> {
    let mut connection = PgConnection::establish(server)?;
    connection.batch_execute(&format!("DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}"))?;
    let sign = if server.contains('?') { '&' } else { '?' };
    Ok(format!("{server}{sign}options=-c%20search_path%3D{name}%2Cpublic"))
}

fn drop_schemas(server: &str) -> anyhow::Result<()> {
    let mut connection = PgConnection::establish(server)?;
    Ok(connection.batch_execute("DROP SCHEMA scale_few, scale_many CASCADE")?)
}
