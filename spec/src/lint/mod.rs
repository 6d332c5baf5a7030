//! Lints: checks for specs that are well-formed and still wrong.
//!
//! Each lint has one file with its code, its explanation and its cases, which are pieces of
//! specs with the problems marked; the run, `explain` and the docs derive from the table
//! [`ALL`].

mod also;
mod answer;
mod attribute;
mod bound;
mod choice;
mod citation;
mod citing;
mod closed_list;
mod condition;
mod context;
mod contradiction;
mod credentials;
mod default;
mod derived;
mod dialect;
mod document;
mod endless;
mod envelope;
mod exclusive;
mod fallback;
mod filter_type;
mod header;
mod ignored;
mod inside;
mod interval;
mod invite;
mod label;
mod login;
mod long_citation;
mod name_clash;
mod notification;
mod operation;
mod page;
mod parent;
pub(crate) mod path;
mod path_text;
mod pattern;
mod reference;
mod renamed;
mod repeated;
mod ruling;
mod rust_name;
mod shared;
mod sort_key;
mod stamped;
mod table;
mod type_name;
mod unkept;
mod unused;
mod unused_ruling;
mod watch;

pub use context::{Context, Lint};

/// All lints, in the order they run.
pub static ALL: &[&Lint] = &[
    &header::LINT,
    &credentials::LINT,
    &dialect::LINT,
    &document::LINT,
    &type_name::LINT,
    &reference::LINT,
    &derived::LINT,
    &fallback::LINT,
    &unkept::LINT,
    &unused::LINT,
    &attribute::LINT,
    &bound::LINT,
    &pattern::LINT,
    &closed_list::LINT,
    &default::LINT,
    &choice::LINT,
    &contradiction::LINT,
    &stamped::LINT,
    &repeated::LINT,
    &filter_type::LINT,
    &sort_key::LINT,
    &page::LINT,
    &envelope::LINT,
    &interval::LINT,
    &answer::LINT,
    &exclusive::LINT,
    &login::LINT,
    &shared::LINT,
    &condition::LINT,
    &invite::LINT,
    &watch::LINT,
    &notification::LINT,
    &also::LINT,
    &label::LINT,
    &name_clash::LINT,
    &rust_name::LINT,
    &renamed::LINT,
    &endless::LINT,
    &inside::LINT,
    &path_text::LINT,
    &path::LINT,
    &parent::LINT,
    &operation::LINT,
    &table::LINT,
    &citation::LINT,
    &long_citation::LINT,
    &ignored::LINT,
    &ruling::LINT,
    &unused_ruling::LINT,
];

/// Runs all lints.
pub fn run(context: &mut Context<'_>) {
    for lint in ALL {
        (lint.run)(lint, context);
    }
}
