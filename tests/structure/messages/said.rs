//! What a template says, and what in it nobody can say in another language.

use askama_parser::node::{Macro, MacroArg, Node};
use askama_parser::{Ast, Expr};

use super::macros::{Macros, Role, file};
use super::walk::{Found, bound, macros, node, paired};
use super::{Message, pieces, subjects};

/// What a template says.
#[derive(Default)]
pub struct Said {
    pub messages: Vec<(Message, Option<String>)>,
    pub wrong: Vec<String>,
}

/// What a template says.
pub fn said(path: &str, ast: &Ast<'_>, all: &Macros) -> Said {
    let mut said = Said::default();
    let bound = bound(ast);
    for one in ast.nodes() {
        let arguments = match &**one {
            Node::Macro(one) => one.args.iter().map(|argument| *argument.name).collect(),
            _ => Vec::new(),
        };
        let names = [bound.as_slice(), &arguments].concat();
        node(one, &mut |found| said.note(found, path, all, &names));
    }
    said.messages
        .extend(macros(ast).into_iter().flat_map(|one| defaults(one, all.of(file(path), &one.name))));
    said
}

impl Said {
    /// Takes in what was found in a template, where these names stand for what is said already or by whoever calls.
    fn note(&mut self, found: Found<'_, '_>, path: &str, all: &Macros, names: &[&str]) {
        let unknown = |words: &Expr<'_>| subjects::unknown(path, words, names);
        match found {
            Found::Said { words, context } => {
                self.wrong.extend(unknown(words));
                if let Expr::StrLit(words) = words {
                    self.messages.push((message(context, words.content), None));
                }
            }
            Found::Counted { one, many } => {
                self.wrong.extend([one, many].into_iter().filter_map(unknown));
                if let (Expr::StrLit(one), Expr::StrLit(many)) = (one, many) {
                    let many = message("", many.content).english;
                    self.messages.push((message("", one.content), Some(many)));
                }
            }
            Found::Call { call, arguments } => {
                let paired = paired(all.called(file(path), &call), arguments);
                let said = paired.iter().filter(|(role, _)| *role != Role::Plain);
                self.wrong.extend(said.filter_map(|(_, words)| unknown(words)));
                self.pass(&paired);
            }
            Found::Include(_) | Found::Bound { .. } => {}
            Found::Filled { words, gaps, links } => self.hold(path, words, gaps, links),
        }
    }

    /// What is passed to a macro that says it.
    fn pass(&mut self, paired: &[(Role, &Expr<'_>)]) {
        let (mut one, mut many) = (None, None);
        for (role, argument) in paired {
            let Expr::StrLit(words) = argument else { continue };
            match role {
                Role::Plain => {}
                // An argument that is left out is an empty one, which says nothing.
                Role::Said if words.content.is_empty() => {}
                Role::Said => self.messages.push((message("", words.content), None)),
                Role::One => one = Some(words.content),
                Role::Many => many = Some(message("", words.content).english),
            }
        }
        if let Some(one) = one {
            self.messages.push((message("", one), many));
        }
    }

    /// Holds a message against what it is filled with.
    fn hold(&mut self, path: &str, words: &str, gaps: Vec<&str>, links: usize) {
        let wanted: Vec<_> = pieces::gaps(words).into_iter().filter(|gap| *gap != "n").collect();
        let mut given: Vec<_> = gaps.into_iter().filter(|gap| *gap != "n").collect();
        given.sort_unstable();
        given.dedup();
        if wanted != given {
            self.wrong.push(format!("{path}: {words:?} is filled with {given:?}"));
        }
        if pieces::links(words) != links {
            self.wrong.push(format!("{path}: {words:?} is given {links} links"));
        }
    }
}

/// What a macro says where its caller says nothing.
fn defaults(one: &Macro<'_>, arguments: &[(String, Role)]) -> Vec<(Message, Option<String>)> {
    let default = |(argument, role): (&MacroArg<'_>, Role)| match argument
        .default
        .as_ref()
        .map(|default| &***default)
    {
        Some(Expr::StrLit(words)) if role == Role::Said && !words.content.is_empty() => {
            Some((message("", words.content), None))
        }
        _ => None,
    };
    one.args.iter().zip(arguments.iter().map(|(_, role)| *role)).filter_map(default).collect()
}

/// A literal as it is meant: quotation marks are the only signs that templates escape.
fn message(context: &str, english: &str) -> Message {
    Message { context: context.to_owned(), english: english.replace("\\\"", "\"") }
}
