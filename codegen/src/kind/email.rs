//! Email addresses.

use fieldproof_spec::model::{Field, IdKind};
use proc_macro2::TokenStream;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule;
use super::stored::ColumnKind;
use crate::plan::Plan;

/// An address (RFC 5322 section 3.4.1) without quoting.
const EMAIL: &str = concat!(
    "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*",
    "@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?",
    "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$"
);

/// The part before the `@` (RFC 5321 section 4.5.3.1.1).
const LOCAL: &str = "^[^@]{1,64}@";

/// An email address.
pub(super) struct Email {
    pub(super) max: u32,
}

impl<'a> Kind<'a> for Email {
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        rule::bounded("Email", &[self.max])
    }

    fn may_be_blank(&self) -> bool {
        false
    }

    /// Addresses that differ only in case are equal.
    fn column(&self, field: &Field) -> ColumnKind {
        match field.unique {
            Some(_) => ColumnKind::Folded,
            None => ColumnKind::Text,
        }
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "string", "format": "email", "maxLength": self.max })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        let mut schema = self.response_schema(None);
        schema["pattern"] = EMAIL.into();
        schema["allOf"] = json!([{ "pattern": LOCAL }]);
        schema
    }
}
