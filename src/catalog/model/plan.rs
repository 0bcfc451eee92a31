//! What a file would do to the catalogue, row by row.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::code::OfferCode;
use super::column::{Cells, Column};
use super::definition::{Definition, Kept};
use super::pricing::{self, Changes, PriceChange};
use super::relations::Relations;
use super::sheet::Sheet;
use crate::catalog::wrong::Wrong;
use crate::previews::model::{Counts, Fate, Judged};
use crate::sheets::Row;
use crate::values::id::OfferId;
use crate::values::mark::mark_of;
use crate::web::Problems;

/// A file beside the catalogue as it is.
#[derive(Clone, Debug)]
pub struct Plan {
    pub rows: Vec<PlannedRow>,
    pub unknown: Vec<String>,
    pub missing: Vec<Column>,
}

#[derive(Clone, Debug)]
pub struct PlannedRow {
    pub line: u64,
    /// As typed, for rows whose ID is none.
    pub code: String,
    pub name: String,
    pub verdict: Verdict,
}

/// What becomes of a row.
#[derive(Clone, Debug)]
pub enum Verdict {
    New(Box<New>),
    Changed(Box<Change>),
    Same,
    Refused(Problems),
}

/// An offer that a file adds.
#[derive(Clone, Debug)]
pub struct New {
    pub definition: Definition,
    pub prices: Vec<PriceChange>,
}

/// An offer that a file changes.
#[derive(Clone, Debug)]
pub struct Change {
    pub id: OfferId,
    pub definition: Definition,
    pub changes: Changes,
}

/// A row on its way.
enum Read {
    Good(Box<Definition>, Changes),
    Bad(Problems),
}

impl Plan {
    /// A file beside the catalogue of a day.
    pub fn of(sheet: &Sheet, kept: &[Kept], today: NaiveDate) -> Self {
        let known: HashMap<&OfferCode, &Kept> =
            kept.iter().map(|kept| (&kept.definition.code, kept)).collect();
        let mut read = read_all(sheet, &known, today);
        check_relations(&mut read, kept, &known);
        let rows = sheet.rows().zip(read);
        Self {
            rows: rows.map(|(row, read)| planned(row, read, &known)).collect(),
            unknown: sheet.head.unknown.clone(),
            missing: sheet.head.missing.clone(),
        }
    }

    pub fn counts(&self) -> Counts {
        Counts::of(&self.rows)
    }

    /// What the preview shows, in short: where it is another one, somebody changed the catalogue meanwhile.
    pub fn mark(&self) -> String {
        let line = |row: &PlannedRow| {
            let verdict = match &row.verdict {
                Verdict::New(_) => "new".to_owned(),
                Verdict::Changed(change) => format!("{:?}", change.changes.differences),
                Verdict::Same => "same".to_owned(),
                Verdict::Refused(problems) => format!("{problems:?}"),
            };
            format!("{} {} {verdict}\n", row.line, row.code)
        };
        mark_of(&self.rows.iter().map(line).collect::<String>())
    }
}

impl Judged for PlannedRow {
    fn line(&self) -> u64 {
        self.line
    }

    fn fate(&self) -> Fate {
        match self.verdict {
            Verdict::New(_) => Fate::New,
            Verdict::Changed(_) => Fate::Changed,
            Verdict::Same => Fate::Same,
            Verdict::Refused(_) => Fate::Refused,
        }
    }
}

fn read_all(sheet: &Sheet, known: &HashMap<&OfferCode, &Kept>, today: NaiveDate) -> Vec<Read> {
    let mut lines: HashMap<OfferCode, u64> = HashMap::new();
    sheet
        .rows()
        .map(|row| {
            if let Some((found, expected)) = row.odd_length {
                return Read::Bad((Column::Code.key().as_str(), Wrong::CellCount { found, expected }).into());
            }
            let code = match OfferCode::parse(row.get(Column::Code)) {
                Ok(code) => code,
                Err(problem) => return Read::Bad((Column::Code.key().as_str(), problem).into()),
            };
            if let Some(line) = lines.get(&code) {
                return Read::Bad((Column::Code.key().as_str(), Wrong::AlreadyInLine { line: *line }).into());
            }
            lines.insert(code.clone(), row.line);
            let kept = known.get(&code);
            let base = kept.map_or_else(Cells::default, |kept| kept.definition.cells());
            let read = Definition::read(&base.overlaid(&row.cells().collect()));
            let with_changes = read.and_then(|said| {
                let changes = match kept {
                    Some(kept) => kept.change_to(&said, today)?,
                    None => Changes { prices: pricing::begin(&said, today)?, ..Changes::default() },
                };
                Ok(Read::Good(Box::new(said), changes))
            });
            with_changes.unwrap_or_else(Read::Bad)
        })
        .collect()
}

/// Rows may refer to rows of the same file, in any order. What refers to a refused one is refused in its turn,
/// and an offer whose row is refused stays what it was.
fn check_relations(read: &mut [Read], kept: &[Kept], known: &HashMap<&OfferCode, &Kept>) {
    let mut relations: Relations = kept.iter().map(|kept| &kept.definition).collect();
    let mut rows: HashMap<OfferCode, usize> = HashMap::new();
    let mut referring: HashMap<OfferCode, Vec<usize>> = HashMap::new();
    for (index, definition) in good(read) {
        relations.put(definition);
        rows.insert(definition.code.clone(), index);
        let named = definition.prerequisites.iter().chain(&definition.converts_to);
        for code in named.chain(&definition.upgrades_to) {
            referring.entry(code.clone()).or_default().push(index);
        }
    }
    // Rows to be looked at each for itself, and offers to be looked at beside the others.
    let mut open: Vec<usize> = (0..read.len()).collect();
    let mut put: Vec<OfferCode> = relations.codes().cloned().collect();
    loop {
        let mut refused: Vec<(usize, Problems)> = Vec::new();
        while let Some(index) = open.pop() {
            let Some(Read::Good(definition, _)) = read.get(index) else { continue };
            let problems = relations.dangling(definition);
            if !problems.is_empty() {
                refused.push((index, problems));
            }
        }
        if refused.is_empty() {
            let wrong = wrong_together(&relations, &put).into_iter();
            refused = wrong.filter_map(|(code, problems)| Some((*rows.get(&code)?, problems))).collect();
            put.clear();
        }
        refused.retain(|(index, _)| matches!(read.get(*index), Some(Read::Good(..))));
        if refused.is_empty() {
            return;
        }
        for (index, problems) in refused {
            let Some(row) = read.get_mut(index) else { continue };
            let Read::Good(definition, _) = std::mem::replace(row, Read::Bad(problems)) else { continue };
            match known.get(&definition.code) {
                Some(kept) => relations.put(&kept.definition),
                None => relations.remove(&definition.code),
            }
            open.extend(referring.get(&definition.code).into_iter().flatten());
            put.push(definition.code);
        }
    }
}

/// What is wrong with offers only beside these: they need themselves, or what follows another one is no offer any more.
fn wrong_together(relations: &Relations, put: &[OfferCode]) -> HashMap<OfferCode, Problems> {
    let mut wrong: HashMap<OfferCode, Problems> = HashMap::new();
    for code in relations.on_circles(put) {
        wrong.entry(code).or_default().on(Column::Prerequisites.key(), Wrong::PrerequisiteCircle);
    }
    for offer in put {
        for (target, problem) in relations.spoilt_by(offer) {
            wrong.entry(target.clone()).or_default().on(Column::Kind.key(), problem);
        }
    }
    wrong
}

fn good(read: &[Read]) -> impl Iterator<Item = (usize, &Definition)> {
    read.iter().enumerate().filter_map(|(index, row)| match row {
        Read::Good(definition, _) => Some((index, definition.as_ref())),
        Read::Bad(_) => None,
    })
}

fn planned(row: Row<Column>, read: Read, known: &HashMap<&OfferCode, &Kept>) -> PlannedRow {
    let typed =
        |column| -> String { row.get(column).chars().filter(|sign| !sign.is_control()).take(200).collect() };
    let (mut code, mut name) = (typed(Column::Code), typed(Column::Name));
    let verdict = match read {
        Read::Bad(problems) => Verdict::Refused(problems),
        Read::Good(definition, changes) => {
            (code, name) = (definition.code.to_string(), definition.name.clone());
            match known.get(&definition.code) {
                None => Verdict::New(Box::new(New { definition: *definition, prices: changes.prices })),
                Some(_) if changes.is_empty() => Verdict::Same,
                Some(kept) => {
                    let id = kept.id;
                    Verdict::Changed(Box::new(Change { id, definition: *definition, changes }))
                }
            }
        }
    };
    PlannedRow { line: row.line, code, name, verdict }
}

#[cfg(test)]
mod tests;
