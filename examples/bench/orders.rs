//! Orders a second against raw commits on the same disk or server.

use std::time::Instant;

use anyhow::{Context as _, ensure};
use futures_util::future::try_join_all;

use super::Options;
use super::places::Buyers;
use super::raw::Ledger;
use super::table::{Cell, Table, median};
use super::visitor::Visitor;

/// How many sellers submit at once.
const CROWDS: [usize; 2] = [1, 8];

/// An order that only waits to be submitted, with what the form of its review sends.
struct Prepared {
    draft: String,
    version: String,
    mark: String,
}

/// Submits and raw commits in turn.
pub async fn compare(
    seller: &Visitor,
    buyers: &Buyers,
    ledger: &Ledger,
    options: &Options,
) -> anyhow::Result<Table> {
    let columns = ["submits/s", "raw commits/s", "submits to raw commits"];
    let mut table = Table::new("Orders", columns);
    for clients in CROWDS {
        let (mut submits, mut commits) = (Vec::new(), Vec::new());
        for _ in 0..options.rounds {
            let prepared = prepare(seller, buyers, usize::try_from(options.orders)?).await?;
            commits.push(ledger.rate(clients, options.turn())?);
            submits.push(rate(seller, &prepared, clients).await?);
        }
        let (submits, commits) = (median(submits), median(commits));
        let name = if clients == 1 { "1 client".to_owned() } else { format!("{clients} clients") };
        table.row(&name, [Cell::of(submits, 0), Cell::of(commits, 0), Cell::of(submits / commits, 2)]);
    }
    Ok(table)
}

/// Goes through New subscription up to Review, so often.
async fn prepare(seller: &Visitor, buyers: &Buyers, count: usize) -> anyhow::Result<Vec<Prepared>> {
    ensure!(!buyers.customers.is_empty(), "nobody can order");
    let mut prepared = Vec::new();
    for customer in buyers.customers.iter().cycle().take(count) {
        prepared.push(review(seller, buyers, customer).await?);
    }
    Ok(prepared)
}

async fn review(seller: &Visitor, buyers: &Buyers, customer: &str) -> anyhow::Result<Prepared> {
    let page = seller.read(&format!("/customers/{customer}/subscriptions/new")).await?;
    let draft = between(&page, "action=\"/drafts/", "/subscriptions\"")?;
    let (shown, quantity) = (format!("shown-{}", buyers.offer), format!("quantity-{}", buyers.offer));
    let form = [
        ("mark", hidden(&page, "mark")?),
        ("customer", customer),
        ("incentives", &buyers.mpn_id),
        (&shown, ""),
        (&quantity, "10"),
        ("review", "yes"),
    ];
    let next = seller.post(&format!("/drafts/{draft}/subscriptions"), &form).await?;
    let page = seller.read(&next).await?;
    let (version, mark) = (hidden(&page, "version")?.to_owned(), hidden(&page, "mark")?.to_owned());
    Ok(Prepared { draft: draft.to_owned(), version, mark })
}

/// How many are submitted a second by so many at once.
async fn rate(seller: &Visitor, prepared: &[Prepared], clients: usize) -> anyhow::Result<f64> {
    let share = prepared.len().div_ceil(clients).max(1);
    let begun = Instant::now();
    try_join_all(prepared.chunks(share).map(|share| submit_all(seller, share))).await?;
    Ok(f64::from(u32::try_from(prepared.len())?) / begun.elapsed().as_secs_f64())
}

async fn submit_all(seller: &Visitor, prepared: &[Prepared]) -> anyhow::Result<()> {
    for Prepared { draft, version, mark } in prepared {
        let form = [("version", version.as_str()), ("mark", mark.as_str())];
        let next = seller.post(&format!("/drafts/{draft}/submission"), &form).await?;
        ensure!(next.starts_with("/orders/"), "a draft was not ordered but led to {next}");
    }
    Ok(())
}

/// What a hidden field of a page holds.
fn hidden<'a>(page: &'a str, name: &str) -> anyhow::Result<&'a str> {
    between(page, &format!("name=\"{name}\" value=\""), "\"")
}

fn between<'a>(page: &'a str, begin: &str, end: &str) -> anyhow::Result<&'a str> {
    let found = page.split_once(begin).and_then(|(_, rest)| rest.split_once(end));
    found.map(|(text, _)| text).with_context(|| format!("a page has no {begin}"))
}
