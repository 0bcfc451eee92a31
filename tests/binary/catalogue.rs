//! The catalogue from the command line, as a script that sets an installation up uses it.

use std::process::Output;

use crate::support::{Installation, the_one_line};

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_sample_goes_in_once_and_comes_out_as_it_went_in() {
    let installation = Installation::new();
    let file = installation.folder.path().join("offers.csv");
    let file = file.to_str().unwrap();
    std::fs::write(file, installation.run(&["catalogue", "sample"]).stdout).unwrap();
    let dry = installation.run(&["catalogue", "import", "--dry-run", file]);
    assert!(dry.status.success() && told(&dry).contains("Would be: 67 new"), "{}", told(&dry));
    let first = installation.run(&["catalogue", "import", file]);
    assert!(
        first.status.success() && told(&first).contains("67 new, 0 changed, 0 the same"),
        "{}",
        told(&first)
    );
    assert!(installation.run(&["catalogue", "export", file]).status.success());
    let second = installation.run(&["catalogue", "import", file]);
    assert!(
        second.status.success() && told(&second).contains("0 new, 0 changed, 67 the same"),
        "{}",
        told(&second)
    );
}

#[test]
fn a_refused_row_is_named_and_fails_the_command() {
    let installation = Installation::new();
    let file = installation.folder.path().join("offers.csv");
    std::fs::write(&file, "Offer ID;Name;Category\nsuite;;enterprise\n").unwrap();
    let output = installation.run(&["catalogue", "import", file.to_str().unwrap()]);
    assert!(told(&output).contains("line 2: suite: refused: Name: Enter the name."), "{}", told(&output));
    assert!(the_one_line(&output).contains("1 row was refused"));
    std::fs::write(&file, "Name\nSuite\n").unwrap();
    let output = installation.run(&["catalogue", "import", file.to_str().unwrap()]);
    assert!(the_one_line(&output).contains("there is no column Offer ID"));
    let output = installation.run(&["catalogue", "import", "nowhere.csv"]);
    assert!(the_one_line(&output).contains("nowhere.csv"));
}
