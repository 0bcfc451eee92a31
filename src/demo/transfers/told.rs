//! What the logs of the partners say of it.

use super::Story;
use crate::activity::{Action, Change, Entry};
use crate::demo::log::{self, Actor};
use crate::demo::rows::ActivityRow;
use crate::transfers::model::{Kind, State};
use crate::values::id::CustomerId;

/// The records of a file, in the log of each side that knows of it.
pub(super) fn log(story: &Story<'_>, is_shown: bool) -> Vec<ActivityRow> {
    let mut rows = Vec::new();
    let (harbor, kestrel) = (&story.world.cast.harbor, &story.world.cast.kestrel);
    let (target, name, _) = story.target();
    let entry = |action, customer: &CustomerId| {
        Entry::new(action, "transfer", story.id(), &name)
            .for_customer(customer, &story.customer.name)
            .with([Change::new("partner", &story.source.1, &name)])
    };
    let organisation = if story.starter.0 == harbor.row.id { &harbor.row.name } else { &story.source.1 };
    let starter = Actor { person: &story.starter.1.id, name: &story.starter.1.name, organisation };
    let end = match story.state {
        State::Done | State::Failed => Some((Action::AcceptTransfer, kestrel.owner())),
        State::Refused if story.kind == Kind::Provider => Some((Action::RefuseTransfer, kestrel.owner())),
        State::Refused => Some((Action::RefuseTransfer, harbor.owner())),
        State::Withdrawn => Some((Action::WithdrawTransfer, Some(story.starter.1))),
        State::Expired => Some((Action::ExpireTransfer, None)),
        State::Customer | State::Provider | State::Partner => None,
    };
    let mut logs = vec![(harbor.row.id, story.customer.id, true)];
    logs.extend((story.source.0 != harbor.row.id).then_some((story.source.0, story.customer.id, true)));
    let shown = target.filter(|_| is_shown);
    logs.extend(shown.map(|id| (id, story.account().unwrap_or(story.customer.id), false)));
    for (log, customer, began) in logs {
        let of = (&log, story.world.now);
        if began {
            log::put(&mut rows, of, starter, &entry(Action::StartTransfer, &customer), story.at);
        }
        let (Some((action, person)), (Some(at), _)) = (end, story.settled()) else { continue };
        let ended = entry(action, &customer);
        match person {
            Some(person) => {
                let organisation = match action {
                    Action::AcceptTransfer => &kestrel.row.name,
                    Action::RefuseTransfer if story.kind == Kind::Provider => &kestrel.row.name,
                    _ => &harbor.row.name,
                };
                let actor = Actor { person: &person.id, name: &person.name, organisation };
                log::put(&mut rows, of, actor, &ended, at);
            }
            None => log::put_by_portal(&mut rows, of, &ended, at),
        }
    }
    rows
}
