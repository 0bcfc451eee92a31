//! The file of a transfer, for the partners in it.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{
    RefuseTransfers, SeeCustomers, SeeTransfers, StartTransfers, WithdrawTransfers,
};
use crate::error::Result;
use crate::language::filters;
use crate::mail::letter::LetterStatus;
use crate::mail::outbox;
use crate::transfers::letters::asked;
use crate::transfers::model::{Answer, Item, Kind, Side, Transfer};
use crate::transfers::store;
use crate::transfers::store::ready::{self, Ready};
use crate::transfers::store::reminding;
use crate::values::id::{OrganisationId, TransferId};
use crate::values::moment::Moment;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "transfers/show.html")]
struct TransferPage {
    shell: Shell,
    transfer: Transfer,
    ready: Ready,
    /// The customer's letter, for whoever sent it.
    letter: Option<LetterStatus>,
    own: OrganisationId,
    is_over: bool,
}

/// `GET /transfers/{id}`
pub async fn show(ask: Ask<SeeTransfers>, id: web::Path<TransferId>) -> Result<HttpResponse> {
    let (transfer, ready, letter) = ask
        .read(move |conn, by| {
            let transfer = store::find(conn, by, &id)?;
            let about = (&asked::KIND, id.as_str());
            let letter = outbox::latest_about(conn, &by.organisation.id, about)?;
            let ready = ready::of(conn, &transfer)?;
            Ok((transfer, ready, letter))
        })
        .await?;
    let is_over = transfer.state.is_open() && transfer.is_over(Moment::now().day());
    let own = ask.by.organisation.id;
    ask.page(&TransferPage { shell: ask.shell(), transfer, ready, letter, own, is_over })
}

/// What one side has to say, and has said.
struct Step<'a> {
    side: Side,
    answer: Option<&'a Answer>,
    is_turn: bool,
    is_to_come: bool,
}

impl TransferPage {
    fn steps(&self) -> Vec<Step<'_>> {
        let (transfer, is_open) = (&self.transfer, self.transfer.state.is_open() && !self.is_over);
        let step = |side: &Side| Step {
            side: *side,
            answer: transfer.answer_of(*side),
            is_turn: is_open && transfer.state.side() == Some(*side),
            is_to_come: is_open,
        };
        transfer.sides().iter().map(step).collect()
    }

    fn is_turn(&self) -> bool {
        self.transfer.waits_for(&self.own) && !self.is_over
    }

    /// Whether the viewer can answer it here.
    fn can_answer(&self) -> bool {
        let may = self.shell.may::<RefuseTransfers>();
        self.is_turn() && self.transfer.kind != Kind::Outside && may
    }

    /// Whether the viewer can record the hand-over to a partner elsewhere.
    fn can_record(&self) -> bool {
        self.is_turn() && self.transfer.kind == Kind::Outside && self.shell.may::<StartTransfers>()
    }

    /// Whether the viewer can ask the customer again.
    fn can_remind(&self) -> bool {
        let is_own = self.transfer.starter == self.own;
        is_own && reminding::waits(&self.transfer, Moment::now()) && self.shell.may::<StartTransfers>()
    }

    /// Names the letter that is shown.
    fn seen(&self) -> String {
        self.letter.as_ref().map(|letter| letter.id.to_string()).unwrap_or_default()
    }

    fn can_withdraw(&self) -> bool {
        let is_own = self.transfer.starter == self.own;
        self.transfer.state.is_open() && is_own && self.shell.may::<WithdrawTransfers>()
    }

    /// Whether the viewer's organisation has, or had, the subscriptions.
    fn is_from_here(&self) -> bool {
        [self.transfer.provider, self.transfer.source.id].contains(&self.own)
    }

    /// Whether the subscription can be opened under its former id.
    fn opens_former(&self) -> bool {
        self.is_from_here() && self.shell.may::<SeeCustomers>()
    }

    /// Whether it can be opened under the one that it has with a new provider.
    fn opens_new(&self, item: &Item) -> bool {
        item.became.is_some() && self.transfer.is_target(&self.own) && self.shell.may::<SeeCustomers>()
    }

    /// Whether the customer's account can be opened here.
    fn opens_customer(&self) -> bool {
        self.shell.viewer.as_ref().is_some_and(|viewer| viewer.is_provider()) && self.is_from_here()
    }
}
