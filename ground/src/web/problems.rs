//! Everything that is wrong with a form, in the order of its fields.

use std::borrow::Borrow;

use askama::Template;

use crate::language::plain::Isolating;
use crate::language::{Message, filters};
use crate::values::problem::Problem;

/// Problems by field name. A form with problems is shown again with all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<(String, Problem)>);

impl Problems {
    /// Takes a parsed value, or notes what is wrong with the field.
    pub fn field<T>(&mut self, field: impl Into<String>, parsed: Result<T, Problem>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(problem) => {
                self.on(field, problem);
                None
            }
        }
    }

    /// Notes what is wrong with a field; the first problem of a field is the one that counts.
    pub fn on(&mut self, field: impl Into<String>, problem: impl Into<Problem>) {
        let field = field.into();
        if self.at(&field).is_none() {
            self.0.push((field, problem.into()));
        }
    }

    /// What was built from the fields, or the problems.
    ///
    /// # Errors
    /// The problems, when there are any.
    pub fn or<T>(self, build: impl FnOnce() -> Option<T>) -> Result<T, Self> {
        if self.is_empty() { build().ok_or(self) } else { Err(self) }
    }

    pub fn at(&self, field: &str) -> Option<&Problem> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, problem)| problem)
    }

    pub fn all(&self) -> impl Iterator<Item = (&str, &Problem)> {
        self.0.iter().map(|(field, problem)| (field.as_str(), problem))
    }

    /// The same problems in the order of these fields; those of other fields last.
    #[must_use]
    pub fn in_order_of(mut self, fields: &[&str]) -> Self {
        self.0.sort_by_key(|(name, _)| fields.iter().position(|field| field == name).unwrap_or(fields.len()));
        self
    }

    /// The same problems but those of a field.
    #[must_use]
    pub fn without(mut self, field: &str) -> Self {
        self.0.retain(|(name, _)| name != field);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// A problem in words. A template of its own: written out at each field, the words made pages that took most of a build.
#[derive(Template)]
#[template(path = "kit/problem.txt")]
pub struct Words {
    problem: Problem,
    label: Message<Isolating>,
}

/// What is wrong with the field of this label, which is said already, and what to do about it.
pub fn words<E>(problem: &Problem, label: impl Borrow<Message<E>>) -> Words {
    Words { problem: problem.clone(), label: label.borrow().plain() }
}

impl<P: Into<Problem>> From<(&str, P)> for Problems {
    fn from((field, problem): (&str, P)) -> Self {
        Self(vec![(field.to_owned(), problem.into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_problems_are_kept_in_order_and_the_first_of_a_field_wins() {
        let mut problems = Problems::default();
        assert_eq!(problems.field("company", Ok(1)), Some(1));
        assert_eq!(problems.field::<i32>("email", Err(Problem::Missing)), None);
        problems.on("domain", Problem::Taken);
        problems.on("email", Problem::NotANumber);
        let all: Vec<_> = problems.all().collect();
        assert_eq!(all, [("email", &Problem::Missing), ("domain", &Problem::Taken)]);
        assert!(problems.or(|| Some(())).is_err());
    }
}
