//! What every page of the portal keeps to. Each page that a test visits is held to it.

use std::collections::HashSet;

use scraper::ElementRef;

use super::fields::is_seen;
use super::page::{Page, all};
use super::words::{spoken_name, text_of};

/// What is wrong with a page; nothing if all is well.
pub fn broken_rules(page: &Page) -> Vec<String> {
    let mut broken = Vec::new();
    broken.extend(page.parse_errors().iter().map(|error| format!("bad HTML: {error}")));
    document(page, &mut broken);
    policy(page, &mut broken);
    ids(page, &mut broken);
    names(page, &mut broken);
    problems(page, &mut broken);
    broken
}

fn document(page: &Page, broken: &mut Vec<String>) {
    let headings = all(page.root(), "h1").count();
    if headings != 1 {
        broken.push(format!("{headings} h1 instead of one"));
    }
    if page.title().trim().is_empty() {
        broken.push("no title".to_owned());
    }
    if page.root().attr("lang").unwrap_or_default().is_empty() {
        broken.push("no lang on html".to_owned());
    }
    if all(page.root(), "main").count() != 1 {
        broken.push("not exactly one main".to_owned());
    }
}

/// The Content-Security-Policy refuses these silently, so a page must not count on them.
fn policy(page: &Page, broken: &mut Vec<String>) {
    broken.extend(all(page.root(), "style").map(|_| "a <style> in the page".to_owned()));
    broken.extend(all(page.root(), "script:not([src])").map(|_| "a <script> without src".to_owned()));
    for element in page.root().descendent_elements() {
        let inline = element.value().attrs().filter(|(name, _)| *name == "style" || name.starts_with("on"));
        broken.extend(inline.map(|(name, _)| format!("inline {name}= on {}", shown(element))));
        let address =
            element.attr("href").or(element.attr("src")).or(element.attr("action")).unwrap_or_default();
        if address.trim_start().to_lowercase().starts_with("javascript:") {
            broken.push(format!("a javascript: address on {}", shown(element)));
        }
    }
}

fn ids(page: &Page, broken: &mut Vec<String>) {
    let mut ids = HashSet::new();
    for element in all(page.root(), "[id]") {
        let id = element.attr("id").unwrap_or_default();
        if !ids.insert(id) {
            broken.push(format!("the id {id:?} is there twice"));
        }
    }
    for name in ["for", "form", "list", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns"] {
        for element in all(page.root(), &format!("[{name}]")) {
            let pointed_at = element.attr(name).unwrap_or_default().split_whitespace();
            let missing = pointed_at.filter(|id| !ids.contains(id));
            broken.extend(missing.map(|id| format!("{name}={id:?} points nowhere on {}", shown(element))));
        }
    }
    for link in all(page.root(), "a[href^='#']") {
        let target = link.attr("href").unwrap_or_default().trim_start_matches('#');
        if !target.is_empty() && !ids.contains(target) {
            broken.push(format!("the link {:?} leads to #{target}, which is not there", text_of(link)));
        }
    }
}

/// What can be used must have a name to be called by.
fn names(page: &Page, broken: &mut Vec<String>) {
    let fields = all(page.root(), "input, select, textarea").filter(|field| is_seen(*field));
    let unnamed = fields.filter(|field| page.labels(*field).is_empty());
    broken.extend(unnamed.map(|field| format!("no label for {}", shown(field))));
    let controls =
        all(page.root(), "a[href], button, summary, th, legend, label, h1, h2, h3, input[type=submit]");
    let unnamed =
        controls.filter(|control| spoken_name(*control).is_empty() && control.attr("hidden").is_none());
    broken.extend(unnamed.map(|control| format!("no text in {}", shown(control))));
    let unnamed = all(page.root(), "img:not([alt]), table:not(:has(th))");
    broken.extend(unnamed.map(|element| format!("no alt or no th in {}", shown(element))));
}

/// The box on top of a form tells what to do in the words of the field, and so calls it by the same name.
fn problems(page: &Page, broken: &mut Vec<String>) {
    for link in all(page.root(), ".problems a[href^='#']") {
        let id = link.attr("href").unwrap_or_default().trim_start_matches('#');
        let Some(told) = page.with_id(&format!("{id}-problem")) else { continue };
        let (top, told) = (text_of(link), text_of(told));
        let to_do = told.rsplit(". ").next().unwrap_or_default();
        if !top.ends_with(to_do) {
            broken.push(format!("the box on top says {top:?}, and the field says {told:?}"));
        }
    }
}

/// The opening tag of an element.
pub fn shown(element: ElementRef) -> String {
    let html = element.html();
    html.split_once('>').map_or(html.clone(), |(tag, _)| format!("{tag}>"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use url::Url;

    fn broken(body: &str) -> Vec<String> {
        let page = format!(
            "<!DOCTYPE html><html lang=en><head><title>T</title></head><body><main><h1>H</h1>{body}</main></body></html>"
        );
        rules_of(&page)
    }

    fn rules_of(page: &str) -> Vec<String> {
        let Ok(address) = Url::parse("http://portal.test/") else { unreachable!() };
        broken_rules(&Page::parse(address, page.to_owned()))
    }

    #[test]
    fn a_sound_page_breaks_no_rule() {
        let field = "<label for=a>A</label><input id=a aria-describedby=b><p id=b>B</p><a href='#a'>A</a>";
        assert_eq!(broken(field), Vec::<String>::new());
    }

    #[test]
    fn every_rule_can_be_broken() {
        for (body, message) in [
            ("<h1>Second</h1>", "2 h1"),
            ("<p style='color:red'>x</p>", "inline style="),
            ("<p onclick='x()'>x</p>", "inline onclick="),
            ("<style>p{}</style>", "<style>"),
            ("<script>x()</script>", "without src"),
            ("<a href='javascript:x()'>x</a>", "javascript:"),
            ("<p id=a>x</p><p id=a>y</p>", "twice"),
            ("<p aria-describedby=nowhere>x</p>", "points nowhere"),
            ("<label for=nowhere>x</label>", "points nowhere"),
            ("<a href='#nowhere'>x</a>", "which is not there"),
            ("<input name=a>", "no label"),
            ("<button></button>", "no text"),
            ("<img src=/x.png>", "no alt"),
            ("<table><tr><td>x</td></tr></table>", "no th"),
            ("</p></section>", "bad HTML"),
            (
                "<div class=problems><a href='#a'>B: Enter the B.</a></div><label for=a>A</label><input id=a><p id=a-problem>Enter the A.</p>",
                "the box on top says",
            ),
        ] {
            let broken = broken(body);
            assert!(broken.iter().any(|rule| rule.contains(message)), "{body}: {broken:?}");
        }
        let bare = rules_of("<!DOCTYPE html><p>Bare</p>");
        for message in ["0 h1", "no title", "no lang", "main"] {
            assert!(bare.iter().any(|rule| rule.contains(message)), "{message}: {bare:?}");
        }
    }
}
