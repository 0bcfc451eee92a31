//! Brings the files in `locales/` up to what the portal says: `cargo run --example messages`. Words that are there stay,
//! with what translators noted about them; what is new waits for some, and what nobody says any more goes.
//!
//! A new language begins with a file that has nothing but its head: `Language` and `Plural-Forms`.

#![allow(clippy::print_stdout, clippy::panic, reason = "printing is what it is for")]

#[path = "../tests/structure/messages/mod.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod messages;
#[path = "../tests/structure/source.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod source;

use std::path::Path;

use polib::catalog::Catalog;
use polib::message::Message;
use polib::po_file::{parse_from_reader, write_to_file};

use messages::Messages;
use source::Source;

fn main() -> std::io::Result<()> {
    let (messages, wrong) = messages::everything();
    wrong.iter().for_each(|what| eprintln!("{what}"));
    for file in source::read_all("locales", "po") {
        let renewed = renewed(&file, &messages);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file.path);
        write_to_file(&renewed, &path)?;
        let waiting = renewed.messages().filter(|message| !message.is_translated()).count();
        println!("{}: {} messages, {waiting} without words", file.path, renewed.count());
    }
    Ok(())
}

/// The same file with everything that the portal says: what it had words for keeps them, the rest waits for some.
fn renewed(file: &Source, messages: &Messages) -> Catalog {
    let old =
        parse_from_reader(file.text.as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", file.path));
    let mut new = Catalog::new(old.metadata.clone());
    for (message, used) in messages {
        let context = Some(message.context.as_str()).filter(|context| !context.is_empty());
        let known = old.messages().find(|own| own.msgctxt() == context && own.msgid() == message.english);
        let mut entry = match &used.plural {
            None => Message::build_singular(),
            Some(_) => Message::build_plural(),
        };
        entry.with_msgid(message.english.clone()).with_source(used.places.join("\n"));
        if let Some(context) = context {
            entry.with_msgctxt(context.to_owned());
        }
        if let Some(known) = known {
            let comments = known.translator_comments().to_owned();
            entry.with_translator_comments(comments).with_flags(known.flags().clone());
        }
        match &used.plural {
            None => {
                let words = known.and_then(|known| known.msgstr().ok()).unwrap_or_default();
                entry.with_msgstr(words.to_owned());
            }
            Some(plural) => {
                let forms = known.and_then(|known| known.msgstr_plural().ok().cloned());
                let none = || vec![String::new(); old.metadata.plural_rules.nplurals];
                entry.with_msgid_plural(plural.clone()).with_msgstr_plural(forms.unwrap_or_else(none));
            }
        }
        new.append_or_update(entry.done());
    }
    new
}
