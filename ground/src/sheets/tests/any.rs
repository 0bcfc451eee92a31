//! Whatever is sent is answered, and whatever is written is read back.

use csv::{QuoteStyle, Terminator, WriterBuilder};
use proptest::prelude::*;

use super::books::{Book, row};
use super::encodings::{NAMES, wide};
use super::*;
use crate::values::country::Country;

/// How a program writes a table.
#[derive(Clone, Debug)]
struct Dialect {
    divider: u8,
    is_quoted: bool,
    line_end: &'static str,
    says_divider: bool,
    ends_with_divider: bool,
}

fn dialect() -> impl Strategy<Value = Dialect> {
    let divider = prop::sample::select(b",;\t|".to_vec());
    let line_end = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    (divider, any::<bool>(), line_end, any::<bool>(), any::<bool>()).prop_map(
        |(divider, is_quoted, line_end, says_divider, ends_with_divider)| Dialect {
            divider,
            is_quoted,
            line_end,
            says_divider,
            ends_with_divider,
        },
    )
}

impl Dialect {
    fn write(&self, rows: &[[String; 3]]) -> String {
        let terminator = match self.line_end {
            "\r\n" => Terminator::CRLF,
            other => Terminator::Any(other.as_bytes()[0]),
        };
        let style = if self.is_quoted { QuoteStyle::Always } else { QuoteStyle::Necessary };
        let mut writer = WriterBuilder::new();
        writer.delimiter(self.divider).terminator(terminator).quote_style(style);
        let mut writer = writer.from_writer(Vec::new());
        let heads = ["Offer code", "Name", "Note"].map(str::to_owned);
        for row in std::iter::once(&heads).chain(rows) {
            let end = self.ends_with_divider.then(String::new);
            writer.write_record(row.iter().chain(&end)).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let said = format!("sep={}{}", char::from(self.divider), self.line_end);
        if self.says_divider { said + &text } else { text }
    }
}

/// Cells that have no blanks around them, so that they are what is read.
fn table() -> impl Strategy<Value = Vec<[String; 3]>> {
    let cell = "([!-&(-~äß漢한😀]([ -~äß漢한\r\n\t]{0,9}[!-~ß漢😀])?)?";
    prop::collection::vec(("[a-z]{1,4}", cell, cell).prop_map(|(code, name, note)| [code, name, note]), 1..8)
}

fn same(sheet: &Sheet<Of>, rows: &[[String; 3]]) -> Result<(), TestCaseError> {
    let plain = |cell: &String| crate::values::formula::plain(cell).trim().to_owned();
    let rows: Vec<_> = rows.iter().map(|row| row.each_ref().map(plain)).collect();
    prop_assert_eq!(cells(sheet).iter().map(|row| row.map(str::to_owned)).collect::<Vec<_>>(), rows);
    Ok(())
}

proptest! {
    #[test]
    fn any_table_reads_back_in_any_dialect_of_unicode(dialect in dialect(), rows in table()) {
        let text = dialect.write(&rows);
        same(&read(&text), &rows)?;
        same(&read(format!("\u{feff}{text}")), &rows)?;
        for (is_big, has_mark) in [(true, true), (true, false), (false, true), (false, false)] {
            same(&read(wide(&text, is_big, has_mark)), &rows)?;
        }
    }

    #[test]
    fn names_read_back_in_any_dialect_of_the_encodings_of_their_country(
        dialect in dialect(),
        place in 0..NAMES.len(),
        picks in prop::collection::vec((0..6_usize, 0..6_usize), 4..12),
    ) {
        let (country, encodings, names) = NAMES[place];
        let row = |(name, note): (usize, usize)| ["x".to_owned(), names[name].to_owned(), names[note].to_owned()];
        let rows: Vec<_> = picks.into_iter().map(row).collect();
        let limits = LIMITS.from_country(Country::parse(country).unwrap());
        for encoding in encodings {
            let text = dialect.write(&rows);
            let (bytes, ..) = encoding.encode(&text);
            same(&Sheet::read(&bytes, &limits).unwrap(), &rows)?;
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for begin in ["", "Offer code,Name,Note\n", "PK\x03\x04", "\u{feff}", "sep="] {
            let _ = Sheet::<Of>::read(&[begin.as_bytes(), &bytes].concat(), &LIMITS);
        }
        let _ = Sheet::<Of>::read(&[b"\xff\xfe", bytes.as_slice()].concat(), &LIMITS);
    }

    #[test]
    fn any_text_is_answered(text in "[\"',;|\t\r\n ab=\u{feff}\u{200b}\0]{0,60}") {
        let _ = Sheet::<Of>::read(text.as_bytes(), &LIMITS);
        let _ = Sheet::<Of>::read(format!("Offer code,Name\n{text}").as_bytes(), &LIMITS);
    }

    #[test]
    fn a_damaged_workbook_is_answered(harm in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let rows = row(&["Offer code", "Name"]) + &row(&["a", "b"]);
        let mut bytes = Book { strings: "<si><t>x</t></si>".into(), ..Book::of(rows) }.bytes();
        for (place, byte) in harm {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = Sheet::<Of>::read(&bytes, &LIMITS);
    }

    #[test]
    fn any_mark_up_is_answered(rows in "(<row( r=\"[0-9a-]{0,3}\")?>|</row>|<c( r=\"[A-Z]{0,4}[0-9]{0,2}\")?( t=\"(s|b|d|e|str)\")?( s=\"[0-9-]{0,2}\")?>|</c>|<v>|</v>|<is>|</is>|<t>|</t>|[0-9.eE+-]{1,4}|&[a-z#0-9]{0,4};|<f/>){0,30}") {
        let _ = Sheet::<Of>::read(&Book { strings: rows.clone(), ..Book::of(&rows) }.bytes(), &LIMITS);
        let _ = Sheet::<Of>::read(&Book { styles: rows.clone(), ..Book::of(row(&["Offer code"]) + &rows) }.bytes(), &LIMITS);
    }
}
