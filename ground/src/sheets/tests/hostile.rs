//! Workbooks that are made to do harm. Each is small, and is refused before it costs much.

use super::books::{Book, archive, row, sheet};
use super::*;
use crate::sheets::limits::CELL;

/// Little, so that little has to be unpacked until it is too much.
const SMALL: Limits = Limits::of(60_000, 1_000_000);

fn refused(bytes: &[u8]) -> Unreadable {
    assert!(bytes.len() < SMALL.bytes, "{} bytes", bytes.len());
    Sheet::<Of>::read(bytes, &SMALL).unwrap_err()
}

fn heads() -> String {
    row(&["Offer code", "Name"])
}

#[test]
fn what_unpacks_to_too_much_is_refused_wherever_it_lies() {
    let swells = Unreadable::Swells { most: SMALL.unpacked() };
    let much = |piece: &str| piece.repeat(SMALL.unpacked() / piece.len());
    assert_eq!(refused(&Book::of(heads() + &much("<row/>")).bytes()), swells);
    assert_eq!(refused(&Book::of(heads() + &much("<!--  -->")).bytes()), swells);
    assert_eq!(refused(&Book { strings: much("<si/>"), ..Book::of(heads()) }.bytes()), swells);
    assert_eq!(refused(&Book { styles: much("<dxf/>"), ..Book::of(heads()) }.bytes()), swells);
    // All parts together: no sheet is too large by itself.
    let third = sheet(&"<row/>".repeat(SMALL.unpacked() / 18));
    let sheets = ["A", "B", "C", "D"].map(|name| (name, "visible", third.clone()));
    assert_eq!(refused(&Book { sheets: sheets.to_vec(), ..Book::default() }.bytes()), swells);
}

#[test]
fn one_piece_that_is_too_long_is_refused() {
    let long = "x".repeat(1_200_000);
    for rows in [
        format!("<row><c t=\"str\"><v>{long}</v></c></row>"),
        format!("<row r=\"{long}\"/>"),
        format!("<!--{long}-->"),
        format!("<row><{long}/></row>"),
    ] {
        assert_eq!(refused(&Book::of(heads() + &rows).bytes()), Unreadable::Damaged);
    }
    for long in ["x&#120;".repeat(CELL * 4), "漢".repeat(45_000)] {
        let long = refused(&Book::of(heads() + &row(&[&long])).bytes());
        assert_eq!(long, Unreadable::LongCell { line: 2, most: CELL });
    }
    let deep = "<a>".repeat(10_000);
    assert_eq!(refused(&Book::of(heads() + &deep).bytes()), Unreadable::Damaged);
}

#[test]
fn a_text_that_a_thousand_cells_share_is_counted_each_time() {
    let strings = format!("<si><t>{}</t></si>", "x".repeat(CELL));
    let rows = r#"<row><c t="s"><v>0</v></c></row>"#.repeat(1_000);
    let bytes = Book { strings, ..Book::of(heads() + &rows) }.bytes();
    assert_eq!(refused(&bytes), Unreadable::Swells { most: SMALL.written_out() });
}

#[test]
fn long_texts_that_no_cell_shares_are_counted_too() {
    let most = SMALL.written_out();
    let strings = format!("<si><t>{}</t></si>", "x".repeat(CELL)).repeat(most / CELL + 1);
    assert!(strings.len() < SMALL.unpacked());
    let bytes = Book { strings, ..Book::of(heads() + &row(&["a", "b"])) }.bytes();
    assert_eq!(refused(&bytes), Unreadable::Swells { most });
}

#[test]
fn entities_make_nothing_of_nothing() {
    let laughs =
        "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>".to_owned() + &sheet(&row(&["&b;"]));
    let own = Book { sheets: vec![("A", "visible", laughs)], ..Book::default() };
    assert_eq!(refused(&own.bytes()), Unreadable::Damaged);
    assert_eq!(refused(&Book::of(heads() + &row(&["&b;"])).bytes()), Unreadable::Damaged);
}

#[test]
fn numbers_that_lie_are_not_believed() {
    for rows in [
        r#"<row r="99999999999999999999"><c><v>1</v></c></row>"#,
        r#"<row r="1048577"><c><v>1</v></c></row>"#,
        r#"<row r="5"><c><v>1</v></c></row><row r="3"><c><v>2</v></c></row>"#,
        r#"<row r="5"><c><v>1</v></c></row><row r="5"><c><v>2</v></c></row>"#,
        r#"<row><c t="s"><v>99999999999</v></c></row>"#,
        r#"<row><c t="s"><v>-1</v></c></row>"#,
        r#"<row><c r="7"><v>1</v></c></row>"#,
        "<row><c><v>1</v>",
    ] {
        assert_eq!(refused(&Book::of(heads() + rows).bytes()), Unreadable::Damaged, "{rows}");
    }
    let far = r#"<row><c r="ZZZZZZZZZZZZ1"><v>1</v></c></row>"#;
    assert!(matches!(refused(&Book::of(heads() + far).bytes()), Unreadable::TooManyColumns { .. }));
}

#[test]
fn a_directory_that_lies_about_sizes_changes_nothing() {
    let mut bytes = Book::of(heads() + &row(&["a", "b"])).bytes();
    let entries: Vec<_> = bytes.windows(4).enumerate().filter(|(_, sign)| *sign == b"PK\x01\x02").collect();
    for at in entries.into_iter().map(|(at, _)| at).collect::<Vec<_>>() {
        bytes[at + 24..at + 28].copy_from_slice(&1_u32.to_le_bytes());
    }
    // Read or refused, as the library for archives likes; what counts is what comes out.
    let read = Sheet::<Of>::read(&bytes, &SMALL);
    assert!(read.is_err() || read.is_ok_and(|sheet| sheet.rows().len() == 1));
}

#[test]
fn parts_without_number_and_parts_that_are_missing_are_refused() {
    let names: Vec<String> = (0..10_001).map(|number| number.to_string()).collect();
    let parts: Vec<_> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    let many = archive(&parts);
    assert_eq!(Sheet::<Of>::read(&many, &LIMITS.of_any_size()).unwrap_err(), Unreadable::Damaged);
    let relations = br#"<R><Relationship Id="a" Type="x/officeDocument" Target="../../etc/passwd"/></R>"#;
    assert_eq!(refused(&archive(&[("_rels/.rels", relations)])), Unreadable::Damaged);
    let endless = br#"<R><Relationship Id="a" Type="x/officeDocument" Target="_rels/.rels"/></R>"#;
    assert_eq!(refused(&archive(&[("_rels/.rels", endless)])), Unreadable::NoTable);
}

impl Limits {
    fn of_any_size(self) -> Self {
        Self { bytes: usize::MAX, ..self }
    }
}
