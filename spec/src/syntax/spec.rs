//! The root of a spec and the maps that stand directly below it.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    CiteList, ConventionSet, Dialect, Effect, Field, Form, Ignored, Object, OneOrMany, Resource,
    Ruling,
};

/// One API, written from the field tables of its documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Spec {
    /// Another spec that this one changes, by its path from this file: maps are joined
    /// key by key, everything else stands as it is here, and `null` takes a key away.
    pub extends: Option<String>,
    /// Version of the language: 1.
    pub fieldproof: u32,
    /// Name of the API: lower-case letters, digits and `_`.
    pub api: String,
    /// Title for people.
    pub title: String,
    /// What the API is for, in our own words.
    pub about: Option<String>,
    /// The documents it was written from; citations mean the first one unless
    /// they name another.
    #[serde(default)]
    pub documents: IndexMap<String, Document>,
    /// File of shared rulings, beside this one.
    #[serde(rename = "use")]
    pub shared_rulings: Option<String>,
    /// The named set of conventions that the spec adopts: each point of the dialect that
    /// no row says is as the set says. Without it a service owes the rows and HTTP.
    pub conventions: Option<ConventionSet>,
    /// How the service behaves beyond its field tables.
    #[serde(default)]
    pub dialect: Dialect,
    /// Path before every other path; can be set when serving.
    #[serde(default)]
    pub base: String,
    /// Printed form of every date-time that does not name its own.
    #[serde(default = "millis")]
    pub date_time: Form,
    /// Who may call.
    pub auth: Auth,
    /// Which bodies are read.
    #[serde(default)]
    pub media: Media,
    /// Defaults of settings that can be changed at run time.
    #[serde(default)]
    pub switches: Switches,
    /// Reference data: rows that never change while the service runs.
    #[serde(default)]
    pub tables: IndexMap<String, Table>,
    /// Closed lists of texts that belong to a deployment.
    pub presets: Option<Presets>,
    /// Settings of a deployment that fields fall back to; `import` sets them.
    #[serde(default)]
    pub settings: IndexMap<String, Setting>,
    /// Nested objects without an id.
    #[serde(default)]
    pub objects: IndexMap<String, Object>,
    /// What the API serves.
    pub resources: IndexMap<String, Resource>,
    /// Objects as the document prints them.
    #[serde(default)]
    pub examples: Vec<Example>,
    /// Requests as the document prints them.
    #[serde(default)]
    pub commands: Vec<Command>,
    /// Decisions where the documents are silent or contradict themselves.
    #[serde(default)]
    pub rulings: IndexMap<String, Ruling>,
    /// Lines that no row covers yet, with what is missing; coverage says so.
    #[serde(default)]
    pub pending: Vec<Ignored>,
    /// Lines that say nothing a service could do.
    #[serde(default)]
    pub ignored: Vec<Ignored>,
}

/// A document that the spec was written from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Name of the file.
    pub file: String,
    /// SHA-256 of the file in hexadecimal digits.
    pub sha256: String,
}

/// Who may call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// How callers name themselves.
    #[serde(default)]
    pub scheme: Scheme,
    /// Of `api-key`: where the key is sent.
    #[serde(rename = "in")]
    pub place: Option<KeyPlace>,
    /// Of `api-key`: what the header, parameter or cookie is called.
    pub name: Option<String>,
    /// Text before the token: of `bearer` another word than `Bearer`, of a header what
    /// stands before the key.
    pub prefix: Option<String>,
    /// The scope a token needs; `SCOPE:read` and `SCOPE:write` are its halves. Without it
    /// every token may do everything.
    pub scope: Option<String>,
    /// A pair of headers that names the caller as well as `Authorization` does.
    pub headers: Option<AuthHeaders>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// How callers name themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// `Authorization: Bearer TOKEN` (RFC 6750).
    #[default]
    Bearer,
    /// `Authorization: Basic` with name and password (RFC 7617); the token is `NAME:PASSWORD`.
    Basic,
    /// A key in a header, a parameter or a cookie.
    ApiKey,
    /// Anybody may call.
    None,
}

/// Where a key is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyPlace {
    /// In a header field.
    Header,
    /// In the query string.
    Query,
    /// In a cookie.
    Cookie,
}

/// A pair of headers that names the caller: a token, and the id of the client
/// it was given to; a token that was given to no client stands in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuthHeaders {
    /// The header with the token.
    pub token: String,
    /// The header with the id of the client.
    pub client: String,
}

/// Which bodies are read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Media {
    /// JSON is also read when it is labelled as a form: what `curl --data`
    /// sends without a header.
    #[serde(default)]
    pub json_in_form: bool,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// Defaults of settings that can be changed at run time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Switches {
    /// Status of a body that is JSON and breaks a rule: 422 or 400.
    pub validation_status: u16,
    /// What happens to members that the document does not name.
    pub unknown_members: UnknownMembers,
    /// What PUT does to members that are not sent; default: the update's `effect`.
    pub put: Option<Effect>,
    /// Whether a change needs `If-Match`.
    pub if_match: IfMatch,
    /// Status of a successful create; default: that of each create.
    pub create_status: Option<u16>,
    /// Status of a successful delete; default: that of each delete.
    pub delete_status: Option<u16>,
    /// Most objects of a list that the client does not cut into pages; the
    /// rest is behind `Link: rel="next"`. Without it: all.
    pub list_cap: Option<u32>,
    /// Whether the pair of headers may stand in the query string as well, where
    /// logs may keep it.
    pub query_credentials: QueryCredentials,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            validation_status: 422,
            unknown_members: UnknownMembers::Ignore,
            put: None,
            if_match: IfMatch::Optional,
            create_status: None,
            delete_status: None,
            list_cap: None,
            query_credentials: QueryCredentials::Refuse,
        }
    }
}

/// What happens to members that the document does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownMembers {
    /// They are left out and named in a response header.
    Ignore,
    /// The body is refused.
    Reject,
}

/// Whether credentials may stand in the query string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QueryCredentials {
    /// They are parameters that nobody documents.
    Refuse,
    /// They count as headers of the same name.
    Accept,
}

/// Whether a change needs `If-Match`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IfMatch {
    /// Without it the last write wins.
    Optional,
    /// Without it the change is refused with 428.
    Required,
}

/// Reference data from a tab-separated file with a header row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What it holds, in our own words.
    pub about: Option<String>,
    /// For rows that belong to a deployment: path below the base where clients
    /// read them; the file has those that hold until `import` brings others.
    pub path: Option<String>,
    /// The file, beside the spec; an empty cell is `null`.
    pub file: String,
    /// Columns as members, in the order they are printed.
    pub fields: IndexMap<String, Field>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// Closed lists of texts that belong to a deployment: `import` replaces them,
/// and clients read them at a path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Presets {
    /// What they are, in our own words.
    pub about: Option<String>,
    /// Path below the base where clients read them.
    pub path: String,
    /// The lists by name; a field names one as its type.
    pub lists: IndexMap<String, PresetList>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// A setting of a deployment: text, nothing until it is set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// What it is, in our own words.
    pub about: Option<String>,
}

/// One closed list of a deployment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PresetList {
    /// What its values are, in our own words.
    pub about: Option<String>,
    /// Values that hold until the deployment brings its own.
    pub values: Vec<String>,
}

/// An object as the document prints it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The resource it is of.
    pub of: String,
    /// All lines of the object, to compare with the document.
    pub printed: super::Cite,
    /// The object.
    pub value: serde_json::Value,
    /// Lines that no row of a field cites: headings and brackets.
    #[serde(default)]
    pub at: CiteList,
}

/// A request as the document prints it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Command {
    /// The operation, such as `Shelf.create`.
    pub operation: String,
    /// Path and query below the base, with ids as printed.
    pub target: String,
    /// Lines of the printed body, to compare with the document.
    pub printed: Option<super::Cite>,
    /// The body.
    pub body: Option<serde_json::Value>,
    /// Lines that no row of a field cites.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

fn millis() -> Form {
    Form::MillisZ
}
