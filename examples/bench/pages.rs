//! One request at a time: how long each page takes, and how that grows with the database.

use std::time::Instant;

use twotier::values::money::grouped;

use super::places::Question;
use super::table::{Cell, Table, median};
use super::visitor::Visitors;

/// So often a page is opened before its time counts.
const BEFORE: u32 = 2;

/// The times of all pages, by size.
#[derive(Default)]
pub struct Pages {
    sizes: Vec<u32>,
    pages: Vec<(String, Vec<f64>)>,
}

impl Pages {
    /// Opens every page so often; the middle time counts. Sizes come in ascending order.
    pub async fn measure(
        &mut self,
        customers: u32,
        visitors: &Visitors,
        questions: &[Question],
        times: u32,
    ) -> anyhow::Result<()> {
        self.sizes.push(customers);
        for question in questions {
            let visitor = visitors.of(question.who);
            let mut taken = Vec::new();
            for nth in 0..BEFORE + times {
                let begun = Instant::now();
                visitor.ask(question).await?;
                if nth >= BEFORE {
                    taken.push(begun.elapsed().as_secs_f64() * 1_000.0);
                }
            }
            self.keep(&question.name, median(taken));
        }
        Ok(())
    }

    fn keep(&mut self, name: &str, milliseconds: f64) {
        match self.pages.iter_mut().find(|(known, _)| known == name) {
            Some((_, times)) => times.push(milliseconds),
            None => self.pages.push((name.to_owned(), vec![milliseconds])),
        }
    }

    /// Times at every size, and ratios to the smallest.
    pub fn table(&self) -> Table {
        let size = |customers: &u32| grouped(&customers.to_string());
        let smallest = self.sizes.first().map(size).unwrap_or_default();
        let times = self.sizes.iter().map(|customers| format!("{}, ms", size(customers)));
        let ratios = self.sizes.iter().skip(1).map(|customers| format!("{} to {smallest}", size(customers)));
        let mut table = Table::new("Pages by the number of customers", times.chain(ratios));
        for (name, times) in &self.pages {
            let first = times.first().copied().unwrap_or(f64::NAN);
            let ratios = times.iter().skip(1).map(|time| Cell::of(time / first, 2));
            table.row(name, times.iter().map(|time| Cell::of(*time, 2)).chain(ratios));
        }
        table
    }
}
