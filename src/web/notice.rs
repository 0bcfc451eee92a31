//! One notice carried over a redirect: what has just been done. `templates/kit/notice.html` words it.

use std::any::Any;

use actix_session::Session;
use askama::Template;
use serde::{Deserialize, Serialize};

use super::shell::Shell;
use crate::error::{Error, Result};

/// What was done. Each area adds its own; a notice without words does not compile.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub enum Notice {
    PasswordChanged,
    /// By a mailed link; nobody is signed in yet.
    PasswordChosen,
    SecondFactorSet,
    SecondFactorRemoved,
    SecondFactorRequirementChanged,
    MemberSecondFactorRemoved,
    PasswordLinkSent {
        to: String,
    },
    MemberInvited {
        to: String,
    },
    MemberChanged,
    MemberDeactivated,
    MemberRestored,
    SignInsEnded,
    ProfileChanged,
    AddressLinkSent {
        to: String,
    },
    AddressProved,
    AddressChanged {
        to: String,
    },
    /// What was asked for is dropped.
    AddressStays,
    OrganisationChanged,
    PartnerAgreementAccepted,
    PartnerAgreementPublished,
    OrganisationSuspended,
    OrganisationResumed,
    LocationAdded,
    LocationChanged,
    OwnSignInsEnded,
    SignedOut,
    PartnershipRequestSent {
        to: String,
    },
    PartnershipRequestKept,
    PartnershipRequestListed {
        to: String,
    },
    PartnershipLinkRenewed,
    PartnershipRequestRevoked {
        to: String,
    },
    /// Answered, sent or revoked while somebody was looking at it.
    PartnershipRequestClosed,
    PartnershipRemoved {
        reseller: String,
    },
    PartnershipRemovedAlready {
        reseller: String,
    },
    ResellerReminded {
        reseller: String,
    },
    ResellerNotReminded {
        reseller: String,
    },
    ProviderAuthorized {
        provider: String,
    },
    ProviderAuthorizedAlready {
        provider: String,
    },
    ProviderDeclined {
        provider: String,
    },
    EnrolmentSaved,
    /// Changed in another tab after its review was drawn.
    EnrolmentChanged,
    EnrolmentApproved {
        company: String,
    },
    EnrolmentRefused {
        company: String,
    },
    /// Decided, or changed and handed in again, while somebody was looking at it.
    EnrolmentDecidedAlready,
    LetterQueued,
    LetterNotQueued,
    /// A draft was changed after its review was drawn.
    DraftChanged,
    DraftSaved,
    DraftCancelled,
    DraftSubmittedBefore,
    /// By somebody who does not see customers.
    CustomerAdded {
        name: String,
    },
    QuantityChanged,
    SubscriptionRenamed,
    SubscriptionSuspended,
    SubscriptionReactivated,
    AgreementRecorded,
    ResellerAssigned,
    ResellerCleared,
    SupportContactChanged,
    /// What was sent is how it stands already.
    NothingChanged,
    DelegationEnded {
        reseller: String,
    },
    DelegationEndedAlready {
        reseller: String,
    },
    /// The sentence of an area, made by its own template when the deed was done: see [`say`].
    Said(String),
}

/// Shows an area's own sentence on the next page. Its template finds the shell under the name `shell`, so that no deed
/// has to hand on what the sentence says about the portal, or to whom.
///
/// # Errors
/// When the template cannot be rendered.
pub fn say(session: &Session, shell: &Shell, said: &impl Template) -> Result<()> {
    let viewed: &dyn Any = shell;
    let sentence =
        said.render_with_values(&("shell", viewed)).map_err(|error| Error::Internal(error.into()))?;
    Notice::Said(sentence.trim().to_owned()).put(session);
    Ok(())
}

const KEY: &str = "notice";

impl Notice {
    /// Shows the notice on the next page.
    pub fn put(self, session: &Session) {
        if let Err(error) = session.insert(KEY, self) {
            tracing::warn!(%error, "a notice was lost");
        }
    }

    pub(super) fn take(session: &Session) -> Option<Self> {
        // A notice of an older version that no longer reads is dropped.
        session.remove_as::<Self>(KEY).and_then(Result::ok)
    }
}
