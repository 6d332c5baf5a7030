//! APIs, resources and nested objects.

use indexmap::IndexMap;
use serde_json::Value;

use super::{
    AuthHeaders, Dialect, Document, Effect, Field, IfMatch, Ignored, Operation, QueryCredentials,
    Refusal, Resource, Role, Row, Ruling, Shared, Switches, Table, Type, UnknownMember,
    UnknownMembers,
};

/// One API: everything a spec says, resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// Name: lower-case letters, digits and `_`.
    pub name: String,
    /// Path of the spec's file as given when it was read.
    pub file: String,
    /// The file of the extended spec, and the number of own lines that precede its lines.
    pub extends: Option<(String, usize)>,
    /// Title for people.
    pub title: String,
    /// What the API is for.
    pub about: Option<String>,
    /// The base path, before every other path.
    pub base: String,
    /// The documents by name.
    pub documents: IndexMap<String, Document>,
    /// The scope a token needs.
    pub scope: String,
    /// Whether the document speaks of scopes; without them every token may do everything.
    pub scoped: bool,
    /// How callers authenticate.
    pub credentials: Credentials,
    /// A pair of headers that authenticates callers too.
    pub auth_headers: Option<AuthHeaders>,
    /// The row about credentials.
    pub auth: Row,
    /// Whether JSON labelled as a form is read too.
    pub json_in_form: bool,
    /// The row about bodies.
    pub media: Row,
    /// The defaults of run-time switches.
    pub switches: Switches,
    /// How the service behaves beyond its rows.
    pub dialect: Dialect,
    /// Reference tables.
    pub tables: Vec<Table>,
    /// Closed lists of the deployment.
    pub presets: Option<Presets>,
    /// Names of the deployment's settings.
    pub settings: Vec<String>,
    /// Nested objects.
    pub objects: Vec<Object>,
    /// Resources, parents before children.
    pub resources: Vec<Resource>,
    /// Printed objects.
    pub examples: Vec<Example>,
    /// Printed requests.
    pub commands: Vec<Command>,
    /// Rulings by id, those of the shared file after the spec's own.
    pub rulings: IndexMap<String, Ruling>,
    /// Lines that no row covers yet.
    pub pending: Vec<Ignored>,
    /// Lines left out on purpose.
    pub ignored: Vec<Ignored>,
}

impl Api {
    /// Sets a switch to `value`, as written on a command line. Only switches that affect
    /// answers are known here, since those who judge them need these.
    ///
    /// # Errors
    /// The valid names or values, if the given one is invalid.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let status = value.parse::<u16>().ok();
        match (name, status) {
            ("validation_status", Some(status @ (400 | 422))) => {
                self.switches.validation_status = status;
                if let Some(said) = self.dialect.statuses.get_mut(&Refusal::Validation) {
                    said.value = status;
                }
            }
            ("create_status", Some(status @ (200 | 201))) => {
                let creates = self
                    .resources
                    .iter_mut()
                    .filter_map(|one| one.create.as_mut());
                creates.for_each(|create| {
                    (create.status, create.status_is_said) = (status, true);
                });
            }
            ("delete_status", Some(status @ (200 | 204))) => {
                let deletes = self
                    .resources
                    .iter_mut()
                    .filter_map(|one| one.delete.as_mut());
                deletes.for_each(|delete| {
                    (delete.status, delete.status_is_said) = (status, true);
                });
            }
            ("unknown_members", _) if value == "ignore" => {
                self.switches.unknown_members = UnknownMembers::Ignore;
                self.dialect.unknown_members.value = UnknownMember::Named;
            }
            ("unknown_members", _) if value == "reject" => {
                self.switches.unknown_members = UnknownMembers::Reject;
                self.dialect.unknown_members.value = UnknownMember::Refused;
            }
            ("put", _) if value == "merge" || value == "replace" => {
                let effect = match value {
                    "merge" => Effect::Merge,
                    _ => Effect::Replace,
                };
                let updates = self
                    .resources
                    .iter_mut()
                    .filter_map(|one| one.update.as_mut());
                updates.for_each(|update| update.effect = effect);
            }
            ("if_match", _) if value == "optional" => {
                self.switches.if_match = IfMatch::Optional;
            }
            ("if_match", _) if value == "required" => {
                self.switches.if_match = IfMatch::Required;
            }
            ("query_credentials", _) if value == "refuse" => {
                self.switches.query_credentials = QueryCredentials::Refuse;
            }
            ("query_credentials", _) if value == "accept" => {
                self.switches.query_credentials = QueryCredentials::Accept;
            }
            ("list_cap", _) if value == "none" => self.switches.list_cap = None,
            ("list_cap", _) if value.parse::<u32>().is_ok_and(|cap| cap > 0) => {
                self.switches.list_cap = value.parse().ok();
            }
            _ => {
                return Err(format!(
                    "`{name}={value}` is not a switch of this kind; there are \
                     validation_status=422|400, unknown_members=ignore|reject, put=merge|replace, if_match=optional|required, \
                     create_status=201|200, delete_status=204|200, list_cap=none|NUMBER, \
                     query_credentials=refuse|accept"
                ));
            }
        }
        Ok(())
    }

    /// All scopes of a caller who sees and does everything: the API's, then those that show
    /// members.
    #[must_use]
    pub fn scopes(&self) -> Vec<&str> {
        let fields = self.resources.iter().flat_map(|one| &one.fields);
        let mut all = vec![self.scope.as_str()];
        for scope in fields.filter_map(|field| field.scope.as_deref()) {
            if !all.contains(&scope) {
                all.push(scope);
            }
        }
        all
    }

    /// The resource called `name`.
    #[must_use]
    pub fn resource(&self, name: &str) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.name == name)
    }

    /// The nested object called `name`.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<&Object> {
        self.objects.iter().find(|object| object.name == name)
    }

    /// The table called `name`.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// The values of the preset list called `name`.
    #[must_use]
    pub fn preset(&self, name: &str) -> &[String] {
        let presets = self.presets.as_ref();
        let list = presets.and_then(|presets| presets.lists.get(name));
        list.map_or(&[], Vec::as_slice)
    }

    /// The path of fields to the member of a watch with a role: one field, or an object and
    /// its member.
    #[must_use]
    pub fn place<'a>(&'a self, watch: &'a Resource, role: Role) -> Option<Vec<&'a Field>> {
        watch.fields.iter().find_map(|field| {
            if field.role == Some(role) {
                return Some(vec![field]);
            }
            let Type::Object(name) = &field.ty else {
                return None;
            };
            let mut members = self.object(name)?.fields.iter();
            let member = members.find(|one| one.role == Some(role))?;
            Some(vec![field, member])
        })
    }

    /// The resources that live directly below `parent`.
    pub fn children(&self, parent: &str) -> impl Iterator<Item = &Resource> {
        self.resources
            .iter()
            .filter(move |child| child.parent.as_ref().is_some_and(|p| p.resource == parent))
    }
}

/// How callers authenticate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credentials {
    /// A token in `Authorization` after a word such as `Bearer`.
    Bearer(String),
    /// A user name and password in `Authorization` (RFC 7617).
    Basic,
    /// A key in a header, after a prefix that may be empty.
    Header {
        /// Name of the header.
        name: String,
        /// The text before the key.
        prefix: String,
    },
    /// A key in a parameter.
    Query(String),
    /// A key in a cookie.
    Cookie(String),
    /// No authentication.
    None,
}

/// Closed lists of texts that belong to a deployment.
#[derive(Debug, Clone, PartialEq)]
pub struct Presets {
    /// What they are.
    pub about: Option<String>,
    /// Path below the base where clients read them.
    pub path: String,
    /// The lists by name, with the values that apply until the deployment supplies its own.
    pub lists: IndexMap<String, Vec<String>>,
    /// The row of the spec.
    pub row: Row,
}

/// A nested object without an id.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// Its name in the spec.
    pub name: String,
    /// What it is.
    pub about: Option<String>,
    /// Members in the order they are printed.
    pub fields: Vec<Field>,
    /// How it is identified, if it is shared within a tenant.
    pub shared: Option<Shared>,
    /// The row of the spec.
    pub row: Row,
}

/// An object as the document prints it.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The resource that it belongs to.
    pub of: String,
    /// The object.
    pub value: Value,
    /// The lines it is printed at.
    pub printed: super::Cited,
    /// The row of the spec.
    pub row: Row,
}

/// A request as the document prints it.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// The resource.
    pub resource: String,
    /// The operation on the resource.
    pub operation: Operation,
    /// Path and query below the base, with ids as printed.
    pub target: String,
    /// The body.
    pub body: Option<Value>,
    /// The lines the body is printed at.
    pub printed: Option<super::Cited>,
    /// The row of the spec.
    pub row: Row,
}
