//! How the objects of a table are listed.

use super::Op;
use crate::paging::Pages;
use crate::value::{IdKind, Notation};

/// How the objects of a resource are listed.
#[derive(Debug, Clone, Copy)]
pub struct List {
    /// The pages, if the document defines any.
    pub page: Option<Pages>,
    /// The object around the array.
    pub envelope: Option<Envelope>,
    /// How the client can sort the list.
    pub sort: Option<Sort>,
    /// Pairs of filters that bound an interval in either order.
    pub intervals: &'static [(&'static str, &'static str)],
    /// Query parameters that filter.
    pub filters: &'static [Filter],
}

impl List {
    /// All objects in one array, in the order of creation.
    pub const BASE: Self = Self {
        page: None,
        envelope: None,
        sort: None,
        intervals: &[],
        filters: &[],
    };
}

/// The object around the array of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Envelope {
    /// The member with the array.
    pub items: &'static str,
    /// The member with the number of objects on all pages.
    pub total: Option<&'static str>,
    /// The member with the number of pages.
    pub pages: Option<&'static str>,
    /// The member with the number of this page.
    pub page: Option<&'static str>,
    /// Whether the envelope is used only when the client asks for a page.
    pub paged: bool,
}

impl Envelope {
    /// Only the array, in every response.
    pub const BASE: Self = Self {
        items: "items",
        total: None,
        pages: None,
        page: None,
        paged: false,
    };
}

/// How a client can sort a list.
#[derive(Debug, Clone, Copy)]
pub struct Sort {
    /// Query parameter for the sort key.
    pub by: &'static str,
    /// Query parameter for the direction.
    pub order: &'static str,
    /// The names of the sort keys and what they sort by.
    pub keys: &'static [(&'static str, Attribute)],
    /// The sort key if the client sends none.
    pub default: Attribute,
    /// Whether to sort descending if the client sends no direction.
    pub descending: bool,
}

/// What a list sorts and filters by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attribute {
    /// The identifier.
    Id,
    /// The time of creation.
    Created,
    /// The time of the last change.
    Updated,
    /// The column with this index. It sorts `null` last, and texts by their folded form first
    /// if the column has one.
    Column(usize),
}

/// A query parameter that filters.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    /// Its names.
    pub names: &'static [&'static str],
    /// The fields to compare; one of them has to match.
    pub fields: &'static [Attribute],
    /// The comparison.
    pub op: Op,
    /// How the value of the parameter is parsed.
    pub read: FilterValue,
}

impl Filter {
    /// A filter by these columns, which clients call by any of these names.
    #[must_use]
    pub const fn new(
        names: &'static [&'static str],
        fields: &'static [Attribute],
        op: Op,
        read: FilterValue,
    ) -> Self {
        Self {
            names,
            fields,
            op,
            read,
        }
    }
}

/// How the value of a filter is parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterValue {
    /// Text, compared exactly.
    Exact,
    /// Text under simple case folding.
    Folded,
    /// Text under simple case folding; a telephone number is normalized.
    FoldedPhone,
    /// An external identifier.
    External,
    /// An identifier of this resource.
    Id(IdKind),
    /// Text in the one form of a notation.
    Notation(Notation),
    /// `1`, `0`, `true` or `false`.
    Flag,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// A number with any fraction.
    Number,
    /// A date.
    Date,
    /// A date and time.
    Time(crate::value::Form),
    /// Comma-separated values of a closed list.
    OneOf(&'static [&'static str]),
}
