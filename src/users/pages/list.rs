//! Users and licenses, and Deleted users.

use std::collections::{HashMap, HashSet};

use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::permission::{AddUsers, ManageUserRoles, ManageUsers};
use crate::catalog::facts::Licensed;
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::licenses::model::License;
use crate::licenses::store::held_by;
use crate::paths;
use crate::people::model::{RESTORABLE_DAYS, Standing};
use crate::users::form::UserFilter;
use crate::users::model::{ROLES, User};
use crate::users::store::licenses::known_of;
use crate::users::store::list::{Listed, Narrowed, page_of};
use crate::users::store::picks::picked;
use crate::users::store::sheets::in_hand;
use crate::values::country::Country;
use crate::values::id::{CredentialSheetId, CustomerUserId};
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "users/list.html")]
struct UserListPage {
    shell: Shell,
    customer: Customer,
    filter: UserFilter,
    countries: Vec<Country>,
    /// How many the filters leave.
    found: Count,
    deleted: Count,
    rows: Vec<User>,
    pager: Pager,
    /// The address of this very page.
    here: String,
    may_add: bool,
    /// Whether users can be ticked, to manage their licenses.
    may_manage: bool,
    picked: HashSet<CustomerUserId>,
    /// What the customer bought for users, by name.
    products: Vec<Licensed>,
    held: HashMap<CustomerUserId, Vec<License>>,
    /// Passwords of the viewer's own that wait to be handed over.
    in_hand: Option<(CredentialSheetId, i64)>,
}

/// What the page shows beside the list.
struct Beside {
    in_hand: Option<(CredentialSheetId, i64)>,
    products: Vec<Licensed>,
    held: HashMap<CustomerUserId, Vec<License>>,
    picked: HashSet<CustomerUserId>,
}

#[derive(Template)]
#[template(path = "users/deleted.html")]
struct DeletedUsersPage {
    shell: Shell,
    customer: Customer,
    found: Count,
    rows: Vec<User>,
    pager: Pager,
    may_restore: bool,
    may_manage_roles: bool,
}

impl UserListPage {
    /// The licenses of a user, by the names of products and in their order.
    fn licenses_of(&self, user: &User) -> Vec<&str> {
        let held = self.held.get(&user.id).map(Vec::as_slice).unwrap_or_default();
        let has = |product: &&Licensed| held.iter().any(|license| license.offer == product.id);
        self.products.iter().filter(has).map(|product| product.name.as_str()).collect()
    }

    /// The product that the filter names, where it is one of the customer's.
    fn wanted_license(&self) -> Option<&str> {
        let named = self.products.iter().find(|product| product.id.as_str() == self.filter.license);
        named.map(|product| product.name.as_str())
    }
}

impl DeletedUsersPage {
    /// Whether the viewer can bring a user back.
    fn can_restore(&self, user: &User) -> bool {
        let is_in_time = user.member.restorable_until().is_some_and(|until| until > Moment::now());
        self.may_restore && is_in_time && (self.may_manage_roles || !user.has_roles())
    }
}

/// `GET /customers/{id}/users`
pub async fn list(
    ask: Ask<ManageUsers>,
    id: web::Path<String>,
    web::Query(filter): web::Query<UserFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (id, filter, portion) = (customer_id(&id)?, filter.tidy(), cursor.portion());
    let here = cursor.address(&paths::users::of_customer(&id), &filter);
    let narrowed = Narrowed::of(&filter);
    let (listed, beside) = ask
        .read(move |conn, by| {
            let (listed, now) = (page_of(conn, by, &id, &narrowed, &portion)?, Moment::now());
            let held = held_by(conn, &id, listed.page.rows.iter().map(|user| &user.id))?;
            let beside = Beside {
                in_hand: in_hand(conn, by, &id, now)?,
                products: known_of(conn, &id, &held, now)?,
                held,
                picked: picked(conn, by, &id)?.into_iter().collect(),
            };
            Ok((listed, beside))
        })
        .await?;
    let Beside { in_hand, products, held, picked } = beside;
    let Listed { customer, page, found, deleted } = listed;
    let in_hand = in_hand.filter(|_| ask.by.may::<AddUsers>());
    let may_manage = customer.ended_at.is_none();
    let may_add = may_manage && ask.by.may::<AddUsers>();
    let pager = Pager::new(&page, &paths::users::of_customer(&id), &filter);
    let countries = ask.language().countries(Country::all());
    let (shell, rows) = (ask.shell(), page.rows);
    ask.page(&UserListPage {
        shell,
        customer,
        filter,
        countries,
        found,
        deleted,
        rows,
        pager,
        here,
        may_add,
        may_manage,
        picked,
        products,
        held,
        in_hand,
    })
}

/// `GET /customers/{id}/users/deleted`
pub async fn deleted(
    ask: Ask<ManageUsers>,
    id: web::Path<String>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (id, portion) = (customer_id(&id)?, cursor.portion());
    let listed = ask.read(move |conn, by| page_of(conn, by, &id, &Narrowed::deleted(), &portion)).await?;
    let Listed { customer, page, found, .. } = listed;
    let may_restore = customer.ended_at.is_none() && ask.by.may::<AddUsers>();
    let pager = Pager::new(&page, &paths::users::deleted(&id), &());
    let (shell, rows) = (ask.shell(), page.rows);
    let may_manage_roles = ask.by.may::<ManageUserRoles>();
    ask.page(&DeletedUsersPage { shell, customer, found, rows, pager, may_restore, may_manage_roles })
}
