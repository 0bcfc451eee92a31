//! Where things stand on a page, as XPath: found by the words that people read.

/// Fields by label, `aria-label` or the label around them.
pub fn field(label: &str) -> String {
    let is = |what: &str| {
        format!(
            "normalize-space({what})={} or normalize-space({what})={}",
            quoted(label),
            quoted(&format!("{label} (optional)"))
        )
    };
    format!(
        "//*[self::input or self::select or self::textarea][@id=//label[{own}]/@for or ancestor::label[{own} or {around}] or @aria-label={name}]",
        own = is("."),
        // A label around a list holds the list's options too.
        around = is("text()[1]"),
        name = quoted(label)
    )
}

/// One radio button of a group.
pub fn radio(group: &str, label: &str) -> String {
    format!(
        "//fieldset[normalize-space(legend)={} or normalize-space(legend)={}]//input[@type='radio'][ancestor::label[{}] or @id=//label[{}]/@for]",
        quoted(group),
        quoted(&format!("{group} (optional)")),
        called(label),
        called(label),
    )
}

pub fn button(name: &str) -> String {
    format!("//button[{}] | //input[@type='submit'][@value={}]", called(name), quoted(name))
}

pub fn link(name: &str) -> String {
    format!("//a[@href][{}]", called(name))
}

/// What unfolds a part of the page.
pub fn summary(name: &str) -> String {
    format!("//summary[{}]", called(name))
}

pub fn heading(name: &str) -> String {
    format!("//*[self::h1 or self::h2 or self::h3][normalize-space()={}]", quoted(name))
}

/// The same inside the table row, list item, section or fieldset that holds a text.
pub fn within(text: &str, path: &str) -> String {
    let part = format!(
        "//*[self::tr or self::li or self::section or self::article or self::fieldset or self::details][contains(normalize-space(), {})]",
        quoted(text)
    );
    path.split(" | ").map(|path| format!("{part}{path}")).collect::<Vec<_>>().join(" | ")
}

/// The whole name, or the part of it that is seen when the rest is for screen readers only.
fn called(name: &str) -> String {
    let seen = format!(
        "descendant::*[contains(@class, 'unseen')] and starts-with(normalize-space(), {})",
        quoted(name)
    );
    format!("normalize-space()={name} or @aria-label={name} or ({seen})", name = quoted(name))
}

/// XPath has no escapes: a text with both kinds of quotes is put together.
fn quoted(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    let parts: Vec<_> = text.split('\'').map(|part| format!("'{part}'")).collect();
    format!("concat({})", parts.join(", \"'\", "))
}

#[test]
fn quotes_are_put_together() {
    assert_eq!(quoted("O'Neil \"x\""), "concat('O', \"'\", 'Neil \"x\"')");
    assert_eq!(quoted("plain"), "'plain'");
}
