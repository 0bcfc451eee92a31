//! The company's yes: checked again, and everything that it begins, at once or not at all.

use diesel::prelude::*;
use diesel::result::Error as DieselError;

use super::answer::record;
use super::link::{self, Invitation};
use super::proposal::proposal;
use super::requests::{REQUEST, withdraw, yes_no};
use crate::activity::{self, Action, Change, Entry};
use crate::agreements::model::{Subject as Asked, Text};
use crate::agreements::store::requests::{self, Answer, Verdict};
use crate::agreements::store::texts;
use crate::customers;
use crate::customers::model::{Account, Customer};
use crate::customers::store::agreement::consent;
use crate::customers::store::association::NewDelegation;
use crate::customers::store::{NewAccount, invited};
use crate::db::schema::customer_requests;
use crate::db::{Connection, try_again};
use crate::error::{Error, Result};
use crate::invitations::form::answer::accepted;
use crate::invitations::model::answer::{Effect, Proposal, Speaker};
use crate::language::Language;
use crate::links::model::{RequestState, Standing};
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::notifications::{self, Event, Kind};
use crate::session::tally::{self, Subject};
use crate::users::store::first::{self, FirstAdmin};
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::id::{CustomerAgreementId, CustomerId, DelegationId, LetterId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// A provider is told once a day that a company waits for it to take up what has ended.
const ONCE_A_DAY: i64 = 24 * 3600;

/// What an acceptance needs from outside, so that it can be tried again.
#[derive(Clone, Debug)]
pub struct Given {
    pub token: TokenHash,
    pub speaker: Speaker,
    /// Who accepts, and with which address.
    pub first_name: String,
    pub last_name: String,
    pub email: Email,
    /// The same as one name.
    pub visitor: String,
    /// The customer agreement that the page showed.
    pub text: Option<CustomerAgreementId>,
    /// Of the account that the provider may get.
    pub customer: CustomerId,
    pub delegation: DelegationId,
    /// Tells whoever asked; none when nobody there can be written to.
    pub letter: Option<(LetterId, Letter)>,
    pub now: Moment,
}

/// For which company somebody says yes.
#[derive(Clone, Debug)]
pub enum Company {
    /// One that has an account here, with the mark of what the page showed of it.
    Known {
        domain: String,
        mark: String,
    },
    New {
        account: Box<Account>,
        admin: FirstAdmin,
    },
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    Done,
    /// The request, those who ask or the account is not as the page showed it.
    Changed,
    /// Another text holds than the one that was read.
    OtherText,
    /// The provider has to take up what has ended, and is told.
    Ended,
    DomainTaken,
}

/// Accepts: once, however often and from wherever it is tried.
///
/// # Errors
/// Database errors.
pub fn accept(conn: &mut Connection, given: &Given, company: &Company) -> Result<Answered> {
    let Some(invitation) = link::invitation(conn, &given.token)? else { return Ok(Answered::Changed) };
    if !invitation.is_answerable(given.now) {
        return Ok(Answered::Changed);
    }
    match company {
        Company::Known { domain, mark } => {
            let speaks = (&given.speaker, domain.as_str());
            let Some(proposal) = proposal(conn, &given.token, speaks, Language::ENGLISH, given.now)? else {
                return Ok(Answered::Changed);
            };
            if proposal.mark() != *mark {
                return Ok(Answered::Changed);
            }
            accept_known(conn, given, &proposal)
        }
        Company::New { account, admin } => accept_new(conn, given, &invitation, (account, admin)),
    }
}

fn accept_known(conn: &mut Connection, given: &Given, proposal: &Proposal) -> Result<Answered> {
    let known = &proposal.known;
    let Some(text) = text_read(conn, given, (known.account.country, proposal.text.as_ref()))? else {
        return Ok(Answered::OtherText);
    };
    let (provider, agreement) = (&proposal.invitation.provider, proposal.agreement());
    let customer = match &proposal.effect {
        Effect::Ended(own) => return ended(conn, given, &proposal.invitation, own),
        Effect::OtherRegion => return Ok(Answered::Changed),
        Effect::Held(own) => own.id,
        Effect::Added => given.customer,
    };
    close(conn, given, &known.account.company_name)?;
    if matches!(proposal.effect, Effect::Added) {
        let account = Account { agreement, ..known.account.clone() };
        let new = NewAccount { id: customer, company: known.company, provider: provider.id, added_by: "" };
        if !customers::store::insert(conn, &new, &account, given.now)? {
            return Err(try_again());
        }
        added(conn, given, &proposal.invitation, (&customer, &account.company_name))?;
    }
    finish(conn, given, &proposal.invitation, (&customer, &known.account), text.as_ref())?;
    Ok(Answered::Done)
}

/// What was read, whatever its language, as long as it holds; nothing where there is nothing to read. Otherwise none.
fn text_read(
    conn: &mut Connection,
    given: &Given,
    (country, in_force): (Country, Option<&Text>),
) -> Result<Option<Option<Text>>> {
    Ok(match (&given.text, in_force) {
        (None, None) => Some(None),
        (Some(read), Some(_)) if texts::holds(conn, country, read)? => Some(Some(texts::find(conn, read)?)),
        _ => None,
    })
}

fn accept_new(
    conn: &mut Connection,
    given: &Given,
    invitation: &Invitation,
    (account, admin): (&Account, &FirstAdmin),
) -> Result<Answered> {
    let in_force = texts::in_force(conn, account.country, Language::ENGLISH)?;
    let Some(text) = text_read(conn, given, (account.country, in_force.as_ref()))? else {
        return Ok(Answered::OtherText);
    };
    if !matches!(&given.speaker, Speaker::Mailbox(mailbox) if *mailbox == invitation.request.drafted.to) {
        return Ok(Answered::Changed);
    }
    let found = diesel::Connection::transaction(conn, |conn| {
        let (id, name) = (given.customer, &account.company_name);
        close(conn, given, name)?;
        if !customers::store::found(conn, (&id, &invitation.provider), account, given.now)?
            || !first::add_by_itself(conn, (&id, account), admin, given.now)?
        {
            return Err(Stop::DomainTaken);
        }
        added(conn, given, invitation, (&id, name))?;
        finish(conn, given, invitation, (&id, account), text.as_ref())?;
        Ok(())
    });
    match found {
        Ok(()) => Ok(Answered::Done),
        Err(Stop::DomainTaken) => Ok(Answered::DomainTaken),
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// Why an acceptance was undone.
enum Stop {
    DomainTaken,
    Failed(Error),
}

impl From<DieselError> for Stop {
    fn from(error: DieselError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// The state is the lock: of two answers one finds the request open.
fn close(conn: &mut Connection, given: &Given, company: &str) -> Result<()> {
    let closed = diesel::update(customer_requests::table)
        .filter(customer_requests::token_hash.eq(&given.token))
        .filter(customer_requests::state.eq(RequestState::Open))
        .filter(customer_requests::expires_at.gt(given.now))
        .set((
            customer_requests::state.eq(RequestState::Accepted),
            customer_requests::answered_at.eq(Some(given.now)),
            customer_requests::answered_by_name.eq(&given.visitor),
            customer_requests::company_name.eq(company),
            customer_requests::version.eq(customer_requests::version + 1),
        ))
        .execute(conn)?;
    // It was open a moment ago: whoever was faster is seen in the next try.
    if closed == 1 { Ok(()) } else { Err(try_again()) }
}

/// The provider has one customer more.
fn added(
    conn: &mut Connection,
    given: &Given,
    invitation: &Invitation,
    (id, name): (&CustomerId, &str),
) -> Result<()> {
    let entry = Entry::new(Action::AddCustomer, "customer", id, name).for_customer(id, name);
    let visitor = (given.visitor.as_str(), name);
    activity::store::record_by_visitor(conn, &invitation.provider.id, visitor, &entry, given.now)
}

/// What follows for all who asked, once there is the provider's account of the company.
fn finish(
    conn: &mut Connection,
    given: &Given,
    invitation: &Invitation,
    (customer, account): (&CustomerId, &Account),
    text: Option<&Text>,
) -> Result<()> {
    let (request, now, name) = (&invitation.request, given.now, &account.company_name);
    let administers = request.drafted.includes_administration;
    let visitor = (given.visitor.as_str(), name.as_str());
    diesel::update(customer_requests::table.find(&request.id))
        .set(customer_requests::customer_id.eq(Some(customer)))
        .execute(conn)?;
    withdraw(conn, &request.id)?;
    let mut changes = vec![Change::set("administration", yes_no(administers))];
    if let Some(text) = text {
        let by = (given.first_name.as_str(), given.last_name.as_str());
        let agreement = accepted(by, &given.email, text, now);
        consent(conn, &invitation.provider.id, customer, &agreement, now)?;
        answer_open_request(conn, (&invitation.provider.id, customer, account), (given, text))?;
        changes.push(Change::set("version", text.version));
    }
    let is_held = *customer != given.customer;
    // An account that the provider has keeps what it had, unless the company gives more.
    if !is_held || administers {
        invited::delegate(conn, customer, administers)?;
    }
    if let Some(reseller) = &invitation.reseller {
        let new = NewDelegation {
            id: &given.delegation,
            customer,
            company_name: name,
            domain: &account.domain,
            reseller: &reseller.id,
            reseller_name: &reseller.name,
            ends_on: None,
        };
        invited::begin(conn, (&invitation.provider.id, visitor), &new, administers, now)?;
        let event = Event::about_customer(Kind::CustomerJoined, customer, name);
        notifications::store::tell_of_visitor(conn, &invitation.provider.id, visitor, &event, now)?;
    }
    if let Some((id, letter)) = &given.letter {
        outbox::put(conn, id, letter, now)?;
    }
    let entry = Entry::new(Action::AcceptInvitation, REQUEST, request.id, &request.drafted.to)
        .for_customer(customer, name)
        .with(changes);
    record(conn, request, visitor, &entry, now)
}

/// What the provider asked for by a link of its own is answered with it: nobody is to decline it any more.
fn answer_open_request(
    conn: &mut Connection,
    (provider, customer, account): (&OrganisationId, &CustomerId, &Account),
    (given, text): (&Given, &Text),
) -> Result<()> {
    let Some(asked) = requests::latest_of(conn, provider, &Asked::Customer(*customer))? else {
        return Ok(());
    };
    if asked.standing(given.now) == Standing::Open && asked.is_for(&account.party()) {
        let (first_name, last_name) = (given.first_name.clone(), given.last_name.clone());
        let answer = Answer { first_name, last_name, verdict: Verdict::Accepted(Some(text.id)) };
        requests::close(conn, &asked, &answer, given.now)?;
    }
    Ok(())
}

/// What ended is not taken up by the company alone: the provider is told, once a day at most, and the request stays open.
fn ended(conn: &mut Connection, given: &Given, invitation: &Invitation, own: &Customer) -> Result<Answered> {
    let told = Subject::with_rate(&["customer to be reinstated", own.id.as_str()], 1, ONCE_A_DAY);
    if tally::count_one_more(conn, &[told], given.now)? == 0 {
        let (request, name) = (&invitation.request, &own.account.company_name);
        let provider = &invitation.provider.id;
        let visitor = (given.visitor.as_str(), name.as_str());
        let event = Event::about_customer(Kind::ReinstatementWanted, &own.id, name);
        notifications::store::tell_of_visitor(conn, provider, visitor, &event, given.now)?;
        let entry = Entry::new(Action::AcceptInvitation, REQUEST, request.id, &request.drafted.to)
            .for_customer(&own.id, name)
            .failed();
        activity::store::record_by_visitor(conn, provider, visitor, &entry, given.now)?;
    }
    Ok(Answered::Ended)
}
