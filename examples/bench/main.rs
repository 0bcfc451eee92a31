//! What the portal costs, as ratios to a baseline that is measured in the same run:
//!
//! ```sh
//! cargo build --release && cargo run --release --example bench
//! ```
//!
//! The first command builds the portal that is measured, `target/release/twotier`; the second one starts it as a
//! process of its own. SQLite always, PostgreSQL if `DATABASE_URL` names a server (the tables go into schemas of their
//! own, which are dropped in the end). `-- --help` names the options.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

mod bare;
mod ground;
mod load;
mod memory;
mod orders;
mod pages;
mod places;
mod portal;
mod raw;
mod table;
mod visitor;
mod years;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use clap::Parser as _;
use serde_json::json;

use ground::Ground;
use memory::Memories;
use pages::Pages;
use places::{Buyers, Places};
use raw::Ledger;
use table::Table;
use twotier::values::money::grouped;
use visitor::Visitors;

/// The same as in the portal, so that the bare page is not slower for its memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many ask at once while memory is looked at.
const MANY: usize = 64;

/// What the portal costs, as ratios to a baseline that is measured in the same run.
#[derive(clap::Parser, Debug)]
#[command(name = "bench")]
struct Options {
    /// The sizes to measure at, in customers. Pages are compared with themselves at the smallest, load is put on the largest.
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 100_000], value_parser = clap::value_parser!(u32).range(1_000..=5_000_000))]
    customers: Vec<u32>,
    /// Where filled SQLite databases are kept for the next run [default: a folder that goes away].
    #[arg(long)]
    folder: Option<PathBuf>,
    /// A PostgreSQL server to measure on besides; the role may make schemas there.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// The portal [default: the binary that `cargo build --release` puts beside this one].
    #[arg(long)]
    portal: Option<PathBuf>,
    /// How many clients ask at once where pages are compared with the bare page.
    #[arg(long, default_value_t = 16)]
    clients: usize,
    /// How long they ask, in seconds, before it is the other's turn; raw commits take as long.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
    /// How many turns each has; the middle one counts.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// How often each page is opened where one request is timed at a time; the middle time counts.
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..))]
    times: u32,
    /// How many orders are submitted in a turn.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..))]
    orders: u32,
    /// Also write everything into this file, as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
}

impl Options {
    fn turn(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }

    /// The smallest first.
    fn sizes(&self) -> Vec<u32> {
        let mut sizes = self.customers.clone();
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }
}

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    twotier::server::memory::save();
    let temporary = tempfile::tempdir()?;
    let home = options.folder.as_deref().unwrap_or(temporary.path());
    let mut measured = Vec::new();
    for ground in grounds(&options, home)? {
        let tables = measure(&ground, &options).await?;
        println!("{}", ground.name);
        for table in &tables {
            println!("\n{table}");
        }
        let tables: Vec<_> = tables.iter().map(Table::json).collect();
        measured.push(json!({ "database": ground.name, "tables": tables }));
    }
    if let Some(file) = &options.json {
        let all = json!({ "cores": bare::cores(), "clients": options.clients, "measured": measured });
        std::fs::write(file, format!("{all:#}\n"))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

fn grounds(options: &Options, home: &Path) -> anyhow::Result<Vec<Ground>> {
    let binary = match &options.portal {
        Some(portal) => portal.canonicalize().with_context(|| format!("there is no {}", portal.display()))?,
        None => portal::binary()?,
    };
    let mut grounds = vec![Ground::sqlite(home, &binary)?];
    let server = options.database_url.as_deref().filter(|url| url.starts_with("postgres"));
    if let Some(server) = server {
        grounds.push(Ground::postgres(home, &binary, server)?);
    }
    Ok(grounds)
}

async fn measure(ground: &Ground, options: &Options) -> anyhow::Result<Vec<Table>> {
    let (mut memories, mut pages, mut tables) = (Memories::default(), Pages::default(), Vec::new());
    let sizes = options.sizes();
    for customers in &sizes {
        let (installation, filling) = ground.filled(*customers)?;
        let of = format!("{} customers", grouped(&customers.to_string()));
        memories.of_filling(&of, filling);
        let portal = installation.serve()?;
        memories.of_portal(&format!("{of}: after the start"), portal.memory());
        let places = Places::of(&installation.database_url)?;
        let visitors = Visitors::sign_in(&portal.origin).await?;
        say(ground, &format!("{of}: one page after the other"));
        pages.measure(*customers, &visitors, &places.questions(), options.times).await?;
        memories.of_portal(&format!("{of}: after the pages"), portal.memory());
        if Some(customers) == sizes.last() {
            say(ground, &format!("{of}: many at once"));
            let title = format!("Customers: {of}, {} clients", options.clients);
            let asked = places.of_customers();
            let bare = bare::Bare::serve(&installation.database_url, &places.provider)?;
            tables.push(load::compare(&title, (&visitors.provider, &bare), &asked, options).await?);
            bare.stop().await;
            load::rate(&visitors.provider, &asked, MANY, 2 * options.turn()).await?;
            memories.of_portal(&format!("{of}: under {MANY} clients"), portal.memory());
        }
        drop(visitors);
        portal.stop().await?;
    }
    tables.push(pages.table());
    tables.push(orders(ground, options, &mut memories).await?);
    tables.push(memories.table());
    Ok(tables)
}

/// On a database of its own, so that those that are kept stay as they were filled.
async fn orders(ground: &Ground, options: &Options, memories: &mut Memories) -> anyhow::Result<Table> {
    let (installation, filling) = ground.fresh(1_000)?;
    memories.of_filling("1,000 customers for orders", filling);
    let ledger = Ledger::beside(&installation)?;
    let portal = installation.serve()?;
    let buyers = Buyers::of(&installation.database_url)?;
    let visitors = Visitors::sign_in(&portal.origin).await?;
    say(ground, "orders");
    let table = orders::compare(&visitors.provider, &buyers, &ledger, options).await?;
    drop(visitors);
    portal.stop().await?;
    Ok(table)
}

/// What is being done, for whoever waits.
fn say(ground: &Ground, what: &str) {
    eprintln!("{}, {what} …", ground.name);
}
