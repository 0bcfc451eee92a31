//! Finds English that is left over among what is said.

use std::cmp::Reverse;

use scraper::{ElementRef, Html, Node};
use twotier::mail::outbox::Taken;

use super::PSEUDO;
use crate::support::portal::Portal;
use crate::support::words::tidy;

/// Elements that hold what is the same in every language, and attributes that people read.
const SAME: [&str; 7] = ["bdi", "code", "kbd", "script", "style", "textarea", "svg"];
const READ: [&str; 5] = ["aria-label", "placeholder", "title", "alt", "data-label"];

/// What people typed, or made up for the demonstration.
const TYPED: [&str; 14] = [
    "SELECT name AS text FROM promotions",
    "SELECT name AS text FROM organisations",
    "SELECT name AS text FROM people",
    "SELECT company_name AS text FROM customers",
    "SELECT company_name AS text FROM enrolments",
    "SELECT person_name AS text FROM enrolments",
    "SELECT city AS text FROM locations",
    "SELECT name AS text FROM locations",
    "SELECT code AS text FROM offers",
    "SELECT name AS text FROM offers",
    "SELECT DISTINCT publisher AS text FROM offers WHERE publisher <> ''",
    "SELECT nickname AS text FROM subscriptions",
    "SELECT body AS text FROM partner_agreements",
    "SELECT body AS text FROM customer_agreements",
];

/// Reads, and knows what people typed.
pub struct Reader {
    /// The longest first: one name may hold another.
    typed: Vec<String>,
}

impl Reader {
    /// Knows what has been typed so far.
    pub fn of(portal: &Portal) -> Reader {
        let texts = TYPED.iter().flat_map(|sql| portal.database.texts(sql));
        let lines = texts
            .flat_map(|text| text.lines().map(|line| tidy(line.trim_start_matches('#'))).collect::<Vec<_>>());
        let mut typed: Vec<String> =
            lines.chain([portal.parts.site.name.clone()]).filter(|line| !line.is_empty()).collect();
        typed.sort_by_key(|text| Reverse(text.len()));
        typed.dedup();
        Reader { typed }
    }

    /// Texts of a page with English words outside of what was said.
    pub fn left(&self, root: ElementRef) -> Vec<String> {
        let (mut left, mut depth) = (Vec::new(), 0);
        self.gather(root, &mut depth, &mut left);
        left.extend(unclosed(depth));
        left
    }

    /// The same of a letter: of its subject, its text and its page.
    pub fn left_in_letter(&self, letter: &Taken) -> Vec<String> {
        let mut left = self.left_in(&letter.subject);
        left.extend(self.left_in(&letter.body_text));
        left.extend(self.left(Html::parse_document(&letter.body_html).root_element()));
        left
    }

    /// The same of a text that stands for itself.
    fn left_in(&self, text: &str) -> Vec<String> {
        let (mut left, mut depth) = (Vec::new(), 0);
        self.look(text, &mut depth, &mut left);
        left.extend(unclosed(depth));
        left
    }

    fn gather(&self, element: ElementRef, depth: &mut i32, left: &mut Vec<String>) {
        let is_same = SAME.contains(&element.value().name()) || element.attr("id") == Some("field-zone");
        if is_same || element.attr("lang").is_some_and(|lang| lang != PSEUDO) {
            return;
        }
        left.extend(READ.iter().filter_map(|name| element.attr(name)).flat_map(|read| self.left_in(read)));
        // Addresses and domains stand in pieces, between which they may break.
        let is_address = element.child_elements().any(|child| child.value().name() == "wbr");
        for child in element.children() {
            match child.value() {
                Node::Text(text) if !is_address => self.look(text, depth, left),
                Node::Element(_) => {
                    ElementRef::wrap(child).into_iter().for_each(|child| self.gather(child, depth, left));
                }
                _ => {}
            }
        }
    }

    /// A message may begin in one text and end in another, with a name between.
    fn look(&self, text: &str, depth: &mut i32, left: &mut Vec<String>) {
        let mut outside = String::new();
        for sign in text.chars() {
            match sign {
                '⟦' => *depth += 1,
                '⟧' => *depth -= 1,
                _ if *depth <= 0 => outside.push(sign),
                _ => {}
            }
        }
        if !has_words(&outside) {
            return;
        }
        let outside = tidy(&outside);
        let rest = self.typed.iter().fold(outside.clone(), |rest, typed| rest.replace(typed, " "));
        if has_words(&rest) {
            left.push(outside);
        }
    }
}

/// A message that lacks its end would hide everything behind it.
fn unclosed(depth: i32) -> Option<String> {
    (depth != 0).then(|| format!("{depth} messages more begin than end"))
}

fn has_words(text: &str) -> bool {
    text.split_whitespace().any(is_english)
}

/// Whether it is a word; addresses, codes and abbreviations are none.
fn is_english(word: &str) -> bool {
    let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
    word.len() > 2
        && word.chars().all(|sign| sign.is_ascii_alphabetic())
        && word.chars().skip(1).any(|sign| sign.is_ascii_lowercase())
}
