//! Renews all subscriptions of a small and of a large portal that come due on one day, and compares what a thousand cost:
//! `cargo run --release --example renewals_at_scale [-- CUSTOMERS]`. Each is a SQLite database of its own, filled with the
//! demonstration, and the portal's own job does the work, step by step. It fails where a thousand take longer than stated.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::time::{Duration, Instant};

use anyhow::ensure;
use diesel::prelude::*;
use twotier::config::Demo;
use twotier::db::schema::subscriptions;
use twotier::db::{Db, migrations};
use twotier::demo;
use twotier::error::Error;
use twotier::subscriptions::model::Status;
use twotier::subscriptions::store::calendar::pass_some;
use twotier::values::moment::Moment;
use twotier::values::money::grouped;

/// The same as in the portal.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const FEW: u32 = 500;
const MANY: u32 = 50_000;
const SUFFIX: &str = "onmicrosoft.com";
/// So long may a thousand take: a million come due on one day are renewed within an hour and a half.
const MOST: Duration = Duration::from_secs(5);

/// How many came due, and how long a thousand took.
struct Renewed {
    count: i64,
    thousand: Duration,
}

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    twotier::server::memory::save();
    let many = std::env::args().nth(1).map_or(Ok(MANY), |customers| customers.parse())?;
    let few = renewed(FEW).await?;
    let much = renewed(many).await?;
    println!("{:<36} {:>14} {:>14} {:>7}", "", shown(few.count), shown(much.count), "ratio");
    let (one, other) = (few.thousand.as_secs_f64(), much.thousand.as_secs_f64());
    println!(
        "{:<36} {one:>12.3} s {other:>12.3} s {:>7.2}",
        "renewing, for 1,000 subscriptions",
        other / one
    );
    ensure!(much.thousand <= MOST, "a thousand took {other:.1} s, and may take {:?}", MOST);
    println!("A thousand took no longer than {MOST:?}.");
    Ok(())
}

fn shown(count: i64) -> String {
    grouped(&count.to_string())
}

/// Fills a portal, lets everything that renews come due today, and renews it.
async fn renewed(customers: u32) -> anyhow::Result<Renewed> {
    let folder = tempfile::tempdir()?;
    let db = Db::open(&format!("sqlite://{}", folder.path().join("portal.db").display()))?;
    migrations::run(&db).await.map_err(Error::into_cause)?;
    let wanted = Demo { customers, password: None, fill_only: true };
    let now = Moment::now();
    demo::fill(&db.patient(), &wanted, SUFFIX, now).await?;
    let today = now.day();
    let count = db
        .write(move |conn| {
            let renewing = subscriptions::table
                .filter(subscriptions::status.eq(Status::Active))
                .filter(subscriptions::auto_renews);
            diesel::update(renewing).set(subscriptions::renews_on.eq(today)).execute(conn)?;
            Ok(renewing.count().get_result::<i64>(conn)?)
        })
        .await
        .map_err(Error::into_cause)?;
    let begun = Instant::now();
    loop {
        let done = db.write(move |conn| pass_some(conn, Moment::now())).await.map_err(Error::into_cause)?;
        if done == 0 {
            break;
        }
    }
    let thousands = u32::try_from(count)?.max(1);
    Ok(Renewed { count, thousand: begun.elapsed() * 1_000 / thousands })
}
