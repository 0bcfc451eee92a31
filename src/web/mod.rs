//! What every page needs: the shell around it, answers, problems of forms, pages of lists, errors.

pub mod address;
pub mod assets;
pub mod count;
pub mod csv;
pub mod error_pages;
pub mod glossary;
pub mod head;
pub mod headers;
pub mod kept_form;
pub mod mailto;
pub mod notice;
pub mod once;
pub mod page;
pub mod pager;
pub mod pasted;
pub mod problems;
pub mod request_log;
pub mod same_origin;
pub mod shell;
pub mod site;
pub mod slow_body;
pub mod three_way;
pub mod unread;
pub mod vault;
pub mod visitor;
pub mod words;

pub use address::AddressForm;
pub use count::Count;
pub use mailto::{mailto, mailto_address};
pub use notice::say;
pub use page::{page, see_other, unprocessable};
pub use problems::Problems;
pub use shell::Shell;
pub use site::Site;
pub use vault::Vault;
