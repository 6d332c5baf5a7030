//! The operators of rewrites.

/// The change that a rewrite makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// A member is missing.
    Drop,
    /// A value is `null`.
    Null,
    /// A value is the empty value of its type.
    Empty,
    /// A value has another type.
    Retype,
    /// A value is replaced by another one of its type.
    Other,
    /// A text is in upper instead of lower case, or vice versa.
    Case,
    /// A text ends with a space.
    Pad,
    /// A text lacks its last character.
    Cut,
    /// A member has another name.
    Rename,
    /// A member occurs twice, the second time with another value.
    Twice,
    /// A member has the value of another member of its object.
    Sibling,
    /// A member has the value of another object.
    Neighbour,
    /// An object has an additional member.
    Add,
    /// An object has its members in another order.
    Order,
    /// A list lacks its first item.
    LoseFirst,
    /// A list lacks its last item.
    LoseLast,
    /// The last item of a list occurs twice.
    Repeat,
    /// A list is reversed.
    Reverse,
    /// The first two items of a list are swapped.
    Swap,
    /// A list ends with an item of another answer.
    Stranger,
    /// A value is wrapped in a list.
    Wrap,
    /// An answer has another status.
    Status,
    /// A header field is missing.
    FieldLost,
    /// A header field has another value.
    FieldOther,
    /// A header field occurs twice.
    FieldTwice,
    /// An answer has no body.
    BodyLost,
    /// The body of an answer is truncated.
    BodyCut,
    /// A JSON body is pretty-printed.
    Spaced,
    /// Letters of a JSON body are escaped.
    Escaped,
    /// A parameter is missing.
    ParameterLost,
    /// A parameter has another value.
    ParameterOther,
    /// The value of a parameter is in the other case.
    ParameterCase,
    /// A read returns the answer of the previous read.
    Stale,
    /// A read returns the answer of the first read.
    Frozen,
    /// A read returns another object.
    Another,
    /// A removal is answered but not performed.
    Swallowed,
    /// A create or change is undone after it was answered.
    Undone,
    /// A change is performed twice.
    Doubled,
    /// A change is performed on another object.
    Elsewhere,
}

/// The kind of target that an operator needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// A place in a body.
    Place,
    /// A header field, a parameter or a status.
    Name,
    /// Whole messages.
    Whole,
}

use Operator::*;

impl Operator {
    /// All operators with their names.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Drop, "drop"),
        (Null, "null"),
        (Empty, "empty"),
        (Retype, "retype"),
        (Other, "other"),
        (Case, "case"),
        (Pad, "pad"),
        (Cut, "cut"),
        (Rename, "rename"),
        (Twice, "twice"),
        (Sibling, "sibling"),
        (Neighbour, "neighbour"),
        (Add, "add"),
        (Order, "order"),
        (LoseFirst, "lose-first"),
        (LoseLast, "lose-last"),
        (Repeat, "repeat"),
        (Reverse, "reverse"),
        (Swap, "swap"),
        (Stranger, "stranger"),
        (Wrap, "wrap"),
        (Status, "status"),
        (FieldLost, "field-lost"),
        (FieldOther, "field-other"),
        (FieldTwice, "field-twice"),
        (BodyLost, "body-lost"),
        (BodyCut, "body-cut"),
        (Spaced, "spaced"),
        (Escaped, "escaped"),
        (ParameterLost, "parameter-lost"),
        (ParameterOther, "parameter-other"),
        (ParameterCase, "parameter-case"),
        (Stale, "stale"),
        (Frozen, "frozen"),
        (Another, "another"),
        (Swallowed, "swallowed"),
        (Undone, "undone"),
        (Doubled, "doubled"),
        (Elsewhere, "elsewhere"),
    ];

    /// The name of the operator.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(operator, _)| *operator == self);
        found.map_or("", |(_, name)| name)
    }

    /// The operator with a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, own)| *own == name);
        found.map(|(operator, _)| *operator)
    }

    /// The kind of target.
    #[must_use]
    pub fn scope(self) -> Scope {
        match self {
            Drop | Null | Empty | Retype | Other | Case | Pad | Cut | Rename | Twice | Sibling
            | Neighbour | Add | Order | LoseFirst | LoseLast | Repeat | Reverse | Swap
            | Stranger | Wrap => Scope::Place,
            Status | FieldLost | FieldOther | FieldTwice | ParameterLost | ParameterOther
            | ParameterCase | Swallowed => Scope::Name,
            BodyLost | BodyCut | Spaced | Escaped | Stale | Frozen | Another | Undone | Doubled
            | Elsewhere => Scope::Whole,
        }
    }
}
