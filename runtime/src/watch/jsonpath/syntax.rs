//! Executable queries: well-typed, with compiled patterns.

use serde_json::Value;

use super::pattern::Pattern;

/// The start of a query and its segments.
#[derive(Debug, Clone)]
pub(super) struct Query {
    /// Whether it starts at the root, `$`, or at the current node, `@`.
    pub(super) root: bool,
    pub(super) segments: Vec<Segment>,
}

/// RFC 9535 section 2.5.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    /// Whether it also selects from all descendants, `..`.
    pub(super) descendant: bool,
    pub(super) selectors: Vec<Selector>,
}

/// RFC 9535 section 2.3.
#[derive(Debug, Clone)]
pub(super) enum Selector {
    Name(String),
    Wildcard,
    Index(i64),
    Slice(Option<i64>, Option<i64>, i64),
    Filter(Test),
}

/// A test that a filter applies to a node.
#[derive(Debug, Clone)]
pub(super) enum Test {
    Or(Vec<Test>),
    And(Vec<Test>),
    Not(Box<Test>),
    Exists(Query),
    Compare(Op, Operand, Operand),
    Matches(Operand, Pattern),
}

/// A comparison; the others are these with swapped operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
}

/// An operand of a comparison: one value, or none.
#[derive(Debug, Clone)]
pub(super) enum Operand {
    Literal(Value),
    /// A query that selects at most one node.
    Single(Query),
    Length(Box<Operand>),
    Count(Query),
    Value(Query),
}
