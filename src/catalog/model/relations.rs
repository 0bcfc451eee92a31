//! What offers have to do with each other: add-ons with what they need, trials with what they become.

use std::collections::{BTreeSet, HashMap, HashSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use super::code::OfferCode;
use super::column::Column;
use super::definition::{Definition, Kind};
use crate::catalog::wrong::Wrong;
use crate::web::Problems;

/// All offers as far as others refer to them.
#[derive(Clone, Debug, Default)]
pub struct Relations(HashMap<OfferCode, Node>);

#[derive(Clone, Debug)]
struct Node {
    kind: Kind,
    needs: BTreeSet<OfferCode>,
    converts_to: Option<OfferCode>,
}

impl Relations {
    pub fn put(&mut self, definition: &Definition) {
        let node = Node {
            kind: definition.kind,
            needs: definition.prerequisites.clone(),
            converts_to: definition.converts_to.clone(),
        };
        self.0.insert(definition.code.clone(), node);
    }

    pub fn remove(&mut self, code: &OfferCode) {
        self.0.remove(code);
    }

    /// What is wrong with what an offer refers to; it stands among the others itself.
    pub fn problems(&self, definition: &Definition) -> Problems {
        let mut problems = self.dangling(definition);
        if self.on_circles([&definition.code]).contains(&definition.code) {
            problems.on(Column::Prerequisites.key(), Wrong::PrerequisiteCircle);
        }
        if let Some(trial) = self.0.keys().find(|trial| self.spoilt_by(trial) == Some(&definition.code)) {
            problems.on(Column::Kind.key(), Wrong::ConvertedTo { trial: trial.to_string() });
        }
        problems
    }

    /// What a trial converts to, if that can no longer be bought after it.
    pub fn spoilt_by(&self, trial: &OfferCode) -> Option<&OfferCode> {
        let target = self.0.get(trial)?.converts_to.as_ref()?;
        (self.0.get(target)?.kind != Kind::Base).then_some(target)
    }

    /// All offers.
    pub fn codes(&self) -> impl Iterator<Item = &OfferCode> {
        self.0.keys()
    }

    /// What is wrong with what an offer refers to, but for circles.
    pub fn dangling(&self, definition: &Definition) -> Problems {
        let mut problems = Problems::default();
        let unknown = definition.prerequisites.iter().find(|code| !self.0.contains_key(code));
        if let Some(code) = unknown {
            problems.on(Column::Prerequisites.key(), Wrong::UnknownOffer { code: code.to_string() });
        }
        if let Some(target) = &definition.converts_to {
            match self.0.get(target) {
                None => {
                    problems.on(Column::ConvertsTo.key(), Wrong::UnknownOffer { code: target.to_string() })
                }
                Some(node) if node.kind != Kind::Base => {
                    problems.on(Column::ConvertsTo.key(), Wrong::NotConvertible { code: target.to_string() });
                }
                Some(_) => {}
            }
        }
        problems
    }

    /// The offers that could be bought only after themselves, as far as these lead to them.
    pub fn on_circles<'a>(&'a self, from: impl IntoIterator<Item = &'a OfferCode>) -> HashSet<OfferCode> {
        let mut needs: DiGraphMap<&OfferCode, ()> = DiGraphMap::new();
        let mut open: Vec<&OfferCode> = from.into_iter().collect();
        let mut seen = HashSet::new();
        while let Some(code) = open.pop() {
            if !seen.insert(code) {
                continue;
            }
            for need in self.0.get(code).into_iter().flat_map(|node| &node.needs) {
                needs.add_edge(code, need, ());
                open.push(need);
            }
        }
        let circles = kosaraju_scc(&needs).into_iter().filter(|group| match group.as_slice() {
            [alone] => needs.contains_edge(alone, alone),
            _ => true,
        });
        circles.flatten().cloned().collect()
    }
}

impl<'a> FromIterator<&'a Definition> for Relations {
    fn from_iter<I: IntoIterator<Item = &'a Definition>>(definitions: I) -> Self {
        let mut relations = Self::default();
        definitions.into_iter().for_each(|definition| relations.put(definition));
        relations
    }
}
