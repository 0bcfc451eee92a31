//! Workbooks (XLSX), walked while they are unpacked. Written here because readers that are there for the taking believe
//! a workbook's own numbers about the memory it needs, and one that lies would end the portal.

mod archive;
mod rows;
mod strings;
mod styles;
mod value;
mod xml;

use archive::{Archive, Relation};
use rows::Rows;
use strings::Strings;
use styles::Styles;
use xml::{Node, attribute};

use super::{Limits, Unreadable, Visit};

/// More sheets has nobody; many more would be there to cost time.
const MOST_SHEETS: usize = 1_000;
/// Excel allows 31 characters.
const LONGEST_NAME: usize = 100;

/// A workbook, of which all but the sheets has been read.
pub struct Workbook<'a> {
    archive: Archive<'a>,
    sheets: Vec<Sheet>,
    strings: Strings,
    styles: Styles,
    counts_from_1904: bool,
    /// How much its cells may be, written out.
    room: usize,
}

/// A sheet that people see.
#[derive(Clone)]
pub struct Sheet {
    pub name: String,
    path: String,
}

/// What the main part says.
#[derive(Default)]
struct Contents {
    /// Names, and the relations by which the sheets are found.
    sheets: Vec<(String, String)>,
    counts_from_1904: bool,
}

impl<'a> Workbook<'a> {
    /// Opens one.
    ///
    /// # Errors
    /// What it is, where it is something else; [`Unreadable::Swells`].
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Unreadable> {
        let mut archive = Archive::open(bytes, limits.unpacked())?;
        if archive.is_other_workbook() {
            return Err(Unreadable::OtherWorkbook);
        }
        let office = archive.relations("")?.into_iter().find(|relation| relation.is("officeDocument"));
        let path = office.ok_or(Unreadable::NoTable)?.path;
        let contents = Contents::read(&mut archive, &path)?;
        let relations = archive.relations(&path)?;
        let path_of = |kind: &str| relations.iter().find(|relation| relation.is(kind));
        let path_of = |kind: &str| path_of(kind).map(|relation| relation.path.as_str());
        Ok(Self {
            strings: Strings::read(&mut archive, path_of("sharedStrings"), limits.written_out())?,
            styles: Styles::read(&mut archive, path_of("styles"))?,
            sheets: contents.sheets.iter().filter_map(|sheet| Sheet::of(sheet, &relations)).collect(),
            counts_from_1904: contents.counts_from_1904,
            room: limits.written_out(),
            archive,
        })
    }

    /// The sheets in their order.
    pub fn sheets(&self) -> Vec<Sheet> {
        self.sheets.clone()
    }

    /// Shows every row of a sheet.
    ///
    /// # Errors
    /// What `visit` answers; [`Unreadable::Damaged`], [`Unreadable::Swells`], [`Unreadable::TooManyColumns`].
    pub fn each(&mut self, sheet: &Sheet, visit: &mut Visit) -> Result<(), Unreadable> {
        let mut xml = self.archive.part(&sheet.path)?.ok_or(Unreadable::Damaged)?;
        let (strings, styles, counts_from_1904) = (&self.strings, &self.styles, self.counts_from_1904);
        Rows::new(strings, styles, counts_from_1904, self.room).each(&mut xml, visit)
    }
}

impl Sheet {
    /// Charts and macros stand among the sheets, too.
    fn of((name, id): &(String, String), relations: &[Relation]) -> Option<Self> {
        let relation = relations.iter().find(|relation| relation.id == *id && relation.is("worksheet"))?;
        Some(Self { name: name.clone(), path: relation.path.clone() })
    }
}

impl Contents {
    fn read(archive: &mut Archive, path: &str) -> Result<Self, Unreadable> {
        let mut xml = archive.part(path)?.ok_or(Unreadable::Damaged)?;
        let mut contents = Self::default();
        let mut is_workbook = false;
        while let Some(node) = xml.next()? {
            let Node::Start(tag) = node else { continue };
            match tag.local_name().as_ref() {
                "workbook" => is_workbook = true,
                // A text document, or slides.
                _ if !is_workbook => return Err(Unreadable::NoTable),
                "workbookPr" => {
                    contents.counts_from_1904 =
                        attribute(&tag, "date1904").is_some_and(|said| matches!(said.as_ref(), "1" | "true"));
                }
                "sheet" if attribute(&tag, "state").is_none_or(|state| state == "visible") => {
                    let said = |name| attribute(&tag, name).map(|said| said.into_owned()).unwrap_or_default();
                    let name = said("name").chars().take(LONGEST_NAME).collect();
                    contents.sheets.push((name, said("id")));
                }
                _ => {}
            }
            if contents.sheets.len() > MOST_SHEETS {
                return Err(Unreadable::Damaged);
            }
        }
        Ok(contents)
    }
}
