//! Text in rows: commas, semicolons, tabs or bars divide the cells, quotes keep what stands in them together.

use std::collections::HashMap;
use std::io::Read as _;

use csv::StringRecord;

use super::{Unreadable, Visit};

/// A row behind the last one: an open quote swallows it.
const END: &str = "end";
const DIVIDERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Shows every row.
///
/// # Errors
/// What `visit` answers; [`Unreadable::OpenQuote`], after all rows before it.
pub fn each(text: &str, visit: &mut Visit) -> Result<(), Unreadable> {
    let (named, text, first_line) = without_name(text);
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(named.unwrap_or_else(|| divider(text)));
    let mut reader = reader.from_reader(text.as_bytes().chain(b"\n".as_slice()).chain(END.as_bytes()));
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: first_line };
    let (mut row, mut next) = (StringRecord::new(), StringRecord::new());
    // Text in memory, with any number of cells a row, has no errors.
    let mut read = |record: &mut StringRecord| reader.read_record(record).unwrap_or(false);
    read(&mut row);
    while read(&mut next) {
        visit(lines.of(&row), &row)?;
        std::mem::swap(&mut row, &mut next);
    }
    if row.iter().eq([END]) { Ok(()) } else { Err(Unreadable::OpenQuote { line: lines.of(&row) }) }
}

/// Excel may be told by the first line what divides cells: `sep=;`. Answers that, the text below, and its first line.
fn without_name(text: &str) -> (Option<u8>, &str, u64) {
    let (first, rest) = text.split_once(['\r', '\n']).unwrap_or((text, ""));
    let named = first.trim_matches('"').to_ascii_lowercase();
    let named = named.strip_prefix("sep=").map(str::as_bytes);
    match named {
        Some([divider]) if DIVIDERS.contains(divider) => {
            let is_pair = text.as_bytes().get(first.len()..).is_some_and(|ends| ends.starts_with(b"\r\n"));
            let rest = if is_pair { rest.strip_prefix('\n').unwrap_or(rest) } else { rest };
            (Some(*divider), rest, 2)
        }
        _ => (None, text, 1),
    }
}

/// What divides the cells of the first line outside of quotes; commas, if it is a draw.
fn divider(text: &str) -> u8 {
    let mut counts: HashMap<u8, usize> = HashMap::new();
    let mut is_quoted = false;
    for byte in text.trim_start_matches(['\r', '\n', ' ']).bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            _ if DIVIDERS.contains(&byte) && !is_quoted => *counts.entry(byte).or_default() += 1,
            _ => {}
        }
    }
    let most = DIVIDERS.into_iter().max_by_key(|sign| (counts.get(sign).copied(), *sign == b','));
    most.unwrap_or(b',')
}

/// Which line a row begins on, counted on from the row before.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn of(&mut self, record: &StringRecord) -> u64 {
        let begin = record.position().map_or(0, csv::Position::byte);
        let begin = usize::try_from(begin).unwrap_or(usize::MAX).min(self.text.len());
        let from = |at: usize| self.text.get(at..).unwrap_or_default();
        // For the reader a row begins where the one before ended: empty lines in between belong to neither.
        let empty = from(begin).iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let passed = (begin + empty).saturating_sub(self.at);
        let passed = from(self.at).get(..passed).unwrap_or_default();
        self.at += passed.len();
        self.line += line_ends(passed);
        self.line
    }
}

/// Line ends of Unix, of Windows, and of old Macs.
fn line_ends(text: &[u8]) -> u64 {
    let mut ends = 0;
    let mut before = 0;
    for byte in text {
        ends += u64::from(*byte == b'\r' || *byte == b'\n' && before != b'\r');
        before = *byte;
    }
    ends
}
