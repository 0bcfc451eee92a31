//! What rows would do, before anything happens.

use std::collections::HashMap;

use super::holders::holders;
use super::{File, products};
use crate::access::permission::ManageUserRoles;
use crate::db::Connection;
use crate::error::Result;
use crate::sheets::{Judged, Unread, Verdict};
use crate::users::model::upload::{Decision, Holder, Question, Reason, Why, decide, read};
use crate::users::store::dealing::count;
use crate::values::id::OfferId;
use crate::values::moment::Moment;

/// How many licenses of each offer the rows before would take.
pub type Promised = HashMap<OfferId, i64>;

/// Looks at a portion of rows, each as if those before it had been done. `taken` says in which line of before a user
/// stands who is not refused there.
///
/// # Errors
/// Database errors.
pub fn judge(
    conn: &mut Connection,
    file: File<'_>,
    rows: &[Unread<'_>],
    (taken, promised): (&mut HashMap<String, u64>, &mut Promised),
    now: Moment,
) -> Result<Vec<Judged<Why>>> {
    let domain = &file.customer.account.domain;
    let wishes: Vec<_> = rows.iter().map(|row| read(file.cells(row.texts), domain)).collect();
    let good = || wishes.iter().filter_map(|wish| wish.as_ref().ok());
    let names: Vec<&str> = good().map(|wish| wish.user_name.as_str()).collect();
    let holders = holders(conn, file.customer, &names)?;
    let mut products = products(conn, file.customer, good(), &holders, now)?;
    for product in &mut products {
        let promised = promised.get(&product.offer.id).copied().unwrap_or(0);
        product.assigned = product.assigned.saturating_add(promised);
    }
    let mut judged = Vec::with_capacity(rows.len());
    for (wish, row) in wishes.iter().zip(rows) {
        let may_manage_roles = file.by.may::<ManageUserRoles>();
        let question = Question { location: file.location, products: &products, may_manage_roles };
        let decision = match (row.odd_length, wish) {
            (Some((found, expected)), _) => Decision::Refuse(Reason::CellCount { found, expected }),
            (None, Err(_)) => Decision::Refuse(Reason::Cells),
            (None, Ok(wish)) => match taken.get(wish.user_name.as_str()) {
                Some(line) => Decision::Refuse(Reason::Twice { line: *line }),
                None => {
                    decide(wish, holders.get(wish.user_name.as_str()).unwrap_or(&Holder::Nobody), question)
                }
            },
        };
        if let (Ok(wish), Decision::Add(..) | Decision::Change { .. } | Decision::Nothing) = (wish, &decision)
        {
            taken.insert(wish.user_name.as_str().to_owned(), row.line);
        }
        if let Decision::Add(_, steps) | Decision::Change { steps, .. } = &decision {
            count(&mut products, steps);
            for license in &steps.given {
                let of = promised.entry(license.offer).or_default();
                *of = of.saturating_add(1);
            }
        }
        judged.push(shown(decision));
    }
    Ok(judged)
}

fn shown(decision: Decision) -> Judged<Why> {
    match decision {
        Decision::Add(..) => Judged { verdict: Verdict::New, why: Why::Nothing },
        Decision::Change { differences, .. } => {
            Judged { verdict: Verdict::Changed, why: Why::Changes(differences) }
        }
        Decision::Nothing => Judged { verdict: Verdict::Same, why: Why::Nothing },
        Decision::Refuse(reason) => Judged { verdict: Verdict::Refused, why: Why::Refused(reason) },
    }
}
