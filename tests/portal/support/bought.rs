//! Customers of stories, who administers them, and what they bought.

use diesel::prelude::*;
use twotier::access::{OrganisationKind, Role};
use twotier::catalog::model::{Billing, Qualification, Unit};
use twotier::customers::model::{AgreementState, search_text};
use twotier::customers::store::words;
use twotier::db::Connection;
use twotier::db::schema::{customer_users, customers, delegations, orders, organisations};
use twotier::partners::model::{Organisation, OrganisationState};
use twotier::people::store::NewPerson;
use twotier::subscriptions::model::NewSubscription;
use twotier::values::currency::Currency;
use twotier::values::email::Email;
use twotier::values::id::{
    CustomerId, CustomerUserId, DelegationId, OfferId, OrderId, OrganisationId, PersonId, SubscriptionId,
};
use twotier::values::moment::{Moment, months_after};
use twotier::values::name::{name_key, sort_name};
use twotier::values::quantity::Quantity;
use twotier::{partners, people, subscriptions};

use super::fixtures::PlainOffer;
use super::portal::{Portal, password_hash};

impl Portal {
    /// A customer of Harbor in Germany that has accepted the customer agreement.
    pub async fn has_customer(&self, name: &str) -> CustomerId {
        self.has_customer_of(&self.harbor, name).await
    }

    /// The same of another provider.
    pub async fn has_customer_of(&self, provider: &Organisation, name: &str) -> CustomerId {
        let prefix = name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "");
        self.has_customer_at(provider, name, &format!("{prefix}.onmicrosoft.com")).await
    }

    /// The same with this domain.
    pub async fn has_customer_at(&self, provider: &Organisation, name: &str, domain: &str) -> CustomerId {
        let (id, provider) = (CustomerId::new(), provider.id);
        let (made, name, domain) = (id, name.to_owned(), domain.to_owned());
        let insert =
            move |conn: &mut Connection| Ok(insert_customer(conn, &made, &provider, (&name, &domain))?);
        self.db.write(insert).await.expect("the customer is added");
        id
    }

    /// The company of a customer, which is an organisation of its own.
    pub async fn company_of(&self, customer: &CustomerId) -> Organisation {
        let id = *customer;
        self.query(move |conn| partners::store::find(conn, &id.company())).await
    }

    /// The customer's first user, who signs in with this user name and the usual password.
    pub async fn has_admin(&self, customer: &CustomerId) -> String {
        let domain = self.domain_of(customer).await;
        let (customer, user_name) = (*customer, format!("admin@{domain}"));
        let person = NewPerson {
            id: PersonId::new(),
            organisation: customer.company(),
            name: "Cora Customer".to_owned(),
            email: Email::parse(&user_name).expect("a user name"),
            password_hash: password_hash(),
            must_change_password: false,
            time_zone: "Europe/Berlin".to_owned(),
            language: None,
            roles: vec![Role::GlobalAdmin],
        };
        let name = user_name.clone();
        let insert = move |conn: &mut Connection| {
            assert!(people::store::add(conn, &person, Moment::now())?);
            diesel::insert_into(customer_users::table)
                .values((
                    customer_users::id.eq(CustomerUserId::new()),
                    customer_users::customer_id.eq(&customer),
                    customer_users::user_name.eq(&name),
                    customer_users::is_first_admin.eq(true),
                    customer_users::created_at.eq(Moment::now()),
                    customer_users::person_id.eq(Some(&person.id)),
                ))
                .execute(conn)?;
            Ok(())
        };
        self.db.write(insert).await.expect("the user is added");
        user_name
    }

    async fn domain_of(&self, customer: &CustomerId) -> String {
        let id = *customer;
        let domain = customers::table.filter(customers::id.eq(id)).select(customers::domain);
        self.query(move |conn| Ok(domain.first(conn)?)).await
    }

    /// The customer has yet to accept the customer agreement.
    pub async fn has_no_agreement(&self, customer: &CustomerId) {
        let customer = *customer;
        let update = move |conn: &mut Connection| {
            diesel::update(customers::table.filter(customers::id.eq(&customer)))
                .set((
                    customers::agreement.eq(AgreementState::Awaited),
                    customers::agreement_on.eq(None::<chrono::NaiveDate>),
                ))
                .execute(conn)?;
            Ok(())
        };
        self.db.write(update).await.expect("the agreement is gone");
    }

    /// The reseller administers the customer.
    pub async fn has_delegation(&self, customer: &CustomerId, reseller: &Organisation) -> DelegationId {
        let (id, customer, reseller) = (DelegationId::new(), *customer, reseller.id);
        let made = id;
        let insert = move |conn: &mut Connection| {
            let (provider, sort, domain): (OrganisationId, String, String) = customers::table
                .filter(customers::id.eq(&customer))
                .select((customers::provider_id, customers::sort_name, customers::domain))
                .first(conn)?;
            diesel::insert_into(delegations::table)
                .values((
                    delegations::id.eq(&made),
                    delegations::customer_id.eq(&customer),
                    delegations::reseller_id.eq(&reseller),
                    delegations::provider_id.eq(&provider),
                    delegations::customer_sort_name.eq(sort),
                    delegations::customer_domain.eq(domain),
                    delegations::since.eq(Moment::now()),
                ))
                .execute(conn)?;
            Ok(())
        };
        self.db.write(insert).await.expect("the customer is delegated");
        id
    }

    /// The delegation is over.
    pub async fn has_ended(&self, delegation: &DelegationId) {
        let id = *delegation;
        let update = move |conn: &mut Connection| {
            diesel::update(delegations::table.find(&id))
                .set(delegations::ended_at.eq(Moment::now()))
                .execute(conn)?;
            Ok(())
        };
        self.db.write(update).await.expect("the delegation ends");
    }

    /// The same company is a customer of another provider, too.
    pub async fn has_account_beside(&self, customer: &CustomerId, provider: &Organisation) -> CustomerId {
        let beside = self.has_customer_of(provider, "Alder beside").await;
        let company = customer.company();
        let join = format!("UPDATE customers SET tenant_id = '{company}' WHERE id = '{beside}'");
        self.database.change(&join);
        beside
    }

    /// What was bought with a subscription.
    pub async fn offer_of(&self, subscription: &SubscriptionId) -> OfferId {
        use twotier::db::schema::subscriptions;
        let id = *subscription;
        self.query(move |conn| {
            Ok(subscriptions::table.find(id).select(subscriptions::offer_id).first(conn)?)
        })
        .await
    }

    /// An active subscription, with an order and an offer of its own.
    pub async fn has_subscription(
        &self,
        customer: &CustomerId,
        subscription: PlainSubscription,
    ) -> SubscriptionId {
        let offer = self.has_offer(subscription.offer.clone()).await;
        let (id, customer) = (SubscriptionId::new(), *customer);
        let made = id;
        let insert = move |conn: &mut Connection| subscription.insert(conn, &made, &customer, &offer);
        self.db.write(insert).await.expect("the subscription is added");
        id
    }
}

/// A subscription as most are: 25 licenses, billed monthly, nobody earns incentives.
#[derive(Clone, Debug)]
pub struct PlainSubscription {
    pub offer: PlainOffer,
    pub quantity: i64,
    pub billing: Billing,
    /// The subscription that it is an add-on of.
    pub parent: Option<SubscriptionId>,
    /// Who earns, by which MPN ID.
    pub incentives: Option<(String, OrganisationId)>,
}

impl PlainSubscription {
    pub fn new(name: &str) -> PlainSubscription {
        PlainSubscription {
            offer: PlainOffer { maximum: 300, ..PlainOffer::new(name, 510) },
            quantity: 25,
            billing: Billing::Monthly,
            parent: None,
            incentives: None,
        }
    }

    pub fn trial(name: &str) -> PlainSubscription {
        let plain = PlainSubscription::new(name);
        let offer = PlainOffer { is_trial: true, minimum: 25, maximum: 25, term_months: 1, ..plain.offer };
        PlainSubscription { offer, billing: Billing::Never, ..plain }
    }

    pub fn by_use(name: &str) -> PlainSubscription {
        let plain = PlainSubscription::new(name);
        PlainSubscription { offer: PlainOffer { unit: Unit::Usage, ..plain.offer }, quantity: 1, ..plain }
    }

    pub fn add_on(name: &str, base: &SubscriptionId) -> PlainSubscription {
        let plain = PlainSubscription::new(name);
        let offer = PlainOffer { is_add_on: true, ..plain.offer };
        PlainSubscription { offer, parent: Some(*base), ..plain }
    }

    fn insert(
        &self,
        conn: &mut Connection,
        id: &SubscriptionId,
        customer: &CustomerId,
        offer: &OfferId,
    ) -> twotier::error::Result<()> {
        let now = Moment::now();
        let provider: OrganisationId =
            customers::table.filter(customers::id.eq(customer)).select(customers::provider_id).first(conn)?;
        let order = OrderId::new();
        diesel::insert_into(orders::table)
            .values((
                orders::id.eq(&order),
                orders::number.eq(format!("S-{order}")),
                orders::provider_id.eq(&provider),
                orders::customer_id.eq(customer),
                orders::placed_by_name.eq("Sam Seller"),
                orders::currency.eq("EUR"),
                orders::monthly_minor.eq(self.offer.monthly_minor * self.quantity),
                orders::annual_minor.eq(0_i64),
                orders::created_customer.eq(false),
                orders::placed_at.eq(now),
            ))
            .execute(conn)?;
        let new = NewSubscription {
            id: *id,
            customer: *customer,
            provider,
            order,
            offer: *offer,
            offer_name: self.offer.name.clone(),
            unit: self.offer.unit,
            quantity: Quantity::of(self.quantity),
            billing: self.billing,
            currency: Currency::parse("EUR").expect("a currency"),
            unit_price_minor: if self.offer.is_trial { 0 } else { self.offer.monthly_minor },
            is_trial: self.offer.is_trial,
            parent: self.parent,
            incentives: self.incentives.clone(),
            starts_on: now.day(),
            renews_on: months_after(now.day(), 12),
            term_months: self.offer.term_months,
        };
        subscriptions::store::add(conn, &new, now)
    }
}

fn insert_customer(
    conn: &mut Connection,
    id: &CustomerId,
    provider: &OrganisationId,
    (name, domain): (&str, &str),
) -> QueryResult<()> {
    let company = (
        organisations::id.eq(id.company()),
        organisations::kind.eq(OrganisationKind::Customer),
        organisations::name.eq(name),
        organisations::sort_name.eq(sort_name(name)),
        organisations::name_key.eq(name_key(name)),
        organisations::country.eq("DE"),
        organisations::currency.eq("EUR"),
        organisations::contact_email.eq("cora@customer.example"),
        organisations::state.eq(OrganisationState::Enrolled),
        organisations::created_at.eq(Moment::now()),
    );
    diesel::insert_into(organisations::table).values(company).execute(conn)?;
    diesel::insert_into(customers::table)
        .values((
            (
                customers::id.eq(id),
                customers::tenant_id.eq(id.company()),
                customers::provider_id.eq(provider),
                customers::company_name.eq(name),
                customers::sort_name.eq(sort_name(name)),
                customers::name_key.eq(name_key(name)),
                customers::domain.eq(domain),
                customers::search_text.eq(search_text(name, domain, id)),
                customers::country.eq("DE"),
                customers::address_line1.eq("Kaistr. 1"),
                customers::address_line2.eq(""),
                customers::city.eq("Hamburg"),
                customers::state.eq(""),
                customers::postal_code.eq("20457"),
            ),
            (
                customers::first_name.eq("Cora"),
                customers::middle_name.eq(""),
                customers::last_name.eq("Customer"),
                customers::email.eq("cora@customer.example"),
                customers::phone.eq(""),
                customers::registration_id.eq(""),
                customers::culture.eq("de-DE"),
                customers::qualification.eq(Qualification::None),
            ),
            (
                customers::agreement.eq(AgreementState::Accepted),
                customers::agreement_first_name.eq("Cora"),
                customers::agreement_last_name.eq("Customer"),
                customers::agreement_email.eq("cora@customer.example"),
                customers::agreement_phone.eq(""),
                customers::agreement_on.eq(Moment::now().day()),
                customers::created_at.eq(Moment::now()),
                customers::version.eq(1),
            ),
        ))
        .execute(conn)?;
    words::keep(conn, id, name)?;
    Ok(())
}
