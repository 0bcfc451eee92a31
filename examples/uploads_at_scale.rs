//! Uploads files of 1,000 and of 100,000 users and compares what a thousand rows cost: `cargo run --release --example
//! uploads_at_scale [-- ROWS]`. Each file is read, looked at and applied by a process of its own, with a SQLite database
//! of its own, by the functions that the portal does it with; so the most memory it had is that of one upload. It fails
//! where that is too much.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, ensure};
use data_encoding::HEXLOWER;
use diesel::prelude::*;
use rust_xlsxwriter::Workbook;
use sha2::{Digest as _, Sha256};
use twotier::access::Allowed;
use twotier::access::permission::AddUsers;
use twotier::batches::model::{Head, State};
use twotier::batches::of_users::OfUsers;
use twotier::batches::store::keeping::{self, NewBatch};
use twotier::batches::store::reading::{Line, Pieces};
use twotier::batches::store::{applying, row, step};
use twotier::config::{Demo, SecondFactorRule};
use twotier::db::schema::{customers, people};
use twotier::db::{Connection, Db, migrations};
use twotier::error::Error;
use twotier::sheets::walk;
use twotier::users::model::upload::{Column, LIMITS};
use twotier::values::country::Country;
use twotier::values::id::{BatchId, CustomerId, JobId, PersonId};
use twotier::values::moment::Moment;
use twotier::values::money::grouped;
use twotier::web::Site;
use twotier::{demo, gate};

/// The same as in the portal.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const FEW: usize = 1_000;
const MANY: usize = 100_000;
/// How often the small file is uploaded; the middle time counts.
const TIMES: usize = 3;
/// The most memory that an upload may take, in MB.
const MOST_MEMORY: f64 = 600.0;

/// Of the demonstration, in which the customers are.
const WHO: &str = "admin.agent@harbor.example";
const CUSTOMERS: u32 = 20;
const SUFFIX: &str = "onmicrosoft.com";

const HEADS: [&str; 7] =
    ["First name", "Last name", "Display name", "Email", "Status update", "Location", "Licenses"];

/// Makes a file of so many rows.
type Make = fn(usize) -> anyhow::Result<Vec<u8>>;

/// What an upload cost: seconds for a thousand rows, and MB.
struct Cost {
    reading: f64,
    looking: f64,
    applying: f64,
    memory: f64,
}

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    twotier::server::memory::save();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [file, database] = arguments.as_slice() {
        return upload(Path::new(file), Path::new(database)).await;
    }
    let many = arguments.first().map_or(Ok(MANY), |rows| rows.parse())?;
    let size = |rows: usize| format!("{} rows", grouped(&rows.to_string()));
    println!("{:<34} {:>14} {:>14} {:>7}", "", size(FEW), size(many), "ratio");
    let files: [(&str, Make); 2] = [("CSV", text), ("XLSX", workbook)];
    let mut most: f64 = 0.0;
    for (name, file) in files {
        let (few, much) = (measured(&file(FEW)?, TIMES)?, measured(&file(many)?, 1)?);
        for (what, few, much) in [
            ("reading", few.reading, much.reading),
            ("looking", few.looking, much.looking),
            ("applying", few.applying, much.applying),
        ] {
            let name = format!("{name}: {what}, for 1,000 rows");
            println!("{name:<34} {few:>12.3} s {much:>12.3} s {:>7.2}", much / few);
        }
        let name = format!("{name}: most memory");
        let (few, much) = (few.memory, much.memory);
        println!("{name:<34} {few:>11.0} MB {much:>11.0} MB {:>7.2}", much / few);
        most = most.max(much);
    }
    ensure!(most <= MOST_MEMORY, "an upload took {most:.0} MB, and may take {MOST_MEMORY:.0}");
    println!("No upload took more than {MOST_MEMORY:.0} MB.");
    Ok(())
}

/// What it costs another process to upload a file; the middle of so many times.
fn measured(file: &[u8], times: usize) -> anyhow::Result<Cost> {
    let mut costs: [Vec<f64>; 4] = Default::default();
    for _ in 0..times {
        let folder = tempfile::tempdir()?;
        let (path, database) = (folder.path().join("file"), folder.path().join("users.db"));
        std::fs::write(&path, file)?;
        let output = Command::new(std::env::current_exe()?).arg(path).arg(database).output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8(output.stdout)?;
        let mut said = said.split_whitespace().map(str::parse::<f64>);
        for cost in &mut costs {
            cost.push(said.next().context("the upload says too little")??);
        }
    }
    let [reading, looking, applying, memory] = costs.map(middle);
    Ok(Cost { reading, looking, applying, memory })
}

fn middle(mut costs: Vec<f64>) -> f64 {
    costs.sort_by(f64::total_cmp);
    costs.get(costs.len() / 2).copied().unwrap_or(f64::NAN)
}

/// What the other process does: it uploads a file for a customer, as a page and the portal's worker do, and says what
/// that cost.
async fn upload(file: &Path, database: &Path) -> anyhow::Result<()> {
    let db = Db::open(&format!("sqlite://{}", database.display()))?;
    migrations::run(&db).await.map_err(Error::into_cause)?;
    let wanted = Demo { customers: CUSTOMERS, password: None, fill_only: true };
    demo::fill(&db.patient(), &wanted, SUFFIX, Moment::now()).await?;
    let (by, customer) = db.read(whose).await.map_err(Error::into_cause)?;
    let bytes = std::fs::read(file)?;

    let begun = Instant::now();
    let new = read(&bytes, customer)?;
    let (id, rows, may, now) = (new.id, new.rows, by.clone(), Moment::now());
    db.write(move |conn| keeping::keep::<OfUsers>(conn, &may, &new, now)).await.map_err(Error::into_cause)?;
    let reading = begun.elapsed();

    let begun = Instant::now();
    work_off(&db, id).await?;
    let looking = begun.elapsed();

    let begun = Instant::now();
    let (may, job, now) = (by.clone(), JobId::new(), Moment::now());
    let answer = db.write(move |conn| applying::begin::<OfUsers>(conn, &may, (&id, &job), now)).await;
    let answer = answer.map_err(Error::into_cause)?;
    ensure!(matches!(answer, applying::Begun::Now { .. }), "it was not applied: {answer:?}");
    work_off(&db, id).await?;
    let applying = begun.elapsed();

    let found = db.read(move |conn| row::find::<OfUsers>(conn, by.viewer(), &id)).await;
    let (batch, _) = found.map_err(Error::into_cause)?;
    ensure!(batch.state == State::Done && batch.tally.added == rows, "{rows} rows: {batch:?}");
    let thousands = f64::from(u32::try_from(rows)?) / 1_000.0;
    let [reading, looking, applying] =
        [reading, looking, applying].map(|time| time.as_secs_f64() / thousands);
    println!("{reading} {looking} {applying} {}", most_memory()?);
    Ok(())
}

/// A customer, and who uploads its users.
fn whose(conn: &mut Connection) -> twotier::error::Result<(Allowed<AddUsers>, CustomerId)> {
    let person: PersonId = people::table.filter(people::email.eq(WHO)).select(people::id).first(conn)?;
    let viewer = gate::absent(conn, &person)?.ok_or(Error::NotFound)?;
    let customer: CustomerId = customers::table
        .filter(customers::provider_id.eq(&viewer.organisation.id))
        .filter(customers::is_delegated.eq(true))
        .filter(customers::ended_at.is_null())
        .order(customers::id)
        .select(customers::id)
        .first(conn)?;
    Ok((Allowed::check(&viewer)?, customer))
}

/// As `src/batches/commands.rs` reads one.
fn read(bytes: &[u8], customer: CustomerId) -> anyhow::Result<NewBatch> {
    let location = Country::parse("DE").ok().context("there is no such country")?;
    let mut pieces = Pieces::default();
    let head = walk::<Column>(bytes, &LIMITS.from_country(location), |row| {
        let texts = row.cells().map(|(_, cell)| cell.to_owned()).collect();
        pieces.add(Line(row.line, row.odd_length, texts));
    })?;
    let columns = head.columns().to_vec();
    Ok(NewBatch {
        id: BatchId::new(),
        job: JobId::new(),
        customer: Some(customer),
        file_name: "users".to_owned(),
        file_hash: HEXLOWER.encode(&Sha256::digest(bytes)),
        bytes: i64::try_from(bytes.len())?,
        rows: pieces.rows,
        pieces: pieces.end(),
        head: Head::new((head.origin, &columns, head.unknown), location, ""),
    })
}

/// Takes step after step, as the worker does, until nothing is under way.
async fn work_off(db: &Db, id: BatchId) -> anyhow::Result<()> {
    loop {
        let (site, now) = (site(), Moment::now());
        let stand = db.write(move |conn| step::step::<OfUsers>(conn, (&id, &[]), (&site, false), now)).await;
        if stand.map_err(Error::into_cause)?.is_over {
            return Ok(());
        }
    }
}

fn site() -> Site {
    Site {
        name: "Twotier".to_owned(),
        base_url: "http://portal.example".to_owned(),
        domain_suffix: SUFFIX.to_owned(),
        link_days: 30,
        reinstate_days: 180,
        large_quantity: 1_000,
        approves_served_resellers: false,
        trusted_proxies: 0,
        large_export: twotier::web::export::LARGE,
        second_factor: SecondFactorRule::Nobody,
        sends_mail: true,
    }
}

/// In MB, what this process ever had.
fn most_memory() -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no /proc")?;
    let most: f64 = most.trim().trim_end_matches(" kB").parse()?;
    Ok(most / 1024.0)
}

fn person(number: usize) -> [String; 7] {
    [
        "Jörg".to_owned(),
        format!("Müller {number}"),
        format!("Jörg Müller {number}"),
        format!("joerg.mueller.{number}"),
        String::new(),
        ["DE", "FR", "AT"].get(number % 3).copied().unwrap_or_default().to_owned(),
        String::new(),
    ]
}

fn text(rows: usize) -> anyhow::Result<Vec<u8>> {
    let mut text = HEADS.join(",") + "\r\n";
    for number in 0..rows {
        text += &person(number).join(",");
        text += "\r\n";
    }
    Ok(text.into_bytes())
}

fn workbook(rows: usize) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, HEADS)?;
    for number in 0..rows {
        sheet.write_row(u32::try_from(number)? + 1, 0, person(number))?;
    }
    Ok(book.save_to_buffer()?)
}
