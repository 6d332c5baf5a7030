//! Pages of lists, as the runtime and the document of the API have them: printed from what the
//! spec crate knows of each style.

use fieldproof_spec::model::{IdKind, Page, Resource};
use fieldproof_spec::paging::{PageOrder, PageRole, Parameter as Asked, Values};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Value, json};

use crate::kind::id_kind;
use crate::number::number;
use crate::shape::shaped;

/// A position in a list, as it appears in a link to the next page.
const PLACE: &str = "^[0-9]+\\.[0-9A-Za-z-]+$";

/// A query parameter for paging.
pub(crate) struct Parameter<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Its description.
    pub(crate) about: &'static str,
    /// The schema of its value.
    pub(crate) schema: Value,
}

/// The pages of a list, as a value of the runtime: what is not as in its base.
pub(crate) fn emitted(resource: &Resource, page: &Page) -> TokenStream {
    let takes = page.parameters().into_iter().map(|one| {
        let (name, role) = (one.name, role(resource, page, &one));
        quote!((#name, #role))
    });
    let sorted = resource
        .list
        .as_ref()
        .is_some_and(|list| list.sort.is_some());
    // Without an order to sort by, a list is in that of creation anyway.
    let order = page.facts().order;
    let order = order.filter(|order| sorted || *order != PageOrder::Creation);
    let order = order.map(|order| {
        let order = match order {
            PageOrder::Creation => quote!(Created),
            PageOrder::Id => quote!(Id),
        };
        quote!(order: Some(::fieldproof_runtime::table::Attribute::#order))
    });
    let default = page.default.map(|size| number(size.into()));
    let default = default.map(|default| quote!(default: Some(#default)));
    let max = page.has(PageRole::Size).then(|| {
        let max = number(page.max.into());
        quote!(max: #max)
    });
    let fields = [Some(quote!(takes: &[#(#takes),*])), order, default, max];
    let pages = quote!(::fieldproof_runtime::paging::Pages);
    // A base that adds nothing is a warning of clippy.
    let lacks = fields.iter().any(Option::is_none);
    let base = lacks.then(|| quote!(..#pages::BASE));
    let fields = fields.into_iter().flatten();
    quote!(#pages { #(#fields,)* #base })
}

/// What a parameter means, as a value of the runtime, with the kind of identifiers that it
/// takes.
fn role(resource: &Resource, page: &Page, one: &Asked<'_>) -> TokenStream {
    let name = format_ident!("{}", format!("{:?}", one.role));
    let of = match one.values(page) {
        Values::Id => {
            let kind = id_kind(resource.id_kind);
            Some(quote!((#kind)))
        }
        Values::Whole { .. } | Values::Position => None,
    };
    quote!(::fieldproof_runtime::paging::Role::#name #of)
}

/// The query parameters for paging; one that is a filter is documented among the filters.
pub(crate) fn parameters<'p>(resource: &Resource, page: &'p Page) -> Vec<Parameter<'p>> {
    let all = page.parameters().into_iter().filter(|one| !one.is_filter);
    let all = all.map(|one| Parameter {
        name: one.name,
        about: one.about(),
        schema: schema(one.values(page), resource.id_kind),
    });
    all.collect()
}

/// The schema of a value.
fn schema(values: Values, ids: IdKind) -> Value {
    match values {
        Values::Whole { min, max, default } => {
            let mut schema = json!({ "type": "integer", "minimum": min });
            let bounds = [("maximum", max), ("default", default)];
            for (key, bound) in bounds {
                if let Some(bound) = bound {
                    schema[key] = bound.into();
                }
            }
            schema
        }
        Values::Position => shaped(PLACE),
        Values::Id if ids.is_number() => {
            json!({ "type": "integer", "minimum": 1, "maximum": IdKind::MAX })
        }
        Values::Id => shaped(ids.asked()),
    }
}
