//! Operations with their parameters resolved.

use std::fmt;

use super::{Effect, EnvelopeWhen, Op, Order, Page, Row, TextOrder, Verb};

/// Most words or values of a filter in one question, where a spec says nothing.
const WORDS: u32 = 50;

/// What is done with a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Reads a page of objects.
    List,
    /// Reads one object.
    Get,
    /// Adds an object.
    Create,
    /// Changes an object.
    Update,
    /// Adds to lists of an object.
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

    /// The operation of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// Whether it works on a collection, not on one object.
    #[must_use]
    pub fn is_of_collection(self) -> bool {
        matches!(self, Self::List | Self::Create)
    }

    /// Whether it changes or removes an object that is there.
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

/// Adds an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Create {
    /// The method that documents name, then its aliases.
    pub verbs: Vec<Verb>,
    /// Its path, where it is not that of the collection.
    pub path: Option<String>,
    /// Status of a success.
    pub status: u16,
    /// Whether something says that it is this one.
    pub status_is_said: bool,
    /// In a few words.
    pub about: Option<String>,
    /// The row of the spec.
    pub row: Row,
}

/// Reads one object.
#[derive(Debug, Clone, PartialEq)]
pub struct Get {
    /// Fields that find an object as well, in this order after the id.
    pub also: Vec<(String, Op)>,
    /// In a few words.
    pub about: Option<String>,
    /// The row of the spec.
    pub row: Row,
}

/// Two filters that bound an interval, in either order when both are sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// The lower bound when it stands alone.
    pub from: String,
    /// The upper bound when it stands alone.
    pub to: String,
    /// The row of the spec.
    pub row: Row,
}

/// Changes an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Update {
    /// The method that documents name, then its aliases.
    pub verbs: Vec<Verb>,
    /// What happens to members that PUT does not send.
    pub effect: Effect,
    /// Another path for the same operation.
    pub also_path: Option<String>,
    /// In a few words.
    pub about: Option<String>,
    /// The row of the spec.
    pub row: Row,
}

impl Update {
    /// Whether one of its methods leaves what is not sent as it is.
    #[must_use]
    pub fn merges(&self) -> bool {
        self.verbs.iter().any(|verb| !self.replaces(*verb))
    }

    /// Whether `verb` sets what is not sent to its default.
    #[must_use]
    pub fn replaces(&self, verb: Verb) -> bool {
        self.effect == Effect::Replace && verb != Verb::Patch
    }
}

/// Adds values to lists of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Append {
    /// The method.
    pub verbs: Vec<Verb>,
    /// The lists it takes.
    pub fields: Vec<String>,
    /// In a few words.
    pub about: Option<String>,
    /// The row of the spec.
    pub row: Row,
}

/// Removes an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Delete {
    /// Status of a success.
    pub status: u16,
    /// Whether something says that it is this one.
    pub status_is_said: bool,
    /// Child resources that go with the object.
    pub cascade: Vec<String>,
    /// In a few words.
    pub about: Option<String>,
    /// The row of the spec.
    pub row: Row,
}

/// Reads many objects.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// How it is cut into pages, with the row of the spec.
    pub page: Option<(Page, Row)>,
    /// The object around the array.
    pub envelope: Option<Envelope>,
    /// How it is ordered when the client can choose.
    pub sort: Option<Sort>,
    /// Filters that bound intervals.
    pub intervals: Vec<Interval>,
    /// Query parameters that select.
    pub filters: Vec<Filter>,
    /// In a few words.
    pub about: Option<String>,
    /// The row of the spec.
    pub row: Row,
}

/// The object around the array of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// Member with the array.
    pub items: String,
    /// Member with the number of objects on all pages.
    pub total: Option<String>,
    /// Member with the number of pages.
    pub pages: Option<String>,
    /// Member with the number of this page.
    pub page: Option<String>,
    /// When it is there.
    pub when: EnvelopeWhen,
    /// The row of the spec.
    pub row: Row,
}

/// How a list is ordered when the client can choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Sort {
    /// How texts are ordered.
    pub texts: TextOrder,
    /// Query parameter that names the key.
    pub by: String,
    /// Query parameter that names the direction.
    pub order: String,
    /// Fields that can be sorted by.
    pub keys: Vec<String>,
    /// The key when the client names none.
    pub default: String,
    /// The direction when the client names none.
    pub default_order: Order,
    /// The row of the spec.
    pub row: Row,
}

/// A query parameter that selects objects.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// Name on the wire, then other spellings.
    pub names: Vec<String>,
    /// The field that is compared.
    pub field: String,
    /// Other fields of which one may fit instead.
    pub or: Vec<String>,
    /// How it is compared.
    pub op: Op,
    /// Another order of a joined field's parts that matches too; empty for none.
    pub or_join: Vec<String>,
    /// Most words or values in one question, where the spec says so.
    pub max_items: Option<u32>,
    /// In a few words.
    pub about: Option<String>,
    /// The row of the spec.
    pub row: Row,
}

impl Filter {
    /// Most words or values in one question; further ones are refused.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.max_items.unwrap_or(WORDS)
    }
}
