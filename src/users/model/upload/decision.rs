//! What a row does with the user whom it names.

use super::{Difference, Reason, Wish};
use crate::licenses::model::rules::{self, steps};
use crate::licenses::model::{Deal, License, Product, Steps, Wanted};
use crate::users::model::{Details, User};
use crate::values::country::Country;
use crate::values::folding::folded;

/// Who has a user name.
#[derive(Clone, Debug)]
pub enum Holder {
    Nobody,
    /// A user of the customer, and what the user has of what was bought.
    Own(Box<User>, Vec<License>),
    /// A user of the customer who was deleted.
    Deleted,
    /// Somebody else.
    Other,
}

/// What is asked beside the row and the user.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Of users for whom the row names none.
    pub location: Country,
    pub products: &'a [Product],
    /// Whether whoever sent the file may change users with admin roles.
    pub may_manage_roles: bool,
}

/// What a user who is there is called, and where, once the row is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub first_name: String,
    pub last_name: String,
    pub display_name: String,
    pub location: Option<Country>,
}

/// What a row does.
#[derive(Clone, Debug)]
pub enum Decision {
    Add(Details, Steps),
    Change { after: Named, steps: Steps, differences: Vec<Difference> },
    Nothing,
    Refuse(Reason),
}

/// Decides it. Of a user who is there, empty cells change nothing, and licenses are only given: a file takes none.
pub fn decide(wish: &Wish, holder: &Holder, question: Question<'_>) -> Decision {
    let decided = match holder {
        Holder::Other => Err(Reason::Taken),
        Holder::Deleted => Err(Reason::OfDeleted),
        Holder::Nobody => addition(wish, question),
        Holder::Own(user, held) => change(wish, (user, held), question),
    };
    decided.unwrap_or_else(Decision::Refuse)
}

fn addition(wish: &Wish, question: Question<'_>) -> Result<Decision, Reason> {
    let location = wish.location.unwrap_or(question.location);
    let steps = given(wish, (Some(location), &[]), question.products)?;
    let details = Details {
        first_name: wish.first_name.clone(),
        last_name: wish.last_name.clone(),
        display_name: wish.display_name.clone(),
        location,
        roles: Vec::new(),
    };
    Ok(Decision::Add(details, steps))
}

fn change(
    wish: &Wish,
    (user, held): (&User, &[License]),
    question: Question<'_>,
) -> Result<Decision, Reason> {
    let or = |typed: &String, kept: &String| if typed.is_empty() { kept.clone() } else { typed.clone() };
    let after = Named {
        first_name: or(&wish.first_name, &user.first_name),
        last_name: or(&wish.last_name, &user.last_name),
        display_name: wish.display_name.clone(),
        location: wish.location.or(user.location),
    };
    let steps = given(wish, (after.location, held), question.products)?;
    let differences = differences(user, &after, (held, &steps), question.products);
    if differences.is_empty() {
        return Ok(Decision::Nothing);
    }
    if user.has_roles() && !question.may_manage_roles {
        return Err(Reason::HasRoles);
    }
    Ok(Decision::Change { after, steps, differences })
}

/// What the user gets of what there is, by name.
fn given(
    wish: &Wish,
    (location, held): (Option<Country>, &[License]),
    products: &[Product],
) -> Result<Steps, Reason> {
    let mut deal = Deal::default();
    for name in &wish.licenses {
        let wanted = folded(name);
        let named = || products.iter().filter(|product| folded(&product.offer.name) == wanted);
        let has = |product: &Product| held.iter().any(|license| license.offer == product.offer.id);
        if named().any(has) {
            continue;
        }
        let mut bought = named().filter(|product| product.bought > 0 || product.suspended > 0);
        let product = bought.next().ok_or_else(|| Reason::NotBought { name: name.clone() })?;
        if bought.next().is_some() {
            return Err(Reason::Ambiguous { name: name.clone() });
        }
        deal.give.push(Wanted::whole(product.offer.id));
    }
    steps(rules::Holder { location, held }, &deal, products).map_err(Reason::License)
}

fn differences(
    user: &User,
    after: &Named,
    (held, steps): (&[License], &Steps),
    products: &[Product],
) -> Vec<Difference> {
    let name = |license: &License| {
        let product = products.iter().find(|product| product.offer.id == license.offer);
        product.map(|product| product.offer.name.as_str()).unwrap_or_default()
    };
    let listed = |licenses: &mut dyn Iterator<Item = &License>| {
        licenses.map(name).filter(|name| !name.is_empty()).collect::<Vec<_>>().join("; ")
    };
    let code = |location: Option<Country>| location.map(Country::code).unwrap_or_default();
    let (before, licensed) = if steps.given.is_empty() {
        (String::new(), String::new())
    } else {
        (listed(&mut held.iter()), listed(&mut held.iter().chain(&steps.given)))
    };
    let all = [
        ("name", user.member.name.as_str(), after.display_name.as_str()),
        ("first_name", &user.first_name, &after.first_name),
        ("last_name", &user.last_name, &after.last_name),
        ("usage_location", code(user.location), code(after.location)),
        ("licenses", &before, &licensed),
    ];
    let differing = all.into_iter().filter(|(_, old, new)| old != new);
    let difference = |(field, old, new): (&str, &str, &str)| Difference {
        field: field.to_owned(),
        old: old.to_owned(),
        new: new.to_owned(),
    };
    differing.map(difference).collect()
}
