//! The views of the Customers list, and the orders in which it is read.

use crate::text_enum;
use crate::values::moment::Moment;

text_enum! {
    /// Which customers a list is about, before anything is searched for.
    pub enum View {
        /// All that have not ended.
        Mine = "mine",
        /// Those that nobody administers but their provider.
        WithoutReseller = "without-reseller",
        AgreementMissing = "agreement-missing",
        /// Those of which something ends within [`SOON_DAYS`].
        EndingSoon = "ending-soon",
        /// Those whose relationship with the provider has ended. They are in no other view.
        Ended = "ended",
    }
}

text_enum! {
    /// How a customer stands, in one word. The first one that holds is it.
    pub enum Standing {
        Ended = "ended",
        AgreementAwaited = "agreement_awaited",
        EndingSoon = "ending_soon",
        Active = "active",
    }
}

/// What ends within so many days ends soon.
pub const SOON_DAYS: u64 = 30;

impl View {
    /// Those that make sense for an organisation: what has ended, a reseller does not see any more, and it knows of no
    /// customer that it does not administer.
    pub fn of(is_provider: bool) -> &'static [Self] {
        const OF_RESELLER: &[View] = &[View::Mine, View::AgreementMissing, View::EndingSoon];
        if is_provider { Self::ALL } else { OF_RESELLER }
    }

    /// The order in which it is read where nobody chose one.
    pub fn order(self) -> Order {
        match self {
            Self::Ended => Order { by: Sort::End, is_descending: true },
            Self::Mine | Self::WithoutReseller | Self::AgreementMissing | Self::EndingSoon => {
                Order { by: Sort::Name, is_descending: false }
            }
        }
    }
}

text_enum! {
    /// What a list is ordered by.
    pub enum Sort {
        Name = "name",
        Since = "since",
        /// The monthly value.
        Value = "value",
        /// When it ended, of those that have.
        End = "ended",
    }
}

/// In which order a list is read. Where two customers are alike in it, their ids decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    pub by: Sort,
    pub is_descending: bool,
}

impl Order {
    /// Reads what [`Order::text`] wrote. What ended is ordered by its end, and nothing else is.
    pub fn parse(text: &str, view: View) -> Option<Self> {
        let (by, is_descending) = text.strip_prefix('-').map_or((text, false), |by| (by, true));
        let by = Sort::from_text(by).filter(|by| *by != Sort::End || view == View::Ended)?;
        Some(Self { by, is_descending })
    }

    /// As it stands in the address: a line before what is read from its end.
    pub fn text(self) -> String {
        format!("{}{}", if self.is_descending { "-" } else { "" }, self.by.as_text())
    }

    /// Where a head of the table leads that orders by this: the other way round, where it does already. Names begin
    /// with the first, days with the latest, and values with the highest.
    #[must_use]
    pub fn by_head(self, by: Sort) -> Self {
        let is_descending = if self.by == by { !self.is_descending } else { by != Sort::Name };
        Self { by, is_descending }
    }

    /// Whether a key of a page can be one of this order.
    pub fn reads(self, key: &str) -> bool {
        match self.by {
            Sort::Name => true,
            Sort::Since | Sort::End => Moment::parse_exact(key).is_some(),
            Sort::Value => key.parse::<i64>().is_ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn order(by: Sort, is_descending: bool) -> Order {
        Order { by, is_descending }
    }

    #[test]
    fn every_order_reads_back_and_others_are_none() {
        for by in Sort::ALL.iter().copied() {
            for is_descending in [false, true] {
                let order = order(by, is_descending);
                assert_eq!(Order::parse(&order.text(), View::Ended), Some(order));
                assert_eq!(Order::parse(&order.text(), View::Mine), Some(order).filter(|_| by != Sort::End));
            }
        }
        for text in ["", "-", "--name", "Name", "name ", "end"] {
            assert_eq!(Order::parse(text, View::Ended), None, "{text:?}");
        }
    }

    #[test]
    fn a_head_turns_its_order_round_and_begins_another_where_people_look_first() {
        let names = View::Mine.order();
        assert_eq!(names.by_head(Sort::Name), order(Sort::Name, true));
        assert_eq!(names.by_head(Sort::Value), order(Sort::Value, true));
        assert_eq!(names.by_head(Sort::Value).by_head(Sort::Value), order(Sort::Value, false));
        assert_eq!(order(Sort::Value, false).by_head(Sort::Name), names);
    }

    proptest! {
        #[test]
        fn any_text_is_an_order_or_none(text in any::<String>()) {
            if let Some(order) = Order::parse(&text, View::Ended) {
                prop_assert_eq!(order.text(), text);
            }
        }
    }
}
