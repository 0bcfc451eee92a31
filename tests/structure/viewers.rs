//! Who somebody is says the gate, from the database, and nobody else: a viewer is what every permission is proven of.

use super::source::Source;

const GATE: &str = "gate";
const MAKES: &str = "Viewer::looked_up(";

pub fn wrong(source: &Source) -> Vec<String> {
    if source.area() == GATE {
        return Vec::new();
    }
    let makes = source.lines().into_iter().filter(|(_, line)| line.contains(MAKES));
    makes.map(|(line, _)| format!("{}:{line}: makes a viewer, as only the gate may", source.path)).collect()
}

#[test]
fn a_viewer_is_made_by_the_gate() {
    let code = "let viewer = Viewer::looked_up(known);";
    assert_eq!(wrong(&Source::of("src/gate/store.rs", code)), Vec::<String>::new());
    assert_eq!(
        wrong(&Source::of("src/orders/store.rs", code)),
        ["src/orders/store.rs:1: makes a viewer, as only the gate may"]
    );
}
