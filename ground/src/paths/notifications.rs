//! Which letters people get of others' deeds.

super::addresses! {
    /// The switches, which stand on My profile.
    switches() "/profile/letters";
}
