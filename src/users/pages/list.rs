//! Users and licenses, and Deleted users.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::permission::{AddUsers, ManageUserRoles, ManageUsers};
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::people::model::{RESTORABLE_DAYS, Standing};
use crate::users::form::UserFilter;
use crate::users::model::{ROLES, User};
use crate::users::store::list::{Listed, Narrowed, page_of};
use crate::users::store::sheets::in_hand;
use crate::values::country::Country;
use crate::values::id::CredentialSheetId;
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
    may_add: bool,
    /// Passwords of the viewer's own that wait to be handed over.
    in_hand: Option<(CredentialSheetId, i64)>,
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
    let narrowed = Narrowed::of(&filter);
    let (listed, in_hand) = ask
        .read(move |conn, by| {
            let listed = page_of(conn, by, &id, &narrowed, &portion)?;
            Ok((listed, in_hand(conn, by, &id, Moment::now())?))
        })
        .await?;
    let Listed { customer, page, found, deleted } = listed;
    let in_hand = in_hand.filter(|_| ask.by.may::<AddUsers>());
    let may_add = customer.ended_at.is_none() && ask.by.may::<AddUsers>();
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
        may_add,
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
