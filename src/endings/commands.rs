//! Deeds of this area that write a letter beside what they keep.

use super::letters::ended::Ended;
use super::model::Planner;
use super::store::planning::{Decided, Wish, decide};
use crate::access::Allowed;
use crate::access::permission::EndRelationships;
use crate::customers::model::Customer;
use crate::error::Result;
use crate::mail::compose::Written as _;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::web::Portal;

/// Ends the relationship with a customer, or plans that; the letter goes out with the end.
///
/// # Errors
/// When the letter cannot be written; [`crate::error::Error::NotFound`] when the customer is beyond reach; database
/// errors.
pub async fn end(
    at: &Portal,
    by: &Allowed<EndRelationships>,
    (customer, wish): (&Customer, Wish),
    now: Moment,
) -> Result<Decided> {
    let sender = Planner { person: by.person, name: by.name.clone(), email: by.email.clone() };
    let letter = match wish.tells && wish.day.is_none() {
        true => {
            let provider = (&by.organisation.id, by.organisation.name.as_str());
            let (about, text) = (&wish.id, &wish.letter);
            let written =
                Ended { about, customer, sender: &sender, provider, text, installation: &wish.installation };
            Some((LetterId::new(), written.letter()?))
        }
        false => None,
    };
    let may = by.clone();
    let decided = at.db.write(move |conn| decide(conn, &may, &wish, letter.as_ref(), now)).await?;
    at.bell.ring_if(decided == Decided::Ended);
    Ok(decided)
}
