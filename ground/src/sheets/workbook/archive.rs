//! The parts of a workbook, which is a ZIP archive. What its directory says about sizes is not believed: bytes are
//! counted as they come out, all parts together.

use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;

use super::xml::{Node, Xml, attribute};
use crate::sheets::Unreadable;

/// A workbook has some dozens of parts, one with many pictures some hundreds.
const MOST_PARTS: usize = 10_000;
/// What every entry of a ZIP directory begins with.
const ENTRY: &[u8] = b"PK\x01\x02";
/// What other programs put into their archives: LibreOffice, Numbers, Excel in its binary format.
const OF_OTHERS: [&str; 4] = ["content.xml", "index/document.iwa", "index.zip", "xl/workbook.bin"];

pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Parts by path, in small letters: some programs do not write them as they refer to them.
    places: HashMap<String, usize>,
    most: usize,
    /// So many bytes may still come out.
    left: usize,
}

/// What a part refers to.
pub struct Relation {
    pub id: String,
    pub path: String,
    kind: String,
}

impl<'a> Archive<'a> {
    /// Reads the directory; at most `most` bytes are unpacked.
    ///
    /// # Errors
    /// [`Unreadable::Damaged`].
    pub fn open(bytes: &'a [u8], most: usize) -> Result<Self, Unreadable> {
        if bytes.windows(ENTRY.len()).filter(|window| *window == ENTRY).count() > MOST_PARTS {
            return Err(Unreadable::Damaged);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
        let names = zip.file_names().map(|name| name.map(|name| plain(&name)).unwrap_or_default());
        let places = names.enumerate().map(|(place, name)| (name, place)).collect();
        Ok(Self { zip, places, most, left: most })
    }

    pub fn is_other_workbook(&self) -> bool {
        OF_OTHERS.iter().any(|name| self.places.contains_key(*name))
    }

    /// A part, unless there is none of that path.
    ///
    /// # Errors
    /// [`Unreadable::Encrypted`], [`Unreadable::Damaged`].
    pub fn part(&mut self, path: &str) -> Result<Option<Xml<'_>>, Unreadable> {
        let Some(place) = self.places.get(&plain(path)).copied() else { return Ok(None) };
        if self.zip.by_index_raw(place).is_ok_and(|part| part.encrypted()) {
            return Err(Unreadable::Encrypted);
        }
        let part: Box<dyn Read> = Box::new(self.zip.by_index(place).map_err(|_| Unreadable::Damaged)?);
        Ok(Some(Xml::new(BufReader::new(part), &mut self.left, self.most)))
    }

    /// What a part refers to; the archive as a whole for an empty path.
    ///
    /// # Errors
    /// [`Unreadable::Damaged`], [`Unreadable::Swells`].
    pub fn relations(&mut self, of: &str) -> Result<Vec<Relation>, Unreadable> {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let path = resolved(folder, &format!("_rels/{name}.rels"));
        let mut relations = Vec::new();
        let Some(mut xml) = self.part(&path)? else { return Ok(relations) };
        while let Some(node) = xml.next()? {
            let Node::Start(tag) = node else { continue };
            if tag.local_name().as_ref() == "Relationship" {
                let said = |name| attribute(&tag, name).map(|said| said.into_owned()).unwrap_or_default();
                let path = resolved(folder, &said("Target"));
                relations.push(Relation { id: said("Id"), path, kind: said("Type") });
            }
            if relations.len() > MOST_PARTS {
                return Err(Unreadable::Damaged);
            }
        }
        Ok(relations)
    }
}

impl Relation {
    /// Two standards name the same kinds by addresses that differ only in front.
    pub fn is(&self, kind: &str) -> bool {
        self.kind.rsplit_once('/').is_some_and(|(_, last)| last == kind)
    }
}

/// A path of the archive, as it is looked up.
fn plain(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The path that a part in a folder means.
fn resolved(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').collect(),
    };
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.retain(|step| !matches!(*step, "" | "."));
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_from_where_they_are_named() {
        for (folder, target, path) in [
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/styles.xml", "xl/styles.xml"),
            ("xl/worksheets", "../sharedStrings.xml", "xl/sharedStrings.xml"),
            ("", "../../etc/passwd", "etc/passwd"),
            ("xl", "./a.xml", "xl/a.xml"),
        ] {
            assert_eq!(resolved(folder, target), path);
        }
    }
}
