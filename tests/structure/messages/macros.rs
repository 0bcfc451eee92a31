//! Which of their arguments macros say.

use std::collections::HashMap;

use askama_parser::Ast;
use askama_parser::node::Macro;

use super::super::source::Source;
use super::walk::{self, Call};

/// What a macro does with an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is no words, or somebody else's.
    Plain,
    Said,
    /// The words for one thing, of those that depend on a number.
    One,
    Many,
}

/// The arguments of a macro by name, with what it does with them.
pub type Arguments = Vec<(String, Role)>;

/// Macros by file and name.
#[derive(Default)]
pub struct Macros {
    all: HashMap<(String, String), Arguments>,
    /// By file: what it calls the files that it imports.
    imports: HashMap<String, HashMap<String, String>>,
}

impl Macros {
    /// Looked through until nothing is found any more: macros call each other.
    pub fn all(parsed: &[(&Source, Ast<'_>)]) -> Self {
        let mut macros = Self::default();
        let mut bodies: Vec<(&str, &Macro<'_>)> = Vec::new();
        for (template, ast) in parsed {
            bodies.extend(walk::macros(ast).into_iter().map(|one| (file(&template.path), one)));
        }
        for (file, one) in &bodies {
            let arguments =
                one.args.iter().map(|argument| (argument.name.to_string(), Role::Plain)).collect();
            macros.all.insert(((*file).to_owned(), one.name.to_string()), arguments);
        }
        macros.imports = imports(parsed);
        loop {
            let mut changed = false;
            for (file, one) in &bodies {
                let found = walk::roles(one, |call| macros.called(file, call));
                let key = ((*file).to_owned(), one.name.to_string());
                for (name, role) in macros.all.get_mut(&key).into_iter().flatten() {
                    if let Some(new) = found.get(name.as_str())
                        && new != role
                    {
                        *role = *new;
                        changed = true;
                    }
                }
            }
            if !changed {
                return macros;
            }
        }
    }

    /// The arguments of a macro of a file.
    pub fn of(&self, file: &str, name: &str) -> &[(String, Role)] {
        self.all.get(&(file.to_owned(), name.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The arguments of a macro that a file calls.
    pub fn called(&self, file: &str, call: &Call) -> Option<&Arguments> {
        let file = match call.scope {
            None => file,
            Some(scope) => self.imports.get(file)?.get(scope)?,
        };
        self.all.get(&(file.to_owned(), call.name.to_owned()))
    }
}

/// What each file imports. One that is included may use what the file around it imports.
fn imports(parsed: &[(&Source, Ast<'_>)]) -> HashMap<String, HashMap<String, String>> {
    let mut imports: HashMap<String, HashMap<String, String>> = HashMap::new();
    for (template, ast) in parsed {
        let own = walk::imports(ast).into_iter().map(|(name, path)| (name.to_owned(), path.to_owned()));
        imports.insert(file(&template.path).to_owned(), own.collect());
    }
    // Files that are included may include others.
    for _ in 0..3 {
        for (template, ast) in parsed {
            let around = imports.get(file(&template.path)).cloned().unwrap_or_default();
            for included in walk::included(ast) {
                let inside = imports.entry(included.to_owned()).or_default();
                for (name, path) in &around {
                    inside.entry(name.clone()).or_insert_with(|| path.clone());
                }
            }
        }
    }
    imports
}

/// As templates name each other.
pub fn file(path: &str) -> &str {
    path.strip_prefix("templates/").unwrap_or(path)
}
