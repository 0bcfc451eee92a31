//! What a person reads: the text of a page as eyes or a screen reader meet it, not as the source spells it.

use scraper::{ElementRef, Node};

/// The class of what is there for screen readers only.
const ONLY_SPOKEN: &str = "unseen";
/// The class of what explains a choice.
const HINT: &str = "hint";

/// The text of an element on one line.
pub fn text_of(element: ElementRef) -> String {
    tidy(&raw_text(element, |_| false))
}

/// The same without what is said below a label.
pub fn text_without_hint(element: ElementRef) -> String {
    tidy(&raw_text(element, |child| child.value().classes().any(|class| class == HINT)))
}

/// The text of an element, one line a block and one line a table row: for failure messages.
pub fn lines_of(element: ElementRef) -> String {
    let text = raw_text(element, |_| false);
    let lines = text.lines().map(tidy).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether a link, button or heading may be called by this name: the whole of what a screen reader says,
/// or the part of it that is seen.
pub fn is_called(element: ElementRef, name: &str) -> bool {
    spoken_name(element) == name || seen_name(element) == name
}

/// The name a screen reader says.
pub fn spoken_name(element: ElementRef) -> String {
    if let Some(label) = element.attr("aria-label") {
        return tidy(label);
    }
    let is_button = element.value().name() == "input";
    match element.attr("value") {
        Some(value) if is_button => tidy(value),
        _ => text_of(element),
    }
}

/// One space between words, none around.
pub fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn seen_name(element: ElementRef) -> String {
    tidy(&raw_text(element, |child| child.value().classes().any(|class| class == ONLY_SPOKEN)))
}

fn raw_text(element: ElementRef, left_out: impl Fn(ElementRef) -> bool) -> String {
    let mut text = String::new();
    gather(element, &left_out, &mut text);
    text
}

fn gather(element: ElementRef, left_out: &dyn Fn(ElementRef) -> bool, text: &mut String) {
    if is_unseen(element) || left_out(element) {
        return;
    }
    let edge = edge_of(element.value().name());
    text.push_str(edge);
    for child in element.children() {
        match child.value() {
            // Line breaks of the source are not line breaks on the page.
            Node::Text(part) => text.push_str(&part.replace('\n', " ")),
            Node::Element(_) => {
                ElementRef::wrap(child).into_iter().for_each(|child| gather(child, left_out, text));
            }
            _ => {}
        }
    }
    if let Some(alternative) = element.attr("alt") {
        text.push_str(alternative);
    }
    text.push_str(edge);
}

/// What is in a list to choose from or was typed is a value, asked for by `field`, and not text of the page.
fn is_unseen(element: ElementRef) -> bool {
    let name = element.value().name();
    matches!(name, "head" | "script" | "style" | "template" | "noscript" | "datalist" | "option" | "textarea")
        || element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
}

/// Words of neighbouring blocks must not run together, words of neighbouring spans may.
fn edge_of(name: &str) -> &'static str {
    match name {
        "a" | "abbr" | "b" | "bdi" | "bdo" | "cite" | "code" | "data" | "dfn" | "em" | "i" | "kbd"
        | "label" | "mark" | "q" | "s" | "samp" | "small" | "span" | "strong" | "sub" | "sup" | "time"
        | "u" | "var" | "wbr" => "",
        "td" | "th" | "dt" | "dd" | "button" | "input" | "select" | "img" | "svg" => "\t",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    fn read(html: &str) -> String {
        text_of(Html::parse_document(html).root_element())
    }

    #[test]
    fn blocks_are_apart_and_spans_are_not() {
        assert_eq!(read("<p>One</p><p>t<b>w</b>o\n three</p>"), "One two three");
    }

    #[test]
    fn what_nobody_reads_is_not_text() {
        assert_eq!(
            read(
                "<p>Seen<span hidden>1</span><i aria-hidden=true>2</i></p><script>3</script><textarea>4</textarea>"
            ),
            "Seen"
        );
    }

    #[test]
    fn a_name_may_leave_out_what_only_screen_readers_say() {
        let html = Html::parse_fragment("<a href=/x>Remove<span class=unseen> Contoso</span></a>");
        let link = html.root_element();
        assert!(is_called(link, "Remove") && is_called(link, "Remove Contoso"));
        assert!(!is_called(link, "Contoso"));
    }
}
