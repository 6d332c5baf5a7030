//! Shared objects: found by the references in bodies, created when their key is new, and kept
//! current in every object that refers to them.

use std::collections::HashMap;

use serde::{Serialize, de::DeserializeOwned};

use crate::body::Presence;
use crate::body::rule::Reference;
use crate::problem::Problem;
use crate::resource::{Relates, Shared};
use crate::store::{Row, SHARED};
use crate::value::IdKind;
use crate::write::{Relations, secrets, unreadable};

/// The kind of identifiers of shared objects.
const KIND: IdKind = IdKind::Hex24;

impl Relations<'_, '_> {
    /// Resolves the references of a body to shared objects, without duplicates.
    ///
    /// # Errors
    /// The store fails; unknown references are recorded as violations.
    pub fn all<R: Relates<T>, T: Shared>(
        &mut self,
        named: Vec<Reference<T::Members>>,
    ) -> Result<Vec<T>, Problem> {
        let mut all = Vec::new();
        self.add::<R, T>(&mut all, named)?;
        Ok(all)
    }

    /// Replaces the list by the shared objects to which an update refers, if it sends any.
    ///
    /// # Errors
    /// The store fails; unknown references are recorded as violations.
    pub fn set<R: Relates<T>, T: Shared>(
        &mut self,
        kept: &mut Vec<T>,
        named: &mut Option<Vec<Reference<T::Members>>>,
    ) -> Result<(), Problem> {
        if let Some(named) = named.take() {
            *kept = self.all::<R, T>(named)?;
        }
        Ok(())
    }

    /// Like [`Self::set`], for a list that may be `null`.
    ///
    /// # Errors
    /// The store fails; unknown references are recorded as violations.
    pub fn set_nullable<R: Relates<T>, T: Shared>(
        &mut self,
        kept: &mut Option<Vec<T>>,
        named: &mut Presence<Vec<Reference<T::Members>>>,
    ) -> Result<(), Problem> {
        match std::mem::take(named) {
            Presence::Absent => {}
            Presence::Null => *kept = None,
            Presence::Value(named) => *kept = Some(self.all::<R, T>(named)?),
        }
        Ok(())
    }

    /// Adds the shared objects to which a body refers, if any, up to `most` in all.
    ///
    /// # Errors
    /// The store fails; unknown references are recorded as violations.
    pub fn extend<R: Relates<T>, T: Shared>(
        &mut self,
        pointer: &str,
        kept: &mut Vec<T>,
        named: Option<Vec<Reference<T::Members>>>,
        most: usize,
    ) -> Result<(), Problem> {
        if let Some(named) = named {
            self.add::<R, T>(kept, named)?;
            self.bound(pointer, kept.len(), most);
        }
        Ok(())
    }

    /// Adds the shared objects to which a body refers, replacing those already in the list.
    fn add<R: Relates<T>, T: Shared>(
        &mut self,
        all: &mut Vec<T>,
        named: Vec<Reference<T::Members>>,
    ) -> Result<(), Problem> {
        let own = |(at, one): (usize, &T)| (one.id().to_owned(), at);
        let mut places: HashMap<String, usize> = all.iter().enumerate().map(own).collect();
        for mention in named {
            let Some(found) = self.find::<R, T>(mention)? else {
                continue;
            };
            match places.get(found.id()) {
                Some(at) => all[*at] = found,
                None => {
                    places.insert(found.id().to_owned(), all.len());
                    all.push(found);
                }
            }
        }
        Ok(())
    }

    /// Finds or creates the shared object of a reference, and applies the members that the body
    /// sends.
    fn find<R: Relates<T>, T: Shared>(
        &mut self,
        mention: Reference<T::Members>,
    ) -> Result<Option<T>, Problem> {
        let key = T::key(&mention.members).map(str::to_owned);
        let id = match (&mention.id, &key) {
            (Some(id), _) => KIND.read(id),
            (None, Some(key)) => self.read(&by_key::<T>(key))?,
            (None, None) => None,
        };
        let stored: Option<T> = match &id {
            Some(id) => self.read(&by_id::<T>(id))?,
            None => None,
        };
        let Some(stored) = stored else {
            return self.make::<T>(mention, id, key);
        };
        if key.is_some_and(|key| key != stored.own_key()) {
            let place = format!("{}/{}", mention.pointer, T::KEY);
            self.reading.refuse(
                &place,
                "read_only",
                "differs from that of the object with this identifier",
            );
            return Ok(None);
        }
        let mut next = stored.clone();
        next.merge(mention.members);
        if next != stored {
            self.write(&by_id::<T>(next.id()), &next)?;
            self.spread::<R, T>(&next)?;
        }
        Ok(Some(next))
    }

    /// Creates a shared object; a reference by identifier is refused, except in an import.
    fn make<T: Shared>(
        &mut self,
        mention: Reference<T::Members>,
        id: Option<String>,
        key: Option<String>,
    ) -> Result<Option<T>, Problem> {
        if mention.id.is_some() && !(self.reading.importing && id.is_some() && key.is_some()) {
            let place = format!("{}/{}", mention.pointer, T::ID);
            self.reading
                .refuse(&place, "not_a_value", "identifies no object");
            return Ok(None);
        }
        let (now, number) = (self.work.tx.now(), self.work.tx.number());
        let id = id.unwrap_or_else(|| KIND.make(now, number, self.work.tx.seed()));
        let Some(made) = T::new(id, mention.members) else {
            return Ok(None);
        };
        self.write(&by_id::<T>(made.id()), &made)?;
        self.write(&by_key::<T>(made.own_key()), &made.id())?;
        Ok(Some(made))
    }

    /// Updates a shared object in all other objects that refer to it.
    fn spread<R: Relates<T>, T: Shared>(&mut self, shared: &T) -> Result<(), Problem> {
        let (table, tenant) = (R::TABLE, self.work.tenant.clone());
        for stored in self
            .work
            .tx
            .referencing(table, &tenant, R::COLUMN, shared.id())?
        {
            if stored.id == self.id {
                continue;
            }
            let before: R = secrets::join(table, &stored)?;
            let mut object = before.clone();
            for one in object
                .related()
                .iter_mut()
                .filter(|one| one.id() == shared.id())
            {
                *one = shared.clone();
            }
            self.work.changed(&before, object, &stored)?;
        }
        Ok(())
    }

    fn read<V: DeserializeOwned>(&mut self, name: &str) -> Result<Option<V>, Problem> {
        let tenant = self.work.tenant.clone();
        let stored = self.work.tx.find(&SHARED, &tenant, name)?;
        let read = stored.map(|stored| serde_json::from_str(&stored.body));
        read.transpose().map_err(|error| unreadable(&error))
    }

    fn write(&mut self, name: &str, value: &impl Serialize) -> Result<(), Problem> {
        let now = self.work.tx.now();
        let row = Row {
            tenant: self.work.tenant.to_string(),
            id: name.to_owned(),
            parent: None,
            version: self.work.tx.number(),
            created: now,
            updated: now,
            body: serde_json::to_string(value).map_err(|error| unreadable(&error))?,
            privileged: None,
            secrets: None,
            cells: Vec::new(),
        };
        Ok(self.work.tx.upsert(&SHARED, &row)?)
    }
}

fn by_id<T: Shared>(id: &str) -> String {
    format!("{}/id/{id}", T::NAME)
}

fn by_key<T: Shared>(key: &str) -> String {
    format!("{}/key/{key}", T::NAME)
}
