//! Roles: the table that the code enforces, as people read it, and what it means for one of them.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::person_id;
use crate::access::permission::{ManagePeople, RULES, Rule};
use crate::access::{Allowed, OrganisationKind, Role};
use crate::error::Result;
use crate::language::filters;
use crate::people::model::Standing;
use crate::people::store::list::find;
use crate::web::{AskForOneself, Shell};

#[derive(Template)]
#[template(path = "people/roles_table.html")]
struct RolesPage {
    shell: Shell,
    kind: OrganisationKind,
    is_suspended: bool,
    /// Whom the answers are about: the viewer, or a member for those who manage people.
    whom: Whom,
}

struct Whom {
    name: String,
    roles: Vec<Role>,
    is_viewer: bool,
    standing: Standing,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RolesQuery {
    /// A member's id; empty for oneself.
    person: String,
}

/// `GET /roles`
pub async fn show(ask: AskForOneself, web::Query(query): web::Query<RolesQuery>) -> Result<HttpResponse> {
    let viewer = &ask.by;
    let whom = if query.person.is_empty() {
        Whom {
            name: viewer.name.clone(),
            roles: viewer.roles.clone(),
            is_viewer: true,
            standing: Standing::Active,
        }
    } else {
        let may = Allowed::<ManagePeople>::check(viewer)?;
        let id = person_id(&query.person)?;
        let member = ask.read(move |conn, _| find(conn, &may.organisation.id, &id)).await?;
        Whom {
            is_viewer: member.id == viewer.person,
            name: member.name,
            roles: member.roles,
            standing: member.standing,
        }
    };
    let (kind, is_suspended) = (viewer.organisation.kind, viewer.organisation.suspension.is_some());
    ask.page(&RolesPage { shell: ask.shell(), kind, is_suspended, whom })
}

impl RolesPage {
    /// What can be done in this kind of organisation at all.
    fn rules_here(&self) -> impl Iterator<Item = &'static Rule> + use<> {
        let kind = self.kind;
        RULES.iter().filter(move |rule| !rule.roles_in(kind).is_empty())
    }

    /// What is done elsewhere.
    fn rules_elsewhere(&self) -> impl Iterator<Item = &'static Rule> + use<> {
        let kind = self.kind;
        RULES.iter().filter(move |rule| rule.roles_in(kind).is_empty())
    }

    /// Whether nobody may do it now, because the organisation is suspended.
    fn rests(&self, rule: &Rule) -> bool {
        rule.starts && self.is_suspended
    }

    /// The roles of the person that grant a rule; none of them when it is refused.
    fn granting(&self, rule: &Rule) -> Vec<Role> {
        let granted = rule.roles_in(self.kind);
        self.whom.roles.iter().copied().filter(|role| granted.contains(role)).collect()
    }
}
