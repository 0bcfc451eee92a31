//! Who somebody is says the gate, from the database, and nobody else: a viewer is what every permission is proven of.

use super::source::Source;

const GATE: &str = "gate";
/// Where viewers are made of what is known.
const DEFINED: &str = "ground/src/access/viewer.rs";
const MAKES: &str = "looked_up";

/// Where a viewer is made, or could be under another name.
pub fn wrong(source: &Source) -> Vec<String> {
    let lines = source.lines();
    let named = lines.into_iter().filter(|(_, line)| line.contains(MAKES));
    let allowed = match () {
        () if source.area() == GATE => usize::MAX,
        () if source.path == DEFINED => 1,
        () => 0,
    };
    named
        .skip(allowed)
        .map(|(line, _)| format!("{}:{line}: makes a viewer, as only the gate may", source.path))
        .collect()
}

#[test]
fn a_viewer_is_made_by_the_gate() {
    for code in [
        "let viewer = Viewer::looked_up(known);",
        "known.map(V::looked_up)",
        "Viewer::\n    looked_up(known)",
    ] {
        assert_eq!(wrong(&Source::of("src/gate/store.rs", code)), Vec::<String>::new());
        assert_eq!(wrong(&Source::of("src/orders/store.rs", code)).len(), 1, "{code}");
    }
    let defined = "pub fn looked_up(known: Known) -> Self {";
    assert_eq!(wrong(&Source::of(DEFINED, defined)), Vec::<String>::new());
    assert_eq!(
        wrong(&Source::of(DEFINED, &format!("{defined}\nSelf::looked_up(known)"))),
        [format!("{DEFINED}:2: makes a viewer, as only the gate may")]
    );
}
