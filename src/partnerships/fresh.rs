//! A request that is not made yet: its page carries it along, so that the link can stand in the text before anything is
//! kept, and looking at the page changes nothing.

use crate::error::Result;
use crate::links::fresh::FreshLink;
use crate::values::id::{PartnershipRequestId, PersonId};
use crate::values::moment::Moment;
use crate::web::Vault;

/// What a request will be known by.
pub struct Fresh {
    pub id: PartnershipRequestId,
    pub link: FreshLink,
}

impl Fresh {
    /// A new one, whose link will hold for so many days.
    pub fn new(days: i64, now: Moment) -> Self {
        Self { id: PartnershipRequestId::new(), link: FreshLink::new(days, now) }
    }

    /// What the page carries beside the id. Nobody else can make one, so no link is weaker than ours are.
    ///
    /// # Errors
    /// Never in practice: see [`Vault::seal`].
    pub fn seal(&self, vault: &Vault, person: &PersonId) -> Result<String> {
        self.link.seal(vault, &place(&self.id, person))
    }

    /// What was sealed for this person and id, as long as its link would hold.
    pub fn open(vault: &Vault, person: &PersonId, (id, sealed): (&str, &str), now: Moment) -> Option<Self> {
        let id = PartnershipRequestId::parse(id)?;
        let link = FreshLink::open(vault, &place(&id, person), sealed, now)?;
        Some(Self { id, link })
    }
}

fn place(id: &PartnershipRequestId, person: &PersonId) -> String {
    format!("partnership request {id} of {person}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::cookie::Key;

    #[test]
    fn a_fresh_request_opens_for_whom_it_was_sealed_until_its_link_would_end() {
        let vault = Vault::of(&Key::from(&[1; 64]));
        let (sam, ann, now) = (PersonId::new(), PersonId::new(), Moment::now());
        let fresh = Fresh::new(30, now);
        let sealed = fresh.seal(&vault, &sam).unwrap();
        let id = fresh.id.to_string();
        let open = |id: &str, person, at| Fresh::open(&vault, person, (id, &sealed), at);
        let opened = open(&id, &sam, now).unwrap();
        assert_eq!((opened.id, opened.link.token.hash()), (fresh.id, fresh.link.token.hash()));
        assert!(open(&id, &ann, now).is_none());
        assert!(open(PartnershipRequestId::new().as_str(), &sam, now).is_none());
        assert!(open(&id, &sam, now.plus_days(30)).is_none());
    }
}
