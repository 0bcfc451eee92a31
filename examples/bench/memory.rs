//! How much memory a process has, and the table of it.

use super::table::{Cell, Table};

/// What the system says of a process, in MB.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// In memory at this moment (`VmRSS`).
    pub now: f64,
    /// The most that it ever had there (`VmHWM`).
    pub most: f64,
}

impl Memory {
    /// None on systems without `/proc`, and of a process that has ended.
    pub fn of(process: u32) -> Option<Self> {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        Some(Self { now: megabytes(&status, "VmRSS:")?, most: megabytes(&status, "VmHWM:")? })
    }
}

fn megabytes(status: &str, name: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u32 = line.split_whitespace().next()?.parse().ok()?;
    Some(f64::from(kilobytes) / 1024.0)
}

/// What was seen in the course of a run.
#[derive(Default)]
pub struct Memories {
    portals: Vec<(String, Option<Memory>)>,
    fillings: Vec<(String, Option<f64>)>,
}

impl Memories {
    pub fn of_portal(&mut self, when: &str, memory: Option<Memory>) {
        self.portals.push((when.to_owned(), memory));
    }

    /// Nothing where nothing was filled in.
    pub fn of_filling(&mut self, what: &str, most: Option<f64>) {
        if most.is_some() {
            self.fillings.push((format!("{what}: filling the demonstration"), most));
        }
    }

    /// All of it, and how the most relates to the first row: a portal that has just started.
    pub fn table(&self) -> Table {
        let columns = ["now, MB", "most, MB", "most to the first row's now"];
        let mut table = Table::new("Memory of the process", columns);
        let start = self.portals.first().and_then(|(_, memory)| *memory).map(|memory| memory.now);
        let portals = self
            .portals
            .iter()
            .map(|(when, memory)| (when, memory.map(|at| at.now), memory.map(|at| at.most)));
        let fillings = self.fillings.iter().map(|(what, most)| (what, None, *most));
        for (name, now, most) in portals.chain(fillings) {
            let ratio = most.zip(start).map(|(most, start)| most / start);
            table.row(name, [Cell::of(now, 0), Cell::of(most, 0), Cell::of(ratio, 1)]);
        }
        table
    }
}
