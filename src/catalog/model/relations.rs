//! What offers have to do with each other: add-ons with what they need, trials with what they become, and what can be
//! upgraded with what replaces it.

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
    upgrades_to: BTreeSet<OfferCode>,
}

impl Relations {
    pub fn put(&mut self, definition: &Definition) {
        let node = Node {
            kind: definition.kind,
            needs: definition.prerequisites.clone(),
            converts_to: definition.converts_to.clone(),
            upgrades_to: definition.upgrades_to.clone(),
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
        let mut spoilt = self.0.keys().flat_map(|other| self.spoilt_by(other));
        if let Some((_, problem)) = spoilt.find(|(target, _)| **target == definition.code) {
            problems.on(Column::Kind.key(), problem);
        }
        problems
    }

    /// What is to follow an offer, as far as it can no longer be bought by itself.
    pub fn spoilt_by(&self, offer: &OfferCode) -> impl Iterator<Item = (&OfferCode, Wrong)> {
        let node = self.0.get(offer);
        let converted = node.and_then(|node| node.converts_to.as_ref());
        let converted = converted.map(|target| (target, Wrong::ConvertedTo { trial: offer.to_string() }));
        let upgraded = node.into_iter().flat_map(|node| &node.upgrades_to);
        let upgraded = upgraded.map(|target| (target, Wrong::UpgradedTo { offer: offer.to_string() }));
        let is_none = |code: &OfferCode| self.0.get(code).is_some_and(|node| node.kind != Kind::Base);
        converted.into_iter().chain(upgraded).filter(move |(target, _)| is_none(target))
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
        let converts_to = definition.converts_to.iter().map(|target| (Column::ConvertsTo, target));
        let upgrades_to = definition.upgrades_to.iter().map(|target| (Column::UpgradesTo, target));
        for (column, target) in converts_to.chain(upgrades_to) {
            // Of each column the first is told.
            if problems.at(&column.key()).is_none() {
                self.following(target).into_iter().for_each(|problem| problems.on(column.key(), problem));
            }
        }
        problems
    }

    /// Why an offer cannot be bought after another one.
    fn following(&self, target: &OfferCode) -> Option<Wrong> {
        match self.0.get(target) {
            None => Some(Wrong::UnknownOffer { code: target.to_string() }),
            Some(node) if node.kind != Kind::Base => Some(Wrong::NotConvertible { code: target.to_string() }),
            Some(_) => None,
        }
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
