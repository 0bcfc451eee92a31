//! The shape of the source, held by machine: which way the arrows between areas go, one framework a file, rows with
//! names, whose a table is and whose a template, twin migrations, sizes. Every rule is a function over text with its
//! own tests beside it.

#[path = "structure/addresses.rs"]
mod addresses;
#[path = "structure/arrows.rs"]
mod arrows;
#[path = "structure/deeds.rs"]
mod deeds;
#[path = "structure/dependencies.rs"]
mod dependencies;
#[path = "structure/frameworks.rs"]
mod frameworks;
#[path = "structure/glossary.rs"]
mod glossary;
#[path = "structure/image.rs"]
mod image;
#[path = "structure/isolated.rs"]
mod isolated;
#[path = "structure/languages.rs"]
mod languages;
#[path = "structure/letters.rs"]
mod letters;
#[path = "structure/lists.rs"]
mod lists;
#[path = "structure/messages/mod.rs"]
mod messages;
#[path = "structure/migrations.rs"]
mod migrations;
#[path = "structure/nameless.rs"]
mod nameless;
#[path = "structure/owners.rs"]
mod owners;
#[path = "structure/rows.rs"]
mod rows;
#[path = "structure/settings.rs"]
mod settings;
#[path = "structure/sizes.rs"]
mod sizes;
#[path = "structure/source.rs"]
mod source;
#[path = "structure/templates.rs"]
mod templates;
#[path = "structure/viewers.rs"]
mod viewers;

use source::{Source, read, read_all};

#[test]
fn an_area_uses_only_areas_listed_above_it() {
    let areas = areas();
    assert!(areas.len() > 10, "the map could not be read: {areas:?}");
    // rustfmt would sort the map by the alphabet, and its order is what this test goes by.
    let keeps_order = read("rustfmt.toml").text.lines().any(|line| line.trim() == "reorder_modules = false");
    assert!(keeps_order, "rustfmt.toml: say `reorder_modules = false`");
    nothing(sources().iter().flat_map(|source| arrows::wrong(source, &areas)));
    for ending in ["html", "txt", "letter"] {
        nothing(all("templates", ending).iter().flat_map(|source| arrows::wrong(source, &areas)));
    }
}

#[test]
fn what_stands_under_all_areas_names_none() {
    let code = ["ground/src/web", "ground/src/values"].into_iter().flat_map(|folder| all(folder, "rs"));
    let kit = ["html", "txt"].into_iter().flat_map(|ending| all("templates/kit", ending));
    nothing(code.chain(kit).flat_map(|source| nameless::wrong(&source)));
}

#[test]
fn addresses_are_made_in_one_place() {
    let words = ["html", "txt", "letter"].into_iter().flat_map(|ending| all("templates", ending));
    nothing(sources().into_iter().chain(words).flat_map(|source| addresses::wrong(&source)));
}

#[test]
fn every_key_has_words_and_none_twice() {
    let (entries, unreadable) = glossary::read(&all("templates", "ini"));
    nothing(unreadable);
    nothing(glossary::doubled(&entries));
    let actions = glossary::actions(&read("src/activity/model.rs"));
    let permissions = glossary::permissions(&read("ground/src/access/permission.rs"));
    let code = sources();
    // Words of fields and subjects that nothing keeps any more are for records that are there.
    let fields: Vec<_> = code.iter().flat_map(glossary::fields).collect();
    let (by_name, unknown) = glossary::subjects_by_name(&code);
    nothing(unknown);
    let subjects: Vec<_> = code.iter().flat_map(glossary::subjects).chain(by_name).collect();
    let exports: Vec<_> = code.iter().flat_map(glossary::exports).collect();
    let filters: Vec<_> = code.iter().flat_map(glossary::filters).collect();
    let jobs: Vec<_> = code.iter().flat_map(glossary::jobs).collect();
    for (section, keys, is_whole) in [
        ("action", &actions, true),
        ("permission", &permissions, true),
        ("export", &exports, true),
        ("job", &jobs, true),
        ("field", &fields, false),
        // What lists are narrowed to otherwise, forms say.
        ("filter", &filters, false),
        ("subject", &subjects, false),
    ] {
        assert!(!keys.is_empty(), "no {section} could be read");
        nothing(glossary::missing(&entries, section, keys));
        nothing(glossary::stale(&entries, section, keys).into_iter().filter(|_| is_whole));
    }
    nothing(glossary::stale(&entries, "elsewhere", &permissions));
}

#[test]
fn the_map_lists_every_area() {
    nothing(arrows::unlisted(&areas(), &sources()));
}

#[test]
fn both_crates_write_templates_out_alike() {
    // Only where they find them differs.
    let (_, ground) = read("ground/askama.toml")
        .text
        .split_once("\n\n")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    assert_eq!(ground, read("askama.toml").text);
}

#[test]
fn only_the_gate_says_who_somebody_is() {
    nothing(sources().iter().flat_map(viewers::wrong));
}

#[test]
fn a_file_speaks_to_one_framework() {
    nothing(sources().iter().flat_map(frameworks::wrong));
}

#[test]
fn no_deed_stands_in_a_page() {
    nothing(sources().iter().flat_map(deeds::wrong));
}

#[test]
fn columns_are_loaded_by_name() {
    nothing(sources().iter().flat_map(rows::wrong));
}

#[test]
fn a_table_is_named_by_its_owner_alone() {
    let schema = read("ground/src/db/schema.rs");
    assert!(owners::tables(&schema).len() > 40, "the tables could not be read");
    nothing(owners::unclear(&schema));
    let code = sources();
    nothing(code.iter().flat_map(owners::wrong));
    nothing(code.iter().flat_map(owners::handed_on));
    nothing(owners::idle(&code));
}

#[test]
fn templates_hold_nothing_that_the_security_policy_refuses() {
    nothing(all("templates", "html").iter().flat_map(templates::inline));
}

#[test]
fn every_language_has_words_for_everything() {
    let (messages, wrong) = messages::everything();
    nothing(wrong);
    assert!(messages.len() > 2_000, "only {} messages were found", messages.len());
    nothing(all("locales", "po").iter().flat_map(|file| messages::po::wrong(file, &messages)));
}

#[test]
fn every_list_can_be_had_as_a_file() {
    let pages = all("templates", "html");
    nothing(pages.iter().filter_map(lists::without_file));
    nothing(lists::idle(&pages));
}

#[test]
fn a_language_is_named_by_its_file_alone() {
    let files = all("locales", "po");
    nothing(files.iter().filter_map(languages::misnamed));
    let world = languages::of_the_world(&read("templates/kit/words/language.html"));
    assert!(world.len() > 50, "the languages could not be read: {world:?}");
    let names = languages::Names::of(&files, &world);
    let code = ["ground/src", "src", "examples"].into_iter().flat_map(|folder| all(folder, "rs"));
    let words = ["html", "txt", "letter", "ini"].into_iter().flat_map(|ending| all("templates", ending));
    let sent = ["css", "js"].into_iter().flat_map(|ending| all("static", ending));
    let sources: Vec<_> = code.chain(words).chain(sent).filter(|source| !is_of_tests(source)).collect();
    nothing(sources.iter().flat_map(|source| names.wrong(source)));
    nothing(names.idle(&sources));
}

/// Whether a file of the library is compiled for its tests only.
fn is_of_tests(source: &Source) -> bool {
    source.path.ends_with("/tests.rs")
        || source.path.contains("/tests/")
        || source.path.ends_with("/trial.rs")
}

#[test]
fn what_people_typed_turns_no_sentence() {
    nothing(all("templates", "html").iter().flat_map(isolated::wrong));
}

#[test]
fn every_template_has_an_owner_and_a_use() {
    let areas = areas();
    let mut templates = all("templates", "html");
    templates.extend(read_all("templates", "txt"));
    templates.extend(read_all("templates", "letter"));
    nothing(templates.iter().filter_map(|template| templates::without_owner(template, &areas)));
    let code = |source: &Source| (source.path.clone(), source.code());
    let codes: Vec<_> = sources().iter().chain(&templates).map(code).collect();
    nothing(templates.iter().filter_map(|template| templates::without_use(template, &codes)));
}

#[test]
fn every_letter_has_a_frame_and_a_kind_that_is_listed() {
    nothing(all("templates", "letter").iter().filter_map(letters::frameless));
    let code = sources();
    nothing(letters::unlisted(&code));
    nothing(letters::left_out(&code, &read("src/routes.rs")));
}

#[test]
fn migrations_are_twins_and_can_be_undone() {
    nothing(migrations::wrong(&all("migrations", "sql")));
}

#[test]
fn every_setting_is_explained() {
    let settings = settings::of_code(&read("ground/src/config.rs"));
    assert!(settings.len() > 10, "the settings could not be read: {settings:?}");
    nothing(settings::wrong(&settings, &read("README.md"), &read(".env.example")));
}

#[test]
fn the_image_is_built_from_all_that_the_build_reads() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    nothing(image::wrong(&read("Containerfile"), &read(".dockerignore"), |path| root.join(path).exists()));
}

#[test]
fn what_is_compiled_in_is_still_mended() {
    nothing(dependencies::openssl(&read("Cargo.lock")));
}

#[test]
fn files_stay_small() {
    let rust = ["ground/src", "src", "tests"].into_iter().flat_map(|folder| all(folder, "rs"));
    nothing(rust.filter_map(|source| sizes::too_long(&source, 400)));
    nothing(all("templates", "html").iter().filter_map(|source| sizes::too_long(source, 150)));
}

/// The map: the areas in their order, the ground first.
fn areas() -> Vec<String> {
    ["ground/src/lib.rs", "src/lib.rs"].iter().flat_map(|map| arrows::areas(&read(map))).collect()
}

/// What is compiled into the portal, of both crates.
fn sources() -> Vec<Source> {
    ["ground/src", "src"].into_iter().flat_map(|folder| all(folder, "rs")).collect()
}

/// A rule that looks at no files would hold for ever.
fn all(folder: &str, ending: &str) -> Vec<Source> {
    let sources = read_all(folder, ending);
    assert!(!sources.is_empty(), "no .{ending} files in {folder}");
    sources
}

fn nothing(complaints: impl IntoIterator<Item = String>) {
    let complaints: Vec<_> = complaints.into_iter().collect();
    assert!(complaints.is_empty(), "{} broken rules:\n{}", complaints.len(), complaints.join("\n"));
}
