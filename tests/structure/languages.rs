//! A language is one file, `locales/<tag>.po`: nothing beside it names a language, by its tag or by what it calls itself.

use polib::po_file::parse_from_reader;
use regex::Regex;

use super::source::Source;

/// Where the file says what its language calls itself.
const OWN_NAME: &str = "the name of this language in itself";

/// What names languages all the same, and why.
const EXEMPT: [(&str, &str); 2] = [
    ("static/css/base.css", "only `:lang()` finds a script that wants typefaces and lines of its own"),
    ("templates/kit/words/language.html", "in these customers are written to, and not the pages"),
];

/// Tags that are words of HTML, of forms and of English as well.
const WORDS: [&str; 13] = ["am", "as", "be", "da", "id", "is", "it", "my", "no", "so", "th", "to", "tr"];

/// How languages are named in code.
pub struct Names {
    tags: Regex,
    own: Vec<String>,
}

impl Names {
    /// Those of these files, and of languages that may get one.
    pub fn of(files: &[Source], others: &[String]) -> Names {
        let tags = files.iter().map(Source::stem).chain(others.iter().map(String::as_str));
        let tags = tags.filter(|tag| !WORDS.contains(tag)).map(regex::escape).collect::<Vec<_>>().join("|");
        // A tag stands for itself; words hold one here and there.
        let tags = format!("(?:[\"'`:(]|:lang\\()({tags})[\"'`)]");
        let own = files.iter().filter_map(own_name).collect();
        Names { tags: Regex::new(&tags).unwrap_or_else(|error| panic!("{error}")), own }
    }

    /// Where a file names one.
    pub fn wrong(&self, source: &Source) -> Vec<String> {
        let is_exempt = EXEMPT.iter().any(|(path, _)| source.path == *path);
        if is_exempt { Vec::new() } else { self.found(source) }
    }

    fn found(&self, source: &Source) -> Vec<String> {
        let code = source.code();
        // Tests have readers.
        let code = code.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let found = code.lines().zip(1..).flat_map(|(text, line)| {
            let tags =
                self.tags.captures_iter(text).filter_map(|found| Some(found.get(1)?.as_str().to_owned()));
            let own = self.own.iter().filter(|own| text.contains(*own)).cloned();
            tags.chain(own).map(move |name| (line, name)).collect::<Vec<_>>()
        });
        found.map(|(line, name)| format!("{}:{line}: a language is named: {name}", source.path)).collect()
    }

    /// Exemptions that nothing needs.
    pub fn idle(&self, sources: &[Source]) -> Vec<String> {
        let needs =
            |path: &str| sources.iter().any(|source| source.path == path && !self.found(source).is_empty());
        EXEMPT
            .iter()
            .filter(|(path, _)| !needs(path))
            .map(|(path, _)| format!("{path} names no language"))
            .collect()
    }
}

/// The tags of which `templates/kit/words/language.html` knows words, save that of the language of the templates.
pub fn of_the_world(words: &Source) -> Vec<String> {
    let tags = words.text.split("when \"").skip(1).filter_map(|rest| rest.split('"').next());
    tags.filter(|tag| *tag != "en").map(str::to_owned).collect()
}

/// Files whose name and head are of two languages, or of none: the tag of BCP 47, as browsers say it.
pub fn misnamed(file: &Source) -> Option<String> {
    let tag = file.stem();
    let canonical = tag.parse::<icu_locale::Locale>().map(|locale| locale.to_string());
    let head = file.text.lines().find_map(|line| line.strip_prefix("\"Language: ")?.strip_suffix("\\n\""));
    if canonical.as_deref() != Ok(tag) {
        return Some(format!("{}: {tag} is no tag", file.path));
    }
    (head != Some(tag)).then(|| format!("{}: its head says {head:?}", file.path))
}

fn own_name(file: &Source) -> Option<String> {
    let catalog = parse_from_reader(file.text.as_bytes()).ok()?;
    let name = catalog.messages().find(|message| message.msgctxt() == Some(OWN_NAME))?;
    name.msgstr().ok().filter(|name| !name.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, tag: &str, own: &str) -> Source {
        let text = format!(
            "msgid \"\"\nmsgstr \"\"\n\"Language: {tag}\\n\"\n\nmsgctxt \"{OWN_NAME}\"\nmsgid \"English\"\nmsgstr \"{own}\"\n"
        );
        Source::of(path, &text)
    }

    fn names() -> Names {
        Names::of(&[file("locales/pt-BR.po", "pt-BR", "português")], &["fr".to_owned(), "id".to_owned()])
    }

    #[test]
    fn a_language_that_is_named_is_found() {
        for (path, text) in [
            ("src/a.rs", "\nlet all = [\"en\", \"pt-BR\"];"),
            ("src/a.rs", "\nif tag.starts_with(\"fr\") {}"),
            ("templates/a.html", "\n<p lang='pt-BR'>x</p>"),
            ("templates/a.html", "\n<button>português</button>"),
            ("static/a.css", "\n:lang(fr) { color: red }"),
            ("static/a.js", "\nif (lang === `fr`) go();"),
        ] {
            let found = names().wrong(&Source::of(path, text));
            assert!(found.len() == 1 && found.iter().all(|told| told.contains(":2: ")), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_names_none_passes() {
        for (path, text) in [
            ("src/a.rs", "// such as \"pt-BR\"\nlet id = form.value(\"id\");"),
            ("src/a.rs", "let from = \"from Africa\";"),
            ("src/a.rs", "#[cfg(test)]\nmod tests { const TAG: &str = \"pt-BR\"; }"),
            ("templates/a.html", "{# português #}<label for=\"id\">x</label>"),
            ("static/css/base.css", ":lang(fr) { color: red }"),
        ] {
            assert_eq!(names().wrong(&Source::of(path, text)), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn an_exemption_is_needed() {
        let languages = Source::of("templates/kit/words/language.html", "{%- when \"fr\" -%}");
        assert_eq!(names().idle(&[languages]), ["static/css/base.css names no language"]);
    }

    #[test]
    fn a_file_is_called_as_its_language_is() {
        assert_eq!(misnamed(&file("locales/pt-BR.po", "pt-BR", "")), None);
        for (path, tag) in
            [("locales/pt_BR.po", "pt_BR"), ("locales/pt-br.po", "pt-br"), ("locales/pt-BR.po", "pt")]
        {
            assert!(misnamed(&file(path, tag, "")).is_some(), "{path} {tag}");
        }
    }

    #[test]
    fn languages_of_the_world_are_read() {
        let words =
            Source::of("templates/kit/words/language.html", "{%- when \"en\" -%}a{%- when \"fr\" -%}b");
        assert_eq!(of_the_world(&words), ["fr"]);
    }
}
