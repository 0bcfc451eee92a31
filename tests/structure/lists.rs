//! Every list that goes on over pages can be had as a file.

use super::source::Source;

/// What lists without one, and why.
const WITHOUT_FILE: [(&str, &str); 5] = [
    ("templates/exports/list.html", "its rows are files"),
    ("templates/overview/activity.html", "it leads to the same rows in the Activity log, which has the file"),
    (
        "templates/users/customers.html",
        "it is for those who may not take customers away; others have Customers",
    ),
    ("templates/azure/preview.html", "its rows are those of the file that was just uploaded"),
    ("templates/catalog/preview.html", "its rows are those of the file that was just uploaded"),
];

/// Whether a page is a list: its table stands in the frame of lists, or goes on behind a page.
fn is_list(template: &Source) -> bool {
    let text = &template.text;
    template.area() != "kit"
        && (text.contains("{% extends \"kit/list.html\" %}") || text.contains("g::pager("))
}

fn offers_file(template: &Source) -> bool {
    template.text.contains(".export() }}")
}

/// A list that offers no file of its rows.
pub fn without_file(template: &Source) -> Option<String> {
    let is_excused = WITHOUT_FILE.iter().any(|(path, _)| *path == template.path);
    (is_list(template) && !offers_file(template) && !is_excused)
        .then(|| format!("{}: a list that cannot be had as a file", template.path))
}

/// Excuses that nothing needs.
pub fn idle(templates: &[Source]) -> Vec<String> {
    let needs =
        |path: &str| templates.iter().any(|one| one.path == path && is_list(one) && !offers_file(one));
    let idle = WITHOUT_FILE.iter().filter(|(path, _)| !needs(path));
    idle.map(|(path, why)| format!("{path}: is excused without need ({why})")).collect()
}

#[test]
fn a_list_offers_its_rows_as_a_file() {
    let list = "{% extends \"kit/list.html\" %}\n";
    let menu = "{% block actions %}{{ pager.export() }}{% endblock %}";
    let paged = "{% extends \"layout.html\" %}\n{{ g::pager(pager) }}";
    let wrong = |path, text: &str| without_file(&Source::of(path, text)).is_some();
    assert!(wrong("templates/orders/list.html", list));
    assert!(wrong("templates/orders/list.html", paged));
    assert!(!wrong("templates/orders/list.html", &format!("{list}{menu}")));
    assert!(!wrong("templates/orders/show.html", "{% extends \"layout.html\" %}"));
    assert!(!wrong(WITHOUT_FILE[0].0, list));
    assert!(!wrong("templates/kit/list.html", paged));
    assert_eq!(idle(&[Source::of(WITHOUT_FILE[0].0, list)]).len(), WITHOUT_FILE.len() - 1);
}
