//! Filters: which parameters of a list select objects, and how they compare.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CiteList, OneOrMany};

/// A query parameter that selects objects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Filter {
    /// The field that is compared.
    pub field: String,
    /// Other fields of which one may fit instead.
    #[serde(default)]
    pub or: Vec<String>,
    /// How it is compared.
    pub op: Op,
    /// Other spellings of the parameter, same meaning.
    #[serde(default)]
    pub also: Vec<String>,
    /// For a joined field: another order of the same parts that matches too.
    #[serde(default)]
    pub or_join: Vec<String>,
    /// With `contains-words` and `has-all`: most words or values in one question;
    /// 50 without it.
    #[schemars(range(min = 1))]
    pub max_items: Option<u32>,
    /// What it selects, in a few words of our own.
    pub about: Option<String>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// How a filter compares. What is known of each is in [`Op::facts`]; what a type supports is said
/// by what the parameter [asks](Asks) for, so another operation of these kinds needs no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Op {
    /// The same value.
    Equals,
    /// The same text under Unicode simple case folding.
    EqualsFolded,
    /// A greater number; ids of digits count as numbers.
    Greater,
    /// The same moment or number, or a later one.
    AtLeast,
    /// An earlier moment or a smaller number.
    Less,
    /// The same moment or number, or an earlier or smaller one.
    AtMost,
    /// Every word of the text, without regard to case, in one of the fields.
    ContainsWords,
    /// A list that has every value; several with commas or one by one.
    HasAll,
}

/// What the parameter of a filter stands for. Types of fields say which of these they support.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// A value.
    Value,
    /// A text, ignoring case.
    Folded,
    /// A bound of a range.
    Range {
        /// Whether the range lies above it.
        lower: bool,
        /// Whether the bound itself belongs to the range.
        inclusive: bool,
    },
    /// Words, ignoring case.
    Words,
    /// Several values.
    Several,
}

/// What is known of a filter operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpFacts {
    /// What its parameter stands for.
    pub asks: Asks,
    /// The description of what it selects, before and after the names of fields.
    pub selects: [&'static str; 2],
    /// What is limited in number, if anything.
    pub counted: Option<&'static str>,
}

impl Op {
    /// All operations.
    pub const ALL: [Self; 8] = [
        Self::Equals,
        Self::EqualsFolded,
        Self::Greater,
        Self::AtLeast,
        Self::Less,
        Self::AtMost,
        Self::ContainsWords,
        Self::HasAll,
    ];

    /// What is known of the operation.
    #[must_use]
    pub fn facts(self) -> OpFacts {
        let one = |asks, selects| OpFacts {
            asks,
            selects,
            counted: None,
        };
        let range = |lower, inclusive, what| {
            let asks = Asks::Range { lower, inclusive };
            one(asks, ["Only objects whose ", what])
        };
        match self {
            Self::Equals => one(Asks::Value, ["Only objects with this ", "."]),
            Self::EqualsFolded => one(Asks::Folded, ["Only objects with this ", ", in any case."]),
            Self::Greater => range(true, false, " is greater."),
            Self::AtLeast => range(true, true, " is this or greater."),
            Self::Less => range(false, false, " is less."),
            Self::AtMost => range(false, true, " is this or less."),
            Self::ContainsWords => OpFacts {
                counted: Some("words"),
                ..one(
                    Asks::Words,
                    ["Only objects with each of these words in ", "."],
                )
            },
            Self::HasAll => OpFacts {
                counted: Some("values"),
                ..one(Asks::Several, ["Only objects with all of these in ", "."])
            },
        }
    }

    /// What its parameter stands for.
    #[must_use]
    pub fn asks(self) -> Asks {
        self.facts().asks
    }
}

impl Asks {
    /// Whether texts are compared ignoring case.
    #[must_use]
    pub fn is_folded(self) -> bool {
        matches!(self, Self::Folded | Self::Words)
    }

    /// Whether a value is compared with the whole parameter.
    #[must_use]
    pub fn is_equality(self) -> bool {
        matches!(self, Self::Value | Self::Folded)
    }

    /// Whether the parameter bounds a range.
    #[must_use]
    pub fn is_range(self) -> bool {
        matches!(self, Self::Range { .. })
    }

    /// Whether texts can be compared like this.
    #[must_use]
    pub fn is_textual(self) -> bool {
        matches!(self, Self::Value | Self::Folded | Self::Words)
    }
}
