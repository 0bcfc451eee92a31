//! Ticking customers in the list.

use actix_web::{HttpResponse, web};

use crate::access::permission::SeeCustomers;
use crate::customers::form::SelectionForm;
use crate::customers::said::Said;
use crate::customers::store::selection::{self, Deed, MOST, Marked, Marking};
use crate::error::{Error, Result};
use crate::values::moment::Moment;
use crate::web::{Ask, see_other};

/// `POST /customers/selection`
pub async fn update(
    ask: Ask<SeeCustomers>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = SelectionForm::of(pairs);
    let list = form.list.clone().tidy().sensible(ask.by.is_provider());
    let id = list.selection().ok_or(Error::BadRequest("selection"))?;
    let follows = form.page(&list);
    let deed = match form.deed.as_str() {
        "all" => Deed::TakeAll,
        "clear" => Deed::Clear,
        _ => Deed::Keep,
    };
    let place = list.place();
    let marking = Marking { id, deed, place, shown: form.shown, ticked: form.ticked, now: Moment::now() };
    let marked = ask.write(move |conn, by| selection::change(conn, by, &marking)).await?;
    match marked {
        Marked::Done => Ok(see_other(follows)),
        Marked::TooMany => ask.done(&Said::TooManyTicked { most: MOST }, follows),
    }
}
