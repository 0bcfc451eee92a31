//! Letters: each extends the frame that gives it a subject, and each kind is in the list of its area, by which the operator
//! sends it again.

use std::sync::LazyLock;

use regex::Regex;

use super::source::Source;

const FRAME: &str = "templates/mail/frame.letter";
const EXTENDS: &str = "{% extends \"mail/frame.letter\" %}";

static KIND: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bconst (\w+): Kind =\s*Kind \{\s*key:"));
static LIST: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bconst LETTERS: &\[&Kind\] =\s*&\[([^\]]*)\]"));

pub fn frameless(template: &Source) -> Option<String> {
    let is_framed = template.path == FRAME || template.text.starts_with(EXTENDS);
    (!is_framed).then(|| format!("{}:1: a letter begins with `{EXTENDS}`", template.path))
}

/// Kinds of letters that no area lists.
pub fn unlisted(sources: &[Source]) -> Vec<String> {
    let lists: Vec<_> = sources.iter().filter_map(|source| Some((source.area(), listed(source)?))).collect();
    let mut wrong = Vec::new();
    for source in sources.iter().filter(|source| source.area() != "mail") {
        for name in kinds(source) {
            let mut own = lists.iter().filter(|(area, _)| *area == source.area());
            if !own.any(|(_, list)| list.contains(&name)) {
                wrong.push(format!("{}:1: no `LETTERS` of the area lists `&{name}`", source.path));
            }
        }
    }
    wrong
}

/// Areas whose letters the routes leave out.
pub fn left_out(sources: &[Source], routes: &Source) -> Vec<String> {
    let areas = sources.iter().filter(|source| listed(source).is_some());
    let missing = areas.filter(|source| !routes.code().contains(&format!("{}::LETTERS", source.area())));
    missing.map(|source| format!("{}:1: {} does not name these letters", source.path, routes.path)).collect()
}

/// The kinds that a file declares, as the list of its area names them.
fn kinds(source: &Source) -> Vec<String> {
    let code = source.code();
    let names = KIND.captures_iter(&code).filter_map(|kind| kind.get(1).map(|name| name.as_str().to_owned()));
    match source.path.ends_with("/letters.rs") {
        true => names.collect(),
        false => names.map(|name| format!("{}::{name}", source.stem())).collect(),
    }
}

fn listed(source: &Source) -> Option<Vec<String>> {
    let code = source.code();
    let list = LIST.captures(&code)?.get(1)?.as_str();
    Some(list.split(',').map(|kind| kind.trim().trim_start_matches('&').to_owned()).collect())
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| panic!("{error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DECLARED: &str = "pub const KIND: Kind = Kind { key: \"answer\", still_holds: always };";

    #[test]
    fn a_letter_without_the_frame_is_found() {
        let letter = |text: &str| frameless(&Source::of("templates/orders/letters/late.letter", text));
        assert_eq!(letter("{% extends \"mail/frame.letter\" %}\n"), None);
        assert!(letter("Hello,").is_some());
        assert_eq!(frameless(&Source::of(FRAME, "{% block subject %}")), None);
    }

    #[test]
    fn a_kind_that_nobody_lists_is_found() {
        let answer = Source::of("src/orders/letters/answer.rs", DECLARED);
        let list = |kinds: &str| {
            let text =
                format!("pub const LETTERS: &[&Kind] = &[{kinds}];\npub const OWN: Kind =\n    Kind {{ key:");
            Source::of("src/orders/letters.rs", &text)
        };
        assert_eq!(unlisted(&[answer.clone(), list("&answer::KIND, &OWN")]), Vec::<String>::new());
        for incomplete in ["&answer::KIND", "&OWN", "&answer::KIND_OF_OLD, &OWN"] {
            assert_eq!(unlisted(&[answer.clone(), list(incomplete)]).len(), 1, "{incomplete}");
        }
        let elsewhere = Source::of("src/partners/letters/answer.rs", DECLARED);
        assert_eq!(unlisted(&[elsewhere, list("&answer::KIND, &OWN")]).len(), 1, "another area's");
    }

    #[test]
    fn an_area_that_the_routes_leave_out_is_found() {
        let list = [Source::of("src/orders/letters.rs", "pub const LETTERS: &[&Kind] = &[&KIND];")];
        let routes = |text: &str| Source::of("src/routes.rs", text);
        assert_eq!(left_out(&list, &routes("Kinds::of(&[orders::LETTERS])")), Vec::<String>::new());
        assert_eq!(left_out(&list, &routes("Kinds::of(&[people::LETTERS])")).len(), 1);
    }
}
