//! How a table is listed.

use crate::paging::Style;
use crate::value::IdKind;

/// How a resource is listed.
#[derive(Debug, Clone, Copy)]
pub struct List {
    /// How it is cut into pages, when the document says so.
    pub page: Option<&'static dyn Style>,
    /// The object around the array.
    pub envelope: Option<Envelope>,
    /// The order the client can choose.
    pub sort: Option<Sort>,
    /// Two filters each that bound an interval in either order.
    pub intervals: &'static [(&'static str, &'static str)],
    /// Query parameters that select.
    pub filters: &'static [Filter],
}

impl List {
    /// Everything in one array, in the order of creation.
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
    /// Member with the array.
    pub items: &'static str,
    /// Member with the number of objects on all pages.
    pub total: Option<&'static str>,
    /// Member with the number of pages.
    pub pages: Option<&'static str>,
    /// Member with the number of this page.
    pub page: Option<&'static str>,
    /// It is there only when the client asks for a page.
    pub paged: bool,
}

impl Envelope {
    /// The array alone, in every answer.
    pub const BASE: Self = Self {
        items: "items",
        total: None,
        pages: None,
        page: None,
        paged: false,
    };
}

/// The order a client can choose.
#[derive(Debug, Clone, Copy)]
pub struct Sort {
    /// Query parameter of the key.
    pub by: &'static str,
    /// Query parameter of the direction.
    pub order: &'static str,
    /// Names of the keys and what they order by.
    pub keys: &'static [(&'static str, OrderBy)],
    /// The key when the client names none.
    pub default: OrderBy,
    /// Largest first when the client names no direction.
    pub descending: bool,
}

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderBy {
    /// The identifier.
    Id,
    /// When the object was created.
    Created,
    /// When the object was last changed.
    Updated,
    /// A column by index: `null` last, texts by their folded form first where the column
    /// has one.
    Column(usize),
}

/// A query parameter that selects.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    /// Its spellings.
    pub names: &'static [&'static str],
    /// What is compared; one of them has to match.
    pub fields: &'static [OrderBy],
    /// How it is compared.
    pub op: Op,
    /// How the text of the parameter is read.
    pub read: FilterValue,
}

/// How a filter compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// The same value.
    Equals,
    /// A greater one.
    Greater,
    /// The same or a greater one.
    AtLeast,
    /// A smaller one.
    Less,
    /// Every word, in one of the fields; at most so many.
    Words(u32),
    /// A list with every value; at most so many.
    All(u32),
}

/// How the text of a filter is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterValue {
    /// Text as it is.
    Exact,
    /// Text under simple case folding.
    Folded,
    /// Text under simple case folding; a telephone number in its one form.
    FoldedPhone,
    /// An external identifier.
    External,
    /// An identifier of this resource.
    Id(IdKind),
    /// 1, 0, true or false.
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
    /// Values of a closed list, with commas between.
    OneOf(&'static [&'static str]),
}
