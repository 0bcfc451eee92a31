//! Mark-up, piece by piece. No piece is longer than one of a workbook can be, nothing is nested deeper, and there are
//! no entities but those of XML itself.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::sheets::Unreadable;

/// The longest tag or text.
const PIECE: usize = 1024 * 1024;
/// Cells are five deep, what stands in extensions some more.
const DEPTH: usize = 64;

pub struct Xml<'a> {
    reader: Reader<Bounded<'a>>,
    piece: Vec<u8>,
    depth: usize,
    most: usize,
}

/// A piece of mark-up.
pub enum Node<'p> {
    Start(BytesStart<'p>),
    End(BytesEnd<'p>),
    Text(Cow<'p, str>),
    /// Comments and the like.
    Other,
}

impl<'a> Xml<'a> {
    /// Reads what comes out of `source`, and counts it off `left`; `most` is what that was in the beginning.
    pub fn new(source: BufReader<Box<dyn Read + 'a>>, left: &'a mut usize, most: usize) -> Self {
        let mut reader = Reader::from_reader(Bounded { source, left, piece: 0, is_over: false });
        reader.config_mut().expand_empty_elements = true;
        Self { reader, piece: Vec::new(), depth: 0, most }
    }

    /// In how many elements the last piece stands, itself included unless it is an end.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The next piece; nothing at the end.
    ///
    /// # Errors
    /// [`Unreadable::Damaged`], [`Unreadable::Swells`].
    pub fn next(&mut self) -> Result<Option<Node<'_>>, Unreadable> {
        self.piece.clear();
        self.reader.get_mut().piece = 0;
        let Ok(event) = self.reader.read_event_into(&mut self.piece) else {
            let is_over = self.reader.get_mut().is_over;
            return Err(if is_over { Unreadable::Swells { most: self.most } } else { Unreadable::Damaged });
        };
        let node = match event {
            Event::Start(tag) if self.depth < DEPTH => {
                self.depth += 1;
                Node::Start(tag)
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                Node::End(tag)
            }
            Event::Text(text) => Node::Text(text.xml10_content()),
            Event::CData(text) => Node::Text(text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(sign)) => Node::Text(sign.to_string().into()),
                _ => Node::Text(resolve_predefined_entity(&reference).ok_or(Unreadable::Damaged)?.into()),
            },
            // It could make entities; workbooks have none.
            Event::Start(_) | Event::DocType(_) => return Err(Unreadable::Damaged),
            Event::Eof => return Ok(None),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Node::Other,
        };
        Ok(Some(node))
    }
}

/// What an attribute says, whatever its prefix.
pub fn attribute<'t>(tag: &'t BytesStart, name: &str) -> Option<Cow<'t, str>> {
    let found = attributes(tag).find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok()
}

/// All attributes, as they are written.
pub fn attributes<'t>(tag: &'t BytesStart) -> impl Iterator<Item = Attribute<'t>> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    attributes.filter_map(Result::ok)
}

/// Bytes that are counted.
struct Bounded<'a> {
    source: BufReader<Box<dyn Read + 'a>>,
    left: &'a mut usize,
    /// How long the piece is by now.
    piece: usize,
    is_over: bool,
}

impl BufRead for Bounded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.is_over = *self.left == 0;
        if self.is_over || self.piece > PIECE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.source.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        *self.left = self.left.saturating_sub(amount);
        self.piece = self.piece.saturating_add(amount);
        self.source.consume(amount);
    }
}

impl Read for Bounded<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}
