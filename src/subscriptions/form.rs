//! What the browser sends. Every form carries the version of the subscription that its page showed.

mod cancellation;
mod lists;
mod quantity;

use serde::{Deserialize, Serialize};

pub use cancellation::CancellationForm;
pub use lists::{CLOSING, RenewalFilter, UndoableFilter, WITHIN};
pub use quantity::{ConversionForm, QuantityForm, repeats};

use super::model::{Reason, Status};
use crate::catalog::model::Billing;
use crate::customers::model::search::tidy;
use crate::error::{Error, Result};
use crate::values::id::{OrganisationId, QuantityChangeId, SubscriptionId};
use crate::values::mpn_id::MpnId;
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::typed::typed;
use crate::web::{Problems, version};

/// The longest nickname.
pub const NICKNAME: usize = 100;

/// The filter of the list, as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ListFilter {
    pub status: String,
}

impl ListFilter {
    /// The status to show; all of them when none is named.
    pub fn status(&self) -> Option<Status> {
        Status::from_text(&self.status)
    }
}

/// The filter of the subscriptions that name a reseller, as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct NamedFilter {
    pub search: String,
    /// `others` for those alone whose customer the reseller does not administer.
    pub customers: String,
}

impl NamedFilter {
    /// What the page may show again: without control characters, not longer than a search can be.
    pub fn tidy(self) -> Self {
        let customers = if self.is_of_others() { self.customers } else { String::new() };
        Self { search: tidy(&self.search), customers }
    }

    pub fn is_of_others(&self) -> bool {
        self.customers == "others"
    }

    pub fn is_set(&self) -> bool {
        !self.search.is_empty() || self.is_of_others()
    }
}

/// Billing frequency: what the page has shown.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BillingForm {
    /// `monthly` or `annual`.
    pub billing: String,
    /// [`super::model::billing::Switch::mark`]
    pub mark: String,
}

impl BillingForm {
    /// How it is to be billed.
    ///
    /// # Errors
    /// [`Error::BadRequest`] when that is no frequency.
    pub fn billing(&self) -> Result<Billing> {
        let billing = Billing::from_text(&self.billing).filter(|billing| *billing != Billing::Never);
        billing.ok_or(Error::BadRequest("no billing frequency"))
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NicknameForm {
    #[serde(deserialize_with = "typed")]
    pub nickname: String,
    pub version: String,
}

impl NicknameForm {
    pub fn parse(&self) -> Result<String, Problems> {
        name::required(&self.nickname, NICKNAME).map_err(|problem| ("nickname", problem).into())
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SuspensionForm {
    pub reason: String,
    pub version: String,
}

impl SuspensionForm {
    pub fn parse(&self) -> Result<Reason, Problems> {
        let reason = match self.reason.as_str() {
            "" => Err(Problem::NotChosen),
            text => Reason::from_text(text).ok_or(Problem::UnknownChoice),
        };
        reason.map_err(|problem| ("reason", problem).into())
    }
}

/// What says no more than which version its page showed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct VersionForm {
    pub version: String,
}

/// Reseller (MPN ID): chosen from the partners, or typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ResellerForm {
    /// The MPN ID of a partner in the list; empty for no reseller.
    pub partner: String,
    #[serde(deserialize_with = "typed")]
    pub mpn_id: String,
    pub version: String,
}

impl ResellerForm {
    /// The MPN ID that is meant, none to clear it. What is typed counts, unless another one than
    /// the `current` was chosen from the list as well.
    pub fn parse(&self, current: &str) -> Result<Option<MpnId>, Problems> {
        let (typed, chosen) = (self.mpn_id.trim(), self.partner.trim());
        let problem = |field: &str, problem| Problems::from((field, problem));
        if typed.is_empty() {
            let chosen = (!chosen.is_empty()).then(|| MpnId::parse(chosen)).transpose();
            return chosen.map_err(|_| problem("partner", Problem::UnknownChoice));
        }
        let mpn_id = MpnId::parse(typed).map_err(|wrong| problem("mpn_id", wrong))?;
        if chosen.is_empty() || chosen == current || chosen == typed {
            Ok(Some(mpn_id))
        } else {
            Err(problem("mpn_id", Problem::OnlyOneOfTwo))
        }
    }

    /// The field that the MPN ID came from.
    pub fn field(&self) -> &'static str {
        if self.mpn_id.trim().is_empty() { "partner" } else { "mpn_id" }
    }
}

/// Whether another term follows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RenewalForm {
    /// `yes` or `no`.
    pub auto_renews: String,
    pub version: String,
}

impl RenewalForm {
    /// Whether another term is to follow.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for anything else.
    pub fn parse(&self) -> crate::error::Result<bool> {
        match self.auto_renews.as_str() {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(Error::BadRequest("auto_renews")),
        }
    }
}

/// Which change is to be undone.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct UndoForm {
    pub change: String,
    pub version: String,
}

impl UndoForm {
    /// The change that the page showed.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for what is no id.
    pub fn change(&self) -> crate::error::Result<QuantityChangeId> {
        QuantityChangeId::parse(&self.change).ok_or(Error::BadRequest("change"))
    }
}

/// So many are decided at once: as many as two pages show.
const MOST_TICKED: usize = 100;

/// What is ticked in the list of renewals, and what is to become of it. Ticks repeat, so it arrives as pairs.
#[derive(Clone, Debug, Default)]
pub struct DecisionForm {
    /// Which subscriptions, each as of which version.
    pub ticked: Vec<(SubscriptionId, i32)>,
    pub auto_renews: bool,
    pub is_confirmed: bool,
}

impl DecisionForm {
    /// What is meant; each subscription once.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for what no page sends.
    pub fn of(pairs: Vec<(String, String)>) -> crate::error::Result<Self> {
        let (mut form, mut decided) = (Self::default(), None);
        for (name, value) in pairs {
            match (name.as_str(), value.as_str()) {
                ("subscription", tick) => {
                    let (id, version) = tick.split_once(':').ok_or(Error::BadRequest("subscription"))?;
                    let id = SubscriptionId::parse(id).ok_or(Error::BadRequest("subscription"))?;
                    let version = version::read(version)?;
                    if form.ticked.iter().all(|(known, _)| *known != id) {
                        form.ticked.push((id, version));
                    }
                }
                ("auto_renews", "yes") => decided = Some(true),
                ("auto_renews", "no") => decided = Some(false),
                ("confirmed", "yes") => form.is_confirmed = true,
                _ => {}
            }
        }
        if form.ticked.len() > MOST_TICKED {
            return Err(Error::BadRequest("subscription"));
        }
        form.auto_renews = decided.ok_or(Error::BadRequest("auto_renews"))?;
        Ok(form)
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SupportForm {
    pub support: String,
    pub version: String,
}

impl SupportForm {
    pub fn parse(&self) -> Result<OrganisationId, Problems> {
        OrganisationId::parse(&self.support).ok_or_else(|| ("support", Problem::UnknownChoice).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::quantity::Quantity;
    use proptest::prelude::*;

    fn reseller(partner: &str, mpn_id: &str) -> Result<Option<String>, Problems> {
        let form =
            ResellerForm { partner: partner.to_owned(), mpn_id: mpn_id.to_owned(), version: String::new() };
        form.parse("1000001").map(|parsed| parsed.map(|mpn_id| mpn_id.to_string()))
    }

    #[test]
    fn a_typed_mpn_id_counts_and_an_empty_choice_clears() {
        assert_eq!(reseller("", ""), Ok(None));
        assert_eq!(reseller("1000002", ""), Ok(Some("1000002".to_owned())));
        assert_eq!(reseller("1000001", " 1000003 "), Ok(Some("1000003".to_owned())));
        assert_eq!(reseller("1000002", "1000003"), Err(("mpn_id", Problem::OnlyOneOfTwo).into()));
        assert_eq!(reseller("", "Contoso"), Err(("mpn_id", Problem::NotANumber).into()));
        assert_eq!(reseller("Contoso", ""), Err(("partner", Problem::UnknownChoice).into()));
    }

    #[test]
    fn a_quantity_is_repeated_in_any_spelling_of_it() {
        let form = |again: &str| QuantityForm { again: again.to_owned(), ..QuantityForm::default() };
        let repeats = |again: &str| form(again).repeats(Quantity::of(1_400));
        assert_eq!(repeats(" 1,400 "), Ok(()));
        assert_eq!(repeats(""), Err(("again", Problem::Missing).into()));
        assert_eq!(repeats("140"), Err(("again", Problem::NotTheSame).into()));
        assert_eq!(repeats("many"), Err(("again", Problem::NotWhole).into()));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(typed in any::<String>()) {
            let _ = reseller(&typed, &typed);
            let form = QuantityForm { again: typed.clone(), ..QuantityForm::default() };
            let _ = form.repeats(Quantity::of(5));
            let billing = BillingForm { billing: typed.clone(), mark: String::new() };
            prop_assert_eq!(billing.billing().is_ok(), typed == "monthly" || typed == "annual");
            let suspension = SuspensionForm { reason: typed.clone(), version: String::new() };
            prop_assert_eq!(suspension.parse().is_ok(), Reason::from_text(&typed).is_some());
            if let Ok(nickname) = (NicknameForm { nickname: typed, version: String::new() }).parse() {
                prop_assert!((1..=NICKNAME).contains(&nickname.chars().count()));
            }
        }
    }
}
