//! What is around a value: where it is drawn for, and where it is shown.

use fieldproof_spec::model::{Api, Field, IdKind};
use proptest::strategy::BoxedStrategy;
use serde_json::{Map, Value};

/// Legal objects with these members, inside of objects of these names.
pub(crate) type Objects = fn(&Api, &[Field], &[&str]) -> BoxedStrategy<Value>;

/// Where a value is drawn for.
#[derive(Clone, Copy)]
pub(crate) struct Within<'a> {
    /// The API.
    pub(crate) api: &'a Api,
    /// The body or the object that it stands in.
    pub(crate) owner: &'a Map<String, Value>,
    /// The names of the nested objects that it stands in.
    pub(crate) inside: &'a [&'a str],
    /// How objects are made, which is known above the kinds alone.
    pub(crate) objects: Objects,
}

impl Within<'_> {
    /// Objects called `name` with these members.
    pub(crate) fn object(&self, name: &str, members: &[Field]) -> BoxedStrategy<Value> {
        (self.objects)(self.api, members, &[self.inside, &[name]].concat())
    }
}

/// Where a value is shown.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    /// The API.
    pub(crate) api: &'a Api,
    /// How identifiers of the resource look.
    pub(crate) id_kind: IdKind,
    /// Whether members that are shown are those of the object of this name, each in
    /// its form; that is known above the kinds alone.
    pub(crate) is_whole: &'a dyn Fn(&str, &Map<String, Value>) -> bool,
}
