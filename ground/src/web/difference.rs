//! What two people typed into the same form, where the second one learns of the first.

/// A field that holds something else than what is kept.
pub struct Difference {
    pub field: &'static str,
    pub kept: String,
    pub typed: String,
}

/// Where two lists of the same fields differ.
pub fn differences(kept: &[(&'static str, &str)], typed: &[(&'static str, &str)]) -> Vec<Difference> {
    let differing = kept.iter().zip(typed).filter(|(kept, typed)| kept.1 != typed.1);
    differing
        .map(|((field, kept), (_, typed))| Difference {
            field,
            kept: (*kept).to_owned(),
            typed: (*typed).to_owned(),
        })
        .collect()
}
