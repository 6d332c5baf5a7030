//! Closed lists of texts.

use fieldproof_spec::model::{Asks, Field, IdKind};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::named;
use super::stored::Reading;
use crate::plan::{Plan, variants};
use crate::shape::{folded, listed, shaped};

/// One of these texts, a variant of an `enum` in Rust.
pub(super) struct Values<'a>(pub(super) &'a [String]);

impl<'a> Kind<'a> for Values<'a> {
    fn ty(&self, at: At<'_>) -> TokenStream {
        at.plan.values_path(at.owner, &at.field.name)
    }

    fn rule(&self, at: At<'_>, _: Body) -> TokenStream {
        let (rule, ty) = (named("Closed"), self.ty(at));
        quote!(#rule::<#ty>::new())
    }

    /// A text that is not in the list gives the first variant.
    fn literal(&self, at: At<'_>, value: &Value) -> TokenStream {
        let text = value.as_str();
        let place = self.0.iter().position(|one| Some(one.as_str()) == text);
        let (ty, variants) = (self.ty(at), variants(self.0));
        let variant = variants.get(place.unwrap_or_default());
        quote!(#ty::#variant)
    }

    /// No variant counts as an empty value, not even the empty text.
    fn empty(&self, _: &Value) -> Option<TokenStream> {
        None
    }

    fn is_cheap(&self) -> bool {
        true
    }

    fn text(&self) -> Option<TokenStream> {
        Some(quote!(::fieldproof_runtime::value::Values::name))
    }

    fn filter_value(&self, asks: Asks, _: IdKind) -> Reading<'a> {
        match asks.is_folded() {
            true => Reading::Folded,
            false => Reading::OneOf(self.0),
        }
    }

    fn parameter_schema(&self, asks: Asks) -> Value {
        match asks {
            Asks::Value => json!({ "type": "string", "enum": self.0 }),
            Asks::Several => shaped(&listed(self.0)),
            Asks::Folded | Asks::Range { .. } | Asks::Words => json!({ "type": "string" }),
        }
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "string", "enum": self.0 })
    }

    fn member_schema(&self, plan: &Plan<'_>, field: &Field, _: Body) -> Value {
        let texts: Vec<&str> = self.0.iter().map(String::as_str).collect();
        match field.folded {
            true => shaped(&folded(&texts)),
            false => self.request_schema(plan),
        }
    }

    fn lenient(&self, mut schema: Value) -> Value {
        let number = |text: &String| {
            let number: serde_json::Number = text.parse().ok()?;
            (!number.is_f64() && number.to_string() == *text).then(|| Value::from(number))
        };
        let numbers: Vec<Value> = self.0.iter().filter_map(number).collect();
        if numbers.is_empty() {
            return schema;
        }
        match schema.get_mut("enum").and_then(Value::as_array_mut) {
            Some(all) => {
                all.extend(numbers);
                schema["type"] = json!(["string", "integer"]);
                schema
            }
            // Texts that ignore case have a pattern instead.
            None => json!({ "anyOf": [schema, { "enum": numbers }] }),
        }
    }

    fn values(&self) -> Option<&'a [String]> {
        Some(self.0)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Kind, Values};

    #[test]
    fn numbers_stand_beside_texts_of_one_case_and_of_any() {
        let texts = ["1".to_owned(), "on".to_owned()];
        let exact = json!({ "type": "string", "enum": ["1", "on"] });
        let lenient = Values(&texts).lenient(exact);
        assert_eq!(lenient["enum"], json!(["1", "on", 1]));
        let folded = json!({ "type": "string", "pattern": "^(?:1|[oO][nN])$" });
        let any = Values(&texts).lenient(folded.clone());
        assert_eq!(any, json!({ "anyOf": [folded, { "enum": [1] }] }));
    }
}
