//! What may be said: words that can be found, so that every language is asked for them.

use askama_parser::{Expr, PathOrIdentifier};

/// Filters that make a message, or go on with one.
const FILTERS: [&str; 8] = ["t", "say", "counted", "say_counted", "with", "with_said", "link", "verbatim"];

/// Words of tables, by the end of the expression: [`super::elsewhere`] tells of them.
const OF_TABLES: [&str; 7] = [
    "country.name()",
    "country.region().name()",
    // Of a country that can be chosen.
    "choice.name()",
    "glossary::word()",
    "glossary::value()",
    // Of the same table.
    "criterion.name",
    "criterion.value",
];

/// The same, where a match gave them a name, and labels that are messages.
const NAMED: [(&str, &str); 5] = [
    ("templates/activity/words.html", "word"),
    ("templates/kit/permissions.html", "words"),
    ("templates/kit/problem.txt", "label"),
    ("templates/kit/problem.txt", "allowed"),
    ("templates/customers/fields.html", "digits"),
];

/// What is wrong with saying this: nobody can tell what it is. `names` stand for messages.
pub fn unknown(path: &str, said: &Expr<'_>, names: &[&str]) -> Option<String> {
    let is_known = match said {
        Expr::StrLit(_) => true,
        Expr::Group(inner) => return unknown(path, inner, names),
        Expr::Var(name) => names.contains(name),
        other => is_message(other),
    };
    let written = written(said);
    let is_known = is_known
        || OF_TABLES.iter().any(|end| written.ends_with(end))
        || NAMED.contains(&(path, written.as_str()));
    (!is_known).then(|| format!("{path}: `{written}` is said, and no language learns what that can be"))
}

/// Whether it is a message already.
pub fn is_message(expression: &Expr<'_>) -> bool {
    match expression {
        Expr::Filter(filter) => {
            matches!(&filter.name, PathOrIdentifier::Identifier(name) if FILTERS.contains(&**name))
        }
        _ => false,
    }
}

/// The names in an expression.
fn written(expression: &Expr<'_>) -> String {
    match expression {
        Expr::Var(name) => (*name).to_owned(),
        Expr::Path(parts) => parts.iter().map(|part| *part.name).collect::<Vec<_>>().join("::"),
        Expr::AssociatedItem(inner, item) => format!("{}.{}", written(inner), *item.name),
        Expr::Call(call) => format!("{}()", written(&call.path)),
        Expr::Group(inner) | Expr::Unary(_, inner) | Expr::Try(inner) => written(inner),
        _ => "…".to_owned(),
    }
}
