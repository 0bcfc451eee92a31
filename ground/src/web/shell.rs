//! What the layout around a page needs to know.

use std::sync::Arc;

use actix_session::SessionExt as _;
use actix_web::http::header::REFERER;
use actix_web::{HttpMessage as _, HttpRequest, web};
use chrono::NaiveDate;
use chrono_tz::Tz;
use tracing_actix_web::RequestId;

use super::assets;
use super::notice::Notice;
use super::page::asked_for;
use super::site::Site;
use super::tongue;
use crate::access::identity::Identity;
use crate::access::permission::{
    AcceptOwnAgreement, AddCustomers, AnswerOwnTransfers, DecideEnrolments, DecideQualifications,
    FollowInvitations, FollowRequests, InviteCustomers, ManageLocations, ManagePeople, ManageUsers,
    RequestPartnerships, SeeActivity, SeeAgreements, SeeAzureSpending, SeeCatalog, SeeCustomers, SeeDrafts,
    SeeInstallation, SeeNamedSubscriptions, SeeOrganisation, SeeOwnSubscriptions, SeeProviders,
    SeeRelationships, SeeRenewals, SeeResellers, SeeReservations, SeeSecurity, SeeTransfers,
};
use crate::access::{Demand, OrganisationKind, Permission, Suspension, Viewer};
use crate::language::Language;
use crate::paths::{self, partners};
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;

/// The shell of a page: who looks at it, from where, and what has just been done.
#[derive(Clone, Debug)]
pub struct Shell {
    pub viewer: Option<Arc<Viewer>>,
    pub can: Can,
    /// In which the page is read.
    pub language: Language,
    pub notice: Option<Notice>,
    pub request_id: String,
    pub installation: String,
    /// Whether letters leave the machine. If not, they are kept as files.
    pub sends_mail: bool,
    /// By when the viewer has to set up a second factor.
    second_factor_until: Option<Moment>,
    path: String,
    /// The address of the page, as long as it can be opened again.
    here: String,
}

/// What the menu shows; the same table decides whether the page opens.
#[derive(Clone, Copy, Debug, Default)]
pub struct Can {
    pub see_resellers: bool,
    pub follow_requests: bool,
    pub request_partnerships: bool,
    pub see_providers: bool,
    pub see_customers: bool,
    pub manage_users: bool,
    pub follow_invitations: bool,
    pub invite_customers: bool,
    pub see_named_subscriptions: bool,
    pub see_renewals: bool,
    pub see_azure_spending: bool,
    pub see_reservations: bool,
    pub see_transfers: bool,
    pub add_customers: bool,
    pub see_orders: bool,
    pub see_drafts: bool,
    pub see_catalog: bool,
    pub see_activity: bool,
    pub see_security: bool,
    pub manage_people: bool,
    pub decide_enrolments: bool,
    pub decide_qualifications: bool,
    pub see_organisation: bool,
    pub manage_locations: bool,
    pub see_agreements: bool,
    pub see_installation: bool,
    pub see_relationships: bool,
    pub see_own_subscriptions: bool,
    pub answer_own_transfers: bool,
    pub accept_own_agreement: bool,
}

impl Shell {
    pub fn of(request: &HttpRequest) -> Self {
        let viewer = match request.extensions().get::<Identity>() {
            Some(Identity::Person(viewer)) => Some(Arc::clone(viewer)),
            _ => None,
        };
        let site = request.app_data::<web::Data<Site>>();
        let demand = viewer
            .as_ref()
            .zip(site)
            .map(|(viewer, site)| viewer.second_factor_demand(site.second_factor, Moment::now()));
        let second_factor_until = match demand {
            Some(Demand::Until(until)) => Some(until),
            _ => None,
        };
        Self {
            second_factor_until,
            can: viewer.as_deref().map(Can::of).unwrap_or_default(),
            viewer,
            language: tongue::of(request),
            notice: Notice::take(&request.get_session()),
            request_id: request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default(),
            installation: site.map_or_else(String::new, |site| site.name.clone()),
            sends_mail: site.is_some_and(|site| site.sends_mail),
            path: request.path().to_owned(),
            here: here(request, site.map_or("", |site| site.base_url.as_str())),
        }
    }

    /// Whether the page belongs to this entry of the menu.
    pub fn at(&self, entry: &str) -> bool {
        let first = self.path.split('/').nth(1).unwrap_or_default();
        match entry {
            "requests" => first == "partnership-requests",
            // Where there is no list of subscriptions, they belong to their customers.
            "customers" => {
                matches!(first, "customers" | "delegations" | "uploads")
                    || first == "subscriptions" && !self.can.see_named_subscriptions
            }
            // Pages that stand in the menu beneath another one's address.
            "organisation" => {
                matches!(self.path.as_str(), partners::profile::ROUTE | partners::edit_profile::ROUTE)
            }
            "operator" => self.path == paths::operator::overview(),
            entry if entry.contains('/') => self.path.trim_start_matches('/').starts_with(entry),
            entry => first == entry,
        }
    }

    /// The same shell for whoever reads another language from now on.
    #[must_use]
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// The same shell around a page that is shown again where a form was sent: whoever goes on from it comes back to the
    /// page of the form. The referring page tells it only the first time.
    #[must_use]
    pub fn back_to(self, here: String) -> Self {
        Self { here, ..self }
    }

    /// The address to come back to.
    pub fn here(&self) -> &str {
        &self.here
    }

    /// The languages in which the page could be read, too.
    pub fn other_languages(&self) -> impl Iterator<Item = Language> + use<> {
        let own = self.language;
        Language::all().filter(move |language| *language != own)
    }

    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    pub fn may<P: Permission>(&self) -> bool {
        self.viewer.as_deref().is_some_and(|viewer| viewer.may::<P>())
    }

    /// Whether the viewer is of a reseller, whose deeds its provider is told of.
    pub fn is_reseller(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.organisation.kind == OrganisationKind::Reseller)
    }

    /// Whether the viewer is of this organisation.
    pub fn is_of(&self, organisation: Option<&OrganisationId>) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| Some(&viewer.organisation.id) == organisation)
    }

    /// Why the viewer's organisation starts nothing new. A page that was refused for it says so itself.
    pub fn suspension(&self) -> Option<&Suspension> {
        self.viewer.as_ref().and_then(|viewer| viewer.organisation.suspension.as_ref())
    }

    /// Whether the viewer is to be reminded of an agreement; its own page needs no reminder.
    pub fn agreement_waits(&self) -> bool {
        let waits = self.viewer.as_ref().is_some_and(|viewer| viewer.agreement_waits);
        waits && !self.at("organisation/agreement")
    }

    /// By when the viewer has to set up a second factor, and how many days that is, begun ones included; its own page
    /// needs no reminder.
    pub fn second_factor_until(&self) -> Option<(Moment, i64)> {
        let until =
            self.second_factor_until.filter(|_| !self.path.starts_with(paths::session::second_factor()))?;
        let seconds = until.unix() - Moment::now().unix();
        Some((until, (seconds + 86_399).div_euclid(86_400).max(1)))
    }

    /// The address that the viewer signs in with; empty for nobody.
    pub fn viewer_email(&self) -> String {
        self.viewer.as_ref().map(|viewer| viewer.email.to_string()).unwrap_or_default()
    }

    /// Whether the viewer has not proved to read the mailbox of the account.
    pub fn has_unproved_address(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| !viewer.has_proved_mailbox)
    }

    /// Whether the viewer signs in with a second factor.
    pub fn has_second_factor(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.has_second_factor)
    }

    fn zone(&self) -> Tz {
        self.viewer.as_ref().map_or(chrono_tz::UTC, |viewer| viewer.zone)
    }

    /// The day of a moment in the viewer's time zone: `21 Nov 2026`.
    pub fn day(&self, moment: &Moment) -> String {
        self.language.date(moment.at(self.zone()).date_naive())
    }

    /// Day and time in the viewer's time zone, with the zone: `21 Nov 2026, 10:42 (Berlin)`.
    pub fn time(&self, moment: &Moment) -> String {
        self.language.time(self.zone(), *moment)
    }

    /// A day or a moment as the log keeps it (ISO 8601), as people read it; anything else as it is.
    pub fn when(&self, kept: &str) -> String {
        let day = NaiveDate::parse_from_str(kept, "%Y-%m-%d").map(|day| self.date(&day));
        let time = || Moment::parse_iso(kept).map(|moment| self.time(&moment));
        day.ok().or_else(time).unwrap_or_else(|| kept.to_owned())
    }

    /// A calendar day, which is the same everywhere: `21 Nov 2026`.
    pub fn date(&self, day: &NaiveDate) -> String {
        self.language.date(*day)
    }
}

/// A page that was shown again because of what was sent stands at the address of the page before.
fn here(request: &HttpRequest, origin: &str) -> String {
    if request.method().is_safe() {
        return asked_for(request);
    }
    let referer =
        request.headers().get(REFERER).and_then(|referer| referer.to_str().ok()).unwrap_or_default();
    let path = referer.strip_prefix(origin).filter(|path| path.starts_with('/'));
    path.unwrap_or(paths::start()).to_owned()
}

impl Can {
    fn of(viewer: &Viewer) -> Self {
        Self {
            see_resellers: viewer.may::<SeeResellers>(),
            follow_requests: viewer.may::<FollowRequests>(),
            request_partnerships: viewer.may::<RequestPartnerships>(),
            see_providers: viewer.may::<SeeProviders>(),
            see_customers: viewer.may::<SeeCustomers>(),
            manage_users: viewer.may::<ManageUsers>(),
            follow_invitations: viewer.may::<FollowInvitations>(),
            invite_customers: viewer.may::<InviteCustomers>(),
            see_named_subscriptions: viewer.may::<SeeNamedSubscriptions>(),
            see_renewals: viewer.may::<SeeRenewals>(),
            see_azure_spending: viewer.may::<SeeAzureSpending>(),
            see_reservations: viewer.may::<SeeReservations>(),
            see_transfers: viewer.may::<SeeTransfers>(),
            add_customers: viewer.may::<AddCustomers>(),
            see_orders: viewer.may::<SeeCustomers>(),
            see_drafts: viewer.may::<SeeDrafts>(),
            see_catalog: viewer.may::<SeeCatalog>(),
            see_activity: viewer.may::<SeeActivity>(),
            see_security: viewer.may::<SeeSecurity>(),
            manage_people: viewer.may::<ManagePeople>(),
            decide_enrolments: viewer.may::<DecideEnrolments>(),
            decide_qualifications: viewer.may::<DecideQualifications>(),
            manage_locations: viewer.may::<ManageLocations>(),
            see_agreements: viewer.may::<SeeAgreements>(),
            see_installation: viewer.may::<SeeInstallation>(),
            see_relationships: viewer.may::<SeeRelationships>(),
            see_own_subscriptions: viewer.may::<SeeOwnSubscriptions>(),
            answer_own_transfers: viewer.may::<AnswerOwnTransfers>(),
            accept_own_agreement: viewer.may::<AcceptOwnAgreement>(),
            see_organisation: viewer.may::<SeeOrganisation>(),
        }
    }
}
