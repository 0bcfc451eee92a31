//! Whether a New customer form can become a customer: the rules, and what only the database knows.

use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::customers;
use crate::customers::model::Account;
use crate::customers::new_account::{AccountForm, FIELDS, Terms};
use crate::db::Connection;
use crate::error::Result;
use crate::partnerships::directory::{Partner, find_partner};
use crate::qualifications::facts::{BadCode, refusal_of};
use crate::values::id::OrganisationId;
use crate::values::problem::Problem;
use crate::web::Problems;

/// A customer that could be added now.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    pub account: Account,
    /// Who is to administer it; none for a direct customer.
    pub reseller: Option<Partner>,
}

/// The customer that the form describes, or everything that is wrong with it at this moment.
///
/// # Errors
/// Database errors.
pub fn check(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    form: &AccountForm,
    terms: &Terms,
) -> Result<Result<NewCustomer, Problems>> {
    let chosen = reseller_of(conn, by, form)?;
    let mut problems = Problems::default();
    let reseller = problems.field("reseller", chosen);
    let account = match form.parse(terms) {
        Ok(account) => Some(account),
        Err(wrong) => {
            wrong.all().for_each(|(field, problem)| problems.on(field, problem.clone()));
            None
        }
    };
    if problems.at("domain").is_none() && !is_domain_free(conn, form, terms)? {
        problems.on("domain", Problem::Taken);
        problems = problems.in_order_of(&FIELDS);
    }
    if let Some(account) = &account
        && let Some(bad) = bad_code(conn, by, account)?
    {
        problems.on("validation_code", bad.problem());
        problems = problems.in_order_of(&FIELDS);
    }
    Ok(problems.or(|| Some(NewCustomer { account: account?, reseller: reseller? })))
}

/// The chosen reseller, as long as it is in active partnership with the viewer's organisation and lacks nothing.
///
/// # Errors
/// Database errors.
pub fn reseller_of(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    form: &AccountForm,
) -> Result<Result<Option<Partner>, Problem>> {
    if form.reseller.trim().is_empty() {
        return Ok(Ok(None));
    }
    let Some(id) = OrganisationId::parse(&form.reseller) else { return Ok(Err(Problem::UnknownChoice)) };
    let Some(partner) = find_partner(conn, &by.organisation.id, &id)? else {
        return Ok(Err(Problem::NotInPartnership));
    };
    Ok(match partner.lack() {
        Some(lack) => Err(lack.problem()),
        None => Ok(Some(partner)),
    })
}

/// Why the code of a new customer would let it in no more; the customer counts once it is added.
fn bad_code(conn: &mut Connection, by: &Allowed<AddCustomers>, account: &Account) -> Result<Option<BadCode>> {
    match account.validation_code.as_str() {
        "" => Ok(None),
        code => refusal_of(conn, &by.organisation.id, code),
    }
}

fn is_domain_free(conn: &mut Connection, form: &AccountForm, terms: &Terms) -> Result<bool> {
    match crate::values::domain_prefix::DomainPrefix::parse(&form.domain) {
        Ok(prefix) => customers::store::is_domain_free(conn, &prefix.with(&terms.domain_suffix)),
        Err(_) => Ok(true),
    }
}
