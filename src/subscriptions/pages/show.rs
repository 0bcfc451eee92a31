//! The page of a subscription, plain or with what came of a change.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::model::Status;
use super::super::model::rules::{Action, Refusal};
use super::super::said::Said;
use super::super::store::details::Details;
use super::super::store::edit::Changed;
use super::super::store::history::LastChange;
use super::{details, details_with_last_change, done};
use crate::access::Permission;
use crate::access::permission::{
    AssignIncentives, AssignSupport, ChangeBilling, ConvertTrials, ManageSubscriptions, PlaceOrders,
    SeeCustomers, StartTransfers, UpgradeSubscriptions,
};
use crate::activity::Outcome;
use crate::catalog::wrong::of_offer;
use crate::error::Result;
use crate::language::filters;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "subscriptions/show.html")]
struct SubscriptionPage {
    shell: Shell,
    details: Details,
    form: Fields,
    problems: Problems,
    trouble: Option<Trouble>,
    can: Can,
    today: NaiveDate,
}

/// What the forms of the page hold.
struct Fields {
    quantity: String,
    /// `now` or `renewal`.
    when: String,
    nickname: String,
    support: String,
}

/// Which forms the viewer's roles open.
struct Can {
    manage: bool,
    change_billing: bool,
    convert_trials: bool,
    place_orders: bool,
    upgrade: bool,
    assign_incentives: bool,
    assign_support: bool,
    /// Start its move to another partner; a reseller those of what names it.
    transfer: bool,
}

/// Why a change was not made.
enum Trouble {
    Conflict(Sent, Option<LastChange>),
    Refused(Refusal),
}

/// A change that was sent from this page, as it was typed.
#[derive(Clone, Debug)]
pub(super) enum Sent {
    Quantity {
        typed: String,
        /// As in the form: at once, or at renewal.
        when: String,
    },
    Nickname(String),
    /// Whether another term is to follow.
    Renewal(bool),
    /// The quantity that was planned for the next term.
    PlanWithdrawn,
    Reactivation,
    Support(String),
}

/// `GET /subscriptions/{id}`
pub async fn show(ask: Ask<SeeCustomers>, id: web::Path<SubscriptionId>) -> Result<HttpResponse> {
    let details = details(&ask, &id).await?;
    ask.page(&SubscriptionPage::new(ask.shell(), details))
}

/// What comes of a change: back to the page when it is done, otherwise the page again with what was
/// sent and why it was not taken.
pub(super) async fn answer<P: Permission>(
    ask: &Ask<P>,
    id: &SubscriptionId,
    sent: Sent,
    changed: Changed,
) -> Result<HttpResponse> {
    match changed {
        Changed::Done => done(ask, &sent.said(), id),
        Changed::Same => done(ask, &Said::NothingChanged, id),
        Changed::Stale => {
            let (details, last) = details_with_last_change(ask, id).await?;
            let again = SubscriptionPage::new(ask.shell(), details).with(&sent);
            let again = SubscriptionPage { trouble: Some(Trouble::Conflict(sent, last)), ..again };
            ask.with_status(StatusCode::CONFLICT, &again)
        }
        Changed::Refused(refusal) => {
            let again = SubscriptionPage::new(ask.shell(), details(ask, id).await?).with(&sent);
            let again = SubscriptionPage { trouble: Some(Trouble::Refused(refusal)), ..again };
            ask.unprocessable(&again)
        }
        Changed::Wrong(problem) => {
            let problems = (sent.field(), problem).into();
            with_problems(ask, id, &sent, problems).await
        }
    }
}

/// The page again, because what was typed cannot be taken.
pub(super) async fn with_problems<P: Permission>(
    ask: &Ask<P>,
    id: &SubscriptionId,
    sent: &Sent,
    problems: Problems,
) -> Result<HttpResponse> {
    let again = SubscriptionPage::new(ask.shell(), details(ask, id).await?).with(sent);
    let again = match again.refusal(sent.action()) {
        // The form is closed: its rule is what to read, not what was wrong with the field.
        Some(refusal) => SubscriptionPage { trouble: Some(Trouble::Refused(refusal)), ..again },
        None => SubscriptionPage { problems: again.named(&problems, sent), ..again },
    };
    ask.unprocessable(&again)
}

impl SubscriptionPage {
    fn new(shell: Shell, details: Details) -> Self {
        let can = Can {
            manage: shell.may::<ManageSubscriptions>(),
            change_billing: shell.may::<ChangeBilling>(),
            convert_trials: shell.may::<ConvertTrials>(),
            upgrade: shell.may::<UpgradeSubscriptions>(),
            place_orders: shell.may::<PlaceOrders>(),
            assign_incentives: shell.may::<AssignIncentives>(),
            assign_support: shell.may::<AssignSupport>(),
            transfer: shell.may::<StartTransfers>()
                && (!shell.is_reseller()
                    || shell.is_of(details.subscription.incentives.as_ref().map(|(_, of)| of))),
        };
        let form = Fields {
            quantity: details.subscription.quantity.to_string(),
            when: "now".to_owned(),
            nickname: details.subscription.nickname.clone(),
            support: support_of(&details),
        };
        Self {
            shell,
            details,
            form,
            problems: Problems::default(),
            trouble: None,
            can,
            today: Moment::now().day(),
        }
    }

    /// The form that was sent keeps what was typed.
    fn with(mut self, sent: &Sent) -> Self {
        match sent {
            Sent::Quantity { typed, when } => {
                self.form.quantity.clone_from(typed);
                self.form.when.clone_from(when);
            }
            Sent::Nickname(typed) => self.form.nickname.clone_from(typed),
            Sent::Support(chosen) => self.form.support.clone_from(chosen),
            Sent::Renewal(_) | Sent::PlanWithdrawn | Sent::Reactivation => {}
        }
        self
    }

    /// The problems, the bounds of the offer named as such.
    fn named(&self, problems: &Problems, sent: &Sent) -> Problems {
        let Sent::Quantity { typed, .. } = sent else { return problems.clone() };
        let mut named = Problems::default();
        for (field, problem) in problems.all() {
            named.on(field, of_offer(problem.clone(), self.details.subscription.unit, typed));
        }
        named
    }

    /// The rule that keeps a form from being shown.
    fn refusal(&self, action: Action) -> Option<Refusal> {
        self.details.state.refusal(action)
    }

    /// Whether a lower quantity has to wait for the next term.
    fn is_late_for_less(&self) -> bool {
        self.refusal(Action::ReduceQuantity) == Some(Refusal::ReducedAtRenewal)
    }

    /// The name of a support contact that was chosen, if it can still be.
    fn support_name(&self, chosen: &str) -> Option<&str> {
        let choice = self.details.support.choices.iter().find(|choice| choice.id.as_str() == chosen);
        choice.map(|choice| choice.name.as_str())
    }

    /// Whether there is another billing frequency to choose, for somebody who may.
    fn opens_billing(&self) -> bool {
        let subscription = &self.details.subscription;
        let is_periodic = !subscription.is_trial && !subscription.is_usage_based();
        self.can.change_billing && is_periodic && !self.is_deleted()
    }

    /// How many days of a trial are left, the day on which it ends not counted.
    fn days_left(&self) -> i64 {
        (self.details.subscription.renews_on - self.today).num_days().max(0)
    }

    fn is_suspended(&self) -> bool {
        self.details.state.status == Status::Suspended
    }

    fn is_deleted(&self) -> bool {
        self.details.state.status == Status::Deleted
    }
}

/// Who supports it now, as the form for it holds that.
fn support_of(details: &Details) -> String {
    details.support.contact.as_ref().map_or_else(String::new, |contact| contact.organisation.to_string())
}

impl Sent {
    fn said(&self) -> Said {
        match self {
            Self::Quantity { when, .. } if when == "renewal" => Said::QuantityPlanned,
            Self::Quantity { .. } => Said::QuantityChanged,
            Self::PlanWithdrawn => Said::PlanWithdrawn,
            Self::Nickname(_) => Said::Renamed,
            Self::Renewal(true) => Said::RenewsByItself,
            Self::Renewal(false) => Said::EndsWithTerm,
            Self::Reactivation => Said::Reactivated,
            Self::Support(_) => Said::SupportContactChanged,
        }
    }

    fn action(&self) -> Action {
        match self {
            Self::Quantity { when, .. } if when == "renewal" => Action::PlanQuantity,
            Self::Quantity { .. } => Action::ChangeQuantity,
            Self::PlanWithdrawn => Action::Rename,
            Self::Nickname(_) => Action::Rename,
            Self::Renewal(_) => Action::DecideRenewal,
            Self::Reactivation => Action::Reactivate,
            Self::Support(_) => Action::AssignSupport,
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Self::Quantity { .. } => "quantity",
            Self::PlanWithdrawn => "renewal_quantity",
            Self::Nickname(_) => "nickname",
            Self::Renewal(_) => "auto_renews",
            Self::Reactivation => "reactivation",
            Self::Support(_) => "support",
        }
    }
}
