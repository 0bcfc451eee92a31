//! Text in the encodings of the world.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, ISO_8859_2, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
};

use super::*;
use crate::values::country::Country;

/// Names as customers have them, with the encodings that programs of their countries write.
pub const NAMES: [(&str, &[&Encoding], [&str; 6]); 7] = [
    (
        "DE",
        &[WINDOWS_1252],
        [
            "Müller & Söhne GmbH",
            "Bäckerei Größe",
            "Jürgen Weiß",
            "Café Übersee",
            "Straßenbau Köln",
            "Fröhlich AG",
        ],
    ),
    (
        "PL",
        &[ISO_8859_2, WINDOWS_1250],
        [
            "Łódź Usługi",
            "Żółta Cegła",
            "Księgarnia Gdańsk",
            "Paweł Dąbrowski",
            "Świat Książki",
            "Zażółć gęślą jaźń",
        ],
    ),
    (
        "JP",
        &[SHIFT_JIS],
        [
            "株式会社さくら",
            "東京システム開発",
            "山田太郎",
            "ソフトウェア販売",
            "日本サービス",
            "大阪支店の担当者",
        ],
    ),
    (
        "TW",
        &[BIG5],
        ["台北資訊有限公司", "雲端服務股份公司", "王小明", "客戶管理系統", "高雄分公司", "軟體授權合約"],
    ),
    (
        "CN",
        &[GBK],
        ["上海信息技术有限公司", "云服务", "李小龙", "客户管理系统", "北京分公司", "软件许可合同"],
    ),
    (
        "KR",
        &[EUC_KR],
        ["주식회사 서울", "클라우드 서비스", "김민수", "고객 관리", "부산 지점", "소프트웨어 판매"],
    ),
    (
        "KZ",
        &[WINDOWS_1251],
        [
            "Общество Север",
            "Облачные услуги",
            "Иван Петров",
            "Управление клиентами",
            "Филиал Алматы",
            "Продажа программ",
        ],
    ),
];

#[test]
fn old_encodings_are_found_out_and_named() {
    for (country, encodings, names) in NAMES {
        let rows: String = names.iter().map(|name| format!("x;{name};\r\n")).collect();
        let text = format!("Offer code;Name;Note\r\n{rows}");
        let limits = LIMITS.from_country(Country::parse(country).unwrap());
        for encoding in encodings {
            let (bytes, _, had_errors) = encoding.encode(&text);
            assert!(!had_errors, "{country}");
            let sheet = Sheet::<Of>::read(&bytes, &limits).unwrap();
            let read: Vec<_> = cells(&sheet).into_iter().map(|[_, name, _]| name).collect();
            assert_eq!(read, names, "{}: {:?}", encoding.name(), sheet.head.origin);
            // The euro sign and the like are read, so it is the wider one that is named.
            assert!(matches!(&sheet.head.origin, Origin::Text { encoding } if encoding != "UTF-8"));
        }
    }
}

#[test]
fn one_word_is_enough_where_the_country_is_known() {
    for (country, encoding, word) in
        [("DE", WINDOWS_1252, "Grün"), ("JP", SHIFT_JIS, "東京"), ("TW", BIG5, "公司")]
    {
        let limits = LIMITS.from_country(Country::parse(country).unwrap());
        let (bytes, ..) = encoding.encode(word);
        let bytes = [b"Offer code,Name\na,", bytes.as_ref()].concat();
        let sheet = Sheet::<Of>::read(&bytes, &limits).unwrap();
        assert_eq!(cells(&sheet), [["a", word, ""]], "{country}");
    }
}

/// Two bytes a unit, with a mark or without.
pub fn wide(text: &str, is_big: bool, has_mark: bool) -> Vec<u8> {
    let mark = if has_mark { "\u{feff}" } else { "" };
    let units = mark.encode_utf16().chain(text.encode_utf16());
    units.flat_map(|unit| if is_big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

#[test]
fn utf_16_is_read_with_a_mark_and_without() {
    for (is_big, name) in [(false, "UTF-16LE"), (true, "UTF-16BE")] {
        for has_mark in [true, false] {
            let sheet = read(wide("Offer code\tName\r\na\t東京 😀\r\n", is_big, has_mark));
            assert_eq!(cells(&sheet), [["a", "東京 😀", ""]]);
            assert_eq!(sheet.head.origin, Origin::Text { encoding: name.to_owned() });
        }
    }
}

#[test]
fn what_breaks_off_says_where() {
    let cut = "Offer code,Name\na,Müller\nb,Größe\nc,Köln\nd,Süß\ne,漢字".as_bytes();
    assert_eq!(why(&cut[..cut.len() - 1]), Unreadable::Garbled { line: 6 });
    let of_old_macs: Vec<_> = cut.iter().map(|byte| if *byte == b'\n' { b'\r' } else { *byte }).collect();
    assert_eq!(why(&of_old_macs[..cut.len() - 1]), Unreadable::Garbled { line: 6 });
    assert_eq!(why(b"\xef\xbb\xbfOffer code\nM\xfcller\n"), Unreadable::Garbled { line: 2 });
    let mut halved = wide("Offer code\na\nb\n", false, true);
    halved.extend([0x00, 0xd8, b'\n', 0]);
    assert_eq!(why(&halved), Unreadable::Garbled { line: 4 });
}
