//! Manage licenses as sent: what each product is to be for the users that the page is about.

use std::collections::{BTreeMap, BTreeSet};

use crate::licenses::model::{Deal, License, Product};
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
}

impl LicensesForm {
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            let value = printable_line(&value);
            let Some((what, offer)) = name.split_once('.') else { continue };
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
    pub fn for_one(&self, products: &[Product]) -> Deal {
        let mut deal = Deal::default();
        for (product, line) in self.shown(products) {
            let is_ticked = line.choice == Choice::Give;
            if is_ticked && (!line.had || line.on != line.were_on) {
                deal.give.push(license(product, line));
            } else if !is_ticked && line.had {
                deal.take.push(product.offer.id);
            }
        }
        deal
    }

    /// What is wanted of each of many users.
    pub fn for_many(&self, products: &[Product]) -> Deal {
        let mut deal = Deal::default();
        for (product, line) in self.shown(products) {
            match line.choice {
                Choice::Give => deal.give.push(license(product, line)),
                Choice::Take => deal.take.push(product.offer.id),
                Choice::Keep => {}
            }
        }
        deal
    }

    fn shown<'a>(&'a self, products: &'a [Product]) -> impl Iterator<Item = (&'a Product, &'a Line)> {
        products.iter().filter_map(|product| Some((product, self.line(&product.offer.id)?)))
    }
}

fn license(product: &Product, line: &Line) -> License {
    let off = product.offer.plans.iter().filter(|plan| !line.on.contains(*plan));
    License { offer: product.offer.id, plans_off: off.cloned().collect() }
}

/// What is done with the ticks of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deed {
    #[default]
    Keep,
    /// Keeps them and shows the next page.
    Next,
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
    /// The address of the list, and of its next page.
    pub here: String,
    pub next: String,
}

impl TicksForm {
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "deed" => {
                    form.deed = match value.as_str() {
                        "next" => Deed::Next,
                        "clear" => Deed::Clear,
                        "manage" => Deed::Manage,
                        _ => Deed::Keep,
                    }
                }
                "shown" => form.shown.extend(CustomerUserId::parse(&value)),
                "user" => form.ticked.extend(CustomerUserId::parse(&value)),
                "here" => form.here = value,
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
    use crate::catalog::facts::Licensed;

    const SUITE: &str = "0199d3f2-0000-7000-8000-000000000001";
    const MAIL: &str = "0199d3f2-0000-7000-8000-000000000002";

    fn products() -> Vec<Product> {
        let product = |id, plans: &[&str]| {
            let plans = plans.iter().map(|plan| (*plan).to_owned()).collect();
            let (id, name) = (OfferId::parse(id).unwrap(), String::new());
            let offer = Licensed { id, name, plans, countries: Vec::new(), bases: Vec::new() };
            Product { offer, bought: 1, suspended: 0, assigned: 0 }
        };
        vec![product(SUITE, &["Mail", "Files"]), product(MAIL, &[])]
    }

    fn form(pairs: &[(&str, &str, &str)]) -> LicensesForm {
        let pairs = pairs.iter().map(|(what, offer, value)| (format!("{what}.{offer}"), (*value).to_owned()));
        LicensesForm::of(pairs.collect())
    }

    fn license(offer: &str, off: &[&str]) -> License {
        let plans_off = off.iter().map(|plan| (*plan).to_owned()).collect();
        License { offer: OfferId::parse(offer).unwrap(), plans_off }
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
        assert!(form(&untouched).for_one(&products()).is_empty());
        // One more service plan, and another license.
        let more = [untouched.as_slice(), &[("on", SUITE, "Files"), ("choice", MAIL, "give")]].concat();
        assert_eq!(form(&more).for_one(&products()).give, [license(SUITE, &[]), license(MAIL, &[])]);
        let taken = form(&[("had", SUITE, "1"), ("were_on", SUITE, "Mail")]).for_one(&products());
        assert_eq!((taken.give.len(), taken.take), (0, vec![OfferId::parse(SUITE).unwrap()]));
    }

    #[test]
    fn of_many_users_what_is_chosen_is_wanted() {
        let deal = form(&[("choice", SUITE, "give"), ("on", SUITE, "Files"), ("choice", MAIL, "take")]);
        let deal = deal.for_many(&products());
        assert_eq!(deal.give, [license(SUITE, &["Mail"])]);
        assert_eq!(deal.take, [OfferId::parse(MAIL).unwrap()]);
        assert!(form(&[("choice", SUITE, "keep"), ("choice", MAIL, "?")]).for_many(&products()).is_empty());
    }

    proptest! {
        #[test]
        fn any_pairs_are_read(pairs in proptest::collection::vec((any::<String>(), any::<String>()), 0..20)) {
            let _ = LicensesForm::of(pairs.clone()).for_one(&products());
            let _ = TicksForm::of(pairs);
        }
    }
}
