//! Filter operations: everything that the generator knows about each.

use fieldproof_spec::model::{Filter, Op};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

/// What the value of a filter parameter represents; types of fields parse and describe it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asks {
    /// A value.
    Value,
    /// A text, ignoring case.
    Folded,
    /// A bound of a range.
    Range,
    /// Words, ignoring case.
    Words,
    /// Several values.
    Several,
}

impl Asks {
    /// Whether texts are compared ignoring case.
    pub(crate) fn is_folded(self) -> bool {
        match self {
            Self::Folded | Self::Words => true,
            Self::Value | Self::Range | Self::Several => false,
        }
    }
}

/// Facts about a filter operation.
pub(crate) struct Operation {
    /// Its name in the runtime.
    name: &'static str,
    /// What its parameter represents.
    pub(crate) asks: Asks,
    /// The description of what it selects, before and after the names of fields.
    selects: [&'static str; 2],
    /// What is limited in number, if anything.
    counted: Option<&'static str>,
}

/// The facts about `op`.
pub(crate) fn operation(op: Op) -> Operation {
    let one = |name, asks, selects| Operation {
        name,
        asks,
        selects,
        counted: None,
    };
    match op {
        Op::Equals => one("Equals", Asks::Value, ["Only objects with this ", "."]),
        // The column and the text are both folded before they are compared.
        Op::EqualsFolded => one(
            "Equals",
            Asks::Folded,
            ["Only objects with this ", ", in any case."],
        ),
        Op::Greater => one(
            "Greater",
            Asks::Range,
            ["Only objects whose ", " is greater."],
        ),
        Op::AtLeast => one(
            "AtLeast",
            Asks::Range,
            ["Only objects whose ", " is this or greater."],
        ),
        Op::Less => one("Less", Asks::Range, ["Only objects whose ", " is less."]),
        Op::ContainsWords => Operation {
            counted: Some("words"),
            ..one(
                "Words",
                Asks::Words,
                ["Only objects with each of these words in ", "."],
            )
        },
        Op::HasAll => Operation {
            counted: Some("values"),
            ..one(
                "All",
                Asks::Several,
                ["Only objects with all of these in ", "."],
            )
        },
    }
}

/// The operation of a filter, as a value of the runtime.
pub(crate) fn emitted(filter: &Filter) -> TokenStream {
    let Operation { name, counted, .. } = operation(filter.op);
    let name = format_ident!("{name}");
    let most = Literal::u32_unsuffixed(filter.most());
    match counted {
        Some(_) => quote!(::fieldproof_runtime::table::Op::#name(#most)),
        None => quote!(::fieldproof_runtime::table::Op::#name),
    }
}

/// A description of what a filter selects, for readers of documents.
pub(crate) fn about(filter: &Filter) -> String {
    let known = operation(filter.op);
    let selects = filter.about.clone().unwrap_or_else(|| {
        let fields = [&filter.field].into_iter().chain(&filter.or);
        let fields: Vec<String> = fields.map(|field| format!("`{field}`")).collect();
        known.selects.join(&fields.join(" or "))
    });
    match known.counted {
        Some(what) => format!("{selects} At most {} {what}.", filter.most()),
        None => selects,
    }
}
