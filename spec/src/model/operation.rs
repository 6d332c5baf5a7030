//! Operations with their parameters resolved.

use std::fmt;

use super::{Effect, EnvelopeWhen, Op, Order, Page, Row, TextOrder, Verb};

/// The default limit on words or values in a filter.
const WORDS: u32 = 50;

/// An operation on a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Lists objects.
    List,
    /// Reads one object.
    Get,
    /// Creates an object.
    Create,
    /// Changes an object.
    Update,
    /// Appends to lists of an object.
    Append,
    /// Removes an object.
    Delete,
}

impl Operation {
    /// Every operation.
    pub const ALL: [Self; 6] = [
        Self::List,
        Self::Get,
        Self::Create,
        Self::Update,
        Self::Append,
        Self::Delete,
    ];

    /// Its name in a spec.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Get => "get",
            Self::Create => "create",
            Self::Update => "update",
            Self::Append => "append",
            Self::Delete => "delete",
        }
    }

    /// The operation with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// Whether it is on a collection rather than on one object.
    #[must_use]
    pub fn is_of_collection(self) -> bool {
        matches!(self, Self::List | Self::Create)
    }

    /// Whether it changes or removes an existing object.
    #[must_use]
    pub fn is_change(self) -> bool {
        matches!(self, Self::Update | Self::Append | Self::Delete)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The create operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Create {
    /// The documented method, then its aliases.
    pub verbs: Vec<Verb>,
    /// Its path, if it differs from that of the collection.
    pub path: Option<String>,
    /// The success status.
    pub status: u16,
    /// Whether a row or convention states the status.
    pub status_is_said: bool,
    /// A short description.
    pub about: Option<String>,
    /// The row of the spec.
    pub row: Row,
}

/// The read operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Get {
    /// Other fields that find an object, tried in this order after the id.
    pub also: Vec<(String, Op)>,
    /// A short description.
    pub about: Option<String>,
    /// The row of the spec.
    pub row: Row,
}

/// Two filters that bound an interval; the bounds may be given in either order.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// The lower bound, if given alone.
    pub from: String,
    /// The upper bound, if given alone.
    pub to: String,
    /// The row of the spec.
    pub row: Row,
}

/// The update operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Update {
    /// The documented method, then its aliases.
    pub verbs: Vec<Verb>,
    /// The treatment of members that PUT does not send.
    pub effect: Effect,
    /// Another path of the operation.
    pub also_path: Option<String>,
    /// A short description.
    pub about: Option<String>,
    /// The row of the spec.
    pub row: Row,
}

impl Update {
    /// Whether one of its methods keeps members that are not sent.
    #[must_use]
    pub fn merges(&self) -> bool {
        self.verbs.iter().any(|verb| !self.replaces(*verb))
    }

    /// Whether `verb` resets members that are not sent to their defaults.
    #[must_use]
    pub fn replaces(&self, verb: Verb) -> bool {
        self.effect == Effect::Replace && verb != Verb::Patch
    }
}

/// The append operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Append {
    /// The method.
    pub verbs: Vec<Verb>,
    /// The lists that it appends to.
    pub fields: Vec<String>,
    /// A short description.
    pub about: Option<String>,
    /// The row of the spec.
    pub row: Row,
}

/// The delete operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Delete {
    /// The success status.
    pub status: u16,
    /// Whether a row or convention states the status.
    pub status_is_said: bool,
    /// Child resources that are removed with the object.
    pub cascade: Vec<String>,
    /// A short description.
    pub about: Option<String>,
    /// The row of the spec.
    pub row: Row,
}

/// The list operation.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// The paging, with its row of the spec.
    pub page: Option<(Page, Row)>,
    /// The object around the items.
    pub envelope: Option<Envelope>,
    /// The order, if the client can choose one.
    pub sort: Option<Sort>,
    /// Filters that bound intervals.
    pub intervals: Vec<Interval>,
    /// Query parameters that filter.
    pub filters: Vec<Filter>,
    /// A short description.
    pub about: Option<String>,
    /// The row of the spec.
    pub row: Row,
}

/// The object around the items of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// The member with the items.
    pub items: String,
    /// The member with the number of objects on all pages.
    pub total: Option<String>,
    /// The member with the number of pages.
    pub pages: Option<String>,
    /// The member with the number of this page.
    pub page: Option<String>,
    /// When lists have it.
    pub when: EnvelopeWhen,
    /// The row of the spec.
    pub row: Row,
}

/// The order of a list that the client can choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Sort {
    /// The order of texts.
    pub texts: TextOrder,
    /// The query parameter that names the key.
    pub by: String,
    /// The query parameter that names the direction.
    pub order: String,
    /// Fields that can be sorted by.
    pub keys: Vec<String>,
    /// The key if the client names none.
    pub default: String,
    /// The direction if the client names none.
    pub default_order: Order,
    /// The row of the spec.
    pub row: Row,
}

/// A query parameter that selects objects.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// The name on the wire, then its aliases.
    pub names: Vec<String>,
    /// The field that is compared.
    pub field: String,
    /// Other fields of which one may match instead.
    pub or: Vec<String>,
    /// The comparison.
    pub op: Op,
    /// Another order of a joined field's parts that matches too; empty for none.
    pub or_join: Vec<String>,
    /// The limit on words or values in one request, if the spec sets one.
    pub max_items: Option<u32>,
    /// A short description.
    pub about: Option<String>,
    /// The row of the spec.
    pub row: Row,
}

impl Filter {
    /// The limit on words or values in one request; more are refused.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.max_items.unwrap_or(WORDS)
    }
}
