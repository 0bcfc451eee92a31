//! A customer's Account page.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::permission::{
    AskForAgreements, AttestAgreements, EditCustomerAccounts, EditCustomerContacts, EndRelationships,
    FollowAgreementRequests, GiveCustomersBack, QualifyCustomers, ResetCustomerPasswords, SeeCustomers,
};
use crate::agreements::model::{Request, Subject};
use crate::agreements::store::requests;
use crate::customers::model::{Agreement, Proof};
use crate::customers::store;
use crate::customers::store::account::CustomerAccount;
use crate::endings::facts::{Notice, notices};
use crate::error::Result;
use crate::language::filters;
use crate::links::model::Standing;
use crate::qualifications::facts::{self as qualifications, Review, State};
use crate::values::moment::Moment;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "customers/account.html")]
struct CustomerAccountPage {
    shell: Shell,
    held: CustomerAccount,
    is_provider: bool,
    /// The last time that Education was asked for.
    review: Option<Review>,
    /// The last request to accept the customer agreement; the provider's own concern.
    asked: Option<(Request, Standing)>,
    may_ask: bool,
    may_follow: bool,
    may_edit: bool,
    may_edit_contact: bool,
    may_attest: bool,
    may_reset: bool,
    may_qualify: bool,
    notices: Vec<Notice>,
    may_end_relationship: bool,
    may_give_back: bool,
}

/// `GET /customers/{id}/account`
pub async fn show(ask: Ask<SeeCustomers>, id: web::Path<String>) -> Result<HttpResponse> {
    let (id, now) = (customer_id(&id)?, Moment::now());
    let (held, asked, review, notices) = ask
        .read(move |conn, by| {
            let held = store::account::find(conn, &by.reach(), &id)?;
            let asked = requests::latest_of(conn, &by.organisation.id, &Subject::Customer(id))?;
            let review = qualifications::latest(conn, &id)?;
            let notices = notices(conn, &held.customer, now.day())?;
            Ok((held, asked, review, notices))
        })
        .await?;
    // Nothing new begins once the relationship has ended.
    let lasts = held.customer.ended_at.is_none();
    ask.page(&CustomerAccountPage {
        shell: ask.shell(),
        held,
        is_provider: ask.by.is_provider(),
        review,
        asked: asked.map(|request| (request.clone(), request.standing(now))),
        may_ask: lasts && ask.by.may::<AskForAgreements>(),
        may_follow: ask.by.may::<FollowAgreementRequests>(),
        may_edit: lasts && ask.by.may::<EditCustomerAccounts>(),
        may_edit_contact: lasts && ask.by.may::<EditCustomerContacts>(),
        may_attest: lasts && ask.by.may::<AttestAgreements>(),
        may_reset: lasts && ask.by.may::<ResetCustomerPasswords>(),
        may_qualify: lasts && ask.by.may::<QualifyCustomers>(),
        may_end_relationship: lasts && ask.by.may::<EndRelationships>(),
        may_give_back: ask.by.may::<GiveCustomersBack>(),
        notices,
    })
}

impl CustomerAccountPage {
    /// Whether asking makes sense: nothing is accepted, and no link to the right contact is under way.
    fn can_be_asked(&self) -> bool {
        let is_under_way = self.asked.as_ref().is_some_and(|(_, standing)| *standing == Standing::Open);
        let is_asked = is_under_way && !self.is_outdated();
        self.may_ask && !is_asked && !self.held.customer.account.agreement.is_accepted()
    }

    /// Whether somebody was asked who is no longer the contact, or for another name.
    fn is_outdated(&self) -> bool {
        let party = self.held.customer.account.party();
        self.asked.as_ref().is_some_and(|(request, _)| request.is_outdated(&party))
    }
}
