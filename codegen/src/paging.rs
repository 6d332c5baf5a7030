//! Paging styles: everything that the generator knows about each.

use fieldproof_spec::model::{Page, PageStyle};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Value, json};

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

/// The paging style of a list, as a value of the runtime.
pub(crate) fn emitted(page: &Page) -> TokenStream {
    let by = page.by.as_deref().unwrap_or_default();
    let max = Literal::u32_unsuffixed(page.max);
    let style = match page.style {
        PageStyle::LimitOffset => {
            let default = option(page.default.map(Literal::u32_unsuffixed));
            quote!(LimitOffset { default: #default, max: #max })
        }
        PageStyle::PageNumber => {
            let size = page.size.as_deref().unwrap_or_default();
            let cursor = option(page.cursor.as_ref());
            let default = Literal::u32_unsuffixed(page.default.unwrap_or(page.max));
            quote!(PageNumber { by: #by, size: #size, cursor: #cursor, default: #default, max: #max })
        }
        PageStyle::Cursor => quote!(Cursor(#by)),
        PageStyle::IdAfter => quote!(IdAfter(#by)),
    };
    quote!(&::fieldproof_runtime::paging::#style)
}

/// The query parameters for paging.
pub(crate) fn parameters(page: &Page) -> Vec<Parameter<'_>> {
    match page.style {
        PageStyle::LimitOffset => vec![
            most(page, "limit"),
            Parameter {
                name: "offset",
                about: "Objects that are left out before the page.",
                schema: json!({ "type": "integer", "minimum": 0, "maximum": i64::MAX, "default": 0 }),
            },
        ],
        PageStyle::PageNumber => {
            let number = page.by.as_ref().map(|name| Parameter {
                name,
                about: "Number of the page.",
                schema: json!({ "type": "integer", "minimum": 1, "default": 1 }),
            });
            let size = page.size.as_ref().map(|name| most(page, name));
            let cursor = page.cursor.as_ref().map(next);
            [number, size, cursor].into_iter().flatten().collect()
        }
        PageStyle::Cursor => page.by.iter().map(next).collect(),
        // A filter continues the list.
        PageStyle::IdAfter => Vec::new(),
    }
}

/// The parameter for the page size.
fn most<'a>(page: &Page, name: &'a str) -> Parameter<'a> {
    let mut schema = json!({ "type": "integer", "minimum": 1, "maximum": page.max });
    if let Some(default) = page.default {
        schema["default"] = default.into();
    }
    Parameter {
        name,
        about: "Most objects of the page.",
        schema,
    }
}

/// The parameter that continues a list.
fn next(name: &String) -> Parameter<'_> {
    Parameter {
        name,
        about: "Where the page begins, as a link to the next page has it.",
        schema: shaped(PLACE),
    }
}

/// An optional value as a Rust expression.
fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}
