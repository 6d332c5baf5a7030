//! The context of a value: where it is generated for, and where it is shown.

use fieldproof_spec::model::{Api, Field, IdKind};
use proptest::strategy::BoxedStrategy;
use serde_json::{Map, Value};

/// Valid objects with these members, inside objects of these names.
pub(crate) type Objects = fn(&Api, &[Field], &[&str]) -> BoxedStrategy<Value>;

/// The context that a value is generated for.
#[derive(Clone, Copy)]
pub(crate) struct Within<'a> {
    /// The API.
    pub(crate) api: &'a Api,
    /// The body or object that contains it.
    pub(crate) owner: &'a Map<String, Value>,
    /// The names of the nested objects that contain it.
    pub(crate) inside: &'a [&'a str],
    /// Generates objects; passed in because it is known above the kinds only.
    pub(crate) objects: Objects,
}

impl Within<'_> {
    /// Generates objects of type `name` with these members.
    pub(crate) fn object(&self, name: &str, members: &[Field]) -> BoxedStrategy<Value> {
        (self.objects)(self.api, members, &[self.inside, &[name]].concat())
    }
}

/// The context that a value is shown in.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    /// The API.
    pub(crate) api: &'a Api,
    /// The identifier kind of the resource.
    pub(crate) id_kind: IdKind,
    /// Whether the shown members are exactly those of the named object, each in its form;
    /// passed in because it is known above the kinds only.
    pub(crate) is_whole: &'a dyn Fn(&str, &Map<String, Value>) -> bool,
}
