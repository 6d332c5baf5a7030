//! Operations: what a resource answers to, and what each of them does.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CiteList, Filter, OneOrMany, Op};
use crate::paging::PageStyle;

/// An HTTP method that an operation can be reached by.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum Verb {
    /// GET
    Get,
    /// POST
    Post,
    /// PUT
    Put,
    /// PATCH
    Patch,
    /// DELETE
    Delete,
}

impl Verb {
    /// The method as it stands in a request line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// Two parameters that bound an interval, in either order when both are sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// The filter that bounds it from below when it stands alone.
    pub from: String,
    /// The filter that bounds it from above when it stands alone.
    pub to: String,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// Reads one object by its id.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Get {
    /// What it does, in a few words of our own.
    pub about: Option<String>,
    /// Fields that find an object as well, tried in this order after the id.
    #[serde(default)]
    pub also: IndexMap<String, Op>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// Adds an object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Create {
    /// What it does, in a few words of our own.
    pub about: Option<String>,
    /// The method that the generated documents name.
    #[serde(default = "post")]
    pub verb: Verb,
    /// Other methods that do the same.
    #[serde(default)]
    pub also: Vec<Verb>,
    /// Path of the operation, where it is not that of the collection.
    pub path: Option<String>,
    /// Status of a success, 200 or 201; default of the switch `create_status`. Without it
    /// 201, which nothing but the house owes.
    pub status: Option<u16>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// Changes an object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Update {
    /// What it does, in a few words of our own.
    pub about: Option<String>,
    /// The method that the generated documents name.
    #[serde(default = "put")]
    pub verb: Verb,
    /// Other methods that do the same.
    #[serde(default)]
    pub also: Vec<Verb>,
    /// What happens to members that are not sent; default of the switch `put`.
    #[serde(default)]
    pub effect: Effect,
    /// Another path for the same operation; no other operation is served there.
    pub also_path: Option<String>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// Adds values to lists of an object; values that are there already stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Append {
    /// What it does, in a few words of our own.
    pub about: Option<String>,
    /// The method.
    #[serde(default = "patch")]
    pub verb: Verb,
    /// The lists it takes; other members of the object are refused.
    pub fields: Vec<String>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// Removes an object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Delete {
    /// What it does, in a few words of our own.
    pub about: Option<String>,
    /// Status of a success, 200 or 204; default of the switch `delete_status`. Without it
    /// 204, which nothing but the house owes.
    pub status: Option<u16>,
    /// Child resources that go with the object.
    #[serde(default)]
    pub cascade: Vec<String>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// What an update does to members that are not sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// They keep their value.
    #[default]
    Merge,
    /// They take their default.
    Replace,
}

/// Reads many objects.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct List {
    /// What it does, in a few words of our own.
    pub about: Option<String>,
    /// How the list is cut into pages. Without it: everything at once.
    pub page: Option<Page>,
    /// The object around the array. Without it: a bare array.
    pub envelope: Option<Envelope>,
    /// How the list is ordered. Without it: by creation, then id.
    pub sort: Option<Sort>,
    /// Filters that bound intervals in either order.
    #[serde(default)]
    pub intervals: Vec<Interval>,
    /// Query parameters that select objects.
    #[serde(default)]
    pub filters: IndexMap<String, Filter>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// How a list is cut into pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Page {
    /// The way of asking for a page.
    pub style: PageStyle,
    /// The parameter that says which page; what it means is said by the style.
    pub by: Option<String>,
    /// The parameter for the objects on a page, where the style has one.
    pub size: Option<String>,
    /// The parameter that continues a list that is not cut into pages, where a
    /// deployment caps it and the style has one.
    pub cursor: Option<String>,
    /// Objects on a page when the client asks for no number. Without it: all.
    pub default: Option<u32>,
    /// Most objects on a page; more is refused.
    #[serde(default = "max_page")]
    pub max: u32,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// The object around the array of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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
    #[serde(default)]
    pub when: EnvelopeWhen,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// When the envelope of a list is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EnvelopeWhen {
    /// In every answer.
    #[default]
    Always,
    /// Only when the client asks for a page.
    Paged,
}

/// How a list is ordered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sort {
    /// Query parameter that names the key.
    pub by: String,
    /// Query parameter that names the direction: `asc` or `desc`.
    pub order: String,
    /// Fields that can be sorted by.
    pub keys: Vec<String>,
    /// The key when the client names none.
    pub default: String,
    /// The direction when the client names none.
    #[serde(default)]
    pub default_order: Order,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// A direction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// Smallest first, `null` last.
    #[default]
    Asc,
    /// Largest first, `null` first.
    Desc,
}

fn post() -> Verb {
    Verb::Post
}

fn patch() -> Verb {
    Verb::Patch
}

fn put() -> Verb {
    Verb::Put
}

fn max_page() -> u32 {
    500
}
