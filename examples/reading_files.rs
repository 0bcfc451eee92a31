//! What reading a file of 100,000 rows costs, beside the least that it could: `cargo run --release --example
//! reading_files [-- ROWS]`. Each file is read by a process of its own, so that the most memory it had is that of one
//! reading. The least is to walk the same file with the libraries beneath, knowing nothing of tables: a text cell by
//! cell, a workbook by unpacking its parts tag by tag. Near 1 means that knowing costs nothing. In the end files
//! that are made to do harm: how soon they are refused, and with how much memory.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::hint::black_box;
use std::io::{BufReader, Cursor, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::Context as _;
use quick_xml::Reader;
use quick_xml::events::Event;
use rust_xlsxwriter::Workbook;
use twotier::sheets::{Column, Limits, walk};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The same as in the portal.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROWS: usize = 100_000;
const HEADS: [&str; 8] =
    ["Email address", "First name", "Last name", "Display name", "Country", "Department", "Phone", "Note"];
const LIMITS: Limits = Limits::of(50_000_000, 1_000_000);
/// How often a file is read; the shortest time counts.
const TIMES: usize = 5;

/// The columns of the files here, by their place.
#[derive(Clone, Copy, PartialEq)]
struct Place(usize);

impl Column for Place {
    fn all() -> impl Iterator<Item = Self> {
        (0..HEADS.len()).map(Self)
    }

    fn heads(self) -> Vec<String> {
        HEADS.get(self.0).map(|head| (*head).to_owned()).into_iter().collect()
    }

    fn is_required(self) -> bool {
        self.0 == 0
    }
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [how, file] = arguments.as_slice() {
        return read(how, Path::new(file));
    }
    let rows = arguments.first().map_or(Ok(ROWS), |rows| rows.parse())?;
    let folder = tempfile::tempdir()?;
    println!(
        "{:<34} {:>8} {:>9} {:>9} {:>6} {:>10} {:>10}",
        "", "MB", "time, ms", "least, ms", "ratio", "memory, MB", "least, MB"
    );
    for (name, bytes) in files(rows)? {
        let file = folder.path().join("file");
        std::fs::write(&file, &bytes)?;
        let ((time, memory), (least, least_memory)) = (measured("whole", &file)?, measured("least", &file)?);
        let size = f64::from(u32::try_from(bytes.len())?) / 1e6;
        let ratio = time / least;
        println!(
            "{name:<34} {size:>8.1} {time:>9.0} {least:>9.0} {ratio:>6.2} {memory:>10.0} {least_memory:>10.0}"
        );
    }
    println!();
    for (name, bytes) in harmful()? {
        let file = folder.path().join("file");
        std::fs::write(&file, &bytes)?;
        let (time, memory) = measured("whole", &file)?;
        let size = f64::from(u32::try_from(bytes.len())?) / 1e6;
        println!("{name:<34} {size:>8.1} {time:>9.0} {:>9} {:>6} {memory:>10.0}", "", "");
    }
    Ok(())
}

/// Milliseconds, and the most memory in MB, of another process that reads a file.
fn measured(how: &str, file: &Path) -> anyhow::Result<(f64, f64)> {
    let output = Command::new(std::env::current_exe()?).arg(how).arg(file).output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout)?;
    let mut said = said.split_whitespace().map(str::parse::<f64>);
    Ok((said.next().context("time")??, said.next().context("memory")??))
}

/// What the other process does.
fn read(how: &str, file: &Path) -> anyhow::Result<()> {
    let bytes = std::fs::read(file)?;
    let mut shortest = f64::INFINITY;
    for _ in 0..TIMES {
        let began = Instant::now();
        match how {
            // A file that does harm is refused, which is an answer.
            "whole" => drop(walk::<Place>(&bytes, &LIMITS, |row| _ = black_box(row.get(Place(7))))),
            _ if bytes.starts_with(b"PK") => walk_tags(&bytes)?,
            _ => walk_text(&bytes)?,
        }
        shortest = shortest.min(began.elapsed().as_secs_f64() * 1_000.0);
    }
    let status = std::fs::read_to_string("/proc/self/status")?;
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no /proc")?;
    let most: f64 = most.trim().trim_end_matches(" kB").parse()?;
    println!("{shortest} {}", most / 1024.0);
    Ok(())
}

fn walk_tags(bytes: &[u8]) -> anyhow::Result<()> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut piece = Vec::new();
    for place in 0..archive.len() {
        let mut reader = Reader::from_reader(BufReader::new(archive.by_index(place)?));
        while !matches!(black_box(reader.read_event_into(&mut piece)?), Event::Eof) {
            piece.clear();
        }
        piece.clear();
    }
    Ok(())
}

fn walk_text(bytes: &[u8]) -> anyhow::Result<()> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        black_box(&record);
    }
    Ok(())
}

fn files(rows: usize) -> anyhow::Result<Vec<(&'static str, Vec<u8>)>> {
    let text = text(rows);
    let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let western = text.chars().map(|sign| u8::try_from(u32::from(sign)).unwrap_or(b'?')).collect();
    Ok(vec![
        ("CSV in UTF-8", text.into_bytes()),
        ("CSV in windows-1252", western),
        ("CSV in UTF-16", wide),
        ("XLSX, texts shared", workbook(rows, false)?),
        ("XLSX, texts in their cells", workbook(rows, true)?),
    ])
}

fn row(number: usize) -> [String; 8] {
    [
        format!("person.{number}@brightwater.example"),
        "Jörg".to_owned(),
        format!("Müller {number}"),
        format!("Jörg Müller {number}"),
        "DE".to_owned(),
        format!("Department {}", number % 40),
        format!("+49 30 {number:07}"),
        "Comes from the directory of the head office".to_owned(),
    ]
}

fn text(rows: usize) -> String {
    let mut text = HEADS.join(",") + "\r\n";
    for number in 0..rows {
        text += &row(number).join(",");
        text += "\r\n";
    }
    text
}

fn workbook(rows: usize, is_inline: bool) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let sheet = if is_inline { book.add_worksheet_with_constant_memory()? } else { book.add_worksheet() };
    sheet.write_row(0, 0, HEADS)?;
    for number in 0..rows {
        sheet.write_row(u32::try_from(number)? + 1, 0, row(number))?;
    }
    Ok(book.save_to_buffer()?)
}

/// Small files that are large inside.
fn harmful() -> anyhow::Result<Vec<(&'static str, Vec<u8>)>> {
    let heads: String = HEADS.iter().map(|head| format!("<c t=\"str\"><v>{head}</v></c>")).collect();
    let shared = r#"<row><c t="s"><v>0</v></c></row>"#.repeat(1_000_000);
    let (gigabytes, long) = (2_000_000_000, format!("<si><t>{}</t></si>", "x".repeat(30_000)));
    Ok(vec![
        ("2 GB of empty rows", bomb(&heads, "<row/>", gigabytes, "")?),
        ("2 GB of one text", bomb(&heads, "x", gigabytes, "")?),
        ("2 GB of shared texts", bomb(&heads, "", 0, &"<si><t>x</t></si>".repeat(gigabytes / 17))?),
        ("2 GB of tags in tags", bomb(&heads, "<a>", gigabytes, "")?),
        ("2 GB of long texts", bomb(&heads, "", 0, &long.repeat(gigabytes / long.len()))?),
        ("a text shared a million times", bomb(&heads, &shared, shared.len(), &long)?),
    ])
}

/// A workbook in whose sheet, or shared texts, a piece is repeated.
fn bomb(heads: &str, piece: &str, length: usize, strings: &str) -> anyhow::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"x/{kind}\" Target=\"{target}\"/>")
    };
    let relations = relation("r", "worksheet", "s.xml") + &relation("t", "sharedStrings", "t.xml");
    let parts = [
        ("_rels/.rels", format!("<R>{}</R>", relation("b", "officeDocument", "b.xml"))),
        ("_rels/b.xml.rels", format!("<R>{relations}</R>")),
        ("b.xml", "<workbook><sheet name=\"A\" id=\"r\"/></workbook>".to_owned()),
        ("t.xml", format!("<sst>{strings}</sst>")),
        ("s.xml", format!("<worksheet><sheetData><row>{heads}</row>")),
    ];
    for (name, body) in parts {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(body.as_bytes())?;
    }
    let many = piece.repeat(1_000_000_usize.checked_div(piece.len()).unwrap_or(0).max(1));
    for _ in 0..length.checked_div(many.len()).unwrap_or(0) {
        zip.write_all(many.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
