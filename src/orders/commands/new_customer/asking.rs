//! "Customer will be asked": Next makes the request, once.

use crate::access::Allowed;
use crate::access::permission::{AddCustomers, AskForAgreements};
use crate::agreements::model::Subject;
use crate::agreements::store::requests::{self, Asked, NewRequest};
use crate::consents::commands::prepare;
use crate::customers::model::Agreement;
use crate::customers::new_account::{AccountForm, Terms};
use crate::db::Connection;
use crate::error::Result;
use crate::language::Language;
use crate::links::model::RequestState;
use crate::values::id::{AgreementRequestId, DraftId};
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::Site;

/// The request to which Next leads: it is new, or needs a look.
pub struct RequestAhead {
    pub id: AgreementRequestId,
    /// The token of its link, which nobody has seen yet; none where the request was there before.
    pub link: Option<Token>,
}

/// The request that would be made for a form.
pub(super) struct Asking {
    by: Allowed<AskForAgreements>,
    new: NewRequest,
    token: Token,
}

impl Asking {
    /// None when the form is not right yet, or says that the customer has accepted.
    pub fn of(
        may: &Allowed<AddCustomers>,
        (site, language): (&Site, Language),
        form: &AccountForm,
        terms: &Terms,
    ) -> Result<Option<Self>> {
        let Ok(by) = Allowed::<AskForAgreements>::check(may) else { return Ok(None) };
        let account = form.parse(terms).ok().filter(|account| account.agreement == Agreement::Awaited);
        let Some(account) = account else { return Ok(None) };
        let (new, token) = prepare(language, (may, site), account.party(), Moment::now())?;
        Ok(Some(Self { by, new, token }))
    }

    /// Asks when nobody was asked for this draft before. Answers the request that is new, or one that was made for
    /// another company or contact than the form names now; none when all is as it should be.
    pub fn ask_once(
        &self,
        conn: &mut Connection,
        draft: &DraftId,
        is_reviewed: bool,
        now: Moment,
    ) -> Result<Option<RequestAhead>> {
        let subject = Subject::Draft(*draft);
        let latest = requests::latest_of(conn, &self.by.organisation.id, &subject)?;
        let Some(latest) = latest else {
            let asked = requests::ask(conn, &self.by, &subject, &self.new, now)?;
            return Ok(Some(self.ahead(asked)));
        };
        let is_open = latest.is_open() && latest.progress.expires_at > now;
        if is_open && latest.party == self.new.party {
            if is_reviewed {
                return Ok(None);
            }
            // Pressed twice, the first answer and the link in it may be lost.
            let asked = requests::ask(conn, &self.by, &subject, &self.new, now)?;
            return Ok(matches!(asked, Asked::New(_)).then(|| self.ahead(asked)));
        }
        let needs_a_look = is_open || latest.progress.state == RequestState::Accepted;
        let is_ahead = needs_a_look && latest.is_outdated(&self.new.party);
        Ok(is_ahead.then_some(RequestAhead { id: latest.id, link: None }))
    }

    fn ahead(&self, asked: Asked) -> RequestAhead {
        match asked {
            Asked::New(id) => RequestAhead { id, link: Some(self.token.clone()) },
            Asked::Open(id) | Asked::Accepted(id) => RequestAhead { id, link: None },
        }
    }
}
