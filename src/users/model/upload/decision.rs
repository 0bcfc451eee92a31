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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::catalog::facts::Licensed;
    use crate::licenses::model::Refusal;
    use crate::people::model::{Member, Standing};
    use crate::values::email::Email;
    use crate::values::id::{CustomerUserId, OfferId, PersonId};
    use crate::values::moment::Moment;

    fn country(code: &str) -> Country {
        Country::parse(code).unwrap()
    }

    fn product(number: u128, name: &str, bought: i64) -> Product {
        let offer = Licensed {
            id: OfferId::from_number(number),
            name: name.to_owned(),
            plans: Vec::new(),
            countries: Vec::new(),
            bases: Vec::new(),
        };
        Product { offer, bought, trial: 0, suspended: 0, assigned: 0 }
    }

    fn wish(location: Option<Country>, licenses: &[&str]) -> Wish {
        Wish {
            user_name: Email::parse("mia@alder.example").unwrap(),
            first_name: String::new(),
            last_name: String::new(),
            display_name: "Mia Moss".to_owned(),
            location,
            licenses: licenses.iter().map(|name| (*name).to_owned()).collect(),
            alternate: None,
        }
    }

    fn mia(location: Option<Country>, roles: &[Role]) -> User {
        let member = Member {
            id: PersonId::new(),
            name: "Mia Moss".to_owned(),
            sort_name: "mia moss".to_owned(),
            email: Email::parse("mia@alder.example").unwrap(),
            roles: roles.to_vec(),
            standing: Standing::Active,
            must_change_password: false,
            created_at: Moment::now(),
            deactivated_at: None,
            version: 1,
        };
        User {
            id: CustomerUserId::new(),
            member,
            first_name: "Mia".to_owned(),
            last_name: "Moss".to_owned(),
            location,
            is_first_admin: false,
        }
    }

    fn tried(wish: &Wish, holder: &Holder, products: &[Product]) -> Decision {
        decide(wish, holder, Question { location: country("DE"), products, may_manage_roles: false })
    }

    fn refusal(decision: Decision) -> Option<Reason> {
        match decision {
            Decision::Refuse(reason) => Some(reason),
            _ => None,
        }
    }

    #[test]
    fn a_new_user_is_where_the_row_says_and_else_where_the_form_does() {
        for (said, expected) in [(Some(country("FR")), "FR"), (None, "DE")] {
            let Decision::Add(details, _) = tried(&wish(said, &[]), &Holder::Nobody, &[]) else {
                panic!("nobody has the name")
            };
            assert_eq!((details.location.code(), details.roles.len()), (expected, 0));
        }
        for (holder, reason) in [(Holder::Other, Reason::Taken), (Holder::Deleted, Reason::OfDeleted)] {
            assert_eq!(refusal(tried(&wish(None, &[]), &holder, &[])), Some(reason));
        }
    }

    #[test]
    fn who_is_there_keeps_what_the_row_leaves_empty() {
        let there = Holder::Own(Box::new(mia(None, &[])), Vec::new());
        assert!(matches!(tried(&wish(None, &[]), &there, &[]), Decision::Nothing));
        let moved = tried(&wish(Some(country("FR")), &[]), &there, &[]);
        let Decision::Change { after, differences, .. } = moved else { panic!("the location is new") };
        assert_eq!(after.first_name, "Mia");
        let fields: Vec<_> = differences.iter().map(|one| (one.field.as_str(), one.new.as_str())).collect();
        assert_eq!(fields, [("usage_location", "FR")]);
        // Where licenses are to be used has to be known first.
        let suite = [product(1, "Suite", 2)];
        let unknown = refusal(tried(&wish(None, &["Suite"]), &there, &suite));
        assert_eq!(unknown, Some(Reason::License(Refusal::NoLocation)));
    }

    #[test]
    fn licenses_are_found_by_the_names_of_what_is_bought() {
        let mut french = product(3, "Wine", 1);
        french.offer.countries = vec!["FR".to_owned()];
        let products = [
            product(1, "Suite", 1),
            product(2, "Mail", 1),
            product(4, "MAIL", 1),
            french,
            product(5, "Gone", 0),
        ];
        let reason = |name: &str| refusal(tried(&wish(None, &[name]), &Holder::Nobody, &products));
        assert_eq!(reason("suite"), None);
        assert_eq!(reason("Project"), Some(Reason::NotBought { name: "Project".to_owned() }));
        assert_eq!(reason("Gone"), Some(Reason::NotBought { name: "Gone".to_owned() }));
        assert_eq!(reason("mail"), Some(Reason::Ambiguous { name: "mail".to_owned() }));
        let not_served = Refusal::NotServed { product: "Wine".to_owned() };
        assert_eq!(reason("Wine"), Some(Reason::License(not_served)));
        // What the user has already is neither looked for among what is bought nor given twice.
        let held = |number| vec![License { offer: OfferId::from_number(number), plans_off: Vec::new() }];
        for (number, name) in [(5, "gone"), (2, "Mail")] {
            let has = Holder::Own(Box::new(mia(Some(country("DE")), &[])), held(number));
            assert!(matches!(tried(&wish(None, &[name]), &has, &products), Decision::Nothing), "{name}");
        }
    }

    #[test]
    fn users_with_roles_are_changed_by_those_who_may() {
        let admin = Holder::Own(Box::new(mia(Some(country("DE")), &[Role::GlobalAdmin])), Vec::new());
        let renamed = Wish { display_name: "Mia M.".to_owned(), ..wish(None, &[]) };
        assert_eq!(refusal(tried(&renamed, &admin, &[])), Some(Reason::HasRoles));
        assert!(matches!(tried(&wish(None, &[]), &admin, &[]), Decision::Nothing));
        let question = Question { location: country("DE"), products: &[], may_manage_roles: true };
        assert!(matches!(decide(&renamed, &admin, question), Decision::Change { .. }));
    }
}
