//! Why New subscription shows no offer.

use super::Making;
use crate::catalog::model::Category;
use crate::catalog::model::nothing::Nothing;

/// Why there is nothing to choose, where something could be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// There is nothing for this customer in the whole catalogue.
    Nothing(Nothing),
    /// Nothing can be added to the subscription whose add-ons were to be bought.
    NoAddOns,
    /// Add-ons come with what they are added to.
    AddOnsLater,
    /// What was searched for is in no offer.
    Search,
    /// There is nothing of the chosen kind.
    Category,
}

impl Empty {
    pub fn of(making: &Making, has_search: bool, category: Option<Category>) -> Self {
        if making.base.is_some() && !has_search && category.is_none() {
            return Self::NoAddOns;
        }
        Self::because(making.catalogue.nothing_for(&making.buyer), has_search, category)
    }

    fn because(nothing: Option<Nothing>, has_search: bool, category: Option<Category>) -> Self {
        match (nothing, has_search, category) {
            (Some(nothing), ..) => Self::Nothing(nothing),
            (None, true, _) => Self::Search,
            (None, false, Some(Category::AddOn)) => Self::AddOnsLater,
            (None, false, Some(_)) => Self::Category,
            (None, false, None) => Self::Nothing(Nothing::OnlyAddOns),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_comes_before_the_search_and_the_search_before_the_kind() {
        let why = Empty::because;
        let none = Some(Nothing::NoCatalogue);
        assert_eq!(why(none, true, Some(Category::Trial)), Empty::Nothing(Nothing::NoCatalogue));
        assert_eq!(why(None, true, Some(Category::AddOn)), Empty::Search);
        assert_eq!(why(None, false, Some(Category::AddOn)), Empty::AddOnsLater);
        assert_eq!(why(None, false, Some(Category::Trial)), Empty::Category);
    }
}
