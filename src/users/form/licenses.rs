//! Manage licenses as sent: what each product is to be for the users that the page is about.

use std::collections::{BTreeMap, BTreeSet};

use crate::licenses::model::{Deal, Wanted};
use crate::values::id::{CustomerUserId, OfferId};
use crate::values::typed::printable_line;

/// What somebody chose for a product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// As each of the users has it.
    #[default]
    Keep,
    Give,
    Take,
}

impl Choice {
    pub fn as_text(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Give => "give",
            Self::Take => "take",
        }
    }

    fn from_text(text: &str) -> Self {
        match text {
            "give" => Self::Give,
            "take" => Self::Take,
            _ => Self::Keep,
        }
    }
}

/// What is sent of one product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub choice: Choice,
    /// Of the page about one user: whether the user had it when the page was drawn.
    pub had: bool,
    /// Service plans that are ticked, by name.
    pub on: BTreeSet<String>,
    /// Those that were ticked when the page was drawn.
    pub were_on: BTreeSet<String>,
}

/// Everything that is sent, by the ids of offers.
#[derive(Clone, Debug, Default)]
pub struct LicensesForm {
    lines: BTreeMap<String, Line>,
    /// Of the page about many users: who they were.
    pub mark: String,
}

impl LicensesForm {
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            let value = printable_line(&value);
            let Some((what, offer)) = name.split_once('.') else {
                if name == "mark" {
                    form.mark = value;
                }
                continue;
            };
            if OfferId::parse(offer).is_none() {
                continue;
            }
            let line = form.lines.entry(offer.to_owned()).or_default();
            match what {
                "choice" => line.choice = Choice::from_text(&value),
                "had" => line.had = true,
                "on" => drop(line.on.insert(value)),
                "were_on" => drop(line.were_on.insert(value)),
                _ => {}
            }
        }
        form
    }

    /// What is sent of a product; nothing of one that the page did not show.
    pub fn line(&self, offer: &OfferId) -> Option<&Line> {
        self.lines.get(offer.as_str())
    }

    /// What is wanted of one user: what is ticked that was not, and the other way round. What somebody else changed
    /// meanwhile stays.
    pub fn for_one(&self) -> Deal {
        let mut deal = Deal::default();
        for (offer, line) in self.lines() {
            let (is_ticked, wanted) = (line.choice == Choice::Give, line.wanted(offer));
            match (is_ticked, line.had) {
                (true, false) => deal.give.push(wanted),
                (true, true) if !wanted.on.is_empty() || !wanted.off.is_empty() => {
                    deal.give.push(Wanted { is_given: false, ..wanted });
                }
                (false, true) => deal.take.push(offer),
                _ => {}
            }
        }
        deal
    }

    /// What is wanted of each of many users. Whoever has a license keeps what is turned off in it.
    pub fn for_many(&self) -> Deal {
        let mut deal = Deal::default();
        for (offer, line) in self.lines() {
            match line.choice {
                Choice::Give => deal.give.push(line.wanted(offer)),
                Choice::Take => deal.take.push(offer),
                Choice::Keep => {}
            }
        }
        deal
    }

    fn lines(&self) -> impl Iterator<Item = (OfferId, &Line)> {
        self.lines.iter().filter_map(|(offer, line)| Some((OfferId::parse(offer)?, line)))
    }
}

impl Line {
    /// A license with the service plans that were touched; whatever the page did not show stays as it is.
    fn wanted(&self, offer: OfferId) -> Wanted {
        let on = self.on.difference(&self.were_on).cloned().collect();
        let off = self.were_on.difference(&self.on).cloned().collect();
        Wanted { offer, is_given: true, on, off }
    }
}

/// What is done with the ticks of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deed {
    #[default]
    Keep,
    /// Keeps them and shows the page before, or the next one.
    Previous,
    Next,
    /// Ticks all that the list finds.
    All,
    Clear,
    /// Keeps them and goes on to the licenses of those who are ticked.
    Manage,
}

/// The ticks of a page of the list. They repeat, so it arrives as pairs.
#[derive(Clone, Debug, Default)]
pub struct TicksForm {
    pub deed: Deed,
    pub shown: Vec<CustomerUserId>,
    pub ticked: Vec<CustomerUserId>,
    /// The address of the page, and of those beside it.
    pub here: String,
    pub previous: String,
    pub next: String,
}

impl TicksForm {
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "deed" => {
                    form.deed = match value.as_str() {
                        "previous" => Deed::Previous,
                        "next" => Deed::Next,
                        "all" => Deed::All,
                        "clear" => Deed::Clear,
                        "manage" => Deed::Manage,
                        _ => Deed::Keep,
                    }
                }
                "shown" => form.shown.extend(CustomerUserId::parse(&value)),
                "user" => form.ticked.extend(CustomerUserId::parse(&value)),
                "here" => form.here = value,
                "previous" => form.previous = value,
                "next" => form.next = value,
                _ => {}
            }
        }
        form
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SUITE: &str = "0199d3f2-0000-7000-8000-000000000001";
    const MAIL: &str = "0199d3f2-0000-7000-8000-000000000002";

    fn form(pairs: &[(&str, &str, &str)]) -> LicensesForm {
        let pairs = pairs.iter().map(|(what, offer, value)| (format!("{what}.{offer}"), (*value).to_owned()));
        LicensesForm::of(pairs.collect())
    }

    fn wanted(offer: &str, is_given: bool, on: &[&str], off: &[&str]) -> Wanted {
        let owned = |plans: &[&str]| plans.iter().map(|plan| (*plan).to_owned()).collect();
        Wanted { offer: OfferId::parse(offer).unwrap(), is_given, on: owned(on), off: owned(off) }
    }

    #[test]
    fn of_one_user_only_what_was_touched_is_wanted() {
        let untouched = [
            ("choice", SUITE, "give"),
            ("had", SUITE, "1"),
            ("on", SUITE, "Mail"),
            ("were_on", SUITE, "Mail"),
            ("on", MAIL, "x"),
        ];
        assert!(form(&untouched).for_one().is_empty());
        // One more service plan, and another license.
        let more = [untouched.as_slice(), &[("on", SUITE, "Files"), ("choice", MAIL, "give")]].concat();
        let give = form(&more).for_one().give;
        assert_eq!(give, [wanted(SUITE, false, &["Files"], &[]), wanted(MAIL, true, &["x"], &[])]);
        let taken = form(&[("had", SUITE, "1"), ("were_on", SUITE, "Mail")]).for_one();
        assert_eq!((taken.give.len(), taken.take), (0, vec![OfferId::parse(SUITE).unwrap()]));
    }

    #[test]
    fn of_many_users_what_is_chosen_is_wanted() {
        let sent = [
            ("choice", SUITE, "give"),
            ("on", SUITE, "Files"),
            ("were_on", SUITE, "Files"),
            ("were_on", SUITE, "Mail"),
            ("choice", MAIL, "take"),
        ];
        let deal = form(&sent).for_many();
        assert_eq!(deal.give, [wanted(SUITE, true, &[], &["Mail"])]);
        assert_eq!(deal.take, [OfferId::parse(MAIL).unwrap()]);
        assert!(form(&[("choice", SUITE, "keep"), ("choice", MAIL, "?")]).for_many().is_empty());
    }

    proptest! {
        #[test]
        fn any_pairs_are_read(pairs in proptest::collection::vec((any::<String>(), any::<String>()), 0..20)) {
            let form = LicensesForm::of(pairs.clone());
            let _ = (form.for_one(), form.for_many());
            let _ = TicksForm::of(pairs);
        }
    }
}
