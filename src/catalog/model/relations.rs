//! What offers have to do with each other: add-ons with what they need, trials with what they become.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::code::OfferCode;
use super::column::Column;
use super::definition::{Definition, Kind};
use crate::values::problem::Problem;
use crate::web::Problems;

/// All offers as far as others refer to them.
#[derive(Clone, Debug, Default)]
pub struct Relations(HashMap<OfferCode, Node>);

#[derive(Clone, Debug)]
struct Node {
    kind: Kind,
    needs: BTreeSet<OfferCode>,
}

impl Relations {
    pub fn put(&mut self, definition: &Definition) {
        let node = Node { kind: definition.kind, needs: definition.prerequisites.clone() };
        self.0.insert(definition.code.clone(), node);
    }

    pub fn remove(&mut self, code: &OfferCode) {
        self.0.remove(code);
    }

    /// What is wrong with what an offer refers to; it stands among the others itself.
    pub fn problems(&self, definition: &Definition) -> Problems {
        let mut problems = self.dangling(definition);
        if self.needs_itself(&definition.code) {
            problems.on(Column::Prerequisites.key(), Problem::PrerequisiteCircle);
        }
        problems
    }

    /// The same without looking for circles.
    pub fn dangling(&self, definition: &Definition) -> Problems {
        let mut problems = Problems::default();
        let unknown = definition.prerequisites.iter().find(|code| !self.0.contains_key(code));
        if let Some(code) = unknown {
            problems.on(Column::Prerequisites.key(), Problem::UnknownOffer { code: code.to_string() });
        }
        if let Some(target) = &definition.converts_to {
            match self.0.get(target) {
                None => {
                    problems.on(Column::ConvertsTo.key(), Problem::UnknownOffer { code: target.to_string() })
                }
                Some(node) if node.kind != Kind::Base => {
                    problems
                        .on(Column::ConvertsTo.key(), Problem::NotConvertible { code: target.to_string() });
                }
                Some(_) => {}
            }
        }
        problems
    }

    /// The offers that could be bought only after themselves.
    pub fn on_circles(&self) -> HashSet<OfferCode> {
        // What needs nothing that is left is on no circle, and what needs only such is on none either.
        let mut left: HashMap<&OfferCode, HashSet<&OfferCode>> = self
            .0
            .iter()
            .map(|(code, node)| (code, node.needs.iter().filter(|need| self.0.contains_key(need)).collect()))
            .collect();
        loop {
            let done: HashSet<&OfferCode> =
                left.iter().filter(|(_, needs)| needs.is_empty()).map(|(code, _)| *code).collect();
            if done.is_empty() {
                break;
            }
            left.retain(|code, _| !done.contains(code));
            left.values_mut().for_each(|needs| needs.retain(|need| !done.contains(need)));
        }
        left.keys().filter(|code| self.needs_itself(code)).map(|code| (*code).clone()).collect()
    }

    fn needs_itself(&self, code: &OfferCode) -> bool {
        let needs = |code: &OfferCode| self.0.get(code).into_iter().flat_map(|node| node.needs.iter());
        let mut open: Vec<&OfferCode> = needs(code).collect();
        let mut seen = HashSet::new();
        while let Some(next) = open.pop() {
            if next == code {
                return true;
            }
            if seen.insert(next) {
                open.extend(needs(next));
            }
        }
        false
    }
}

impl<'a> FromIterator<&'a Definition> for Relations {
    fn from_iter<I: IntoIterator<Item = &'a Definition>>(definitions: I) -> Self {
        let mut relations = Self::default();
        definitions.into_iter().for_each(|definition| relations.put(definition));
        relations
    }
}
