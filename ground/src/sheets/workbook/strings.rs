//! Texts: those that cells share, and those that stand in a cell.

use std::borrow::Cow;

use super::archive::Archive;
use super::xml::{Node, Xml};
use crate::sheets::Unreadable;
use crate::sheets::limits::CELL;

/// More texts than the largest table that is read has cells with words.
const MOST: usize = 4_000_000;
/// The element of the part holds nothing but texts.
const TEXTS: usize = 2;
/// The longest text that is kept, in bytes: enough for every text that is not too long.
const LONGEST: usize = CELL * 4;

/// The texts that cells share, one behind the other.
#[derive(Default)]
pub struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// Reads the part that has them, if there is one. They may be so many bytes, as all cells may be.
    ///
    /// # Errors
    /// [`Unreadable::Damaged`], [`Unreadable::Swells`].
    pub fn read(archive: &mut Archive, path: Option<&str>, room: usize) -> Result<Self, Unreadable> {
        let mut strings = Self::default();
        let Some(path) = path else { return Ok(strings) };
        let Some(mut xml) = archive.part(path)? else { return Ok(strings) };
        let mut one = String::new();
        while let Some(node) = xml.next()? {
            let is_start = matches!(node, Node::Start(_));
            if is_start && xml.depth() == TEXTS {
                one.clear();
                read_string(&mut xml, &mut one)?;
                strings.text.push_str(&unescaped(&one));
                if strings.text.len() > room {
                    return Err(Unreadable::Swells { most: room });
                }
                strings.ends.push(u32::try_from(strings.text.len()).map_err(|_| Unreadable::Damaged)?);
            }
            if strings.ends.len() > MOST {
                return Err(Unreadable::Damaged);
            }
        }
        strings.text.shrink_to_fit();
        Ok(strings)
    }

    pub fn get(&self, place: usize) -> Option<&str> {
        let at = |place: usize| self.ends.get(place).and_then(|end| usize::try_from(*end).ok());
        let begin = place.checked_sub(1).map_or(Some(0), at)?;
        self.text.get(begin..at(place)?)
    }
}

/// Reads the runs of a text up to the end of the element that was begun, without what helps to read Japanese aloud.
///
/// # Errors
/// [`Unreadable::Damaged`], [`Unreadable::Swells`].
pub fn read_string(xml: &mut Xml, into: &mut String) -> Result<(), Unreadable> {
    let (mut is_text, mut is_aloud) = (false, false);
    let depth = xml.depth();
    while xml.depth() >= depth {
        let Some(node) = xml.next()? else { return Err(Unreadable::Damaged) };
        match node {
            Node::Start(tag) => match tag.local_name().as_ref() {
                "t" => is_text = true,
                "rPh" => is_aloud = true,
                _ => {}
            },
            Node::End(tag) => match tag.local_name().as_ref() {
                "t" => is_text = false,
                "rPh" => is_aloud = false,
                _ => {}
            },
            Node::Text(text) if is_text && !is_aloud => append(into, &text),
            Node::Text(_) | Node::Other => {}
        }
    }
    Ok(())
}

/// Adds to a text. Of one that is too long nothing is kept but that: whoever takes the cell says in which line it is.
pub fn append(into: &mut String, text: &str) {
    if into.len() + text.len() > LONGEST {
        *into = "#".repeat(CELL + 1);
    } else {
        into.push_str(text);
    }
}

/// Signs that XML cannot hold are written as `_x000D_`, and the beginning of such a thing that is meant as it stands
/// as `_x005F_`.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        match escape(from) {
            Some((sign, behind)) => {
                plain.push(sign);
                rest = behind;
            }
            None => {
                plain.push('_');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    plain.push_str(rest);
    plain.into()
}

/// The sign that a text begins with, escaped, and what comes behind.
fn escape(text: &str) -> Option<(char, &str)> {
    let digits = text.get(2..6)?;
    let behind = text.get(6..)?.strip_prefix('_')?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
    Some((char::from_u32(code)?, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_written_in_hex() {
        for (written, meant) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("a_x", "a_x"),
            ("_xD800_", "_xD800_"),
            ("_x00é_", "_x00é_"),
            ("_x+00D_", "_x+00D_"),
            ("max_xyz", "max_xyz"),
            ("__x0041_", "_A"),
        ] {
            assert_eq!(unescaped(written), meant);
        }
    }

    #[test]
    fn shared_texts_are_found_by_their_place() {
        let strings = Strings { text: "abcd".to_owned(), ends: vec![1, 1, 4] };
        let all: Vec<_> = (0..4).map(|place| strings.get(place)).collect();
        assert_eq!(all, [Some("a"), Some(""), Some("bcd"), None]);
    }
}
