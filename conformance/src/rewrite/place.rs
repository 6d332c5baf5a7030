//! Places in a body, such as `$.items[*].label`.

use std::fmt;
use std::str::FromStr;

use serde_json::{Map, Value};

/// A step of a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into a member.
    Member(String),
    /// Into every item.
    Every,
    /// Into the first item.
    First,
    /// Into the last item.
    Last,
}

/// A place in a body; without steps, the whole body.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(pub Vec<Step>);

impl Place {
    /// The place with a step appended.
    #[must_use]
    pub fn then(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// The place with one kind of item step replaced by another.
    #[must_use]
    pub fn with_elements(&self, from: &Step, to: &Step) -> Self {
        let steps = self.0.iter();
        Self(
            steps
                .map(|step| if step == from { to } else { step })
                .cloned()
                .collect(),
        )
    }

    /// The place of the enclosing object and the name of the member, if the place is a
    /// member.
    #[must_use]
    pub fn member(&self) -> Option<(Self, &str)> {
        let (last, above) = self.0.split_last()?;
        match last {
            Step::Member(name) => Some((Self(above.to_vec()), name)),
            Step::Every | Step::First | Step::Last => None,
        }
    }

    /// Calls `act` with each value at the place.
    pub fn visit(&self, body: &mut Value, act: &mut dyn FnMut(&mut Value)) {
        visit(&self.0, body, act);
    }

    /// Calls `act` with each object that has the member of the place, and the name of the
    /// member.
    pub fn visit_objects(
        &self,
        body: &mut Value,
        act: &mut dyn FnMut(&mut Map<String, Value>, &str),
    ) {
        let Some((above, name)) = self.member() else {
            return;
        };
        above.visit(body, &mut |value| {
            let object = value.as_object_mut();
            if let Some(object) = object.filter(|object| object.contains_key(name)) {
                act(object, name);
            }
        });
    }

    /// The values at the place.
    #[must_use]
    pub fn values(&self, body: &Value) -> Vec<Value> {
        let (mut body, mut found) = (body.clone(), Vec::new());
        self.visit(&mut body, &mut |value| found.push(value.clone()));
        found
    }
}

fn visit(steps: &[Step], value: &mut Value, act: &mut dyn FnMut(&mut Value)) {
    let Some((step, rest)) = steps.split_first() else {
        return act(value);
    };
    let items = value.as_array_mut();
    match step {
        Step::Member(name) => {
            if let Some(value) = value.get_mut(name.as_str()) {
                visit(rest, value, act);
            }
        }
        Step::Every => {
            for item in items.into_iter().flatten() {
                visit(rest, item, act);
            }
        }
        Step::First => {
            if let Some(item) = items.and_then(|items| items.first_mut()) {
                visit(rest, item, act);
            }
        }
        Step::Last => {
            if let Some(item) = items.and_then(|items| items.last_mut()) {
                visit(rest, item, act);
            }
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "$")?;
        for step in &self.0 {
            match step {
                Step::Member(name) => write!(out, ".{name}")?,
                Step::Every => write!(out, "[*]")?,
                Step::First => write!(out, "[first]")?,
                Step::Last => write!(out, "[last]")?,
            }
        }
        Ok(())
    }
}

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no place such as `$[*].label`");
        let mut rest = text.strip_prefix('$').ok_or_else(wrong)?;
        let mut steps = Vec::new();
        let elements = [
            ("[*]", Step::Every),
            ("[first]", Step::First),
            ("[last]", Step::Last),
        ];
        while !rest.is_empty() {
            let element = elements
                .iter()
                .find_map(|(word, step)| Some((rest.strip_prefix(word)?, step)));
            if let Some((left, step)) = element {
                steps.push(step.clone());
                rest = left;
                continue;
            }
            let name = rest.strip_prefix('.').ok_or_else(wrong)?;
            let end = name.find(['.', '[']).unwrap_or(name.len());
            steps.push(Step::Member(name[..end].to_owned()));
            rest = &name[end..];
        }
        Ok(Self(steps))
    }
}
