//! Resources and the objects inside them.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Append, CiteList, Create, Delete, Field, Get, IdKind, List, OneOrMany, Scope, Update, Watch,
};

/// Something with an id that is served under a path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Resource {
    /// What it is, in our own words.
    pub about: Option<String>,
    /// What an earlier version of the spec called the resource: stored objects move.
    pub was: Option<String>,
    /// Path of the collection below the base, such as `/shelves/{shelfId}/books`.
    /// With a slash at its end every path of the resource is served with and
    /// without one; links to the collection have it.
    pub path: String,
    /// Which field identifies it, and how ids are made.
    pub id: Id,
    /// Fields that the server stamps.
    pub times: Option<Times>,
    /// Each user sees the objects that were loaded for him, some members with
    /// values of his own.
    pub bound: Option<Bound>,
    /// The resource it lives below.
    pub parent: Option<Parent>,
    /// Members in the order they are printed.
    pub fields: IndexMap<String, Field>,
    /// Its objects can call with a token of their own.
    pub login: Option<Login>,
    /// Users are invited by mail to set a password.
    pub invite: Option<Invite>,
    /// Its objects are watches of another resource.
    pub watch: Option<Watch>,
    /// Combinations of fields that may occur only once.
    #[serde(default)]
    pub unique: Vec<Unique>,
    /// Fields of which at most one may have a value.
    #[serde(default)]
    pub exclusive: Vec<Exclusive>,
    /// Fields whose values no two objects share, not even one's value of one
    /// field and another's of another.
    pub distinct: Option<Distinct>,
    /// GET on the collection.
    pub list: Option<List>,
    /// GET on one object.
    pub get: Option<Get>,
    /// POST on the collection.
    pub create: Option<Create>,
    /// PUT or PATCH on one object.
    pub update: Option<Update>,
    /// PATCH on one object that adds to lists of it.
    pub append: Option<Append>,
    /// DELETE on one object.
    pub delete: Option<Delete>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// Which field identifies a resource.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Id {
    /// The field, of type `id`.
    pub field: String,
    /// What paths call it, where the document has another name for it there.
    pub in_path: Option<String>,
    /// How ids are made and read.
    pub kind: IdKind,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

impl Id {
    /// What paths call it.
    #[must_use]
    pub fn name_in_path(&self) -> &str {
        self.in_path.as_ref().unwrap_or(&self.field)
    }
}

/// Fields that the server stamps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// When the object was made.
    pub created: String,
    /// When it last changed.
    pub updated: String,
}

/// The resource that another one lives below.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Parent {
    /// Its name.
    pub resource: String,
    /// The parent's field that shows the children.
    pub embed: Option<Embed>,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// How a parent shows its children.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Embed {
    /// The parent's field, of type `[Child]`.
    pub field: String,
    /// A change of a child counts as a change of the parent.
    #[serde(default)]
    pub touch: bool,
}

/// Each user sees the objects that were loaded for him.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// Fields with a value per user; all others are the same for all of them.
    pub fields: Vec<String>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// Objects that can call with a token of their own. It grants no scope.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The field with the token, of type `token`.
    pub token: String,
    /// The field with the email address of the user it speaks for.
    pub user: String,
    /// Fields and the values they need to have; with others the token is not known.
    #[serde(rename = "while", default)]
    pub needs: IndexMap<String, String>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// A mail whose link lets a user set a password, once. It goes out when a field
/// becomes true, by a create or by a change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// The boolean field that asks for it.
    pub when: String,
    /// The field with the email address it goes to.
    pub to: String,
    /// The field of type `password` that the link sets.
    pub sets: String,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// A combination of fields that may occur only once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Unique {
    /// The fields that are compared together.
    pub fields: Vec<String>,
    /// Where the combination may occur only once.
    pub within: Scope,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// Fields whose values no two objects share across these fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Distinct {
    /// The id and unique fields.
    pub fields: Vec<String>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// Fields of which at most one may have a value; an empty list is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exclusive {
    /// The fields; one header of a field of type `headers` as `field.Name`.
    pub fields: Vec<String>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// Members of an object that is a moment: the local date and time, and the
/// name of its time zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Zoned {
    /// The member with the local date and time.
    pub time: String,
    /// The member with the name of the time zone.
    pub zone: String,
}

/// How an object is named that others share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// The member with the id, of type `id`: 24 hexadecimal digits.
    pub id: String,
    /// The required text that tells it from others of the tenant.
    pub key: String,
}

/// A nested object without an id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Object {
    /// What it is, in our own words.
    pub about: Option<String>,
    /// Members in the order they are printed.
    pub fields: IndexMap<String, Field>,
    /// It is the moment of the create, in two members and no others.
    pub zoned: Option<Zoned>,
    /// Objects of one tenant share it: it has an id, and bodies name it by that
    /// or by its key. A list of it holds such names; one by an unknown key is made.
    pub shared: Option<Shared>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}
