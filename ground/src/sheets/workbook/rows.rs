//! The rows of a sheet.

use csv::StringRecord;
use quick_xml::events::BytesStart;

use super::strings::{Strings, append, read_string, unescaped};
use super::styles::Styles;
use super::value::{number, written_out};
use super::xml::{Node, Xml, attribute, attributes};
use crate::sheets::limits::COLUMNS;
use crate::sheets::{Unreadable, Visit};
use crate::values::unseen::is_visible;

/// What a sheet can have.
const MOST_ROWS: u64 = 1_048_576;

/// What is needed to read a sheet, and the row in hand.
pub struct Rows<'a> {
    strings: &'a Strings,
    styles: &'a Styles,
    counts_from_1904: bool,
    /// How much the cells may be, written out, and how much they are by now.
    room: usize,
    written: usize,
    line: u64,
    /// As far as there is something in them.
    cells: Vec<String>,
    /// The column of the next cell, unless it says.
    column: usize,
    /// How many cells the first row has: rows are written without the empty ones at their ends.
    width: Option<usize>,
}

/// What the tag of a cell says.
struct Tag {
    column: usize,
    style: usize,
    kind: Kind,
}

/// How the value of a cell is to be taken.
#[derive(Clone, Copy)]
enum Kind {
    Number,
    Shared,
    Boolean,
    Moment,
    /// As it stands: texts, and errors such as `#N/A`.
    Text,
}

impl<'a> Rows<'a> {
    pub fn new(strings: &'a Strings, styles: &'a Styles, counts_from_1904: bool, room: usize) -> Self {
        let (written, line, cells, column, width) = (0, 0, Vec::new(), 0, None);
        Self { strings, styles, counts_from_1904, room, written, line, cells, column, width }
    }

    /// Shows every row.
    ///
    /// # Errors
    /// What `visit` answers; [`Unreadable::Damaged`], [`Unreadable::Swells`], [`Unreadable::TooManyColumns`].
    pub fn each(mut self, xml: &mut Xml, visit: &mut Visit) -> Result<(), Unreadable> {
        let mut record = StringRecord::new();
        while let Some(node) = xml.next()? {
            match node {
                Node::Start(tag) => match tag.local_name().as_ref() {
                    "row" => self.begin(attribute(&tag, "r").as_deref())?,
                    "c" => {
                        let tag = Tag::of(&tag, self.column)?;
                        let text = self.read(xml, &tag)?;
                        self.put(tag.column, text)?;
                    }
                    _ => {}
                },
                Node::End(tag) => match tag.local_name().as_ref() {
                    "row" => self.show(&mut record, visit)?,
                    "sheetData" => return Ok(()),
                    _ => {}
                },
                Node::Text(_) | Node::Other => {}
            }
        }
        Err(Unreadable::Damaged)
    }

    /// Rows stand in their order, each once: whoever shows them page by page relies on it.
    fn begin(&mut self, line: Option<&str>) -> Result<(), Unreadable> {
        let next = self.line + 1;
        self.line = line.map_or(Ok(next), str::parse).map_err(|_| Unreadable::Damaged)?;
        self.cells.clear();
        self.column = 0;
        if (next..=MOST_ROWS).contains(&self.line) { Ok(()) } else { Err(Unreadable::Damaged) }
    }

    /// What stands in a cell, up to its end.
    fn read(&self, xml: &mut Xml, tag: &Tag) -> Result<String, Unreadable> {
        let (mut kept, mut text, mut is_value) = (String::new(), None, false);
        while let Some(node) = xml.next()? {
            match node {
                Node::Start(tag) => match tag.local_name().as_ref() {
                    "v" => is_value = true,
                    "is" => read_string(xml, text.get_or_insert_default())?,
                    _ => {}
                },
                Node::End(end) => match end.local_name().as_ref() {
                    "v" => is_value = false,
                    "c" => {
                        return match text {
                            Some(text) => Ok(unescaped(&text).into_owned()),
                            None => self.value(&kept, tag),
                        };
                    }
                    _ => {}
                },
                Node::Text(text) if is_value => append(&mut kept, &text),
                Node::Text(_) | Node::Other => {}
            }
        }
        Err(Unreadable::Damaged)
    }

    fn value(&self, kept: &str, tag: &Tag) -> Result<String, Unreadable> {
        let value = match tag.kind {
            _ if kept.is_empty() => String::new(),
            Kind::Number => number(kept.trim(), self.styles.look(tag.style), self.counts_from_1904),
            Kind::Shared => {
                let place = kept.trim().parse().map_err(|_| Unreadable::Damaged)?;
                self.strings.get(place).ok_or(Unreadable::Damaged)?.to_owned()
            }
            Kind::Boolean => if kept.trim() == "0" { "FALSE" } else { "TRUE" }.to_owned(),
            Kind::Moment => written_out(kept.trim()),
            Kind::Text => unescaped(kept).into_owned(),
        };
        Ok(value)
    }

    fn put(&mut self, column: usize, text: String) -> Result<(), Unreadable> {
        self.column = column + 1;
        self.written += text.len();
        if self.written > self.room {
            return Err(Unreadable::Swells { most: self.room });
        }
        // Whole rows are often formatted, or filled with formulas that answer nothing.
        if !is_visible(&text) {
            return Ok(());
        }
        if column >= COLUMNS {
            return Err(Unreadable::TooManyColumns { line: self.line, most: COLUMNS });
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = text;
        }
        Ok(())
    }

    fn show(&mut self, record: &mut StringRecord, visit: &mut Visit) -> Result<(), Unreadable> {
        if self.cells.is_empty() {
            return Ok(());
        }
        let width = *self.width.get_or_insert(self.cells.len());
        if self.cells.len() < width {
            self.cells.resize(width, String::new());
        }
        record.clear();
        self.cells.iter().for_each(|cell| record.push_field(cell));
        visit(self.line, record)
    }
}

impl Tag {
    /// Reads a tag; `column` is its column, unless it says.
    fn of(tag: &BytesStart, column: usize) -> Result<Self, Unreadable> {
        let mut read = Self { column, style: 0, kind: Kind::Number };
        for said in attributes(tag) {
            match said.key.as_ref() {
                "r" => read.column = column_of(&said.value).ok_or(Unreadable::Damaged)?,
                "s" => read.style = said.value.parse().unwrap_or(0),
                "t" => read.kind = Kind::of(&said.value),
                _ => {}
            }
        }
        Ok(read)
    }
}

/// The column of a reference such as `AB12`.
fn column_of(reference: &str) -> Option<usize> {
    let letters = reference.bytes().map(|letter| letter.to_ascii_uppercase());
    let letters = letters.take_while(u8::is_ascii_uppercase).take(4);
    letters.fold(0, |number, letter| number * 26 + usize::from(letter - b'A') + 1).checked_sub(1)
}

impl Kind {
    fn of(kind: &str) -> Self {
        match kind {
            "n" => Self::Number,
            "s" => Self::Shared,
            "b" => Self::Boolean,
            "d" => Self::Moment,
            _ => Self::Text,
        }
    }
}
