//! What belongs to an installation and is not in its database.

use crate::config::Settings;

/// What to keep beside a backup.
pub fn to_keep(settings: &Settings) -> Vec<String> {
    let mut said = vec![format!(
        "Keep with it: {}. Without that key, authenticator apps stop working and everybody signs in again.",
        key(settings)
    )];
    let letters = letters(settings);
    if letters > 0 {
        let folder = settings.data_dir.join("letters");
        said.push(format!("Keep with it, too: {}, with {}.", folder.display(), counted(letters)));
    }
    said
}

/// What to do after a backup was put back.
pub fn to_put_back(settings: &Settings) -> Vec<String> {
    let path = settings.data_dir.join("session.key");
    if settings.session_key.is_some() || path.exists() {
        return vec![format!(
            "Authenticator apps go on working if {} is the key that belongs to the backup.",
            key(settings)
        )];
    }
    vec![format!(
        "There is no key: put the {} that was kept with the backup there before you start the portal, or set SESSION_KEY. \
         With a new key, authenticator apps stop working.",
        path.display()
    )]
}

fn key(settings: &Settings) -> String {
    match settings.session_key {
        Some(_) => "SESSION_KEY".to_owned(),
        None => settings.data_dir.join("session.key").display().to_string(),
    }
}

/// How many letters are kept as files.
fn letters(settings: &Settings) -> usize {
    let entries = settings.data_dir.join("letters").read_dir();
    entries.map_or(0, |entries| {
        entries
            .flatten()
            .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "eml"))
            .count()
    })
}

fn counted(letters: usize) -> String {
    match letters {
        1 => "1 letter that was kept as a file".to_owned(),
        letters => format!("{letters} letters that were kept as files"),
    }
}
