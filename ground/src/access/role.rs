//! Kinds of organisations and the roles of their people.

use crate::text_enum;

text_enum! {
    /// What an organisation is in the channel.
    pub enum OrganisationKind {
        /// Runs the installation.
        Operator = "operator",
        /// An indirect provider: buys, orders, is billed.
        Provider = "provider",
        /// An indirect reseller: owns the conversation with the customer.
        Reseller = "reseller",
        /// A company that buys by them, and looks at its own account.
        Customer = "customer",
    }
}

impl OrganisationKind {
    /// Those that sell, and whoever runs the installation: the partners, as the operator lists them.
    pub const IN_THE_CHANNEL: [Self; 3] = [Self::Operator, Self::Provider, Self::Reseller];
}

text_enum! {
    /// What a person is in the own organisation; several roles add up.
    pub enum Role {
        GlobalAdmin = "global_admin",
        UserAdmin = "user_admin",
        AdminAgent = "admin_agent",
        SalesAgent = "sales_agent",
        HelpdeskAgent = "helpdesk_agent",
        BillingAdmin = "billing_admin",
    }
}
