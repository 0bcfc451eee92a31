//! Why a buyer finds nothing in the catalogue at all.

use super::buying::{Buyer, Catalogue, Refusal};
use super::{Listed, Qualification};
use crate::values::country::Country;
use crate::values::currency::Currency;

/// Why there is no offer to choose: the first thing that, mended, would leave something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// There is no offer in the installation.
    NoCatalogue,
    /// There are offers, and none is sold any more.
    AllWithdrawn,
    /// None has a price in the provider's currency.
    NonePriced(Currency),
    /// Of those with a price none is sold in the country of the provider.
    NoneSoldByProvider(Country),
    /// Of those that the provider may sell none is sold in the customer's country.
    NoneSoldTo(Country),
    /// All that is left takes customers of another qualification.
    NoneForQualification(Qualification),
    /// What is left needs something first that the customer does not have.
    OnlyAddOns,
}

impl Catalogue {
    /// Why there is nothing that this buyer could choose or could have had; nothing where there is.
    pub fn nothing_for(&self, buyer: &Buyer) -> Option<Nothing> {
        let steps: [(Nothing, &dyn Fn(&Listed) -> bool); 6] = [
            (Nothing::NoCatalogue, &|_| true),
            (Nothing::AllWithdrawn, &|one| one.offer.is_available),
            (Nothing::NonePriced(self.currency), &|one| one.price.is_some()),
            (Nothing::NoneSoldByProvider(buyer.provider_country), &|one| {
                one.offer.is_sold_in(buyer.provider_country)
            }),
            (Nothing::NoneSoldTo(buyer.country), &|one| one.offer.is_sold_in(buyer.country)),
            (Nothing::NoneForQualification(buyer.qualification), &|one| {
                !matches!(one.refusal(buyer, &[]), Some(Refusal::NotQualified(_) | Refusal::NoTrials))
            }),
        ];
        let mut left: Vec<&Listed> = self.all().iter().collect();
        for (why, is_left) in steps {
            left.retain(|one| is_left(one));
            if left.is_empty() {
                return Some(why);
            }
        }
        let is_base_missing = |one: &&Listed| one.refusal(buyer, &[]) == Some(Refusal::BaseMissing);
        left.iter().all(is_base_missing).then_some(Nothing::OnlyAddOns)
    }
}

#[cfg(test)]
mod tests {
    use super::super::buying::tests::{add_on, buyer, listed};
    use super::*;

    fn why(offers: Vec<Listed>) -> Option<Nothing> {
        Catalogue::new(offers, Currency::Eur).nothing_for(&buyer())
    }

    #[test]
    fn the_reason_is_the_first_that_leaves_nothing() {
        let germany = Country::parse("DE").unwrap();
        assert_eq!(why(Vec::new()), Some(Nothing::NoCatalogue));
        let mut withdrawn = listed("Old");
        withdrawn.offer.is_available = false;
        assert_eq!(why(vec![withdrawn.clone()]), Some(Nothing::AllWithdrawn));
        let unpriced = Listed { price: None, ..listed("Dollars") };
        assert_eq!(why(vec![withdrawn, unpriced.clone()]), Some(Nothing::NonePriced(Currency::Eur)));
        let mut abroad = listed("Abroad");
        abroad.offer.countries = vec!["FR".to_owned()];
        assert_eq!(why(vec![unpriced, abroad.clone()]), Some(Nothing::NoneSoldByProvider(germany)));
        let mut charity = listed("Charity");
        charity.offer.qualification = Qualification::Nonprofit;
        let nobody = Some(Nothing::NoneForQualification(Qualification::None));
        assert_eq!(why(vec![abroad, charity]), nobody);
    }

    #[test]
    fn a_customer_elsewhere_is_told_of_its_own_country() {
        let mut home = listed("Home");
        home.offer.countries = vec!["DE".to_owned()];
        let france = Country::parse("FR").unwrap();
        let catalogue = Catalogue::new(vec![home], Currency::Eur);
        let buyer = Buyer { country: france, ..buyer() };
        assert_eq!(catalogue.nothing_for(&buyer), Some(Nothing::NoneSoldTo(france)));
    }

    #[test]
    fn one_offer_is_enough_and_an_add_on_alone_is_not() {
        let suite = listed("Suite");
        let phone = add_on("Phone", &[&suite]);
        assert_eq!(why(vec![suite, phone.clone()]), None);
        assert_eq!(why(vec![phone]), Some(Nothing::OnlyAddOns));
    }
}
