//! How many rows a list has, as far as counting is cheap. `templates/kit/count.html` words it.

use crate::language::Number;
use crate::values::money::grouped;

/// A number in groups of three, as people read it.
pub fn digits(number: impl Number) -> String {
    grouped(&number.number().to_string())
}

/// How many there are. Long lists are not counted to their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    Exactly(usize),
    MoreThan(usize),
}

impl Count {
    /// So many rows are counted.
    pub const MOST: usize = 2_000;
    /// One row more tells that there are more.
    pub const LOOKED_FOR: usize = Self::MOST + 1;
    /// The same as databases take it.
    pub const LIMIT: i64 = 2_001;

    /// What finding so many tells, where at most [`Count::LOOKED_FOR`] were looked for.
    pub fn of(found: usize) -> Self {
        if found > Self::MOST { Self::MoreThan(Self::MOST) } else { Self::Exactly(found) }
    }

    /// In groups of three, as people read them.
    pub fn digits(self) -> String {
        grouped(&self.number().to_string())
    }

    /// As far as it was counted.
    pub fn number(self) -> usize {
        let (Self::Exactly(count) | Self::MoreThan(count)) = self;
        count
    }

    pub fn has_more(self) -> bool {
        matches!(self, Self::MoreThan(_))
    }

    pub fn is(self, count: usize) -> bool {
        self == Self::Exactly(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_not_counted_to_its_end() {
        assert_eq!(Count::of(2_000), Count::Exactly(2_000));
        assert_eq!(Count::of(Count::LOOKED_FOR), Count::MoreThan(2_000));
        assert_eq!(Count::of(Count::LOOKED_FOR).digits(), "2,000");
        assert_eq!(usize::try_from(Count::LIMIT), Ok(Count::LOOKED_FOR));
    }
}
