//! What a rewrite does.

/// What a rewrite does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// A member is not there.
    Drop,
    /// A value is `null`.
    Null,
    /// A value is the empty one of its type.
    Empty,
    /// A value is of another type.
    Retype,
    /// A value is another one of its type.
    Other,
    /// A text is in the other case.
    Case,
    /// A text ends with a blank.
    Pad,
    /// A text lacks its last character.
    Cut,
    /// A member has another name.
    Rename,
    /// A member stands twice, the second time with another value.
    Twice,
    /// A member has the value of another member of its object.
    Sibling,
    /// A member has the value of another object.
    Neighbour,
    /// An object has a member more.
    Add,
    /// An object has its members in another order.
    Order,
    /// A list lacks its first element.
    LoseFirst,
    /// A list lacks its last element.
    LoseLast,
    /// A list ends with an element twice.
    Repeat,
    /// A list is in reverse.
    Reverse,
    /// The first two elements of a list have changed places.
    Swap,
    /// A list ends with an element of another answer.
    Stranger,
    /// A value is a list of one.
    Wrap,
    /// An answer has another status.
    Status,
    /// A header field is not there.
    FieldLost,
    /// A header field has another value.
    FieldOther,
    /// A header field stands twice.
    FieldTwice,
    /// An answer has no body.
    BodyLost,
    /// An answer breaks off.
    BodyCut,
    /// A body is spread over lines.
    Spaced,
    /// Letters of a body are written as escapes.
    Escaped,
    /// A parameter is not there.
    ParameterLost,
    /// A parameter has another value.
    ParameterOther,
    /// A parameter has its value in the other case.
    ParameterCase,
    /// A read answers what the read before it did.
    Stale,
    /// A read answers what the first one did.
    Frozen,
    /// A read answers another object.
    Another,
    /// A removal is answered and not done.
    Swallowed,
    /// What was made or changed is taken back behind the answer.
    Undone,
    /// A change is done twice.
    Doubled,
    /// A change is done to another object.
    Elsewhere,
}

/// What an operator works on, which says what has to be named with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// A place in a body.
    Place,
    /// A header field, a parameter or a status, by name.
    Name,
    /// Whole messages.
    Whole,
}

use Operator::*;

impl Operator {
    /// Every operator with its name.
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

    /// Its name.
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

    /// What it works on.
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
