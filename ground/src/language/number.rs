//! Numbers that words depend on.

/// A number of things.
pub trait Number {
    /// It; what is below zero counts as none.
    fn number(&self) -> u64;
}

macro_rules! numbers {
    ($($kind:ty),*) => { $(
        impl Number for $kind {
            fn number(&self) -> u64 {
                u64::try_from(*self).unwrap_or_default()
            }
        }
    )* };
}

numbers!(i32, i64, u8, u16, u32, u64, usize);

impl<N: Number> Number for &N {
    fn number(&self) -> u64 {
        (**self).number()
    }
}
