//! The words of a letter by blocks, as its template marks them.

use std::fmt::{Result, Write};

use askama::filters::{Escaper, Safe};

use crate::values::bidi::isolated;

/// Escapes what a template fills in: nothing in it is a mark, its line breaks end no block, and what runs from right to
/// left turns nothing around it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unmarked;

/// Everything that is a mark somewhere, and what escapes it.
const MARKS: &str = "\\<>[]#*!-";

impl Escaper for Unmarked {
    fn write_escaped_str<W: Write>(&self, mut to: W, text: &str) -> Result {
        to.write_str(&unmarked(&isolated(text)))
    }
}

/// A whole line that somebody wrote, as it is: it stands amid nothing that it could turn.
pub fn verbatim(text: &str) -> Safe<String> {
    Safe(unmarked(text))
}

fn unmarked(text: &str) -> String {
    let mut unmarked = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\n' => unmarked.push_str("\\n"),
            '\r' => {}
            _ if MARKS.contains(char) => unmarked.extend(['\\', char]),
            _ => unmarked.push(char),
        }
    }
    unmarked
}

/// A letter's words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub blocks: Vec<Block>,
    pub small_print: Vec<Block>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    Paragraph(Line),
    Heading(Line),
    Quote(Line),
    /// `has_air` where items may be long.
    Items {
        items: Vec<Line>,
        has_air: bool,
    },
    Code(Line),
    Button {
        words: String,
        link: String,
    },
}

/// Pieces of text and links in between.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Line(pub Vec<Piece>);

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Link(String),
}

impl Words {
    pub(super) fn parse(source: &str) -> Self {
        let mut words = Self::default();
        let mut is_small = false;
        for line in source.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let blocks = if is_small { &mut words.small_print } else { &mut words.blocks };
            match line {
                "--" => is_small = true,
                _ => add(blocks, line),
            }
        }
        words
    }

    /// As plain text: blocks with a blank line between, the bare link in place of the button.
    pub(super) fn text(&self) -> String {
        let joined = |blocks: &[Block]| blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n\n");
        match self.small_print.as_slice() {
            [] => joined(&self.blocks),
            small => format!("{}\n\n--\n{}", joined(&self.blocks), joined(small)),
        }
    }
}

/// Adds the block that a line of a template makes, or the item to the list that it goes on with.
fn add(blocks: &mut Vec<Block>, line: &str) {
    if let Some((has_air, item)) = item(line) {
        match blocks.last_mut() {
            Some(Block::Items { items, has_air: same }) if *same == has_air => items.push(item),
            _ => blocks.push(Block::Items { items: vec![item], has_air }),
        }
        return;
    }
    let marked = |mark| line.strip_prefix(mark).map(Line::parse);
    let block = marked("# ").map(Block::Heading).or_else(|| marked("> ").map(Block::Quote));
    let block = block.or_else(|| marked("! ").map(Block::Code)).or_else(|| button(line));
    blocks.push(block.unwrap_or_else(|| Block::Paragraph(Line::parse(line))));
}

fn item(line: &str) -> Option<(bool, Line)> {
    let tight = line.strip_prefix("- ").map(|rest| (false, Line::parse(rest)));
    tight.or_else(|| line.strip_prefix("* ").map(|rest| (true, Line::parse(rest))))
}

fn button(line: &str) -> Option<Block> {
    let (words, link) = cut(line.strip_prefix('[')?, ']')?;
    Some(Block::Button { words: plain(words), link: plain(link.trim()) })
}

impl Line {
    fn parse(line: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = line;
        while let Some((before, after)) = cut(rest, '<') {
            let Some((link, behind)) = cut(after, '>') else { break };
            pieces.extend(Some(plain(before)).filter(|text| !text.is_empty()).map(Piece::Text));
            pieces.push(Piece::Link(plain(link)));
            rest = behind;
        }
        pieces.extend(Some(plain(rest)).filter(|text| !text.is_empty()).map(Piece::Text));
        Self(pieces)
    }

    fn text(&self) -> String {
        self.0.iter().map(|(Piece::Text(text) | Piece::Link(text))| text.as_str()).collect()
    }
}

impl Block {
    fn text(&self) -> String {
        match self {
            Self::Paragraph(line) | Self::Heading(line) | Self::Quote(line) | Self::Code(line) => line.text(),
            Self::Items { items, has_air: false } => listed(items, "- ", "\n"),
            Self::Items { items, has_air: true } => listed(items, "* ", "\n\n"),
            Self::Button { link, .. } => link.clone(),
        }
    }
}

fn listed(items: &[Line], mark: &str, between: &str) -> String {
    items.iter().map(|item| format!("{mark}{}", item.text())).collect::<Vec<_>>().join(between)
}

/// Cuts at the first such mark that is not escaped.
fn cut(line: &str, mark: char) -> Option<(&str, &str)> {
    let mut is_escaped = false;
    let found = line.char_indices().find(|(_, char)| {
        let is_mark = *char == mark && !is_escaped;
        is_escaped = *char == '\\' && !is_escaped;
        is_mark
    });
    let (at, _) = found?;
    let (before, after) = line.split_at_checked(at)?;
    Some((before, after.strip_prefix(mark)?))
}

/// The text as it was before it was escaped.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => plain.extend(chars.next().map(|next| if next == 'n' { '\n' } else { next })),
            _ => plain.push(char),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn escaped(text: &str) -> String {
        let mut to = String::new();
        Unmarked.write_escaped_str(&mut to, text).unwrap();
        to
    }

    fn text(text: &str) -> Line {
        Line(vec![Piece::Text(text.to_owned())])
    }

    #[test]
    fn marks_make_blocks_and_the_text_stays_readable() {
        let source = "Hello Olga,\n\n# News\n- one\n- two\n* three\n> why\n! 1234\n[Open] https://a.example/b\nsee <https://a.example/c>.\n\n--\nsmall";
        let words = Words::parse(source);
        let expected = [
            Block::Paragraph(text("Hello Olga,")),
            Block::Heading(text("News")),
            Block::Items { items: vec![text("one"), text("two")], has_air: false },
            Block::Items { items: vec![text("three")], has_air: true },
            Block::Quote(text("why")),
            Block::Code(text("1234")),
            Block::Button { words: "Open".to_owned(), link: "https://a.example/b".to_owned() },
            Block::Paragraph(Line(vec![
                Piece::Text("see ".to_owned()),
                Piece::Link("https://a.example/c".to_owned()),
                Piece::Text(".".to_owned()),
            ])),
        ];
        assert_eq!(words.blocks, expected);
        assert_eq!(words.small_print, [Block::Paragraph(text("small"))]);
        let written = "Hello Olga,\n\nNews\n\n- one\n- two\n\n* three\n\nwhy\n\n1234\n\nhttps://a.example/b\n\nsee https://a.example/c.\n\n--\nsmall";
        assert_eq!(words.text(), written);
    }

    #[test]
    fn what_is_filled_in_is_never_a_mark() {
        for value in [
            "# a",
            "> a",
            "- a",
            "* a",
            "! a",
            "[a] https://evil.example",
            "<https://evil.example>",
            "--",
            "\\n",
        ] {
            let words = Words::parse(&escaped(value));
            assert_eq!(words.blocks, [Block::Paragraph(text(value))], "{value}");
        }
        let torn = Words::parse(&format!("> {}", escaped("first\n\n--\n[Pay] https://evil.example")));
        assert_eq!(torn.blocks, [Block::Quote(text("first\n\n--\n[Pay] https://evil.example"))]);
        assert_eq!(torn.small_print, []);
    }

    proptest! {
        #[test]
        fn any_value_comes_out_as_it_went_in(value in "[a-z<>\\[\\]#*!\\\\\n -]{1,40}") {
            let words = Words::parse(&format!("a{}z", escaped(&value)));
            prop_assert_eq!(words.blocks, [Block::Paragraph(text(&format!("a{value}z")))]);
        }

        #[test]
        fn no_source_is_a_surprise(source in any::<String>()) {
            let _ = Words::parse(&source).text();
        }
    }
}
