//! When a quantity can be reduced at once, and when a subscription can be cancelled.

use super::Reader;
use crate::catalog::model::Unit;
use crate::catalog::model::column::Column;
use crate::catalog::model::definition::Kind;
use crate::catalog::model::window::Window;

impl Reader<'_> {
    /// The quantity of a trial is fixed, and usage has none.
    pub(super) fn reduction(&mut self, kind: Option<Kind>, unit: Option<Unit>) -> Option<Window> {
        if kind == Some(Kind::Trial) || unit == Some(Unit::Usage) {
            return self.nothing(Column::Reduction).then_some(Window::ALWAYS);
        }
        self.window(Column::Reduction, Window::ALWAYS)
    }

    pub(super) fn window(&mut self, column: Column, usual: Window) -> Option<Window> {
        match self.is_blank(column) {
            true => Some(usual),
            false => self.number(column, 0, Window::ALWAYS.days()).map(Window::of_days),
        }
    }
}
