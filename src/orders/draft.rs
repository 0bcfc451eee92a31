//! A draft: an order in the making, with a new customer or for an existing one. It lives in the database,
//! so that Back, reload, a second tab and tomorrow work.

pub mod alike;
pub mod customer;
pub mod store;

use crate::catalog::model::Billing;
use crate::customers::new_account::AccountForm;
use crate::paths;
use crate::text_enum;
use crate::values::domain_prefix::DomainPrefix;
use crate::values::id::{CustomerId, DraftId, OfferId, OrganisationId, SubscriptionId};
use crate::values::mark::mark_of;
use crate::values::moment::Moment;
use crate::values::name;
use crate::values::quantity::Quantity;
use crate::web::three_way;

text_enum! {
    pub enum DraftState {
        Open = "open",
        Submitted = "submitted",
        Cancelled = "cancelled",
    }
}

/// Stands in [`Draft::mpn_id`] when somebody chose that nobody earns incentives.
pub const NOBODY: &str = "none";

/// A draft of the viewer's organisation.
#[derive(Clone, Debug)]
pub struct Draft {
    pub id: DraftId,
    pub provider: OrganisationId,
    pub made_by_name: String,
    /// The customer who orders; none while the customer is new.
    pub customer: Option<CustomerId>,
    /// The subscription of the customer that add-ons are bought for, before all others.
    pub base: Option<SubscriptionId>,
    /// The New customer form exactly as typed, as JSON; empty for an existing customer.
    pub account: String,
    /// Who is to administer the new customer.
    pub reseller: Option<OrganisationId>,
    /// Who is to earn incentives for the subscriptions: an MPN ID, [`NOBODY`], or empty as long as
    /// nobody has chosen; then it is the customer's reseller.
    pub mpn_id: String,
    pub state: DraftState,
    /// The ids of customers and drafts that somebody has seen to be alike, and goes on all the same.
    pub known_alike: String,
    pub lines: Vec<DraftLine>,
    pub updated_at: Moment,
    /// Goes up with every change, so that a page knows whether it is stale.
    pub version: i32,
}

impl Draft {
    /// The New customer form as it was last typed.
    pub fn form(&self) -> AccountForm {
        AccountForm::from_json(&self.account)
    }

    /// Which version of the choice a page was drawn from; it changes with the lines and with who earns
    /// incentives, and with nothing else.
    pub fn choice_mark(&self) -> String {
        mark_of(&self.choice())
    }

    /// What is chosen, field by field, for [`three_way`].
    pub fn choice(&self) -> String {
        three_way::opened(&choice_fields(&self.lines, &self.mpn_id))
    }

    /// The name that was typed for a new customer; empty as long as there is none.
    pub fn company_name(&self) -> String {
        shown_name(&self.form())
    }
}

/// A field for each line, by its offer, and one for who earns incentives.
pub fn choice_fields(lines: &[DraftLine], mpn_id: &str) -> Vec<(String, String)> {
    let line = |line: &DraftLine| {
        (line.offer.to_string(), format!("{} {}", line.quantity.get(), line.billing.as_text()))
    };
    lines.iter().map(line).chain([(INCENTIVES.to_owned(), mpn_id.to_owned())]).collect()
}

/// The lines and who earns incentives, out of such fields.
pub fn chosen(fields: Vec<(String, String)>) -> (Vec<DraftLine>, String) {
    let (mut lines, mut mpn_id) = (Vec::new(), String::new());
    for (name, value) in fields {
        let parts = value.split_once(' ').and_then(|(quantity, billing)| {
            Some((Quantity::of(quantity.parse().ok()?), Billing::from_text(billing)?))
        });
        match (OfferId::parse(&name), parts) {
            (Some(offer), Some((quantity, billing))) => lines.push(DraftLine { offer, quantity, billing }),
            _ if name == INCENTIVES => mpn_id = value,
            _ => {}
        }
    }
    lines.sort_by_key(|one| one.offer);
    (lines, mpn_id)
}

const INCENTIVES: &str = "incentives";

/// The chosen part of the primary domain in a New customer form, as JSON; none as long as it is not right.
pub fn domain_of(account: &str) -> Option<String> {
    let form = AccountForm::from_json(account);
    DomainPrefix::parse(&form.domain).ok().map(|prefix| prefix.as_str().to_owned())
}

/// What was typed as company name, as one line of bearable length.
pub fn shown_name(form: &AccountForm) -> String {
    let start: String = form.company.chars().take(LONGEST_SHOWN).collect();
    let cut = if form.company.chars().count() > LONGEST_SHOWN { "…" } else { "" };
    name::optional(&start, usize::MAX).unwrap_or_default() + cut
}

/// Nobody reads more of a name in a list.
const LONGEST_SHOWN: usize = 80;

/// The steps of the wizard that a draft can stand at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Customer,
    Subscriptions,
    Review,
}

/// Where a draft goes on at a step.
pub fn address_of(draft: &DraftId, step: Step) -> String {
    match step {
        Step::Customer => paths::orders::draft_customer(draft),
        Step::Subscriptions => paths::orders::draft_subscriptions(draft),
        Step::Review => paths::orders::draft_review(draft),
    }
}

/// An offer chosen in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLine {
    pub offer: OfferId,
    pub quantity: Quantity,
    pub billing: Billing,
}
