//! Both databases know the same steps, and every step has its way back.

use std::collections::BTreeSet;

use super::source::Source;

const DATABASES: [&str; 2] = ["sqlite", "postgres"];

pub fn wrong(files: &[Source]) -> Vec<String> {
    let mut wrong: Vec<String> = files.iter().filter_map(misplaced).collect();
    let steps: BTreeSet<&str> =
        files.iter().filter_map(|file| parts(file).map(|(_, step, _)| step)).collect();
    for step in steps {
        for database in DATABASES {
            for name in ["up.sql", "down.sql"] {
                let path = format!("migrations/{database}/{step}/{name}");
                match files.iter().find(|file| file.path == path) {
                    None => wrong.push(format!("{path}:1: is not there")),
                    Some(file) if is_void(&file.text) => wrong.push(format!("{path}:1: does nothing")),
                    Some(_) => {}
                }
            }
        }
    }
    wrong
}

fn misplaced(file: &Source) -> Option<String> {
    let is_known = parts(file).is_some_and(|(database, _, name)| {
        DATABASES.contains(&database) && matches!(name, "up.sql" | "down.sql")
    });
    (!is_known).then(|| format!("{}:1: no migration lives here", file.path))
}

fn parts(file: &Source) -> Option<(&str, &str, &str)> {
    match file.path.split('/').collect::<Vec<_>>().as_slice() {
        ["migrations", database, step, name] => Some((database, step, name)),
        _ => None,
    }
}

fn is_void(sql: &str) -> bool {
    sql.lines().all(|line| line.trim().is_empty() || line.trim().starts_with("--"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> Vec<Source> {
        paths.iter().map(|path| Source::of(path, "-- why\nSELECT 1;")).collect()
    }

    const TWINS: [&str; 4] = [
        "migrations/sqlite/1_a/up.sql",
        "migrations/sqlite/1_a/down.sql",
        "migrations/postgres/1_a/up.sql",
        "migrations/postgres/1_a/down.sql",
    ];

    #[test]
    fn twins_pass() {
        assert_eq!(wrong(&files(&TWINS)), Vec::<String>::new());
    }

    #[test]
    fn every_missing_twin_is_named() {
        for missing in TWINS {
            let rest: Vec<_> = TWINS.into_iter().filter(|path| *path != missing).collect();
            assert_eq!(wrong(&files(&rest)), [format!("{missing}:1: is not there")]);
        }
    }

    #[test]
    fn an_empty_or_misplaced_step_is_named() {
        let mut sources = files(&TWINS);
        sources.extend(files(&["migrations/mysql/1_a/up.sql"]));
        sources.iter_mut().take(1).for_each(|source| source.text = "-- later\n".to_owned());
        let wrong = wrong(&sources);
        assert!(wrong.iter().any(|told| told == "migrations/sqlite/1_a/up.sql:1: does nothing"), "{wrong:?}");
        assert!(
            wrong.iter().any(|told| told == "migrations/mysql/1_a/up.sql:1: no migration lives here"),
            "{wrong:?}"
        );
    }
}
