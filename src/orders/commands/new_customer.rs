//! Keeping the New customer form: with every press, right or not. Once it is right, a customer who has to accept the
//! agreement is asked.

mod asking;

use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::customers::new_account::Terms;
use crate::error::Result;
use crate::language::Language;
use crate::orders::draft::Draft;
use crate::orders::draft::alike::{self, Alike};
use crate::orders::draft::customer::{check, reseller_of};
use crate::orders::draft::store::{self, Saved};
use crate::orders::form::StepForm;
use crate::values::id::DraftId;
use crate::values::mark::mark_of;
use crate::values::moment::Moment;
use crate::web::{Portal, Problems, three_way};

use asking::Asking;
pub use asking::RequestAhead;

/// What became of the form.
pub enum Outcome {
    /// It is right; a request for the customer agreement may come next.
    Right(Option<RequestAhead>),
    /// It is kept, and cannot go on.
    Wrong(Box<Draft>, Problems),
    /// It could go on, but looks like something that is there, which nobody has seen yet.
    Alike(Box<Draft>, Alike),
    Conflict(Box<Draft>),
    Closed(Box<Draft>),
}

/// Keeps what was typed, and begins the draft with it if the page says so. Where somebody else saved something in the
/// meantime, only what was touched is put over it, and `step` is both then; it is a conflict when both touched the same.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such draft of a new customer in the viewer's organisation; when
/// the letter that asks cannot be drafted; database errors.
pub async fn keep(
    at: &Portal,
    (by, language): (&Allowed<AddCustomers>, Language),
    draft: (&DraftId, bool),
    step: &mut StepForm,
) -> Result<Outcome> {
    let outcome = save(at, (by, language), draft, step).await?;
    let Outcome::Conflict(kept) = &outcome else { return Ok(outcome) };
    let merged = three_way::merge(&step.opened, &step.account, &kept.form())?;
    step.account = merged.form;
    if !merged.clashes.is_empty() {
        return Ok(outcome);
    }
    step.version = mark_of(&kept.account);
    save(at, (by, language), draft, step).await
}

async fn save(
    at: &Portal,
    (by, language): (&Allowed<AddCustomers>, Language),
    (id, begins): (&DraftId, bool),
    step: &StepForm,
) -> Result<Outcome> {
    let (by, id, step, now) = (by.clone(), *id, step.clone(), Moment::now());
    let terms = Terms::of(&by, &at.site, now);
    let asking = match step.goes_on() {
        true => Asking::of(&by, (&at.site, language), &step.account, &terms)?,
        false => None,
    };
    let outcome = at.db.write(move |conn| {
        let form = &step.account;
        // Begun already: the button was pressed twice, and the version tells whether with the same.
        let is_fresh = begins && store::begin(conn, &by, &id, None, now)?;
        let version = if is_fresh { mark_of("") } else { step.version.clone() };
        let reseller = reseller_of(conn, &by, form)?.ok().flatten().map(|partner| partner.reseller);
        let json = form.to_json();
        match store::set_account(conn, &by, &id, (&json, reseller.as_ref(), &version), now)? {
            Saved::Saved => {}
            Saved::Conflict(kept) => return Ok(Outcome::Conflict(kept)),
            Saved::Closed(draft) => return Ok(Outcome::Closed(draft)),
        }
        let checked = check(conn, &by, form, &terms)?;
        let alike = match &checked {
            Ok(new) => alike::find(conn, &by, &id, &new.account)?,
            Err(_) => Alike::default(),
        };
        if step.goes_on_anyway() {
            store::know_alike(conn, &by, &id, &alike.among(&step.alike))?;
        }
        let draft = Box::new(store::find(conn, &by, &id)?);
        let unknown = alike.beyond(&draft.known_alike);
        if !unknown.is_empty() {
            return Ok(Outcome::Alike(draft, unknown));
        }
        if let Err(problems) = checked {
            return Ok(Outcome::Wrong(draft, problems));
        }
        let ahead = match &asking {
            Some(asking) => asking.ask_once(conn, &id, step.leads_to_review(), now)?,
            None => None,
        };
        Ok(Outcome::Right(ahead))
    });
    outcome.await
}
