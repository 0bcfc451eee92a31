//! Extensions: what is dialled once the company has answered.

use std::sync::LazyLock;

use regex::Regex;

/// How an extension is told in many languages, and by the pauses of dialling machines, which are commas.
static EXTENSION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = "ext(?:ension|n)?|x|×|#|int(?:erno|erne)?|poste|anexo|ramal|durchwahl|dw|app(?:arat)?|toestel|tst|\
                 wew|w\\.|linka|klapka|dahili|mell[ée]k|pesawat|anknytning|lokal(?:nummer)?|alanumero|extensi[óo]n|interne|доб(?:авочный)?|вн|内線|內線|内线|分机|分機|转|轉|내선";
    Regex::new(&format!(
        r"(?i)^(.*?[0-9)])[ /;(-]*(?:,+ ?(?:{words})?|(?:{words}))[ .:=#-]*([0-9]{{1,10}})[ )#]*$"
    ))
    .ok()
});

/// The number, and the extension behind it.
pub(super) fn split(typed: &str) -> (&str, Option<&str>) {
    let parts = EXTENSION.as_ref().and_then(|pattern| pattern.captures(typed));
    let found = parts.and_then(|parts| Some((parts.get(1)?.as_str(), parts.get(2)?.as_str())));
    found.map_or((typed, None), |(number, extension)| (number, Some(extension)))
}

/// The one way in which both are kept and shown.
pub(super) fn written(number: &str, extension: &str) -> String {
    format!("{number} ext. {extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_is_found_however_it_is_told() {
        for typed in [
            "425-555-0123 x123",
            "425-555-0123x123",
            "425-555-0123 X 123",
            "425-555-0123 ext. 123",
            "425-555-0123 Ext 123",
            "425-555-0123 EXTENSION: 123",
            "425-555-0123 (ext. 123)",
            "425-555-0123, ext. 123",
            "425-555-0123 #123",
            "425-555-0123 #123#",
            "425-555-0123;ext=123",
            "425-555-0123,123",
            "425-555-0123,,,123",
            "425-555-0123 - x123",
            "425-555-0123 Durchwahl 123",
            "425-555-0123 доб. 123",
            "425-555-0123 内線123",
            "425-555-0123 poste 123",
            "425-555-0123 dahili 123",
            "425-555-0123 mellék 123",
            "425-555-0123 w. 123",
            "425-555-0123 pesawat 123",
        ] {
            assert_eq!(split(typed), ("425-555-0123", Some("123")), "{typed}");
        }
        let once = written("425-555-0123", "0123");
        assert_eq!(split(&once), ("425-555-0123", Some("0123")), "what is written is read again");
    }

    #[test]
    fn a_number_without_one_stays_whole() {
        for typed in ["425-555-0123", "x123", "425-555-0123 x", "12345678x", "425 555 0123 ext. 12345678901"]
        {
            assert_eq!(split(typed), (typed, None), "{typed}");
        }
    }
}
