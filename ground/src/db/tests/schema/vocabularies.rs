//! The words that a column may hold, as the database and as the code knows them.

use std::collections::BTreeSet;
use std::path::Path;

use super::portrait::Portrait;

pub type Words = BTreeSet<String>;

/// Vocabularies of which no enum has the words.
pub fn unkept(portrait: &Portrait, enums: &[Words]) -> Vec<String> {
    let checks = portrait.values().flat_map(|table| &table.checks);
    let vocabularies = checks.filter_map(|check| Some((&check.name, words(&check.demand)?)));
    let unkept = vocabularies.filter(|(_, words)| !enums.contains(words));
    unkept.map(|(name, words)| format!("{name}: no text_enum! has the words {words:?}")).collect()
}

/// `state in 'open' , 'closed'`
fn words(demand: &str) -> Option<Words> {
    let (_, words) = demand.split_once(" in ")?;
    Some(words.split(" , ").map(|word| word.trim_matches('\'').to_owned()).collect())
}

/// The words of every `text_enum!` in a folder of source.
pub fn enums(folder: &Path) -> Vec<Words> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(enums(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.extend(enums_in(&std::fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

fn enums_in(text: &str) -> Vec<Words> {
    let blocks = text.split("text_enum! {\n").skip(1).filter_map(|behind| behind.split("\n}").next());
    let word = |line: &str| {
        let (_, behind) = line.split_once(" = \"")?;
        behind.split('"').next().map(str::to_owned)
    };
    blocks.map(|block| block.lines().filter_map(word).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::made_up::{check, orders};
    use super::*;

    const TEXT: &str = "
text_enum! {
    /// How it stands.
    pub enum State {
        Open = \"open\",
        /// For good.
        Closed = \"closed\",
    }
}

text_enum! {
    pub enum Unit { Piece = \"piece\" }
}
";

    fn with(demand: &str) -> Portrait {
        let mut portrait = orders();
        portrait.get_mut("orders").unwrap().checks.push(check("orders_state_check", demand));
        portrait
    }

    #[test]
    fn words_of_enums_are_read() {
        let enums: Vec<Vec<String>> =
            enums_in(TEXT).into_iter().map(|words| words.into_iter().collect()).collect();
        assert_eq!(enums, [vec!["closed".to_owned(), "open".to_owned()], vec!["piece".to_owned()]]);
    }

    #[test]
    fn a_vocabulary_that_is_not_that_of_an_enum_is_told() {
        let unkept = |demand: &str| unkept(&with(demand), &enums_in(TEXT));
        assert_eq!(unkept("state in 'open' , 'closed'"), Vec::<String>::new());
        for wrong in ["state in 'open'", "state in 'open' , 'closed' , 'lost'", "state in 'piece' , 'open'"] {
            assert_eq!(unkept(wrong).len(), 1, "{wrong}");
        }
    }
}
