//! What stands in workbooks.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::books::{Book, row, sheet};
use super::*;

fn heads() -> String {
    row(&["Offer code", "Name", "Note"])
}

/// A workbook as programs write it.
fn written(write: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Offer code", "Name", "Note"]).unwrap();
    write(sheet);
    book.save_to_buffer().unwrap()
}

#[test]
fn cells_say_what_people_see() {
    let bytes = written(|sheet| {
        let day = ExcelDateTime::parse_from_str("2026-01-31").unwrap();
        sheet.write_row(1, 0, [12.0, 5.1, 0.1 + 0.2]).unwrap();
        sheet.write(2, 0, 493_012_345_678_u64).unwrap();
        sheet.write_with_format(2, 1, &day, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
        sheet.write_with_format(2, 2, 1067, &Format::new().set_num_format("00000")).unwrap();
        sheet.write(3, 0, true).unwrap();
        sheet.write(3, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write(3, 2, Formula::new("=\"a\"&\"b\"").set_result("ab")).unwrap();
        sheet.write_row(5, 0, ["'=1", " =1+1 ", "a\r\nb\u{1}_x000D_"]).unwrap();
    });
    let sheet = read(bytes);
    let expected = [
        ["12", "5.1", "0.3"],
        ["493012345678", "2026-01-31", "01067"],
        ["TRUE", "#DIV/0!", "ab"],
        ["=1", "=1+1", "a\r\nb\u{1}_x000D_"],
    ];
    assert_eq!(cells(&sheet), expected);
    assert_eq!(lines(&sheet), [2, 3, 4, 6]);
    assert_eq!(sheet.head.origin, Origin::Workbook { sheet: "Sheet1".to_owned() });
}

#[test]
fn texts_are_shared_or_stand_in_their_cells_in_one_run_or_several() {
    let rows = concat!(
        r#"<row r="3"><c r="A3" t="s"><v>1</v></c><c r="C3" t="s"><v>0</v></c></row>"#,
        r#"<row r="5"><c r="b5" t="str"><f>1</f><v>&lt;b&#x3e; &amp;</v></c><c t="e"><v>#SPILL!</v></c><c r="A5" t="b"><v>0</v></c></row>"#,
        r#"<row><c t="d"><v>2026-01-31T00:00:00</v></c><c t="inlineStr"><is><r><t>One </t></r><r><rPr><b/></rPr><t>two</t></r></is></c></row>"#,
    );
    let book = Book {
        strings: "<si><t><![CDATA[<raw>]]></t></si><si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr/></si>".into(),
        ..Book::of(heads() + rows)
    };
    let sheet = read(book.bytes());
    assert_eq!(
        cells(&sheet),
        [["東京", "", "<raw>"], ["FALSE", "<b> &", "#SPILL!"], ["2026-01-31", "One two", ""]]
    );
    assert_eq!(lines(&sheet), [3, 5, 6]);
}

#[test]
fn days_count_from_1904_where_the_workbook_says_so() {
    let rows = r#"<row><c s="1"><v>44591</v></c><c s="2"><v>1.5</v></c><c s="9"><v>7</v></c></row>"#;
    let styles = concat!(
        r#"<numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts>"#,
        r#"<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>"#,
        r#"<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>"#,
    );
    let book = Book { styles: styles.into(), properties: "date1904=\"1\"", ..Book::of(heads() + rows) };
    assert_eq!(cells(&read(book.bytes())), [["2026-01-31", "1.5", "7"]]);
}

#[test]
fn rows_are_as_long_as_the_first_one_and_empty_cells_are_nothing() {
    let far =
        r#"<row><c r="A9" t="str"><v>a</v></c><c r="XFD9" s="1"/><c r="XFC9" t="str"><v> </v></c></row>"#;
    let more = r#"<row><c r="A10"><v>1</v></c><c r="E10"><v>2</v></c></row>"#;
    let sheet = read(Book::of(heads() + far + more).bytes());
    assert_eq!(sheet.rows().map(|row| row.odd_length).collect::<Vec<_>>(), [None, Some((5, 3))]);
    let beyond = r#"<row r="2"><c r="XFD2"><v>1</v></c></row>"#;
    assert!(matches!(why(Book::of(heads() + beyond).bytes()), Unreadable::TooManyColumns { line: 2, .. }));
}

#[test]
fn the_sheet_that_fits_is_read() {
    let good = |code: &str| sheet(&(heads() + &row(&[code, "", ""])));
    let book = |sheets: &[(&'static str, &'static str, String)]| {
        Book { sheets: sheets.to_vec(), ..Book::default() }.bytes()
    };
    let about = ("About", "visible", sheet(&row(&["How to fill this in"])));
    let blank = ("Empty", "visible", sheet(""));
    let hidden = ("Lists", "hidden", good("hidden"));
    let veiled = ("Old", "veryHidden", good("veiled"));
    let (first, second) = (("Offers", "visible", good("first")), ("More", "visible", good("second")));
    let all = book(&[hidden.clone(), veiled, about.clone(), blank.clone(), first, second.clone()]);
    assert_eq!(cells(&read(&all)), [["first", "", ""]]);
    let far = r#"<row><c r="A1"><v>1</v></c><c r="ZZ1"><v>2</v></c></row>"#;
    let dashboard = ("Dashboard", "visible", sheet(far));
    assert_eq!(cells(&read(book(&[dashboard.clone(), second.clone()]))), [["second", "", ""]]);
    assert!(matches!(why(book(&[dashboard])), Unreadable::TooManyColumns { line: 1, .. }));
    let (missing, heads) = (vec!["Offer code".to_owned()], vec!["How to fill this in".to_owned()]);
    assert_eq!(why(book(&[blank.clone(), about])), Unreadable::NoColumn { missing, heads });
    assert_eq!(why(book(&[blank, hidden])), Unreadable::Empty);
    assert_eq!(why(book(&[])), Unreadable::Empty);
}

#[test]
fn rows_have_their_bound() {
    let rows = |count| heads() + &row(&["a", "b", "c"]).repeat(count);
    assert_eq!(read(Book::of(rows(LIMITS.rows)).bytes()).rows().len(), LIMITS.rows);
    assert_eq!(why(Book::of(rows(LIMITS.rows + 1)).bytes()), Unreadable::TooManyRows { most: LIMITS.rows });
}
