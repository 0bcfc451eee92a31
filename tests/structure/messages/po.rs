//! A language's `.po` file, held against what the portal says.

use polib::catalog::Catalog;
use polib::po_file::parse_from_reader;

use super::super::source::Source;
use super::{Messages, pieces, plurals};

/// What a language lacks, has too much, or says in another way than it can be filled in.
pub fn wrong(file: &Source, messages: &Messages) -> Vec<String> {
    let catalog =
        parse_from_reader(file.text.as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", file.path));
    let missing = messages.keys().filter(|message| {
        !catalog.messages().any(|own| {
            own.msgctxt().unwrap_or_default() == message.context
                && own.msgid() == message.english
                && own.is_translated()
                && !own.is_fuzzy()
        })
    });
    let missing = missing
        .map(|message| format!("{}: no words for {:?} {}", file.path, message.english, message.context));
    let counted = &catalog.metadata.plural_rules;
    let plurals = plurals::wrong(file.stem(), counted.nplurals, &counted.expr);
    let plurals = plurals.map(|what| format!("{}: {what}", file.path));
    missing.chain(unfit(file, &catalog, messages)).chain(plurals).collect()
}

fn unfit(file: &Source, catalog: &Catalog, messages: &Messages) -> Vec<String> {
    let mut wrong = Vec::new();
    for own in catalog.messages() {
        let key = super::Message {
            context: own.msgctxt().unwrap_or_default().to_owned(),
            english: own.msgid().to_owned(),
        };
        let Some(used) = messages.get(&key) else {
            wrong.push(format!("{}: nobody says {:?} {}", file.path, key.english, key.context));
            continue;
        };
        let many = used.plural.as_deref().unwrap_or(&key.english);
        let forms: Vec<&str> = match own.is_plural() {
            true => own
                .msgstr_plural()
                .map(|forms| forms.iter().map(String::as_str).collect())
                .unwrap_or_default(),
            false => own.msgstr().into_iter().collect(),
        };
        if own.is_plural() != used.plural.is_some() {
            wrong.push(format!("{}: {:?} depends on a number, or does not", file.path, key.english));
        }
        for form in forms {
            let (wanted, given) = (pieces::gaps(many), pieces::gaps(form));
            let differ = wanted.symmetric_difference(&given).any(|gap| *gap != "n");
            if differ || pieces::tags(many) != pieces::tags(form) {
                wrong.push(format!("{}: {form:?} has other gaps or tags than {many:?}", file.path));
            }
            wrong.extend(pieces::wrong(form).into_iter().map(|what| format!("{}: {what}", file.path)));
        }
    }
    wrong
}
