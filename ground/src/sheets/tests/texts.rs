//! CSV, as it is written here and there.

use super::*;
use crate::sheets::limits::{CELL, COLUMNS};

#[test]
fn commas_semicolons_tabs_and_bars_divide_cells_and_a_mark_is_no_head() {
    for text in [
        "Offer code,Name\na,\"One, two\"\n",
        "\u{feff}Offer code;Name\r\na;\"One, two\"\r\n",
        "\"Offer code\"\tName\na\tOne, two",
        "Offer code|Name\ra|\"One, two\"\r",
        "sep=;\r\nOffer code;Name\r\na;One, two\r\n",
        "\"SEP=|\"\nOffer code|Name\na|One, two\n",
        "\u{feff}sep=,\r\n\r\nOffer code,Name\r\na,\"One, two\"",
    ] {
        let sheet = read(text);
        assert_eq!(cells(&sheet), [["a", "One, two", ""]], "{text}");
        assert_eq!(sheet.rows().next().unwrap().odd_length, None);
    }
}

#[test]
fn a_head_is_known_however_its_words_are_written() {
    for head in ["offer_code", "OFFER-CODE", " Offer Code ", "Ｏｆｆｅｒ　ｃｏｄｅ", "產品代碼", "offerCode"]
    {
        assert_eq!(cells(&read(format!("Name,{head}\nAlder,a\n"))), [["a", "Alder", ""]], "{head}");
    }
}

#[test]
fn what_is_unknown_or_missing_is_named_and_what_is_blank_is_nothing() {
    let sheet = read("Comment,offer_code,,Colour\nx,a,y,z\n");
    assert_eq!(sheet.head.unknown, ["Comment", "Colour"]);
    assert_eq!(sheet.head.missing, [Of::Name, Of::Note]);
    let many: String = (0..200).map(|number| format!(",c{number}")).collect();
    assert_eq!(read(format!("Offer code{many}\na{}\n", ",".repeat(200))).head.unknown.len(), 20);
}

#[test]
fn rows_know_their_lines_over_empty_ones_and_breaks_in_cells() {
    for (text, expected) in [
        ("Offer code,Name\n\n\na,\"x\ny\"\n,\nb,z\n", [4, 7]),
        ("Offer code,Name\r\n\r\n\r\na,\"x\r\ny\"\r\n,\r\nb,z", [4, 7]),
        ("Offer code,Name\r\r\ra,\"x\ry\"\r,\rb,z\r", [4, 7]),
        ("sep=,\r\nOffer code,Name\r\n\r\na,x\r\n\"\",\" \"\r\n\r\nb,z", [4, 7]),
    ] {
        assert_eq!(lines(&read(text)), expected, "{text:?}");
    }
}

#[test]
fn quotes_stand_within_quotes_and_breaks_stay() {
    let sheet = read("Offer code,Name\r\na,\"The \"\"Alder\"\"\r\nGmbH\"\r\nb,4\" pipe\r\n");
    assert_eq!(cells(&sheet), [["a", "The \"Alder\"\r\nGmbH", ""], ["b", "4\" pipe", ""]]);
}

#[test]
fn a_row_of_another_length_is_noticed_and_dividers_at_the_end_are_not() {
    let odd = |text: &str| read(text).rows().map(|row| row.odd_length).collect::<Vec<_>>();
    assert_eq!(odd("Offer code,Name\na\nb,c,\nd,e,f\n"), [Some((1, 2)), None, Some((3, 2))]);
    assert_eq!(odd("Offer code,Name,,\na,b\nb,c,,,,\n"), [None, None]);
}

#[test]
fn apostrophes_before_formulas_go() {
    let sheet = read("'Offer code,Name,Note\na,'=1+1,'+49 30 123\nb,'s-Hertogenbosch, ' \n");
    assert!(sheet.head.unknown.is_empty());
    assert_eq!(cells(&sheet), [["a", "=1+1", "+49 30 123"], ["b", "'s-Hertogenbosch", "'"]]);
}

#[test]
fn what_is_no_such_table_says_why() {
    assert_eq!(why(""), Unreadable::Empty);
    assert_eq!(why("Offer code,Name\n"), Unreadable::Empty);
    assert_eq!(why("sep=;\n"), Unreadable::Empty);
    let (missing, heads) = (vec!["Offer code".to_owned()], vec!["Name".to_owned(), "Price".to_owned()]);
    assert_eq!(why("Name;Price;\na;1;\n"), Unreadable::NoColumn { missing, heads });
    assert_eq!(why("Offer code,Name\na,\"A\nb,B\nc,C\n"), Unreadable::OpenQuote { line: 2 });
    assert_eq!(why("Offer code,Name\r\na,A\r\n\r\nb,\""), Unreadable::OpenQuote { line: 4 });
    assert_eq!(why("Offer code,offer code\na,b\n"), Unreadable::TwoHeads { head: "Offer code".into() });
    assert_eq!(why("產品代碼,offer code\na,b\n"), Unreadable::TwoHeads { head: "Offer code".into() });
}

#[test]
fn nothing_passes_its_bound() {
    let most = LIMITS.bytes;
    assert_eq!(why("a".repeat(most + 1)), Unreadable::TooLarge { most });
    let rows = |count| format!("Offer code\n{}", "a\n\n".repeat(count));
    assert_eq!(read(rows(LIMITS.rows)).rows().len(), LIMITS.rows);
    assert_eq!(why(rows(LIMITS.rows + 1)), Unreadable::TooManyRows { most: LIMITS.rows });
    let wide = |beyond: &str| format!("Offer code,Name\n\na{}{beyond}\n", ",".repeat(COLUMNS));
    assert_eq!(read(wide(",,,")).rows().len(), 1);
    assert_eq!(why(wide("x")), Unreadable::TooManyColumns { line: 3, most: COLUMNS });
    let long = |count| format!("Offer code,Name\na,{}\n", "漢".repeat(count));
    assert_eq!(cells(&read(long(CELL)))[0][1].chars().count(), CELL);
    assert_eq!(why(long(CELL + 1)), Unreadable::LongCell { line: 2, most: CELL });
}
