//! What is no table says what it is.

use super::books::archive;
use super::*;

#[test]
fn a_file_is_known_by_what_is_in_it() {
    let compound = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 504], &name, &[0; 64]].concat()
    };
    assert_eq!(why(compound("Workbook")), Unreadable::OldWorkbook);
    assert_eq!(why(compound("Book")), Unreadable::OldWorkbook);
    assert_eq!(why(compound("EncryptedPackage")), Unreadable::Encrypted);
    assert_eq!(why(compound("WordDocument")), Unreadable::NoTable);
    for begin in ["%PDF-1.7\n", "{\\rtf1", "GIF89a"] {
        assert_eq!(why(format!("{begin}Offer code,Name\na,b\n")), Unreadable::NoTable);
    }
    assert_eq!(why(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"), Unreadable::NoTable);
    assert_eq!(why("Offer code,Name\na,M\0ller\nb,Weiß\n"), Unreadable::NoTable);
    assert_eq!(why(b"Offer code,Name\na,\x00\x01\x02\n"), Unreadable::NoTable);
    assert_eq!(why(b"\x01\x02\x03\xff\xfe\xfd\x04\x05"), Unreadable::NoTable);
    for page in
        ["<html><table><tr><td>Offer code</td>", " \r\n<!DOCTYPE html>", "\u{feff}<?xml version=\"1.0\"?>"]
    {
        assert_eq!(why(page), Unreadable::OtherWorkbook, "{page}");
    }
}

#[test]
fn an_archive_is_known_by_what_is_in_it() {
    let of = |name: &str| why(archive(&[(name, b"x")]));
    assert_eq!(of("content.xml"), Unreadable::OtherWorkbook);
    assert_eq!(of("Index/Document.iwa"), Unreadable::OtherWorkbook);
    assert_eq!(of("xl/workbook.bin"), Unreadable::OtherWorkbook);
    assert_eq!(of("photo.jpg"), Unreadable::NoTable);
    assert_eq!(why(archive(&[])), Unreadable::NoTable);
    assert_eq!(why(b"PK\x03\x04 and so on"), Unreadable::Damaged);
    let document = [
        ("_rels/.rels", br#"<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#.as_slice()),
        ("word/document.xml", b"<w:document xmlns:w=\"x\"/>"),
    ];
    assert_eq!(why(archive(&document)), Unreadable::NoTable);
}
