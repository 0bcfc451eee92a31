//! What the browser sends on New customer, on New subscription and on Review.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::catalog::model::{Billing, Category, Listed};
use crate::catalog::wrong::of_offer;
use crate::customers::new_account::AccountForm;
use crate::orders::draft::{Draft, DraftLine, NOBODY, choice_fields, chosen};
use crate::orders::model::Making;
use crate::values::folding::folded;
use crate::values::id::{CustomerId, OfferId, SubscriptionId};
use crate::values::problem::Problem;
use crate::values::quantity::Quantity;
use crate::web::three_way;

/// The New customer form with what its page adds to it.
#[derive(Deserialize, Clone, Default)]
#[serde(default)]
pub struct StepForm {
    /// The fresh id of a draft that is not kept yet.
    pub draft: String,
    /// Of the form that the page was drawn from.
    pub version: String,
    /// What its fields held then.
    pub opened: String,
    pub next: String,
    /// Which button was pressed: `country`, `leave`, `anyway`, or none for Next.
    pub then: String,
    /// What `anyway` is about: the ids of what the page has shown to be alike.
    pub alike: String,
    #[serde(flatten)]
    pub account: AccountForm,
}

impl StepForm {
    /// Whether the pressed button leads on to the next step.
    pub fn goes_on(&self) -> bool {
        self.then.is_empty() || self.goes_on_anyway()
    }

    /// Whether it leads on whatever is alike.
    pub fn goes_on_anyway(&self) -> bool {
        self.then == "anyway"
    }

    /// Whether the next step is Review, where Change led here.
    pub fn leads_to_review(&self) -> bool {
        self.next == "review"
    }
}

/// Which offers are shown; it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct OfferFilter {
    pub category: String,
    pub search: String,
    /// The subscription whose add-ons are to be bought.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub base: String,
    /// Not empty: show what stands in the way of submitting.
    #[serde(skip_serializing)]
    pub check: String,
}

/// The whole page New subscription, as typed. Rows name their offer, so it arrives as pairs.
#[derive(Clone, Debug, Default)]
pub struct OffersForm {
    quantities: HashMap<OfferId, String>,
    billings: HashMap<OfferId, String>,
    /// The offers that the page showed; others keep what the draft has for them.
    shown: Vec<OfferId>,
    /// An MPN ID or [`NOBODY`].
    pub incentives: String,
    pub mark: String,
    /// What was chosen when the page was drawn.
    pub opened: String,
    /// The existing customer for whom the draft is to be begun.
    pub customer: Option<CustomerId>,
    /// The subscription whose add-ons it is to hold.
    pub base: Option<SubscriptionId>,
    pub filter: OfferFilter,
    pub next: Next,
}

/// Where the pressed button leads after saving.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Next {
    /// The same page with another filter.
    #[default]
    Show,
    Back,
    Review,
}

/// What a form chooses.
#[derive(Clone, Debug, Default)]
pub struct Entered {
    /// All lines, also of offers that the page did not show.
    pub lines: Vec<DraftLine>,
    pub mpn_id: String,
    /// Quantities that are no numbers or could not be kept.
    pub unreadable: Vec<(OfferId, Problem)>,
}

impl Entered {
    /// What of this was touched, put over what is saved by now; none where both touched the same.
    pub fn over(&self, opened: &str, saved: &Draft) -> Option<Self> {
        let typed = choice_fields(&self.lines, &self.mpn_id);
        let merged = three_way::merge_fields(opened, typed, choice_fields(&saved.lines, &saved.mpn_id));
        let (lines, mpn_id) = chosen(merged.form);
        merged.clashes.is_empty().then(|| Self { lines, mpn_id, ..self.clone() })
    }
}

/// The largest quantity that a draft keeps, beyond what any offer allows.
const MOST: i64 = 9_999_999_999;

impl OffersForm {
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "incentives" => form.incentives = value,
                "mark" => form.mark = value,
                "opened" => form.opened = value,
                "customer" => form.customer = CustomerId::parse(&value),
                "base" => form.base = SubscriptionId::parse(&value),
                "category" => form.filter.category = value,
                "search" => form.filter.search = value,
                "show" => (form.filter.category, form.next) = (value, Next::Show),
                "back" => form.next = Next::Back,
                "review" => form.next = Next::Review,
                name => form.take_row(name, value),
            }
        }
        form
    }

    fn take_row(&mut self, name: &str, value: String) {
        let Some((part, offer)) = name.split_once('-') else { return };
        let Some(offer) = OfferId::parse(offer) else { return };
        match part {
            "shown" if !self.shown.contains(&offer) => self.shown.push(offer),
            "quantity" => drop(self.quantities.insert(offer, value)),
            "billing" => drop(self.billings.insert(offer, value)),
            _ => {}
        }
    }

    /// What was typed for an offer, if the page showed it.
    pub fn quantity(&self, offer: &OfferId) -> Option<&str> {
        let typed = self.quantities.get(offer).map_or("", String::as_str);
        self.shown.contains(offer).then_some(typed)
    }

    pub fn billing(&self, offer: &OfferId) -> Option<Billing> {
        self.billings.get(offer).and_then(|billing| Billing::from_text(billing))
    }

    /// Puts what was typed over what the draft has.
    pub fn read(&self, making: &Making) -> Entered {
        let mut entered = Entered { mpn_id: self.mpn_id(making), ..Entered::default() };
        for line in &making.draft.lines {
            if !self.shown.contains(&line.offer) {
                entered.lines.push(line.clone());
            }
        }
        for listed in making.catalogue.all() {
            let Some(typed) = self.quantity(&listed.offer.id) else { continue };
            match self.line(listed, typed) {
                Ok(line) => entered.lines.extend(line),
                Err(problem) => entered.unreadable.push((listed.offer.id, problem)),
            }
        }
        entered.lines.sort_by_key(|one| one.offer);
        entered
    }

    fn line(&self, listed: &Listed, typed: &str) -> Result<Option<DraftLine>, Problem> {
        let offer = &listed.offer;
        let quantity = match Quantity::parse(typed, 0, MOST) {
            Ok(quantity) if quantity.get() == 0 => return Ok(None),
            Ok(quantity) => quantity,
            Err(Problem::Missing) => return Ok(None),
            Err(problem) => {
                let problem = match problem {
                    Problem::Below { .. } => Problem::Below { minimum: offer.minimum },
                    Problem::Above { .. } => Problem::Above { maximum: offer.largest_quantity() },
                    problem => problem,
                };
                return Err(of_offer(problem, offer.unit, typed));
            }
        };
        let usual = offer.billings().first().copied().unwrap_or(Billing::Never);
        let billing = self.billing(&offer.id).unwrap_or(usual);
        Ok(Some(DraftLine { offer: offer.id, quantity, billing }))
    }

    /// Empty for the customer's reseller, so that the choice follows when another one is named.
    fn mpn_id(&self, making: &Making) -> String {
        let own = making.reseller.as_ref().map(|partner| partner.mpn_id.as_str());
        let is_partner = |mpn_id: &str| making.partners.iter().any(|one| one.has(mpn_id));
        match self.incentives.as_str() {
            chosen if Some(chosen) == own => String::new(),
            NOBODY if own.is_none() => String::new(),
            NOBODY => NOBODY.to_owned(),
            chosen if is_partner(chosen) => chosen.to_owned(),
            _ => making.draft.mpn_id.clone(),
        }
    }
}

impl OfferFilter {
    /// The subscription whose add-ons are to be bought.
    pub fn base(&self) -> Option<SubscriptionId> {
        SubscriptionId::parse(&self.base)
    }

    pub fn category(&self) -> Option<Category> {
        Category::from_text(&self.category)
    }

    /// Whether an offer has every word that is searched for.
    pub fn finds(&self, listed: &Listed) -> bool {
        let text = folded(&format!("{} {}", listed.offer.name, listed.offer.description));
        let words = folded(&self.search);
        self.category().is_none_or(|category| category == listed.offer.category)
            && words.split(' ').all(|word| text.contains(word))
    }
}

/// Cancelling an order: what was read.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct CancellationForm {
    /// [`crate::orders::model::cancelling::Ending::mark`]
    pub mark: String,
}

/// Submit on Review: which version of the draft was read there, and what was shown beside it.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct SubmissionForm {
    pub version: String,
    /// [`Making::review_mark`]
    pub mark: String,
    /// `yes` where the reseller that the order names gets tenant owner permission for what is billed by usage.
    pub tenant_owner: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form(pairs: &[(&str, &str)]) -> OffersForm {
        OffersForm::of(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn an_offer_that_was_not_shown_has_nothing_typed() {
        let offer = OfferId::new();
        let shown = format!("shown-{offer}");
        assert_eq!(form(&[]).quantity(&offer), None);
        assert_eq!(form(&[(&shown, "")]).quantity(&offer), Some(""));
        let quantity = format!("quantity-{offer}");
        assert_eq!(form(&[(&shown, ""), (&quantity, "5")]).quantity(&offer), Some("5"));
        assert_eq!(form(&[(&quantity, "5")]).quantity(&offer), None);
    }

    #[test]
    fn the_pressed_button_decides_what_comes_next() {
        assert_eq!(form(&[("review", "yes")]).next, Next::Review);
        assert_eq!(form(&[("back", "yes")]).next, Next::Back);
        let shown = form(&[("category", "trial"), ("search", "e3"), ("show", "add-on")]);
        assert_eq!((shown.next, shown.filter.category.as_str()), (Next::Show, "add-on"));
        assert_eq!(shown.filter.search, "e3");
    }

    proptest! {
        #[test]
        fn any_pairs_are_read(pairs in proptest::collection::vec((any::<String>(), any::<String>()), 0..20)) {
            prop_assert!(OffersForm::of(pairs).quantity(&OfferId::new()).is_none());
        }
    }
}
