//! Many clients at once, who ask again as soon as they have their answer.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use anyhow::ensure;
use futures_util::future::try_join_all;
use twotier::values::id::CustomerId;

use super::Options;
use super::bare::Bare;
use super::places::Question;
use super::table::{Cell, Table, median};
use super::visitor::Visitor;

/// So long everything is asked before it counts.
const BEFORE: Duration = Duration::from_millis(500);

/// The portal's pages and the bare page in turn.
pub async fn compare(
    title: &str,
    (portal, bare): (&Visitor, &Bare),
    questions: &[Question],
    options: &Options,
) -> anyhow::Result<Table> {
    let stranger = Visitor::at(&bare.origin);
    let mut table = Table::new(title, ["portal, requests/s", "bare page, requests/s", "portal to bare page"]);
    for question in questions {
        demand_same(portal, &stranger, question).await?;
        let asked = std::slice::from_ref(question);
        for visitor in [portal, &stranger] {
            rate(visitor, asked, options.clients, BEFORE).await?;
        }
        let (mut of_portal, mut of_bare) = (Vec::new(), Vec::new());
        for _ in 0..options.rounds {
            of_portal.push(rate(portal, asked, options.clients, options.turn()).await?);
            of_bare.push(rate(&stranger, asked, options.clients, options.turn()).await?);
        }
        let (of_portal, of_bare) = (median(of_portal), median(of_bare));
        let cells = [Cell::of(of_portal, 0), Cell::of(of_bare, 0), Cell::of(of_portal / of_bare, 2)];
        table.row(&question.name, cells);
    }
    Ok(table)
}

/// How many answers a second so many clients get, each of whom goes through all questions.
pub async fn rate(
    visitor: &Visitor,
    questions: &[Question],
    clients: usize,
    long: Duration,
) -> anyhow::Result<f64> {
    let end = Instant::now() + long;
    let client = |nth: usize| async move {
        let mut answered = 0_u32;
        for question in questions.iter().cycle().skip(nth % questions.len().max(1)) {
            let (status, _) = visitor.try_to_ask(question).await?;
            // Who is turned away because too much is asked is not answered.
            let is_busy = status == StatusCode::SERVICE_UNAVAILABLE;
            ensure!(is_busy || status == StatusCode::OK, "GET {}: {status}", question.path);
            if Instant::now() >= end {
                break;
            }
            answered += u32::from(!is_busy);
        }
        anyhow::Ok(answered)
    };
    let answered: u32 = try_join_all((0..clients).map(client)).await?.into_iter().sum();
    Ok(f64::from(answered) / long.as_secs_f64())
}

/// Both pages show the same customers, or their speed could not be compared.
async fn demand_same(portal: &Visitor, bare: &Visitor, question: &Question) -> anyhow::Result<()> {
    let (one, other) = (portal.read(&question.path).await?, bare.read(&question.path).await?);
    let (one, other) = (customers_of(&one), customers_of(&other));
    ensure!(!one.is_empty(), "{} shows no customers", question.path);
    ensure!(one == other, "{} shows other customers than the bare page", question.path);
    Ok(())
}

/// The ids to which a page links.
fn customers_of(page: &str) -> BTreeSet<String> {
    let links = page.split("href=\"/customers/").skip(1);
    let ids = links.filter_map(|link| link.split_once('/')).filter_map(|(id, _)| CustomerId::parse(id));
    ids.map(|id| id.to_string()).collect()
}
