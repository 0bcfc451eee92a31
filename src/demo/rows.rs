//! Rows as the demonstration writes them: many at a time, whole.

mod afterwards;
mod metered;
mod placed;
mod upgradable;

use chrono::NaiveDate;
use diesel::prelude::*;

pub use metered::{Account, Metered};
pub use upgradable::Upgradable;

use crate::access::{OrganisationKind, Role};
use crate::activity::{Action, Outcome as Recorded};
use crate::audiences::model::Rule;
use crate::azure::model::owner::OwnerEnd;
use crate::azure::model::spending::Standing;
use crate::batches::model::State as Sent;
use crate::catalog::model::{Billing, Qualification, Unit};
use crate::customers::model::AgreementState;
use crate::db::schema::{
    activity_records, agreement_acceptances, agreement_requests, azure_alerts, batch_rows, batches,
    customer_agreements, customer_purchases, customer_requests, customer_users, customer_words, customers,
    delegation_plans, delegations, draft_lines, drafts, ended_delegations, endings, enrolments, exports,
    handover_customers, handovers, letters, licenses, listed_resellers, locations, muted_notifications,
    notifications, offer_audiences, offers, order_lines, order_numbers, orders, organisations,
    partner_agreements, partnership_requests, partnerships, people, person_roles, pinned_offers,
    qualification_reviews, quantity_changes, reservation_prices, reservation_products, reservations,
    subscriptions, tenant_owners, transfer_answers, transfer_items, transfers, usage_days, usage_months,
    usage_rows, validation_code_uses, validation_codes,
};
use crate::db::{Connection, EitherConnection};
use crate::endings::model::{Hindrance, State as EndState};
use crate::enrolment::model::{Kind, State};
use crate::error::Result;
use crate::exports::model::State as Exported;
use crate::handovers::model::{Outcome, State as Handed};
use crate::language::Language;
use crate::links::model::RequestState;
use crate::mail::letter::LetterState;
use crate::mail::trouble::Trouble;
use crate::notifications::Kind as Told;
use crate::orders::draft::DraftState;
use crate::orders::model::OrderState;
use crate::partners::model::OrganisationState;
use crate::partners::model::agreement::Audience;
use crate::qualifications::model::State as Review;
use crate::relationships::model::PlanState;
use crate::reservations::model::{Payment, Scope, State as Reserved};
use crate::sheets::{Built, Outcome as Came, Verdict};
use crate::subscriptions::model::{End, Status};
use crate::transfers::model::{Kind as Between, Outcome as Moved, Side, State as Moving};
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::email::Email;
use crate::values::id::{
    ActivityId, AgreementId, AgreementRequestId, BatchId, CodeId, CustomerAgreementId, CustomerId,
    CustomerRequestId, CustomerUserId, DelegationId, DelegationPlanId, DraftId, EndingId, EnrolmentId,
    EntitlementId, ExportId, HandoverId, JobId, LetterId, LocationId, NotificationId, OfferId, OrderId,
    OrganisationId, PartnershipId, PartnershipRequestId, PersonId, PromotionId, QuantityChangeId,
    ReservationId, ReservationProductId, ReviewId, SubscriptionId, TenantOwnerId, TransferId,
};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::token::TokenHash;
use crate::web::export::Format;

/// SQLite takes so many values in one statement.
const SQLITE_VALUES: usize = 32_766;

/// Makes the struct of a table's row and a function that inserts many: PostgreSQL reads them as one
/// stream (COPY), SQLite takes as many in a statement as it can.
macro_rules! rows {
    ($($table:ident $name:ident { $($column:ident: $type:ty),+ $(,)? })+) => {$(
        #[derive(Insertable, Clone, Debug)]
        #[diesel(table_name = $table, treat_none_as_default_value = false)]
        pub struct $name { $(pub $column: $type),+ }

        impl $name {
            /// # Errors
            /// Database errors.
            pub fn insert(conn: &mut Connection, rows: &[Self]) -> Result<()> {
                const COLUMNS: usize = [$(stringify!($column)),+].len();
                if rows.is_empty() {
                    return Ok(());
                }
                match conn.either() {
                    EitherConnection::Sqlite(sqlite) => {
                        for part in rows.chunks(SQLITE_VALUES / COLUMNS) {
                            diesel::insert_into($table::table).values(part).execute(sqlite)?;
                        }
                    }
                    EitherConnection::Postgres(postgres) => {
                        diesel::copy_from($table::table).from_insertable(rows).execute(postgres)?;
                    }
                }
                Ok(())
            }
        }
    )+};
}

/// Whether there is nothing yet of all that everything else hangs on.
///
/// # Errors
/// Database errors.
pub fn are_none(conn: &mut Connection) -> Result<bool> {
    let rows = organisations::table.count().get_result::<i64>(conn)?
        + people::table.count().get_result::<i64>(conn)?
        + offers::table.count().get_result::<i64>(conn)?
        + customers::table.count().get_result::<i64>(conn)?
        + activity_records::table.count().get_result::<i64>(conn)?;
    Ok(rows == 0)
}

rows! {
    organisations OrganisationRow {
        id: OrganisationId, kind: OrganisationKind, name: String, country: Country, currency: Currency,
        state: OrganisationState, support_email: String, support_telephone: String, support_website: String,
        created_at: Moment, sort_name: String, address_line1: String, city: String, address_state: String,
        postal_code: String, contact_first_name: String, contact_last_name: String, contact_email: String,
        contact_phone: String, name_key: String,
    }
    offer_audiences AudienceRow {
        provider_id: OrganisationId, offer_id: OfferId, rule: Rule, changed_at: Moment, changed_by_name: String,
        version: i32,
    }
    listed_resellers ListedRow { provider_id: OrganisationId, offer_id: OfferId, reseller_id: OrganisationId }
    pinned_offers PinnedRow { organisation_id: OrganisationId, offer_id: OfferId, pinned_at: Moment }
    locations LocationRow {
        id: LocationId, organisation_id: OrganisationId, name: String, mpn_id: String, is_head_office: bool,
        country: Country, city: String, created_at: Moment, address_line1: String, address_state: String,
        postal_code: String, contact_name: String, contact_email: String, contact_phone: String, sort_name: String,
    }
    muted_notifications MutedRow { person_id: PersonId, kind: Told }
    notifications NotificationRow {
        id: NotificationId, organisation_id: OrganisationId, position: Option<i64>, kind: Told,
        customer_id: Option<CustomerId>, customer_name: String, subject_kind: &'static str, subject_id: String,
        subject_name: String, old_value: String, new_value: String, by_name: String, by_organisation: String,
        occurred_at: Moment,
    }
    people PersonRow {
        id: PersonId, organisation_id: OrganisationId, name: String, email: String, password_hash: PasswordHash,
        must_change_password: bool, state: &'static str, time_zone: &'static str, created_at: Moment, sort_name: String,
        mailbox_proved_at: Option<Moment>, password_set_at: Option<Moment>, invited_at: Option<Moment>,
        deactivated_at: Option<Moment>,
    }
    person_roles RoleRow { person_id: PersonId, role: Role }
    partner_agreements AgreementRow {
        id: AgreementId, audience: Audience, version: i32, body: String, published_by_name: String,
        published_at: Moment,
    }
    agreement_acceptances AcceptanceRow {
        organisation_id: OrganisationId, agreement_id: AgreementId, person_id: PersonId, person_name: String,
        accepted_at: Moment,
    }
    enrolments EnrolmentRow {
        id: EnrolmentId, kind: Kind, state: State, person_name: String, email: String, token_hash: String,
        expires_at: Moment, form: String, company_name: String, country: String, password_hash: Option<PasswordHash>,
        sealed_next: Option<String>, refusal_reason: String, started_at: Moment, handed_in_at: Option<Moment>,
        decided_at: Option<Moment>, decided_by_name: Option<String>, organisation_id: Option<OrganisationId>,
        version: i32, state_since: Moment, sort_name: String, mpn_id: String,
    }
    partnership_requests RequestRow {
        id: PartnershipRequestId, provider_id: OrganisationId, requested_by: PersonId, requested_by_name: String,
        requested_by_email: String, to_email: String, subject: String, body: String, token_hash: String,
        state: &'static str, created_at: Moment, sent_at: Option<Moment>, expires_at: Moment,
        answered_at: Option<Moment>, answered_by_name: Option<String>, reseller_id: Option<OrganisationId>,
        decline_reason: Option<String>, version: i32, addressee_only: bool, answered_by_email: Option<String>,
    }
    letters LetterRow {
        id: LetterId, organisation_id: OrganisationId, subject_kind: &'static str, subject_id: String,
        to_email: String, reply_to: Option<String>, subject: String, body_text: String, body_html: String,
        state: LetterState, attempts: i32, due_at: Moment, leased_until: Option<Moment>,
        last_error: Option<String>, created_at: Moment, sent_at: Option<Moment>, by_hand: bool,
        trouble: Option<Trouble>,
    }
    partnerships PartnershipRow {
        id: PartnershipId, provider_id: OrganisationId, reseller_id: OrganisationId, location_id: LocationId,
        request_id: Option<PartnershipRequestId>, reseller_sort_name: String, state: &'static str,
        accepted_by_name: String, since: Moment, removed_at: Option<Moment>, removed_by_name: Option<String>,
    }
    customers CustomerRow {
        id: CustomerId, provider_id: OrganisationId, company_name: String, sort_name: String, domain: String,
        search_text: String, country: Country, address_line1: String, address_line2: String, city: String,
        state: String, postal_code: String, first_name: String, middle_name: String, last_name: String,
        email: String, phone: String, registration_id: String, culture: String, qualification: Qualification,
        agreement: AgreementState, agreement_first_name: String, agreement_last_name: String,
        agreement_email: String, agreement_phone: String, agreement_on: Option<NaiveDate>,
        agreement_attested_by: Option<String>, created_at: Moment, version: i32, validation_code: String,
        name_key: String, tenant_id: OrganisationId, is_delegated: bool, undelegated_at: Option<Moment>,
    }
    customer_words WordsRow { customer_id: CustomerId, parts: String }
    customer_users CustomerUserRow {
        id: CustomerUserId, customer_id: CustomerId, user_name: String, is_first_admin: bool,
        created_at: Moment, person_id: Option<PersonId>, first_name: String, last_name: String, location: String,
        added_by_name: String, deleted_at: Option<Moment>,
    }
    licenses LicenseRow {
        customer_id: CustomerId, offer_id: OfferId, user_id: CustomerUserId, plans_off: String,
        assigned_at: Moment, assigned_by_name: String, released_at: Option<Moment>,
    }
    delegations DelegationRow {
        id: DelegationId, customer_id: CustomerId, reseller_id: OrganisationId, provider_id: OrganisationId,
        customer_sort_name: String, customer_domain: String, since: Moment, ended_at: Option<Moment>,
        given_by_name: String, ended_by_name: String, ends_on: Option<NaiveDate>, reminded_days: Option<i32>,
    }
    delegation_plans DelegationPlanRow {
        id: DelegationPlanId, customer_id: CustomerId, provider_id: OrganisationId,
        delegation_id: Option<DelegationId>, reseller_id: Option<OrganisationId>, begins_on: NaiveDate,
        choices: String, state: PlanState, obstacle: &'static str, made_by: PersonId, made_by_name: String,
        created_at: Moment, settled_at: Option<Moment>, settled_by_name: String,
    }
    handovers HandoverRow {
        id: HandoverId, provider_id: OrganisationId, former_id: Option<OrganisationId>,
        reseller_id: Option<OrganisationId>, begins_on: Option<NaiveDate>, choices: String, state: Handed,
        gathered: String, total: i64, done: i64, unchanged: i64, refused: i64, subscriptions: i64,
        begun_by: PersonId, begun_by_name: String, begun_at: Moment, settled_at: Option<Moment>,
        settled_by_name: String, job_id: JobId,
    }
    handover_customers HandoverCustomerRow {
        handover_id: HandoverId, customer_id: CustomerId, position: i64, result: Outcome, why: &'static str,
        settled_at: Option<Moment>,
    }
    transfers TransferRow {
        id: TransferId, kind: Between, provider_id: OrganisationId, customer_id: CustomerId,
        company_id: OrganisationId, company_name: String, search_text: String, source_id: OrganisationId,
        source_name: String, target_id: Option<OrganisationId>, target_name: String, target_mpn_id: String,
        target_customer_id: Option<CustomerId>, starter_id: OrganisationId, started_by: PersonId,
        started_by_name: String, started_at: Moment, message: &'static str, state: Moving, is_shown: bool,
        open_until: NaiveDate, to_name: String, to_email: Email, token_hash: TokenHash, settled_at: Option<Moment>,
        settled_by_name: String, reason: &'static str, version: i32,
    }
    transfer_items TransferItemRow {
        transfer_id: TransferId, subscription_id: SubscriptionId, position: i64, parent_id: Option<SubscriptionId>,
        offer_name: String, nickname: String, unit: Unit, quantity: i64, billing: Billing, currency: Currency,
        unit_price_minor: i64, renews_on: NaiveDate, result: Moved, why: &'static str,
        became_id: Option<SubscriptionId>,
    }
    transfer_answers TransferAnswerRow {
        transfer_id: TransferId, side: Side, is_yes: bool, by_name: String, by_link: bool, reason: &'static str,
        at: Moment,
    }
    exports ExportRow {
        id: ExportId, organisation_id: OrganisationId, person_id: PersonId, person_name: String,
        route: &'static str, path: &'static str, query: &'static str, filter: &'static str, format: Format,
        language: &'static str, name: &'static str, state: Exported, row_count: i64, byte_count: i64,
        downloads: i64, asked_at: Moment, settled_at: Option<Moment>, expires_at: Option<Moment>, job_id: JobId,
        settled_by_name: Option<String>,
    }
    batches UploadRow {
        id: BatchId, organisation_id: OrganisationId, customer_id: Option<CustomerId>, person_id: PersonId,
        person_name: String, file_name: &'static str, file_hash: String, byte_count: i64, head: String, state: Sent,
        row_count: i64, tally: String, memory: &'static str, reached: i64, uploaded_at: Moment,
        applied_at: Option<Moment>, applied_by_name: String,
        settled_at: Option<Moment>, settled_by_name: String, handed_by_name: &'static str,
        expires_at: Option<Moment>, worker_id: PersonId, job_id: JobId,
    }
    batch_rows UploadLineRow {
        batch_id: BatchId, number: i64, line: i64, cells: String, subject: String, verdict: Verdict, result: Came,
        why: String, made_id: Option<String>, undo: Option<String>,
        built_on: Option<Built>, password_at: Option<Moment>,
    }
    endings EndingRow {
        id: EndingId, customer_id: CustomerId, provider_id: OrganisationId, state: EndState,
        planned_on: Option<NaiveDate>, due_at: Option<Moment>, by_person: PersonId, by_name: String,
        by_email: String, letter_language: &'static str, letter_subject: String, letter_text: String,
        installation: String, hindrance: Option<Hindrance>, created_at: Moment, ended_at: Option<Moment>,
        state_since: Moment, closed_by_name: Option<String>, version: i32,
    }
    ended_delegations EndedDelegationRow { ending_id: EndingId, delegation_id: DelegationId }
    customer_agreements CustomerAgreementRow {
        id: CustomerAgreementId, country: &'static str, version: i32, body: String, published_by_name: String,
        published_at: Moment, language: Language,
    }
    agreement_requests AgreementRequestRow {
        id: AgreementRequestId, provider_id: OrganisationId, draft_id: Option<DraftId>,
        customer_id: Option<CustomerId>, agreement_id: Option<CustomerAgreementId>, requested_by: PersonId,
        requested_by_name: String, requested_by_email: String, company_name: String, country: Country,
        to_first_name: String, to_last_name: String, to_email: String, subject: String, body: String,
        token_hash: String, state: RequestState, created_at: Moment, sent_at: Option<Moment>,
        expires_at: Moment, answered_at: Option<Moment>, answered_first_name: String,
        answered_last_name: String, decline_reason: &'static str, revoked_by_name: String, version: i32,
    }
    qualification_reviews ReviewRow {
        id: ReviewId, customer_id: CustomerId, provider_id: OrganisationId, website: String, state: Review,
        state_since: Moment, asked_by: PersonId, asked_by_name: String, asked_at: Moment,
        decided_by_name: Option<String>, reason: &'static str, version: i32,
    }
    validation_codes CodeRow {
        id: CodeId, provider_id: OrganisationId, code: &'static str, maximum: i32, used: i32, issued_by_name: String,
        issued_at: Moment, closed_at: Option<Moment>, closed_by_name: Option<String>,
    }
    validation_code_uses CodeUseRow { code_id: CodeId, customer_id: CustomerId, used_at: Moment }
    customer_requests CustomerRequestRow {
        id: CustomerRequestId, provider_id: OrganisationId, reseller_id: Option<OrganisationId>,
        requested_by: PersonId, requested_by_name: String, requested_by_email: String, to_email: String,
        to_name: String, includes_administration: bool, language: &'static str, subject: String, body: String,
        token_hash: String, state: RequestState, created_at: Moment, sent_at: Option<Moment>,
        reminded_at: Option<Moment>, expires_at: Moment, answered_at: Option<Moment>, answered_by_name: String,
        company_name: String, customer_id: Option<CustomerId>, decline_reason: &'static str, version: i32,
    }
    order_numbers OrderNumberRow { provider_id: OrganisationId, year: i32, last: i32 }
    orders OrderRow {
        id: OrderId, number: String, provider_id: OrganisationId, customer_id: CustomerId,
        draft_id: Option<DraftId>, placed_by_name: String, currency: Currency, monthly_minor: i64,
        annual_minor: i64, created_customer: bool, placed_at: Moment, state: OrderState,
        cancellable_until: Option<Moment>, cancelled_at: Option<Moment>, cancelled_by: Option<PersonId>,
        cancelled_by_name: Option<String>, transfer_id: Option<TransferId>, upfront_minor: i64,
        is_by_customer: bool,
    }
    subscriptions SubscriptionRow {
        id: SubscriptionId, customer_id: CustomerId, provider_id: OrganisationId, order_id: OrderId,
        offer_id: OfferId, offer_name: String, nickname: String, sort_name: String, unit: Unit, quantity: i64,
        status: Status, billing: Billing, currency: Currency, unit_price_minor: i64, is_trial: bool,
        parent_id: Option<SubscriptionId>, mpn_id: String, mpn_reseller_id: Option<OrganisationId>,
        support_organisation_id: OrganisationId, created_at: Moment, starts_on: NaiveDate, renews_on: NaiveDate,
        suspended_at: Option<Moment>, suspension_reason: Option<String>, kept_until: Option<NaiveDate>,
        version: i32, term_months: i32, auto_renews: bool, ended_on: Option<NaiveDate>, end_reason: Option<End>,
        renewal_quantity: Option<i64>, trial_offer_id: Option<OfferId>,
        promotion_id: Option<PromotionId>,
        entitlement_id: Option<EntitlementId>,
    }
    quantity_changes QuantityChangeRow {
        id: QuantityChangeId, subscription_id: SubscriptionId, provider_id: OrganisationId, old_quantity: i64,
        new_quantity: i64, unit_price_minor: i64, made_by_id: PersonId, made_by_name: String,
        organisation_id: OrganisationId, organisation_name: String, made_at: Moment, undo_until: Moment,
        is_latest: bool,
    }
    usage_rows UsageRow {
        subscription_id: SubscriptionId, day: NaiveDate, meter: String, service: String, used: String, unit: String,
        cost_millionths: i64,
    }
    usage_days UsageDayRow {
        subscription_id: SubscriptionId, day: NaiveDate, service: String, customer_id: CustomerId, cost_millionths: i64,
    }
    usage_months UsageMonthRow {
        customer_id: CustomerId, month: NaiveDate, last_day: NaiveDate, cost_millionths: i64,
    }
    tenant_owners TenantOwnerRow {
        id: TenantOwnerId, subscription_id: SubscriptionId, customer_id: CustomerId, reseller_id: OrganisationId,
        given_at: Moment, given_by_name: String, ended_at: Option<Moment>, ended_by_name: String,
        end_reason: Option<OwnerEnd>,
    }
    reservation_products ReservationProductRow {
        id: ReservationProductId, name: &'static str, region: &'static str, sort_name: String, is_available: bool,
        changed_at: Moment, changed_by_name: String, version: i32,
    }
    reservation_prices ReservationPriceRow {
        product_id: ReservationProductId, term_years: i32, currency: Currency, total_minor: i64,
    }
    reservations ReservationRow {
        id: ReservationId, order_id: OrderId, customer_id: CustomerId, provider_id: OrganisationId,
        subscription_id: SubscriptionId, scope: Scope, product_id: ReservationProductId, product_name: &'static str,
        region: &'static str, term_years: i32, quantity: i64, payment: Payment, currency: Currency,
        total_minor: i64, mpn_id: String, reseller_id: Option<OrganisationId>, bought_by_id: PersonId,
        bought_by_name: String, is_by_customer: bool, bought_at: Moment, starts_on: NaiveDate,
        expires_on: NaiveDate, state: Reserved,
    }
    customer_purchases CustomerPurchaseRow {
        customer_id: CustomerId, limit_minor: i64, currency: Currency, allowed_at: Moment, allowed_by_name: String,
    }
    azure_alerts AzureAlertRow { customer_id: CustomerId, month: NaiveDate, standing: Standing, reached_at: Moment }
    order_lines OrderLineRow {
        order_id: OrderId, position: i32, subscription_id: SubscriptionId, offer_id: OfferId,
        offer_name: String, unit: Unit, quantity: i64, billing: Billing, unit_price_minor: i64, mpn_id: String,
        promotion_name: &'static str,
    }
    drafts DraftRow {
        id: DraftId, provider_id: OrganisationId, made_by: PersonId, made_by_name: String,
        customer_id: Option<CustomerId>, account: String, reseller_id: Option<OrganisationId>, mpn_id: String,
        state: DraftState, created_at: Moment, updated_at: Moment, version: i32, domain: Option<String>,
    }
    draft_lines DraftLineRow { draft_id: DraftId, offer_id: OfferId, quantity: i64, billing: Billing }
    activity_records ActivityRow {
        id: ActivityId, organisation_id: OrganisationId, person_id: String, person_name: String,
        person_organisation: String, action: Action, customer_id: Option<CustomerId>,
        customer_name: Option<String>, customer_sort_name: Option<String>, subject_kind: &'static str, subject_id: String, subject_name: String,
        changes: String, result: Recorded, occurred_at: Moment,
    }
}
