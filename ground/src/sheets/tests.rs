//! Files as people send them, and as nobody should.

mod any;
mod books;
mod encodings;
mod files;
mod hostile;
mod kinds;
mod texts;
mod workbooks;

use super::*;

/// What the tables here are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Code,
    Name,
    Note,
}

impl Column for Of {
    fn all() -> impl Iterator<Item = Self> {
        [Self::Code, Self::Name, Self::Note].into_iter()
    }

    fn heads(self) -> Vec<String> {
        let heads: &[&str] = match self {
            Self::Code => &["Offer code", "產品代碼"],
            Self::Name => &["Name"],
            Self::Note => &["Note"],
        };
        heads.iter().map(|head| (*head).to_owned()).collect()
    }

    fn is_required(self) -> bool {
        self == Self::Code
    }
}

pub const LIMITS: Limits = Limits::of(1_000_000, 1_000);

pub fn read(bytes: impl AsRef<[u8]>) -> Sheet<Of> {
    Sheet::read(bytes.as_ref(), &LIMITS).unwrap()
}

pub fn why(bytes: impl AsRef<[u8]>) -> Unreadable {
    Sheet::<Of>::read(bytes.as_ref(), &LIMITS).unwrap_err()
}

/// Codes, names and notes.
pub fn cells(sheet: &Sheet<Of>) -> Vec<[&str; 3]> {
    sheet.rows().map(|row| [row.get(Of::Code), row.get(Of::Name), row.get(Of::Note)]).collect()
}

pub fn lines(sheet: &Sheet<Of>) -> Vec<u64> {
    sheet.rows().map(|row| row.line).collect()
}

#[test]
fn what_is_kept_as_text_is_the_same_table() {
    let sheet = read("Name;Colour;Offer code\n\nAlder;red;a\nBirch;\"b\nlue\";b;x\n");
    let kept = Sheet::<Of>::of_kept(&sheet.kept()).unwrap();
    assert_eq!(cells(&kept), [["a", "Alder", ""], ["b", "Birch", ""]]);
    assert_eq!((lines(&kept), kept.head.unknown.as_slice()), (vec![3, 4], ["Colour".to_owned()].as_slice()));
    assert_eq!(
        (kept.head.missing.as_slice(), &kept.head.origin),
        ([Of::Note].as_slice(), &sheet.head.origin)
    );
    assert_eq!(kept.rows().map(|row| row.odd_length).collect::<Vec<_>>(), [None, Some((4, 3))]);
    assert!(Sheet::<Of>::of_kept("Offer code,Name\na,b\n").is_none());
    assert!(!sheet.kept().contains("lue"), "what is left out is not kept");
}

#[test]
fn walking_shows_the_same_rows_and_keeps_none() {
    let mut seen = Vec::new();
    let head = walk::<Of>(b"Offer code,Name\na,Alder\nb,Birch\n", &LIMITS, |row| {
        seen.push(row.get(Of::Name).to_owned())
    });
    assert_eq!(seen, ["Alder", "Birch"]);
    assert_eq!(head.unwrap().origin, Origin::Text { encoding: "UTF-8".to_owned() });
}
