//! Passwords that attackers try first.

/// The most used passwords that are long enough, in lower case, each on a line of its own.
const LISTED: &str = include_str!("common.txt");
/// Words of which the most used shorter ones are made; with something before or after them, or twice, they are no better.
const WORDS: [&str; 40] = [
    "password",
    "passwort",
    "passw",
    "qwerty",
    "qwertz",
    "azerty",
    "welcome",
    "willkommen",
    "changeme",
    "iloveyou",
    "letmein",
    "admin",
    "administrator",
    "monkey",
    "dragon",
    "football",
    "baseball",
    "sunshine",
    "princess",
    "master",
    "superman",
    "batman",
    "trustno",
    "shadow",
    "michael",
    "jordan",
    "abc",
    "asdf",
    "zxcvbn",
    "login",
    "secret",
    "test",
    "starwars",
    "whatever",
    "computer",
    "internet",
    "hallo",
    "hello",
    "summer",
    "winter",
];
/// Rows of keys and the order of the alphabet.
const ROWS: [&str; 6] = [
    "abcdefghijklmnopqrstuvwxyz",
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertyuiopasdfghjklzxcvbnm",
];
/// A password with fewer different characters is a pattern.
const FEWEST_DIFFERENT: usize = 3;

/// Whether a password is listed, a pattern, or made of the words that everybody uses.
pub fn is_common(typed: &str) -> bool {
    let typed = typed.trim().to_lowercase();
    LISTED.lines().any(|listed| listed == typed) || is_pattern(&typed) || is_made_of_words(&typed)
}

fn is_pattern(typed: &str) -> bool {
    let mut different: Vec<char> = typed.chars().collect();
    different.sort_unstable();
    different.dedup();
    let backwards: String = typed.chars().rev().collect();
    let is_run = |row: &&str| {
        let rounds = row.repeat(typed.len() / row.len() + 2);
        rounds.contains(typed) || rounds.contains(&backwards)
    };
    different.len() < FEWEST_DIFFERENT || ROWS.iter().any(is_run)
}

/// Whether nothing but these words is left without the digits and signs around and between them.
fn is_made_of_words(typed: &str) -> bool {
    let read = |sign: char| match sign {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        sign => sign,
    };
    let plain: String = typed.chars().filter(|sign| sign.is_alphabetic()).collect();
    let trimmed = typed.trim_matches(|sign: char| !sign.is_alphabetic());
    let swapped: String = trimmed.chars().map(read).filter(|sign| sign.is_alphabetic()).collect();
    [plain, swapped].iter().any(|letters| letters.len() >= 3 && is_words(letters))
}

fn is_words(letters: &str) -> bool {
    letters.is_empty() || WORDS.iter().any(|word| letters.strip_prefix(word).is_some_and(is_words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_everybody_tries_first_is_not_taken() {
        let common = [
            "1234567890qwerty",
            "123456789101",
            "1QAZ2WSX3EDC",
            " 111111111111 ",
            "123456789012",
            "aaaaaaaaaaaa",
            "abababababab",
            "abcdefghijkl",
            "987654321098",
            "passwordpassword",
            "Password123!",
            "P@ssw0rd2026",
            "qwerty1234567",
            "welcome12345",
            "changeme1234",
            "iloveyou1234",
            "qwertyuiopas",
            "Summer2026!!!",
        ];
        for common in common {
            assert!(is_common(common), "{common}");
        }
    }

    #[test]
    fn words_of_one_s_own_are() {
        for own in [
            "correct horse battery",
            "a long walk home",
            "Vok7-rimu-Tash",
            "passwords are a nuisance",
            "äöüßäöüßäöüß",
        ] {
            assert!(!is_common(own), "{own}");
        }
    }

    #[test]
    fn the_list_is_tidy() {
        assert!(LISTED.lines().all(|line| line.len() >= 12 && line == line.to_lowercase().trim()));
        assert!(LISTED.lines().count() > 300);
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            let _ = is_common(&text);
        }
    }
}
