//! What clients were answered, and when.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use rustix::time::{ClockId, clock_gettime};
use serde_json::Value;

use crate::receiver::Told;

/// What is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Depot,
    Shelf,
    /// Its changes are told to a watch.
    Agent,
}

pub(crate) const KINDS: [Kind; 3] = [Kind::Depot, Kind::Shelf, Kind::Agent];

impl Kind {
    /// Path of its list.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Depot => "/depots/v1/depots/",
            Self::Shelf => "/library/shelves",
            Self::Agent => "/agency/agents",
        }
    }

    /// Path of one.
    pub(crate) fn one(self, id: &str) -> String {
        format!("{}/{id}", self.path().trim_end_matches('/'))
    }

    /// The member with its identifier.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Depot => "number",
            Self::Shelf => "shelfId",
            Self::Agent => "agentId",
        }
    }

    /// What of its text is compared: all of it, or one member of a text whose rest depends on who
    /// asks.
    pub(crate) fn shown(self) -> Option<&'static str> {
        match self {
            Self::Depot | Self::Shelf => None,
            Self::Agent => Some("first"),
        }
    }

    /// A digest of an answer.
    pub(crate) fn digest(self, body: &str) -> u64 {
        match self.shown() {
            None => digest(body),
            Some(member) => {
                let object: Value = serde_json::from_str(body).unwrap_or_default();
                digest(object[member].as_str().unwrap_or_default())
            }
        }
    }

    /// Its table in the database.
    pub(crate) fn table(self) -> &'static str {
        match self {
            Self::Depot => "depots_depot",
            Self::Shelf => "shelves_shelf",
            Self::Agent => "agents_agent",
        }
    }
}

/// What an object was after a write: the number of the change, and a digest of all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) version: u64,
    pub(crate) digest: u64,
}

/// A write that was acknowledged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Write {
    /// Moments of the monotonic clock: before it was sent, and after its answer was there.
    pub(crate) sent: u64,
    pub(crate) answered: u64,
    /// None if it removed the object.
    pub(crate) state: Option<State>,
}

/// An object, which one client alone writes, one write after the other.
#[derive(Debug, Clone)]
pub(crate) struct Object {
    pub(crate) kind: Kind,
    pub(crate) id: String,
    pub(crate) writes: Vec<Write>,
}

impl Object {
    /// What it may be at a moment: what its last acknowledged write made it, or what the one
    /// that was under way would.
    pub(crate) fn allowed(&self, time: u64) -> [Option<Option<State>>; 2] {
        let acknowledged = self.writes.partition_point(|write| write.answered < time);
        let before = match acknowledged {
            0 => None,
            count => self.writes[count - 1].state,
        };
        let under_way = self.writes.get(acknowledged);
        let under_way = under_way.filter(|write| write.sent < time);
        [Some(before), under_way.map(|write| write.state)]
    }
}

/// Everything that was written in a run.
#[derive(Debug, Default)]
pub(crate) struct History {
    pub(crate) objects: BTreeMap<(Kind, String), Object>,
    /// What a watch was told of.
    pub(crate) told: Vec<Told>,
    /// The number of the last change before the run.
    pub(crate) base: u64,
}

impl History {
    /// What clients were answered.
    ///
    /// # Errors
    /// An identifier was given twice.
    pub(crate) fn new(objects: impl Iterator<Item = Object>) -> Result<Self, String> {
        let mut history = Self::default();
        for object in objects {
            let key = (object.kind, object.id.clone());
            if let Some(other) = history.objects.insert(key, object) {
                return Err(format!("{:?} {} was made twice", other.kind, other.id));
            }
        }
        Ok(history)
    }

    /// How many writes had been acknowledged at a moment.
    pub(crate) fn acknowledged(&self, time: u64) -> usize {
        let count = |one: &Object| one.writes.partition_point(|write| write.answered < time);
        self.objects.values().map(count).sum()
    }
}

/// Nanoseconds of the monotonic clock, as the preloaded library notes them.
pub(crate) fn now() -> u64 {
    let now = clock_gettime(ClockId::Monotonic);
    let part = |number: i64| u64::try_from(number).unwrap_or_default();
    part(now.tv_sec) * 1_000_000_000 + part(now.tv_nsec)
}

/// A digest of the text of an object.
pub(crate) fn digest(body: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    hasher.finish()
}
