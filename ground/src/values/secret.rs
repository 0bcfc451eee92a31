//! Secrets that somebody sets by hand: long enough, and not to be guessed.

use std::collections::HashSet;

/// The shortest secret.
pub const SHORTEST: usize = 64;

/// Why this is no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    #[error("has fewer than {SHORTEST} characters")]
    Short,
    #[error("can be guessed: it repeats itself, follows a pattern, or holds a word such as changeme")]
    Guessable,
}

/// Words of examples and of commands that were meant to be carried out.
const PLACEHOLDERS: [&str; 16] = [
    "changeme",
    "change-me",
    "change_me",
    "replace",
    "placeholder",
    "password",
    "example",
    "secret",
    "session",
    "random",
    "twotier",
    "default",
    "openssl",
    "character",
    "qwerty",
    "please",
];

/// Takes a secret without the white space around it, which only an editor or a shell has added.
///
/// # Errors
/// Its [`Weakness`].
pub fn check(typed: &str) -> Result<&str, Weakness> {
    let secret = typed.trim();
    let characters: Vec<char> = secret.chars().collect();
    if characters.len() < SHORTEST {
        return Err(Weakness::Short);
    }
    let lower = secret.to_lowercase();
    let is_placeholder = PLACEHOLDERS.iter().any(|word| lower.contains(word));
    let is_guessable =
        is_placeholder || repeats(&characters) || follows_a_pattern(&characters) || is_of_few(&characters);
    if is_guessable { Err(Weakness::Guessable) } else { Ok(secret) }
}

/// Whether many runs of four characters come more than once: in what is random hardly any does.
fn repeats(characters: &[char]) -> bool {
    let distinct: HashSet<&[char]> = characters.windows(4).collect();
    distinct.len() * 4 < characters.len().saturating_sub(3) * 3
}

/// Whether most characters are neighbours of the one before, or as far from it as that one is from its own.
fn follows_a_pattern(characters: &[char]) -> bool {
    let steps: Vec<i64> = characters
        .windows(2)
        .filter_map(|pair| match pair {
            [one, next] => Some(i64::from(u32::from(*next)) - i64::from(u32::from(*one))),
            _ => None,
        })
        .collect();
    let small = steps.iter().filter(|step| step.abs() <= 1).count();
    let alike = steps.windows(2).filter(|pair| matches!(pair, [one, next] if one == next)).count();
    small * 2 > steps.len() || alike * 2 > steps.len()
}

/// Even random digits are ten.
fn is_of_few(characters: &[char]) -> bool {
    characters.iter().collect::<HashSet<_>>().len() < 8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_can_be_guessed_is_no_secret() {
        for guessable in [
            "a".repeat(64),
            "ab".repeat(40),
            "changeme".repeat(8),
            "0123456789abcdef".repeat(4),
            "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+/".to_owned(),
            "zyxwvutsrqponmlkjihgfedcbaZYXWVUTSRQPONMLKJIHGFEDCBA9876543210--".to_owned(),
            "acegikmoqsuwyACEGIKMOQSUWY02468!#%')+-/13579;=?A".repeat(2),
            "aabbccddeeffgghhiijjkkllmmnnooppqqrrssttuuvvwwxxyyzz001122334455".to_owned(),
            "put here a long random text of at least sixty-four letters or so.".to_owned(),
            "$(openssl rand -hex 48)$(openssl rand -hex 48)$(openssl rand -hex 48)".to_owned(),
            "7f3a91c2d4e8b605".repeat(5),
            "0".repeat(63) + "1",
            "a1".repeat(20) + &"b2".repeat(20),
            "ChangeMe-4f8b1e6d0c93a75297bd31e84ac60f528d7493e10b6fa5c2d8e719043".to_owned(),
        ] {
            assert_eq!(check(&guessable), Err(Weakness::Guessable), "{guessable}");
        }
        for short in ["", "short", &"a".repeat(63), &" ".repeat(100)] {
            assert_eq!(check(short), Err(Weakness::Short), "{short}");
        }
    }

    #[test]
    fn what_the_usual_tools_make_is_taken_without_the_line_break_at_its_end() {
        // openssl rand -hex 48, openssl rand -base64 48, pwgen -s 64, digits, words by dice
        for secret in [
            "f3f1a0c2d94b8e6754c1d7b2e09aa68f31b7d2c4908e5f6a1db3c7e2904f8a65e1c04b7d9f2836a5cc17e0b94d52f8a3",
            "q0h8Xo2mV7sY3kPz9RfJbN5cTgWdLxA1uEiQ4yK6wZrM8vHtSjGpDnBaFeCl+O/7",
            "aW9kT2m5xQeR7vLp0YbZ3nGc8uHsJ1fD6kXt4wMqEoCiUyAzNrVgBhSjPlKdFx2T",
            "8302917465023984710293857461928374650192847365091827364509182736",
            "correct harbour staple lantern violet copper meadow anchor thistle pine",
        ] {
            assert_eq!(check(&format!("{secret}\n")), Ok(secret), "{secret}");
        }
    }

    proptest! {
        #[test]
        fn random_bytes_as_hex_are_a_secret(bytes in proptest::collection::vec(any::<u8>(), 48..49)) {
            // Proptest likes zeros and shrinks to them; the tool does not.
            prop_assume!(bytes.iter().collect::<HashSet<_>>().len() > 40);
            let secret = data_encoding::HEXLOWER.encode(&bytes);
            prop_assert_eq!(check(&secret), Ok(secret.as_str()));
        }

        #[test]
        fn no_text_makes_it_stumble(text in any::<String>()) {
            let _ = check(&text);
        }
    }
}
