//! The customer agreement of a customer's accounts, and accepting it without a mailed link.

use diesel::prelude::*;

use crate::access::permission::AcceptOwnAgreement;
use crate::access::{Allowed, Viewer};
use crate::activity::{self, Action, Change, Entry};
use crate::agreements::model::{Request, Subject, Text};
use crate::agreements::store::{requests, texts};
use crate::consents::form::Accepting;
use crate::customers;
use crate::customers::facts::accounts_of;
use crate::customers::model::{Agreement, Customer, Proof};
use crate::customers::store::acceptances::text_read;
use crate::customers::store::agreement::consent;
use crate::db::Connection;
use crate::error::Result;
use crate::language::Language;
use crate::links::model::Standing as LinkStanding;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::partners::facts::name_of;
use crate::values::id::{CustomerId, LetterId};
use crate::values::moment::Moment;

/// An account, and what there is to accept for it.
#[derive(Clone, Debug)]
pub struct Standing {
    pub account: Customer,
    pub provider: String,
    /// The text in force; for what the customer accepted itself, the text that was.
    pub text: Option<Text>,
    /// By which somebody of the customer is asked, and may answer by a link, too.
    pub request: Option<Request>,
}

impl Standing {
    /// The request whose link still works, for the company as its account stands.
    pub fn open_request(&self, now: Moment) -> Option<&Request> {
        let party = self.account.account.party();
        self.request.as_ref().filter(|it| it.standing(now) == LinkStanding::Open && it.is_for(&party))
    }
}

/// The accounts of the viewer's company, the oldest first.
///
/// # Errors
/// Database errors.
pub fn all(
    conn: &mut Connection,
    by: &Allowed<AcceptOwnAgreement>,
    language: Language,
) -> Result<Vec<Standing>> {
    let accounts: Vec<CustomerId> = accounts_of(&by.organisation.id).load(conn)?;
    let mut found: Vec<Standing> =
        accounts.iter().map(|id| one(conn, by, (id, language))).collect::<Result<_>>()?;
    found.sort_by_key(|standing| (standing.account.created_at, standing.account.id));
    Ok(found)
}

/// One of them, with the text for whoever reads this language.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such account; database errors.
pub fn one(
    conn: &mut Connection,
    by: &Allowed<AcceptOwnAgreement>,
    (id, language): (&CustomerId, Language),
) -> Result<Standing> {
    let account = customers::store::find(conn, &by.reach(), id)?;
    let provider = name_of(conn, &account.provider)?;
    let request = requests::latest_of(conn, &account.provider, &Subject::Customer(*id))?;
    let read = if account.account.agreement.is_by_customer() { text_read(conn, id)? } else { None };
    let text = match read {
        Some(read) => Some(texts::find(conn, &read)?),
        None => texts::in_force(conn, account.account.country, language)?,
    };
    Ok(Standing { account, provider, text, request })
}

/// What came of accepting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    Now,
    /// It had been accepted before.
    Already,
    /// Another text holds than the one that was read.
    OtherText,
    /// The provider has ended its relationship, so that there is nothing to accept it for.
    Ended,
}

/// Accepts the agreement for an account, as the mailed link would: the text that was read, whatever its language, once. A
/// link that is open is answered by it, with the letter to whoever asked.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such account; database errors.
pub fn accept(
    conn: &mut Connection,
    by: &Allowed<AcceptOwnAgreement>,
    (id, accepting, language): (&CustomerId, &Accepting, Language),
    letter: Option<&(LetterId, Letter)>,
    now: Moment,
) -> Result<Accepted> {
    let standing = one(conn, by, (id, language))?;
    let customer = &standing.account;
    if customer.account.agreement.is_accepted() {
        return Ok(Accepted::Already);
    }
    if customer.ended_at.is_some() {
        return Ok(Accepted::Ended);
    }
    let holds = match (&accepting.agreement, &standing.text) {
        (Some(read), Some(_)) => texts::holds(conn, customer.account.country, read)?,
        (read, text) => read.is_none() && text.is_none(),
    };
    if !holds {
        return Ok(Accepted::OtherText);
    }
    let read = accepting.agreement.map(|read| texts::find(conn, &read)).transpose()?;
    let version = read.as_ref().map(|text| text.version);
    consent(conn, &customer.provider, id, &agreement(by, accepting, read.as_ref(), now), now)?;
    if let Some(request) = standing.open_request(now)
        && requests::close(conn, request, &accepting.answer(), now)?
        && let Some((id, letter)) = letter
    {
        outbox::put(conn, id, letter, now)?;
    }
    let entry = Entry::new(Action::AcceptCustomerAgreement, "customer", id, &customer.account.company_name)
        .for_customer(id, &customer.account.company_name)
        .with(version.map(|version| Change::set("version", version)));
    activity::store::record(conn, by, &entry, now)?;
    activity::store::record_for(conn, &customer.provider, by, &entry, now)?;
    Ok(Accepted::Now)
}

fn agreement(by: &Viewer, accepting: &Accepting, read: Option<&Text>, now: Moment) -> Agreement {
    Agreement::Accepted {
        first_name: accepting.first_name.clone(),
        last_name: accepting.last_name.clone(),
        email: by.mailbox.clone(),
        phone: String::new(),
        on: now.day(),
        proof: Proof::Itself { version: read.map(|text| text.version), text: read.map(|text| text.id) },
    }
}
