//! Free text.

use fieldproof_spec::kind::TEXT_MAX;
use fieldproof_spec::model::{Field, IdKind, Role, Source};
use proc_macro2::TokenStream;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule;
use crate::plan::Plan;
use crate::shape::{TEXT, text};

/// A user name for HTTP Basic (RFC 7617 section 2).
const USER: &str = "^[^:\\u0000-\\u001f\\u007f]*$";

/// A text with bounds on its length.
pub(super) struct Text {
    pub(super) min: u32,
    pub(super) max: u32,
}

impl<'a> Kind<'a> for Text {
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        match (self.min, self.max) {
            (0, TEXT_MAX) => rule::any_text(),
            (min, max) => rule::bounded("Text", &[min, max]),
        }
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "string", "minLength": self.min, "maxLength": self.max })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        text(self.min, self.max)
    }

    fn member_schema(&self, plan: &Plan<'_>, field: &Field, _: Body) -> Value {
        // The stand-in of the text may exceed its maximum length.
        if self.is_excused(field) {
            return json!({ "type": "string", "pattern": TEXT });
        }
        let mut schema = self.request_schema(plan);
        if field.role == Some(Role::Username) {
            schema["pattern"] = USER.into();
        }
        schema
    }

    fn lenient(&self, mut schema: Value) -> Value {
        // The largest number with this many digits.
        let digits = |count: u32| 10_i64.checked_pow(count).map(|power| power - 1);
        schema["type"] = json!(["string", "integer"]);
        schema["minimum"] = match digits(self.max.saturating_sub(1)) {
            Some(most) => (-most).into(),
            None => i64::MIN.into(),
        };
        schema["maximum"] = match digits(self.max) {
            Some(most) => most.into(),
            None => u64::MAX.into(),
        };
        schema
    }

    fn shortest(&self) -> u32 {
        self.min
    }

    fn is_excused(&self, field: &Field) -> bool {
        let from = |source: &Source| matches!(source, Source::Field { .. });
        !field.list && field.fallback.iter().any(from)
    }
}
