//! Goes through the parsed templates.

use std::collections::HashMap;

use askama_parser::node::{Macro, Node};
use askama_parser::{Ast, Expr, Filter, LetValueOrBlock, Target, WithSpan};

use super::macros::{Arguments, Role};
use super::subjects;

/// A macro that is called.
pub struct Call<'a> {
    pub scope: Option<&'a str>,
    pub name: &'a str,
}

type Expression<'a> = WithSpan<Box<Expr<'a>>>;

/// What a file imports, by the name it gives it.
pub fn imports<'a>(ast: &Ast<'a>) -> HashMap<&'a str, &'a str> {
    let nodes = ast.nodes().iter().map(|node| &**node);
    let imported = nodes.filter_map(|node| match node {
        Node::Import(import) => Some((import.scope, import.path)),
        _ => None,
    });
    imported.collect()
}

/// The files that a file includes, wherever in it.
pub fn included<'a>(ast: &Ast<'a>) -> Vec<&'a str> {
    let mut included = Vec::new();
    nodes(ast.nodes(), &mut |found: Found<'_, 'a>| {
        if let Found::Include(path) = found {
            included.push(path);
        }
    });
    included
}

/// What a file calls messages that it keeps.
pub fn bound<'a>(ast: &Ast<'a>) -> Vec<&'a str> {
    let mut bound = Vec::new();
    nodes(ast.nodes(), &mut |found: Found<'_, 'a>| {
        if let Found::Bound { name } = found {
            bound.push(name);
        }
    });
    bound
}

/// The macros that a file defines.
pub fn macros<'s, 'a>(ast: &'s Ast<'a>) -> Vec<&'s Macro<'a>> {
    let nodes = ast.nodes().iter().map(|node| &**node);
    let defined = nodes.filter_map(|node| match node {
        Node::Macro(one) => Some(&**one),
        _ => None,
    });
    defined.collect()
}

/// What a macro does with its arguments.
pub fn roles<'m>(one: &Macro<'_>, called: impl Fn(&Call) -> Option<&'m Arguments>) -> HashMap<String, Role> {
    let mut roles = HashMap::new();
    let mut note = |found: Found<'_, '_>| {
        let mut take = |expression: &Expr<'_>, role: Role| {
            if let Expr::Var(name) = expression {
                roles.insert((*name).to_owned(), role);
            }
        };
        match found {
            Found::Said { words, .. } => take(words, Role::Said),
            Found::Counted { one, many } => {
                take(one, Role::One);
                take(many, Role::Many);
            }
            Found::Call { call, arguments } => {
                for (role, argument) in paired(called(&call), arguments) {
                    if role != Role::Plain {
                        take(argument, role);
                    }
                }
            }
            Found::Filled { .. } | Found::Include(_) | Found::Bound { .. } => {}
        }
    };
    nodes(&one.nodes, &mut note);
    roles
}

/// The arguments of a call with their roles.
pub fn paired<'s, 'a>(
    arguments: Option<&Arguments>,
    given: &'s [Expression<'a>],
) -> Vec<(Role, &'s Expr<'a>)> {
    let Some(arguments) = arguments else { return Vec::new() };
    let role = |index: usize, expression: &'s Expr<'a>| match expression {
        Expr::NamedArgument(name, value) => {
            let own = arguments.iter().find(|(own, _)| *own == **name);
            (own.map_or(Role::Plain, |(_, role)| *role), &***value)
        }
        other => (arguments.get(index).map_or(Role::Plain, |(_, role)| *role), other),
    };
    given.iter().enumerate().map(|(index, expression)| role(index, expression)).collect()
}

/// What may say something.
pub enum Found<'s, 'a> {
    Said {
        words: &'s Expr<'a>,
        context: &'s str,
    },
    Counted {
        one: &'s Expr<'a>,
        many: &'s Expr<'a>,
    },
    Call {
        call: Call<'s>,
        arguments: &'s [Expression<'a>],
    },
    Include(&'a str),
    /// A name for what is said.
    Bound {
        name: &'a str,
    },
    /// A message of this template with everything that it is filled with.
    Filled {
        words: &'s str,
        gaps: Vec<&'s str>,
        links: usize,
    },
}

pub fn nodes<'s, 'a: 's>(all: &'s [Box<Node<'a>>], note: &mut impl FnMut(Found<'s, 'a>)) {
    for one in all {
        node(one, note);
    }
}

pub fn node<'s, 'a: 's>(one: &'s Node<'a>, note: &mut impl FnMut(Found<'s, 'a>)) {
    match one {
        Node::Expr(_, inner) => expression(inner, note),
        Node::Call(call) => {
            let arguments = call.args.as_deref().unwrap_or_default();
            let scope = call.scope.as_ref().map(|scope| **scope);
            note(Found::Call { call: Call { scope, name: *call.name }, arguments });
            arguments.iter().for_each(|argument| expression(argument, note));
            nodes(&call.nodes, note);
        }
        Node::Let(bound) => match &bound.val {
            LetValueOrBlock::Value(value) => {
                if let (Target::Name(name), true) = (&bound.var, subjects::is_message(value)) {
                    note(Found::Bound { name: **name });
                }
                expression(value, note);
            }
            LetValueOrBlock::Block { nodes: inner, .. } => nodes(inner, note),
        },
        Node::If(branches) => {
            for branch in &branches.branches {
                if let Some(condition) = &branch.cond {
                    expression(&condition.expr, note);
                }
                nodes(&branch.nodes, note);
            }
        }
        Node::Match(cases) => {
            expression(&cases.expr, note);
            cases.arms.iter().for_each(|arm| nodes(&arm.nodes, note));
        }
        Node::Loop(repeated) => {
            expression(&repeated.iter, note);
            nodes(&repeated.body, note);
            nodes(&repeated.else_nodes, note);
        }
        Node::BlockDef(block) => nodes(&block.nodes, note),
        Node::Macro(one) => {
            for argument in &one.args {
                // A default is said like what a caller says.
                if let Some(default) = &argument.default {
                    expression(default, note);
                }
            }
            nodes(&one.nodes, note);
        }
        Node::FilterBlock(block) => nodes(&block.nodes, note),
        Node::Include(include) => note(Found::Include(include.path)),
        Node::Lit(_)
        | Node::Comment(_)
        | Node::Compound(_)
        | Node::Declare(_)
        | Node::Extends(_)
        | Node::Import(_)
        | Node::Raw(_)
        | Node::Break(_)
        | Node::Continue(_) => {}
    }
}

fn expression<'s, 'a: 's>(one: &'s Expr<'a>, note: &mut impl FnMut(Found<'s, 'a>)) {
    match one {
        Expr::Filter(filter) => filtered(filter, note),
        Expr::Call(call) => {
            if let Some(called) = called(&call.path) {
                note(Found::Call { call: called, arguments: &call.args });
            }
            expression(&call.path, note);
            call.args.iter().for_each(|argument| expression(argument, note));
        }
        Expr::AssociatedItem(inner, _)
        | Expr::As(inner, _)
        | Expr::NamedArgument(_, inner)
        | Expr::Unary(_, inner)
        | Expr::Group(inner)
        | Expr::Try(inner) => expression(inner, note),
        Expr::Index(left, right) => {
            expression(left, note);
            expression(right, note);
        }
        Expr::BinOp(operation) => {
            expression(&operation.lhs, note);
            expression(&operation.rhs, note);
        }
        Expr::Array(all) | Expr::Tuple(all) | Expr::Concat(all) => {
            all.iter().for_each(|inner| expression(inner, note));
        }
        Expr::LetCond(condition) => expression(&condition.expr, note),
        Expr::Struct(made) => {
            made.fields
                .iter()
                .filter_map(|field| field.value.as_ref())
                .for_each(|value| expression(value, note));
        }
        _ => {}
    }
}

/// A chain such as `"…"|t|with("name", name)|link(place)`, from its end to its beginning.
fn filtered<'s, 'a: 's>(last: &'s Filter<'a>, note: &mut impl FnMut(Found<'s, 'a>)) {
    let (mut gaps, mut links, mut at) = (Vec::new(), 0, last);
    loop {
        let mut arguments = at.arguments.iter();
        let Some(subject) = arguments.next() else { return };
        arguments.clone().for_each(|argument| expression(argument, note));
        match name(at) {
            "with" | "with_said" => {
                if let Some(Expr::StrLit(gap)) = arguments.next().map(|gap| &***gap) {
                    gaps.push(gap.content);
                }
            }
            "link" => links += 1,
            "t" | "say" => {
                let context = arguments.find_map(|argument| match &***argument {
                    Expr::NamedArgument(name, value) if **name == "context" => match &***value {
                        Expr::StrLit(context) => Some(context.content),
                        _ => None,
                    },
                    _ => None,
                });
                note(Found::Said { words: subject, context: context.unwrap_or_default() });
                if let Expr::StrLit(words) = &***subject {
                    note(Found::Filled { words: words.content, gaps, links });
                }
                return expression(subject, note);
            }
            "counted" | "say_counted" => {
                if let (Some(one), Some(many)) = (arguments.next(), arguments.next()) {
                    note(Found::Counted { one, many });
                    if let Expr::StrLit(words) = &***many {
                        note(Found::Filled { words: words.content, gaps, links });
                    }
                }
                return expression(subject, note);
            }
            _ => return expression(subject, note),
        }
        match &***subject {
            Expr::Filter(next) => at = next,
            other => return expression(other, note),
        }
    }
}

fn name<'s>(filter: &'s Filter<'_>) -> &'s str {
    match &filter.name {
        askama_parser::PathOrIdentifier::Identifier(name) => name,
        askama_parser::PathOrIdentifier::Path(_) => "",
    }
}

fn called<'s>(path: &'s Expr<'_>) -> Option<Call<'s>> {
    match path {
        Expr::Var(name) => Some(Call { scope: None, name }),
        Expr::Path(parts) => match parts.as_slice() {
            [scope, name] => Some(Call { scope: Some(*scope.name), name: *name.name }),
            _ => None,
        },
        _ => None,
    }
}
