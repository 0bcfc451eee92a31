//! One HTML page in a browser's window: what is on it, and what has been typed and ticked so far.

use std::collections::HashMap;

use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::words::{is_called, lines_of, spoken_name, text_of};

/// Where an element stands in its page, counted from the top. (The parser's own ids cannot be named here.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Spot(usize);

/// Found, or a message that says what was looked for and what there is instead.
pub type Found<T> = Result<T, String>;

#[derive(Clone)]
pub struct Page {
    pub address: Url,
    pub source: String,
    html: Html,
    scope: Vec<Spot>,
    pub(super) typed: HashMap<Spot, String>,
    pub(super) files: HashMap<Spot, Vec<u8>>,
    pub(super) ticked: HashMap<Spot, bool>,
}

impl Page {
    pub fn parse(address: Url, source: String) -> Page {
        let html = Html::parse_document(&source);
        let (typed, files, ticked) = (HashMap::new(), HashMap::new(), HashMap::new());
        Page { address, source, html, scope: Vec::new(), typed, files, ticked }
    }

    pub fn root(&self) -> ElementRef<'_> {
        self.html.root_element()
    }

    pub fn parse_errors(&self) -> &[std::borrow::Cow<'static, str>] {
        &self.html.errors
    }

    /// The part of the page that is looked at: all of it, or what `enter` narrowed it to.
    pub fn scope(&self) -> ElementRef<'_> {
        self.scope.last().map_or(self.root(), |spot| self.at(*spot))
    }

    pub fn depth(&self) -> usize {
        self.scope.len()
    }

    pub fn leave(&mut self, depth: usize) {
        self.scope.truncate(depth);
    }

    /// Narrows the view to the smallest part of the page that holds this text.
    pub fn enter(&mut self, text: &str) -> Found<()> {
        let part = self.spot_of(self.part_with(text)?);
        self.scope.push(part);
        Ok(())
    }

    pub fn title(&self) -> String {
        all(self.root(), "head > title").map(|title| title.text().collect()).next().unwrap_or_default()
    }

    pub fn text(&self) -> String {
        text_of(self.scope())
    }

    pub fn lines(&self) -> String {
        lines_of(self.scope())
    }

    /// The one link with this name; several with the same target are one.
    pub fn link(&self, name: &str) -> Found<String> {
        let links: Vec<_> = all(self.scope(), "a[href]").collect();
        let mut targets: Vec<_> = links.iter().filter(|link| is_called(**link, name)).collect();
        targets.dedup_by_key(|link| link.attr("href"));
        let target = one(&targets, "link", name, || links.iter().map(|link| spoken_name(*link)).collect())?;
        Ok(target.attr("href").unwrap_or_default().to_owned())
    }

    pub fn button(&self, name: &str) -> Found<ElementRef<'_>> {
        let css = "button, input[type=submit], input[type=button], input[type=reset], input[type=image]";
        let buttons: Vec<_> = all(self.scope(), css).collect();
        let fitting: Vec<_> = buttons.iter().filter(|button| is_called(**button, name)).collect();
        one(&fitting, "button", name, || buttons.iter().map(|button| spoken_name(*button)).collect())
            .map(|found| **found)
    }

    pub fn has_heading(&self, name: &str) -> Found<()> {
        let headings: Vec<_> = all(self.scope(), "h1, h2, h3, h4, h5, h6").map(text_of).collect();
        match headings.iter().any(|heading| heading == name) {
            true => Ok(()),
            false => Err(missing("heading", name, headings)),
        }
    }

    /// The cells of every row of every table in view.
    pub fn rows(&self) -> Vec<Vec<String>> {
        all(self.scope(), "tr").map(|row| cells(row).map(text_of).collect()).collect()
    }

    /// A row in which these texts stand in cells of their own, in this order.
    pub fn has_row(&self, texts: &[&str]) -> Found<()> {
        let rows = self.rows();
        let fits = |row: &Vec<String>| {
            let mut cells = row.iter();
            texts.iter().all(|text| cells.any(|cell| cell.contains(text)))
        };
        match rows.iter().any(fits) {
            true => Ok(()),
            false => {
                Err(missing("row", &texts.join(" | "), rows.iter().map(|row| row.join(" | ")).collect()))
            }
        }
    }

    /// What stands under this column's heading in the row with this text.
    pub fn cell(&self, row: &str, column: &str) -> Found<String> {
        let row = self.part_with(row)?;
        let table =
            row.ancestors().filter_map(ElementRef::wrap).find(|outer| outer.value().name() == "table");
        let table = table.ok_or_else(|| format!("{:?} is in no table row", text_of(row)))?;
        let headings: Vec<_> = all(table, "thead th").map(text_of).collect();
        let place = headings.iter().position(|heading| heading == column);
        let place = place.ok_or_else(|| missing("column", column, headings))?;
        cells(row).nth(place).map(text_of).ok_or_else(|| format!("the row has no cell under {column:?}"))
    }

    pub fn with_id(&self, id: &str) -> Option<ElementRef<'_>> {
        all(self.root(), "[id]").find(|element| element.attr("id") == Some(id))
    }

    pub fn at(&self, spot: Spot) -> ElementRef<'_> {
        let mut elements = self.html.root_element().descendent_elements();
        elements.nth(spot.0).unwrap_or_else(|| self.root())
    }

    pub fn spot_of(&self, element: ElementRef) -> Spot {
        Spot(
            self.html
                .root_element()
                .descendent_elements()
                .position(|other| other == element)
                .unwrap_or_default(),
        )
    }

    /// The smallest row, list item, section, form … with this text. Where the text is all that an element says
    /// (a cell, a heading), that counts before text that merely holds it; the main part before the menu.
    fn part_with(&self, text: &str) -> Found<ElementRef<'_>> {
        let scope = self.scope();
        let main = all(scope, "main").next().unwrap_or(scope);
        // A name that is kept to itself is no part: what it stands in may say more.
        let exact = |element: &ElementRef| element.value().name() != "bdi" && text_of(*element) == text;
        let partly = |element: &ElementRef| text_of(*element).contains(text);
        let parts = [
            parts_around(main, exact),
            parts_around(main, partly),
            parts_around(scope, exact),
            parts_around(scope, partly),
        ];
        let parts = parts.into_iter().find(|parts| !parts.is_empty()).unwrap_or_default();
        match parts.as_slice() {
            [] => Err(format!("no row, list item, section or form with {text:?}")),
            [part] => Ok(*part),
            several => {
                let several: Vec<_> = several
                    .iter()
                    .map(|part| format!("<{}> {}", part.value().name(), text_of(*part)))
                    .collect();
                Err(format!("{} parts of the page hold {text:?}:\n  {}", several.len(), several.join("\n  ")))
            }
        }
    }
}

/// All elements in an element that a CSS selector fits.
pub fn all<'a>(within: ElementRef<'a>, css: &str) -> impl Iterator<Item = ElementRef<'a>> + use<'a> {
    let selector = Selector::parse(css).unwrap_or_else(|error| panic!("bad selector {css:?}: {error}"));
    within.descendent_elements().skip(1).filter(move |element| selector.matches(element))
}

/// Exactly one, or a message with the candidates.
pub fn one<'f, T>(
    found: &'f [T],
    kind: &str,
    name: &str,
    candidates: impl Fn() -> Vec<String>,
) -> Found<&'f T> {
    match found {
        [one] => Ok(one),
        [] => Err(missing(kind, name, candidates())),
        several => {
            Err(format!("{} {kind}s are called {name:?}: say which one with within(…)", several.len()))
        }
    }
}

pub fn missing(kind: &str, name: &str, candidates: Vec<String>) -> String {
    let list: Vec<_> = candidates.iter().map(|candidate| format!("{candidate:?}")).collect();
    let list = if list.is_empty() { "none".to_owned() } else { list.join(", ") };
    format!("no {kind} {name:?}; {kind}s here: {list}")
}

const PARTS: &str =
    "tr, li, section, article, form, fieldset, details, dialog, aside, nav, figure, [role=group]";

fn parts_around<'a>(scope: ElementRef<'a>, fits: impl Fn(&ElementRef<'a>) -> bool) -> Vec<ElementRef<'a>> {
    let is_part = Selector::parse(PARTS).unwrap_or_else(|error| panic!("{error}"));
    let around = |element: ElementRef<'a>| {
        let outward = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap));
        outward.take_while(|part| *part != scope).find(|part| is_part.matches(part))
    };
    let mut parts: Vec<ElementRef<'a>> = Vec::new();
    let innermost = |element: &ElementRef<'a>| !element.child_elements().any(|child| fits(&child));
    for part in
        scope.descendent_elements().filter(|element| fits(element)).filter(innermost).filter_map(around)
    {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

fn cells<'a>(row: ElementRef<'a>) -> impl Iterator<Item = ElementRef<'a>> + use<'a> {
    row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th"))
}
