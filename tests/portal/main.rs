//! The stories: what people do with the portal, told as tests.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a story that cannot go on fails")]

mod access;
mod activity;
mod consents;
mod catalog;
mod customers;
mod demo;
mod drafts;
mod endings;
mod enrolment;
mod exports;
mod folding;
mod handovers;
mod invitations;
mod jobs;
mod languages;
mod new_customer;
mod notifications;
mod operator;
mod ordering;
mod outages;
mod outbox;
mod overview;
mod partners;
mod partnerships;
mod pasted;
mod people;
mod relationships;
mod self_service;
mod qualifications;
mod session;
mod subscriptions;
mod support;
mod typing;
mod without_mail;
mod words;
