//! Reads every object of a table again, by the rules of the program.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value};

use super::anew::Anew;
use super::breach::Breaches;
use super::difference::Again;
use super::members::{rest, restore};
use super::object::{Kept, Objects};
use super::port::failed;
use super::script::Script;
use crate::problem::{At, Violation};
use crate::store::{Error, Model, Older, Reformed, Row};

/// A table whose objects are read again.
pub(super) struct Reader<'a> {
    pub(super) objects: Objects<'a>,
    pub(super) model: Option<&'a Model>,
    pub(super) again: &'a Again,
    pub(super) breaches: &'a mut Breaches,
}

impl Reader<'_> {
    /// Reads all objects again.
    ///
    /// # Errors
    /// The database cannot be read or written, an object cannot be read, or objects have no model.
    pub(super) fn all(&mut self, script: &mut Script<'_>) -> Result<(), Error> {
        let name = self.objects.table.name;
        let count = self.objects.count(script.port)?;
        if count == 0 {
            return Ok(());
        }
        let Some(model) = self.model else {
            let why = format!("no model reads the {count} objects of `{name}` again");
            return Err(failed(why));
        };
        let (anew, mut written) = (Anew::new(self.objects, self.again.cells), 0_usize);
        let (mut behind, mut ahead) = ((String::new(), String::new()), HashSet::new());
        loop {
            let slice = self.objects.slice(script.port, (&behind.0, &behind.1))?;
            let Some(last) = slice.last() else { break };
            behind = (last.tenant.clone(), last.key.clone());
            for kept in &slice {
                let place = (kept.tenant.clone(), kept.key.clone());
                // One whose identifier has another key now may be met a second time.
                if ahead.remove(&place) {
                    continue;
                }
                let Some(key) = self.one(script, model, &anew, kept)? else {
                    continue;
                };
                written += 1;
                if key > kept.key {
                    ahead.insert((place.0, key));
                }
            }
        }
        script.say(&format!(
            "{written} of {count} objects of `{name}` are stored anew, the others stay"
        ));
        if written > 0 {
            script.say(&anew.update);
        }
        Ok(())
    }

    /// Reads one object again; the key that it has now if it is stored anew.
    fn one(
        &mut self,
        script: &mut Script<'_>,
        model: &Model,
        anew: &Anew<'_>,
        kept: &Kept,
    ) -> Result<Option<String>, Error> {
        let plain = self.objects.members(kept)?;
        let Some(id) = self.objects.table.id_kind.read(&kept.stored.id) else {
            let what = "is no identifier of the kind that paths have now";
            let found = [violation(self.objects.table.id, what)];
            self.count(kept, &found);
            return anew
                .unfit(script, kept, &plain, &found, None)
                .map(|()| None);
        };
        let hidden = self.objects.hidden(kept)?;
        let mut members = plain.clone();
        restore(&mut members, &hidden);
        let mut read = self.reform(model, kept, &members)?;
        if matches!(read, Reformed::Broken { .. }) && !hidden.is_empty() {
            // What was hidden may be of another meaning than a new member of its name.
            read = self.reform(model, kept, &plain)?;
        }
        match read {
            Reformed::Broken { found, cells } => {
                self.count(kept, &found);
                let stored = anew.unfit(script, kept, &plain, &found, cells);
                stored.map(|()| None)
            }
            Reformed::Legal { row, members: now } => {
                let mut lost = match rest(&members, &now) {
                    Some(Value::Object(lost)) => lost,
                    _ => Map::new(),
                };
                for (name, value) in hidden {
                    if now.get(&name).is_none() {
                        lost.entry(name).or_insert(value);
                    }
                }
                anew.legal(script, kept, Row { id, ..*row }, lost)
            }
        }
    }

    fn reform(&self, model: &Model, kept: &Kept, members: &Value) -> Result<Reformed, Error> {
        // What was accepted as it was has to be legal as a whole to be accepted as it is.
        let all = || members.as_object().into_iter().flatten();
        let every: Option<BTreeSet<String>> = kept.stored.unfit.then(|| {
            let own = all().map(|(name, _)| name.clone());
            own.chain(self.again.changed.iter().flatten().cloned())
                .collect()
        });
        let older = Older {
            stored: &kept.stored,
            tenant: &kept.tenant,
            members,
            changed: every.as_ref().or(self.again.changed.as_ref()),
        };
        (model.reform)(&older).map_err(|problem| self.objects.unreadable(kept, &problem.detail))
    }

    /// Counts an object that breaks rules, unless that was accepted before.
    fn count(&mut self, kept: &Kept, found: &[Violation]) {
        if !kept.stored.unfit {
            let table = self.objects.table.name;
            self.breaches.count(table, &kept.stored.id, found);
        }
    }
}

fn violation(member: &str, detail: &str) -> Violation {
    Violation {
        at: At::Pointer(format!("/{member}")),
        code: "format",
        detail: detail.to_owned(),
    }
}
