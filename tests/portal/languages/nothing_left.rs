//! Every page of the demonstration in a language that nobody speaks: accents on every letter that can be said in another
//! one. What has none is English in every language.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, VecDeque};

use crate::support::browser::Browser;
use crate::support::page::{Page, all};
use crate::support::portal::{PASSWORD, Portal};
use crate::support::words::tidy;
use scraper::{ElementRef, Node};

const PSEUDO: &str = "en-XA";
/// So many pages of a kind are opened.
const OF_A_KIND: usize = 4;

/// Elements that hold what is the same in every language, and attributes that people read.
const SAME: [&str; 7] = ["bdi", "code", "kbd", "script", "style", "textarea", "svg"];
const READ: [&str; 5] = ["aria-label", "placeholder", "title", "alt", "data-label"];

/// What people typed, or made up for the demonstration.
const TYPED: [&str; 11] = [
    "SELECT name AS text FROM organisations",
    "SELECT name AS text FROM people",
    "SELECT company_name AS text FROM customers",
    "SELECT company_name AS text FROM enrolments",
    "SELECT city AS text FROM locations",
    "SELECT name AS text FROM locations",
    "SELECT code AS text FROM offers",
    "SELECT name AS text FROM offers",
    "SELECT nickname AS text FROM subscriptions",
    "SELECT body AS text FROM partner_agreements",
    "SELECT body AS text FROM customer_agreements",
];

#[actix_web::test]
async fn no_page_of_a_provider_has_english_left() {
    read_all(&["global.admin@harbor.example", "admin.agent@harbor.example"]).await;
}

#[actix_web::test]
async fn no_page_of_a_reseller_has_english_left() {
    read_all(&["owner@brightwater.example", "sales@brightwater.example"]).await;
}

#[actix_web::test]
async fn no_page_of_the_operator_has_english_left() {
    read_all(&["operator@twotier.example"]).await;
}

#[actix_web::test]
async fn no_page_for_everybody_has_english_left() {
    let portal = Portal::open().await;
    let mut visitor = portal.browser();
    visitor.set_cookie("twotier-language", PSEUDO);
    let pages = ["/sign-in", "/forgotten-password", "/enrol", "/set-password/nothing"];
    let english = Reader::of(&portal).read(&mut visitor, &pages).await;
    assert!(english.is_empty(), "{}", english.join("\n"));
}

async fn read_all(people: &[&str]) {
    let portal = Portal::demonstration(60, PASSWORD).await;
    let reader = Reader::of(&portal);
    let mut english = Vec::new();
    for email in people {
        let mut browser = portal.browser();
        browser.set_cookie("twotier-language", PSEUDO);
        browser.post("/session", &[("email", email), ("password", PASSWORD), ("next", "/")]).await;
        english.extend(reader.read(&mut browser, &["/"]).await);
    }
    assert!(english.is_empty(), "{} texts:\n{}", english.len(), english.join("\n"));
}

/// Reads pages, and knows what in them people typed.
struct Reader {
    /// The longest first: one name may hold another.
    typed: Vec<String>,
}

impl Reader {
    fn of(portal: &Portal) -> Reader {
        let texts = TYPED.iter().flat_map(|sql| portal.database.texts(sql));
        let lines = texts
            .flat_map(|text| text.lines().map(|line| tidy(line.trim_start_matches('#'))).collect::<Vec<_>>());
        let mut typed: Vec<String> =
            lines.chain([portal.parts.site.name.clone()]).filter(|line| !line.is_empty()).collect();
        typed.sort_by_key(|text| Reverse(text.len()));
        typed.dedup();
        Reader { typed }
    }

    /// Follows all links from these pages; answers what is English, and where.
    async fn read(&self, browser: &mut Browser, from: &[&str]) -> Vec<String> {
        let mut waiting: VecDeque<String> = from.iter().map(|path| (*path).to_owned()).collect();
        let (mut seen, mut kinds) = (BTreeSet::new(), HashMap::new());
        let mut english = BTreeSet::new();
        while let Some(path) = waiting.pop_front() {
            if !seen.insert(path.clone()) {
                continue;
            }
            let opened: &mut usize = kinds.entry(kind(&path)).or_default();
            *opened += 1;
            if *opened > OF_A_KIND {
                continue;
            }
            browser.visit(&path).await;
            let page = browser.page();
            english.extend(self.left(page.root()).into_iter().map(|text| format!("{}: {text}", kind(&path))));
            waiting.extend(links(page));
        }
        assert!(kinds.len() >= from.len(), "only {} kinds of pages were opened", kinds.len());
        english.into_iter().collect()
    }

    /// Texts with English words outside of what was said.
    fn left(&self, root: ElementRef) -> Vec<String> {
        let (mut left, mut depth) = (Vec::new(), 0_usize);
        self.gather(root, &mut depth, &mut left);
        left
    }

    fn gather(&self, element: ElementRef, depth: &mut usize, left: &mut Vec<String>) {
        let is_same = SAME.contains(&element.value().name()) || element.attr("id") == Some("field-zone");
        if is_same || element.attr("lang").is_some_and(|lang| lang != PSEUDO) {
            return;
        }
        for name in READ {
            if let Some(read) = element.attr(name) {
                self.look(read, &mut 0, left);
            }
        }
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
    fn look(&self, text: &str, depth: &mut usize, left: &mut Vec<String>) {
        let mut outside = String::new();
        for sign in text.chars() {
            match sign {
                '⟦' => *depth += 1,
                '⟧' => *depth = depth.saturating_sub(1),
                _ if *depth == 0 => outside.push(sign),
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

/// Links that lead to pages of the portal.
fn links(page: &Page) -> Vec<String> {
    let links = all(page.root(), "a[href]").filter_map(|link| link.attr("href"));
    let own =
        links.filter(|href| href.starts_with('/') && !href.contains("export") && !href.contains("/template"));
    own.map(|href| href.split('#').next().unwrap_or_default().to_owned()).collect()
}

/// An address without what names one thing.
fn kind(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let part = |part: &str| {
        if part.contains(|sign: char| sign.is_ascii_digit()) { "…".to_owned() } else { part.to_owned() }
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
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
