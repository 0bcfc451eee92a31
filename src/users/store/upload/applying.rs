//! Doing what rows were shown to do.

use diesel::prelude::*;

use super::holders::holders;
use super::{File, products};
use crate::access::permission::ManageUserRoles;
use crate::activity::{Action, Change};
use crate::db::Connection;
use crate::db::schema::customer_users;
use crate::error::Result;
use crate::licenses::model::{License, Product, Steps};
use crate::licenses::store::take_steps;
use crate::people::store::change::Wanted;
use crate::people::store::company;
use crate::sheets::{Outcome, Turn, Verdict};
use crate::users::model::upload::{
    Added, Decision, Difference, Holder, Named, Question, Reason, Shape, Undo, Why, decide, read,
};
use crate::users::model::{Details, User};
use crate::users::store::add::{NewUser, created, insert, is_kept};
use crate::users::store::dealing::{changes, count};
use crate::users::store::{Told, record_with};
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::id::{CustomerUserId, PersonId};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;

/// What came of it.
#[derive(Clone, Debug)]
pub struct Applied {
    pub outcome: Outcome,
    pub why: Why,
    pub user: Option<CustomerUserId>,
    pub undo: Option<Undo>,
    /// Of a user who was added, when the password was set that nobody knows.
    pub added: Option<Added>,
}

impl Applied {
    fn of(outcome: Outcome, why: Why) -> Self {
        Self { outcome, why, user: None, undo: None, added: None }
    }

    fn refused(reason: Reason) -> Self {
        Self::of(Outcome::Refused, Why::Refused(reason))
    }

    /// A row at which the portal failed.
    pub fn failed() -> Self {
        Self::refused(Reason::Failed)
    }
}

/// Does a portion of rows, one after another. What was refused stays refused, and what would do something else by now
/// than was shown is.
///
/// # Errors
/// Database errors.
pub fn apply(
    conn: &mut Connection,
    file: File<'_>,
    turns: &[Turn<'_, Why>],
    now: Moment,
) -> Result<Vec<Applied>> {
    let domain = &file.customer.account.domain;
    let wishes: Vec<_> = turns.iter().map(|turn| read(file.cells(turn.texts), domain).ok()).collect();
    let names: Vec<&str> = wishes.iter().flatten().map(|wish| wish.user_name.as_str()).collect();
    let holders = holders(conn, file.customer, &names)?;
    let mut products = products(conn, file.customer, wishes.iter().flatten(), &holders, now)?;
    let mut all = Vec::with_capacity(turns.len());
    for (turn, wish) in turns.iter().zip(&wishes) {
        let Some(wish) = wish.as_ref().filter(|_| turn.verdict != Verdict::Refused) else {
            all.push(Applied::of(Outcome::Refused, turn.why.clone()));
            continue;
        };
        let holder = holders.get(wish.user_name.as_str()).unwrap_or(&Holder::Nobody);
        let may_manage_roles = file.by.may::<ManageUserRoles>();
        let question = Question { location: file.location, products: &products, may_manage_roles };
        let applied = match (decide(wish, holder, question), holder) {
            (Decision::Refuse(reason), _) => Applied::refused(reason),
            (Decision::Nothing, _) => Applied::of(Outcome::Unchanged, Why::Nothing),
            (Decision::Add(details, steps), _) if turn.verdict == Verdict::New => {
                let applied = add(conn, file, (&wish.user_name, details), (&steps, &products), now)?;
                if applied.outcome == Outcome::Added {
                    count(&mut products, &steps);
                }
                applied
            }
            (Decision::Change { after, steps, differences }, Holder::Own(user, held))
                if *turn.why == Why::Changes(differences.clone()) =>
            {
                let what = (&after, &steps, differences);
                let applied = change(conn, file, (user, held), what, &products, now)?;
                if applied.outcome == Outcome::Changed {
                    count(&mut products, &steps);
                }
                applied
            }
            _ => Applied::refused(Reason::Overtaken),
        };
        all.push(applied);
    }
    Ok(all)
}

/// Adds a user, whom nobody can sign in as before a password is handed over.
fn add(
    conn: &mut Connection,
    file: File<'_>,
    (user_name, details): (&Email, Details),
    (steps, products): (&Steps, &[Product]),
    now: Moment,
) -> Result<Applied> {
    let named = Named {
        first_name: details.first_name.clone(),
        last_name: details.last_name.clone(),
        display_name: details.display_name.clone(),
        location: Some(details.location),
    };
    let after = shape(&named, steps, &[]);
    let new = NewUser {
        id: CustomerUserId::new(),
        person: PersonId::new(),
        user_name: user_name.clone(),
        details,
        password_hash: PasswordHash::of_nobody(),
        licenses: Vec::new(),
    };
    if is_kept(conn, &new)? || !insert(conn, file.by, file.customer, &new, now)? {
        return Ok(Applied::refused(Reason::Taken));
    }
    take_steps(conn, (&file.customer.id, &new.id), steps, (&file.by.name, now))?;
    let told = Told {
        action: Action::AddCustomerUser,
        changes: created(&new),
        own: changes(&[], steps, products),
        is_refused: false,
    };
    record_with(conn, file.by, (file.customer, (&new.id, user_name.as_str())), &told, now)?;
    Ok(Applied {
        outcome: Outcome::Added,
        why: Why::Nothing,
        user: Some(new.id),
        undo: Some(Undo { before: None, after }),
        added: Some(Added { user: new.id, password_at: now }),
    })
}

fn change(
    conn: &mut Connection,
    file: File<'_>,
    (user, held): (&User, &[License]),
    (after, steps, differences): (&Named, &Steps, Vec<Difference>),
    products: &[Product],
    now: Moment,
) -> Result<Applied> {
    let wanted = Wanted { name: after.display_name.clone(), roles: user.member.roles.clone() };
    let member = (&user.member, user.member.version);
    if company::change(conn, &file.customer.company, member, &wanted)?.is_err() {
        return Ok(Applied::refused(Reason::Overtaken));
    }
    diesel::update(customer_users::table.find(&user.id))
        .set((
            customer_users::first_name.eq(&after.first_name),
            customer_users::last_name.eq(&after.last_name),
            customer_users::location.eq(after.location.map(Country::code).unwrap_or_default()),
        ))
        .execute(conn)?;
    take_steps(conn, (&file.customer.id, &user.id), steps, (&file.by.name, now))?;
    let own = changes(held, steps, products);
    let of_user = differences.iter().filter(|one| one.field != "licenses");
    let told = Told {
        action: Action::UpdateCustomerUser,
        changes: of_user.map(|one| Change::new(&one.field, &one.old, &one.new)).collect(),
        own,
        is_refused: false,
    };
    record_with(conn, file.by, (file.customer, (&user.id, user.member.email.as_str())), &told, now)?;
    let undo = Undo { before: Some(as_it_is(user, held)), after: shape(after, steps, held) };
    Ok(Applied {
        outcome: Outcome::Changed,
        why: Why::Changes(differences),
        user: Some(user.id),
        undo: Some(undo),
        added: None,
    })
}

/// A user as a row leaves it.
fn shape(named: &Named, steps: &Steps, held: &[License]) -> Shape {
    Shape {
        first_name: named.first_name.clone(),
        last_name: named.last_name.clone(),
        display_name: named.display_name.clone(),
        location: named.location,
        licenses: sorted(held.iter().chain(&steps.given)),
    }
}

/// A user as it is.
pub(super) fn as_it_is(user: &User, held: &[License]) -> Shape {
    Shape {
        first_name: user.first_name.clone(),
        last_name: user.last_name.clone(),
        display_name: user.member.name.clone(),
        location: user.location,
        licenses: sorted(held.iter()),
    }
}

fn sorted<'a>(licenses: impl Iterator<Item = &'a License>) -> Vec<License> {
    let mut licenses: Vec<License> = licenses.cloned().collect();
    licenses.sort_by_key(|license| license.offer);
    licenses
}
