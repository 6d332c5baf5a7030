//! What the answers of a history have shown: identifiers that belong together, values of
//! members, and entity tags.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::source::Source;

/// How many values of a member, and how many objects, are remembered.
const MOST: usize = 48;

/// What was shown.
#[derive(Debug, Default)]
pub(crate) struct Known {
    values: HashMap<String, Vec<Value>>,
    /// For each path of objects, parameters with the values that one object has for them; for
    /// none, what objects without a known path have.
    objects: HashMap<String, Vec<Map<String, Value>>>,
    /// Paths with the tag and the text that they last showed.
    shown: HashMap<String, (String, Value)>,
}

impl Known {
    /// Remembers what stands at `place`, below objects with these identifiers.
    pub(crate) fn learn(&mut self, value: &Value, place: &str, ids: &Map<String, Value>) {
        match value {
            Value::Object(members) => {
                let mut ids = ids.clone();
                let own = members
                    .iter()
                    .filter(|(_, one)| one.is_string() || one.is_number());
                let own = own.filter(|(name, _)| name.to_lowercase().ends_with("id"));
                ids.extend(own.map(|(name, one)| (name.clone(), one.clone())));
                if !ids.is_empty() {
                    self.meet("", ids.clone());
                }
                for (name, one) in members {
                    if !one.is_object() && !one.is_array() {
                        let within = format!("{place}.{name}");
                        for key in [name.clone(), within] {
                            keep(self.values.entry(key).or_default(), one.clone());
                        }
                    }
                    self.learn(one, name, &ids);
                }
            }
            Value::Array(items) => items.iter().for_each(|one| self.learn(one, place, ids)),
            _ => {}
        }
    }

    /// Remembers identifiers that belong together, of an object with such a path.
    pub(crate) fn meet(&mut self, path: &str, ids: Map<String, Value>) {
        keep(self.objects.entry(path.to_owned()).or_default(), ids);
    }

    /// Remembers what a path shows under which tag.
    pub(crate) fn show(&mut self, path: &str, tag: &str, value: Value) {
        self.shown.insert(path.to_owned(), (tag.to_owned(), value));
    }

    /// The tag and the object that a path last showed.
    pub(crate) fn shown(&self, path: &str) -> Option<&(String, Value)> {
        self.shown.get(path)
    }

    /// A value that a member of this name once had, if possible within objects of this name, or
    /// in a list of these.
    pub(crate) fn value(&self, place: &str, name: &str, source: &mut Source) -> Option<Value> {
        let keys = [
            format!("{place}.{name}"),
            format!("{place}s.{name}"),
            name.to_owned(),
        ];
        let mut values = keys.iter().filter_map(|key| self.values.get(key));
        Some(source.pick(values.next()?).clone())
    }

    /// The identifiers of an object with such a path, or else of one that has all of these.
    pub(crate) fn object(
        &self,
        path: &str,
        names: &[&str],
        source: &mut Source,
    ) -> Map<String, Value> {
        let has = |one: &&Map<String, Value>| names.iter().all(|name| one.contains_key(*name));
        let of = |path: &str| self.objects.get(path).into_iter().flatten();
        let mut all: Vec<&Map<String, Value>> = of(path).filter(has).collect();
        if all.is_empty() {
            all = of("").filter(has).collect();
        }
        match all.is_empty() {
            true => Map::new(),
            false => (*source.pick(&all)).clone(),
        }
    }

    /// A tag of any path.
    pub(crate) fn tag(&self, source: &mut Source) -> Option<String> {
        let mut tags: Vec<&String> = self.shown.values().map(|(tag, _)| tag).collect();
        tags.sort();
        (!tags.is_empty()).then(|| (*source.pick(&tags)).clone())
    }
}

/// Keeps the last ones.
fn keep<T: PartialEq>(all: &mut Vec<T>, one: T) {
    if all.contains(&one) {
        return;
    }
    if all.len() == MOST {
        all.remove(0);
    }
    all.push(one);
}
