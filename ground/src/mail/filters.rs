//! How letters speak: as pages do (`language::filters`), but what fills a gap is no mark of a letter.

use askama::filters::Safe;
use askama::{Result, Values};

use super::face::Unmarked;
pub use crate::language::filters::{link, t, the, with, with_said};
use crate::language::{Message, Number, Sayable, spoken};

/// A sentence of a letter.
#[askama::filter_fn]
pub fn say(
    english: impl Sayable<Unmarked>,
    values: &dyn Values,
    #[optional("")] context: &str,
) -> Result<Safe<Message<Unmarked>>> {
    Ok(Safe(english.say(spoken(values), context)))
}

/// What depends on a number, which fills the gap `{n}`.
#[askama::filter_fn]
pub fn say_counted(
    number: impl Number,
    values: &dyn Values,
    one: &'static str,
    many: &'static str,
) -> Result<Safe<Message<Unmarked>>> {
    Ok(Safe(spoken(values).count((one, many), number.number())))
}
