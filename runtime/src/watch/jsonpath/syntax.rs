//! A query as it runs: well-typed, with its patterns compiled.

use serde_json::Value;

use super::pattern::Pattern;

/// Where a query begins, and the segments that follow.
#[derive(Debug, Clone)]
pub(super) struct Query {
    /// At the root, `$`, or at the current node, `@`.
    pub(super) root: bool,
    pub(super) segments: Vec<Segment>,
}

/// RFC 9535 section 2.5.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    /// Selects from all descendants and the node itself, `..`.
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

/// What a filter asks of a node.
#[derive(Debug, Clone)]
pub(super) enum Test {
    Or(Vec<Test>),
    And(Vec<Test>),
    Not(Box<Test>),
    Exists(Query),
    Compare(Op, Operand, Operand),
    Matches(Operand, Pattern),
}

/// A comparison; the others are these the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
}

/// What is compared: one value, or nothing.
#[derive(Debug, Clone)]
pub(super) enum Operand {
    Literal(Value),
    /// A query that leads to at most one node.
    Single(Query),
    Length(Box<Operand>),
    Count(Query),
    Value(Query),
}
