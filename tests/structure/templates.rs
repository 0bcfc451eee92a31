//! Templates: nothing inline, an owner, and a use.

use std::sync::LazyLock;

use regex::Regex;

use super::source::Source;

/// Folders that belong to all pages rather than to one area.
const SHARED: [&str; 3] = ["kit", "layout", "mail"];
/// Files beside the folders.
const FRAMES: [&str; 2] = ["layout", "error"];

static INLINE: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let events = "click|change|input|submit|reset|load|error|focus|blur|toggle|select|copy|paste";
    let rules = [
        (r"(?i)<style\b".to_owned(), "a <style>"),
        (r"(?i)\sstyle\s*=".to_owned(), "an inline style="),
        (format!(r"(?i)\bon({events}|(key|mouse|pointer|touch)\w+)\s*=\s*[\x22']"), "an inline event"),
        (r"(?i)javascript:".to_owned(), "a javascript: address"),
    ];
    let compiled = rules.into_iter().map(|(rule, what)| (Regex::new(&rule), what));
    compiled.map(|(rule, what)| (rule.unwrap_or_else(|error| panic!("{error}")), what)).collect()
});

/// What the Content-Security-Policy would refuse without a word.
pub fn inline(template: &Source) -> Vec<String> {
    // Mail programs know no style sheets, so letters carry their style with them.
    let is_letter = template.area() == "mail";
    let rules = INLINE.iter().filter(|(_, what)| !(is_letter && what.contains("style")));
    let mut wrong = Vec::new();
    for (line, text) in template.lines() {
        let broken = rules.clone().filter(|(pattern, _)| pattern.is_match(&text));
        wrong.extend(broken.map(|(_, what)| format!("{}:{line}: {what}", template.path)));
        let scripts = text
            .split("<script")
            .skip(1)
            .filter(|rest| !rest.split('>').next().unwrap_or_default().contains("src="));
        wrong.extend(scripts.map(|_| format!("{}:{line}: a <script> without src", template.path)));
    }
    wrong
}

pub fn without_owner(template: &Source, areas: &[String]) -> Option<String> {
    let area = template.area();
    let is_frame = template.path.matches('/').count() == 1;
    let is_owned = match is_frame {
        true => FRAMES.contains(&area),
        false => SHARED.contains(&area) || areas.iter().any(|owner| owner == area),
    };
    (!is_owned).then(|| format!("{}:1: no area owns this template", template.path))
}

/// A template that nothing shows, extends or imports. `codes` are paths with their text, comments left out.
pub fn without_use(template: &Source, codes: &[(String, String)]) -> Option<String> {
    let name = template.path.trim_start_matches("templates/");
    let quoted = format!("\"{name}\"");
    let is_used = codes.iter().any(|(path, code)| *path != template.path && code.contains(&quoted));
    (!is_used).then(|| format!("{}:1: nothing uses this template", template.path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_inline_is_found_with_its_line() {
        for text in [
            "<style>p {}</style>",
            "<p style=\"x\">",
            "<p STYLE = 'x'>",
            "<button onclick=\"x()\">",
            "<input onkeydown='x()'>",
            "<script>x()</script>",
            "<script type=\"module\">",
            "<a href=\"javascript:x()\">",
        ] {
            let wrong = inline(&Source::of("templates/orders/list.html", &format!("<p>\n{text}")));
            assert_eq!(wrong.len(), 1, "{text}: {wrong:?}");
            assert!(wrong.iter().all(|told| told.starts_with("templates/orders/list.html:2: ")), "{wrong:?}");
        }
    }

    #[test]
    fn what_stands_in_files_of_its_own_passes() {
        let page = "<script type=\"module\" src=\"x\"></script>{# style= #}<link rel=\"stylesheet\">{{ f::x(once = \"a\") }}";
        assert_eq!(inline(&Source::of("templates/orders/list.html", page)), Vec::<String>::new());
        assert_eq!(inline(&Source::of("templates/mail/a.html", "<p style=\"x\">")), Vec::<String>::new());
    }

    #[test]
    fn a_template_needs_an_owner() {
        let areas = ["orders".to_owned()];
        for (path, is_owned) in [
            ("templates/orders/list.html", true),
            ("templates/kit/fields.html", true),
            ("templates/layout.html", true),
            ("templates/invoices/list.html", false),
            ("templates/orders.html", false),
        ] {
            assert_eq!(without_owner(&Source::of(path, ""), &areas).is_none(), is_owned, "{path}");
        }
    }

    #[test]
    fn a_template_needs_a_use() {
        let template = Source::of("templates/orders/list.html", "{# \"orders/list.html\" #}");
        let user = Source::of("src/orders/pages.rs", "#[template(path = \"orders/list.html\")]");
        let own = (template.path.clone(), template.text.clone());
        assert_eq!(without_use(&template, &[own.clone(), (user.path, user.text)]), None);
        assert!(without_use(&template, &[own]).is_some());
    }
}
