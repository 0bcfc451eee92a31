//! Passwords that attackers try first.

use passwords::analyzer::is_common_password;

use super::swapped;

/// Used passwords that are long enough, in lower case, each on a line of its own, beside the hundred thousand most used
/// ones of any length that the crate `passwords` has.
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

/// A listed one with at most so many digits and signs around it is tried, too: a year, a day.
const MOST_AROUND: usize = 8;
/// Shorter listed ones say little of a password that holds them.
const SHORTEST_STEM: usize = 4;

/// Whether a password is listed, a pattern, a listed one with digits and signs around it, or made of the words that
/// everybody uses.
pub fn is_common(typed: &str) -> bool {
    let (exact, typed) = (typed.trim(), typed.trim().to_lowercase());
    is_listed(exact)
        || is_listed(&typed)
        || is_pattern(&typed)
        || is_dressed_up(&typed)
        || is_made_of_words(&typed)
}

fn is_listed(typed: &str) -> bool {
    is_common_password(typed) || LISTED.lines().any(|listed| listed == typed)
}

/// Whether it is a listed one, perhaps twice or disguised, between digits and signs.
fn is_dressed_up(typed: &str) -> bool {
    let stem = typed.trim_matches(|sign: char| !sign.is_alphabetic());
    let around = typed.chars().count() - stem.chars().count();
    let is_tried = |stem: &str| {
        let middle = stem.len() / 2;
        let once = match stem.split_at_checked(middle) {
            Some((first, second)) if first == second => first,
            _ => stem,
        };
        once.chars().count() >= SHORTEST_STEM && is_listed(once)
    };
    let disguised: String = stem.chars().map(swapped).collect();
    around <= MOST_AROUND && (is_tried(stem) || is_tried(&disguised))
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
    let plain: String = typed.chars().filter(|sign| sign.is_alphabetic()).collect();
    let trimmed = typed.trim_matches(|sign: char| !sign.is_alphabetic());
    let swapped: String = trimmed.chars().map(swapped).filter(|sign| sign.is_alphabetic()).collect();
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
            "Michelle2026!",
            "!!liverpool1892",
            "m1chelle-1998",
            "dragondragon1",
            "Harbor2026!!",
            "thunderbird1965",
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
            "michelle walks home",
            "tiger-84930275610394",
            "brave-otter-41",
        ] {
            assert!(!is_common(own), "{own}");
        }
    }

    #[test]
    fn the_list_is_tidy() {
        assert!(LISTED.lines().all(|line| line.len() >= 12 && line == line.to_lowercase().trim()));
        assert!(LISTED.lines().count() > 300);
        // The list of the crate is in: its first, one from the middle, its last in use.
        assert!(["123456", "michelle", "zxcvbnm"].iter().copied().all(is_common_password));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            let _ = is_common(&text);
        }
    }
}
