//! Which customers a list is about, and the stretch of it that is read.

use crate::access::Reach;
use crate::customers::model::listing::{Sort, View};
use crate::customers::model::search::{Filter, Search};
use crate::values::id::OrganisationId;
use crate::web::pager::{Key, Portion, Start};

/// A set of customers that an index keeps in list order.
#[derive(Clone)]
pub(in crate::customers::store) enum Scope {
    Of(OrganisationId),
    /// Delegated to a reseller; by this provider, or by any.
    DelegatedTo(OrganisationId, Option<OrganisationId>),
}

impl Scope {
    /// `None` when nothing can be in it: what has ended, and what no reseller administers, is delegated to none.
    pub(in crate::customers::store) fn new(reach: &Reach, filter: &Filter) -> Option<Self> {
        let is_delegable = !matches!(filter.view, View::Ended | View::WithoutReseller);
        match (reach, &filter.reseller) {
            (Reach::Provider(_), Some(_)) | (Reach::Reseller(_), _) if !is_delegable => None,
            (Reach::Provider(provider), Some(reseller)) => {
                Some(Self::DelegatedTo(*reseller, Some(*provider)))
            }
            (Reach::Provider(provider), None) => Some(Self::Of(*provider)),
            // A reseller's people see their own part and nothing of how the others' is divided.
            (Reach::Reseller(reseller), _) => Some(Self::DelegatedTo(*reseller, None)),
            // Whoever is a customer has no list of customers.
            (Reach::Customer(_) | Reach::Nothing, _) => None,
        }
    }

    /// How many customers may have a part of text so that the way by trigrams is the shorter one. Each that is
    /// found has to be looked up: among a reseller's, in one table more.
    pub(in crate::customers::store) fn rare(&self) -> usize {
        match self {
            Self::Of(_) => 20_000,
            Self::DelegatedTo(..) => 5_000,
        }
    }
}

/// A stretch of the list, read in one direction.
#[derive(Clone)]
pub(in crate::customers::store) struct Stretch {
    pub(in crate::customers::store) start: Start,
    /// The last key of the stretch.
    pub(in crate::customers::store) end: Option<Key>,
    /// What the names begin with.
    pub(in crate::customers::store) beginning: Option<String>,
}

impl Stretch {
    pub(in crate::customers::store) fn from(start: &Start, filter: &Filter) -> Self {
        let beginning = match &filter.search {
            Search::Beginning(text) if filter.order.by == Sort::Name => Some(text.clone()),
            Search::Everything | Search::Beginning(_) | Search::Word(_) | Search::Part(_) => None,
        };
        Self { start: start.clone(), end: None, beginning }
    }

    pub(in crate::customers::store) fn until(&self, end: Option<Key>) -> Self {
        Self { end, ..self.clone() }
    }

    /// So many of its customers after so many that are skipped.
    pub(super) fn portion(&self, (skipped, most): (usize, usize)) -> Portion {
        Portion::new(&self.start, most).skipping(skipped).until(self.end.clone())
    }
}
