//! Chance that comes out the same each time: whatever is generated depends on its kind and number alone.

/// A stream of numbers (SplitMix64) for one generated thing.
pub struct Random(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Random {
    /// The stream of the thing of this kind and number.
    pub fn of(kind: &str, index: u64) -> Self {
        Self(mix(hash(kind) ^ mix(index.wrapping_add(STEP))))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A number from 0 up to, not including, `end`; 0 when that is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        let scaled = (u128::from(self.next()) * u128::from(end)) >> 64;
        u64::try_from(scaled).unwrap_or(0)
    }

    /// A number within both bounds.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most.saturating_sub(least).saturating_add(1)).unwrap_or(1);
        least + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let index = self.below(u64::try_from(items.len()).unwrap_or(0));
        items.get(usize::try_from(index).unwrap_or(0))
    }

    /// One of the first items more often than one of the last.
    pub fn pick_early<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(items.len()).unwrap_or(0);
        let index = self.below(count).min(self.below(count));
        items.get(usize::try_from(index).unwrap_or(0))
    }

    /// So many lower-case hexadecimal digits, at most 64.
    pub fn hex(&mut self, digits: usize) -> String {
        let all: String = (0..4).map(|_| format!("{:016x}", self.next())).collect();
        all.chars().take(digits).collect()
    }
}

/// The number behind the id of the thing of this kind and number. Ids rise with the number, so that
/// tables grow at their end, and lie before those that are made while the portal runs.
pub fn id(kind: &str, index: u64) -> u128 {
    /// Milliseconds since 1970, as in UUIDs of version 7: a day in 2024.
    const FIRST: u64 = 0x0190_0000_0000;
    let mut random = Random::of(kind, index);
    let rest = (u128::from(random.next()) << 64) | u128::from(random.next());
    (u128::from(FIRST + index) << 80) | (rest >> 48)
}

/// A number for a text (FNV-1a).
pub fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn mix(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_has_the_same_chances() {
        let draw = |index| {
            let mut random = Random::of("customer", index);
            (0..5).map(|_| random.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        assert!((0..1000).all(|_| (3..=5).contains(&Random::of("x", 1).between(3, 5))));
    }

    #[test]
    fn ids_rise_with_the_number() {
        let ids: Vec<_> = (0..1000).map(|index| id("order", index)).collect();
        assert!(ids.is_sorted());
        assert_ne!(id("order", 1), id("customer", 1));
    }
}
