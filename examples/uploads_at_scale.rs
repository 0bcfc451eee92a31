//! Uploads files of 1,000 and of 100,000 rows, users and existing customers, and compares what a thousand rows cost:
//! `cargo run --release --example uploads_at_scale [-- ROWS]`. Each file is read, looked at and applied by a process of
//! its own, with a SQLite database of its own, by the functions that the portal does it with; so the most memory it had
//! is that of one upload. It fails where that is too much.

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
use twotier::access::permission::Permission;
use twotier::batches::model::{Head, State};
use twotier::batches::of_users::OfUsers;
use twotier::batches::store::keeping::{self, NewBatch};
use twotier::batches::store::reading::{Line, Pieces};
use twotier::batches::store::{applying, row, step};
use twotier::batches::trade::Trade;
use twotier::config::{Demo, SecondFactorRule};
use twotier::db::schema::{customers, people};
use twotier::db::{Connection, Db, migrations};
use twotier::error::Error;
use twotier::existing;
use twotier::existing::store::OfCustomers;
use twotier::sheets::{Limits, walk};
use twotier::users::model::upload;
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

/// What is uploaded: its name, the columns, and its rows.
struct Kind {
    name: &'static str,
    heads: &'static [&'static str],
    row: fn(usize) -> Vec<String>,
}

const KINDS: [Kind; 2] = [
    Kind {
        name: "users",
        heads: &["First name", "Last name", "Display name", "Email", "Status update", "Location", "Licenses"],
        row: user,
    },
    Kind {
        name: "customers",
        heads: &[
            "Company name",
            "Primary domain name",
            "Address line 1",
            "City",
            "Postal code",
            "First name",
            "Last name",
            "Email address",
            "Offer",
            "Quantity",
        ],
        row: customer,
    },
];

/// Makes a file of so many rows.
type Make = fn(&Kind, usize) -> anyhow::Result<Vec<u8>>;

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
    if let [kind, file, database] = arguments.as_slice() {
        return upload(kind, Path::new(file), Path::new(database)).await;
    }
    let many = arguments.first().map_or(Ok(MANY), |rows| rows.parse())?;
    let size = |rows: usize| format!("{} rows", grouped(&rows.to_string()));
    println!("{:<44} {:>14} {:>14} {:>7}", "", size(FEW), size(many), "ratio");
    let files: [(&str, Make); 2] = [("CSV", text), ("XLSX", workbook)];
    let mut most: f64 = 0.0;
    for kind in &KINDS {
        for (name, file) in files {
            let title = format!("{} as {name}", kind.name);
            most = most.max(compared(&title, (kind, file), many)?);
        }
    }
    ensure!(most <= MOST_MEMORY, "an upload took {most:.0} MB, and may take {MOST_MEMORY:.0}");
    println!("No upload took more than {MOST_MEMORY:.0} MB.");
    Ok(())
}

/// Uploads a short and a long file, and says what each cost; answers the most memory, in MB.
fn compared(title: &str, (kind, file): (&Kind, Make), many: usize) -> anyhow::Result<f64> {
    let few = measured(kind, &file(kind, FEW)?, TIMES)?;
    let much = measured(kind, &file(kind, many)?, 1)?;
    for (what, few, much) in [
        ("reading", few.reading, much.reading),
        ("looking", few.looking, much.looking),
        ("applying", few.applying, much.applying),
    ] {
        let name = format!("{title}: {what}, for 1,000 rows");
        println!("{name:<44} {few:>12.3} s {much:>12.3} s {:>7.2}", much / few);
    }
    let name = format!("{title}: most memory");
    println!("{name:<44} {:>11.0} MB {:>11.0} MB {:>7.2}", few.memory, much.memory, much.memory / few.memory);
    Ok(much.memory)
}

/// What it costs another process to upload a file; the middle of so many times.
fn measured(kind: &Kind, file: &[u8], times: usize) -> anyhow::Result<Cost> {
    let mut costs: [Vec<f64>; 4] = Default::default();
    for _ in 0..times {
        let folder = tempfile::tempdir()?;
        let (path, database) = (folder.path().join("file"), folder.path().join("portal.db"));
        std::fs::write(&path, file)?;
        let output =
            Command::new(std::env::current_exe()?).arg(kind.name).arg(path).arg(database).output()?;
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

/// What the other process does: it uploads a file, as a page and the portal's worker do, and says what that cost.
async fn upload(kind: &str, file: &Path, database: &Path) -> anyhow::Result<()> {
    let db = Db::open(&format!("sqlite://{}", database.display()))?;
    migrations::run(&db).await.map_err(Error::into_cause)?;
    let wanted = Demo { customers: CUSTOMERS, password: None, fill_only: true };
    demo::fill(&db.patient(), &wanted, SUFFIX, Moment::now()).await?;
    let bytes = std::fs::read(file)?;
    match kind {
        "users" => {
            let of = db.read(customer_of_users).await.map_err(Error::into_cause)?;
            uploaded::<OfUsers>(&db, (&bytes, Some(of)), &upload::LIMITS).await
        }
        _ => uploaded::<OfCustomers>(&db, (&bytes, None), &existing::model::LIMITS).await,
    }
}

/// Uploads a file of this kind: for a customer, or of customers.
async fn uploaded<T: Trade>(
    db: &Db,
    (bytes, of): (&[u8], Option<CustomerId>),
    limits: &Limits,
) -> anyhow::Result<()> {
    let by = db.read(who::<T::Sends>).await.map_err(Error::into_cause)?;

    let begun = Instant::now();
    let new = read::<T>(bytes, of, limits)?;
    let (id, rows, may, now) = (new.id, new.rows, by.clone(), Moment::now());
    db.write(move |conn| keeping::keep::<T>(conn, &may, &new, now)).await.map_err(Error::into_cause)?;
    let reading = begun.elapsed();

    let begun = Instant::now();
    work_off::<T>(db, id).await?;
    let looking = begun.elapsed();

    let begun = Instant::now();
    let (may, job, now) = (by.clone(), JobId::new(), Moment::now());
    let answer = db.write(move |conn| applying::begin::<T>(conn, &may, (&id, &job), now)).await;
    let answer = answer.map_err(Error::into_cause)?;
    ensure!(matches!(answer, applying::Begun::Now { .. }), "it was not applied: {answer:?}");
    work_off::<T>(db, id).await?;
    let applying = begun.elapsed();

    let viewer = by.viewer().clone();
    let found = db.read(move |conn| row::find::<T>(conn, &viewer, &id)).await;
    let (batch, _) = found.map_err(Error::into_cause)?;
    ensure!(batch.state == State::Done && batch.tally.added == rows, "{rows} rows: {batch:?}");
    let thousands = f64::from(u32::try_from(rows)?) / 1_000.0;
    let [reading, looking, applying] =
        [reading, looking, applying].map(|time| time.as_secs_f64() / thousands);
    println!("{reading} {looking} {applying} {}", most_memory()?);
    Ok(())
}

/// Who uploads.
fn who<P: Permission>(conn: &mut Connection) -> twotier::error::Result<Allowed<P>> {
    let person: PersonId = people::table.filter(people::email.eq(WHO)).select(people::id).first(conn)?;
    let viewer = gate::absent(conn, &person)?.ok_or(Error::NotFound)?;
    Allowed::check(&viewer)
}

/// Whose users are uploaded.
fn customer_of_users(conn: &mut Connection) -> twotier::error::Result<CustomerId> {
    let by: Allowed<<OfUsers as Trade>::Sends> = who(conn)?;
    let own = customers::table.filter(customers::provider_id.eq(&by.organisation.id));
    let open = own.filter(customers::is_delegated.eq(true)).filter(customers::ended_at.is_null());
    Ok(open.order(customers::id).select(customers::id).first(conn)?)
}

/// As `src/batches/commands.rs` reads one.
fn read<T: Trade>(bytes: &[u8], of: Option<CustomerId>, limits: &Limits) -> anyhow::Result<NewBatch> {
    let location = Country::parse("DE").ok().context("there is no such country")?;
    let mut pieces = Pieces::default();
    let head = walk::<T::Column>(bytes, &limits.from_country(location), |row| {
        let texts = row.cells().map(|(_, cell)| cell.to_owned()).collect();
        pieces.add(Line(row.line, row.odd_length, texts));
    })?;
    let columns = head.columns().to_vec();
    Ok(NewBatch {
        id: BatchId::new(),
        job: JobId::new(),
        customer: of,
        file_name: "rows".to_owned(),
        file_hash: HEXLOWER.encode(&Sha256::digest(bytes)),
        bytes: i64::try_from(bytes.len())?,
        rows: pieces.rows,
        pieces: pieces.end(),
        head: Head::new((head.origin, &columns, head.unknown), location, SUFFIX),
    })
}

/// Takes step after step, as the worker does, until nothing is under way.
async fn work_off<T: Trade>(db: &Db, id: BatchId) -> anyhow::Result<()> {
    loop {
        let (site, now) = (site(), Moment::now());
        let stand = db.write(move |conn| step::step::<T>(conn, (&id, &[]), (&site, false), now)).await;
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

fn user(number: usize) -> Vec<String> {
    vec![
        "Jörg".to_owned(),
        format!("Müller {number}"),
        format!("Jörg Müller {number}"),
        format!("joerg.mueller.{number}"),
        String::new(),
        ["DE", "FR", "AT"].get(number % 3).copied().unwrap_or_default().to_owned(),
        String::new(),
    ]
}

/// Of which names are made: so many customers begin alike as do in a directory.
const SYLLABLES: [&str; 24] = [
    "Al", "Bo", "Ca", "Do", "El", "Fa", "Gre", "Ho", "In", "Ja", "Ki", "Lo", "Mar", "Nor", "Ost", "Pa",
    "Qui", "Ro", "Sta", "Tri", "Ul", "Ve", "Wi", "Ze",
];

/// A customer with a subscription that it has already.
fn customer(number: usize) -> Vec<String> {
    let syllable = |place: u32| {
        let at = number / SYLLABLES.len().pow(place) % SYLLABLES.len();
        SYLLABLES.get(at).copied().unwrap_or_default()
    };
    let name = (0..4).map(syllable).collect::<String>();
    vec![
        format!("{name} GmbH"),
        format!("{}{number}", name.to_lowercase()),
        format!("Mühlenweg {number}"),
        "Hamburg".to_owned(),
        "20095".to_owned(),
        "Jörg".to_owned(),
        format!("Müller {number}"),
        format!("joerg.mueller@quitte{number}.example"),
        "Office 365 Business Premium".to_owned(),
        "12".to_owned(),
    ]
}

fn text(kind: &Kind, rows: usize) -> anyhow::Result<Vec<u8>> {
    let mut text = kind.heads.join(",") + "\r\n";
    for number in 0..rows {
        text += &(kind.row)(number).join(",");
        text += "\r\n";
    }
    Ok(text.into_bytes())
}

fn workbook(kind: &Kind, rows: usize) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, kind.heads.iter().copied())?;
    for number in 0..rows {
        sheet.write_row(u32::try_from(number)? + 1, 0, (kind.row)(number))?;
    }
    Ok(book.save_to_buffer()?)
}
