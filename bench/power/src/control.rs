//! What has to be noticed: disks that promise less, and images from which something was taken.

use std::collections::HashSet;
use std::path::Path;

use rusqlite::Connection;

use crate::disk::Disk;
use crate::history::{History, Object};
use crate::judge::FILE;
use crate::note::{Call, Note};
use crate::server::DATA;
use crate::source::Source;

/// What is broken on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Control {
    /// Commits do not sync the log, as with `synchronous=NORMAL`
    Normal,
    /// Nothing syncs the database itself
    Checkpoint,
    /// Nothing syncs a folder
    Folders,
    /// One object is removed from each image, or is as it was one write before
    Oracle,
}

/// The length of the head of a log.
const HEAD: usize = 32;

/// Which syncs are heeded.
pub(crate) struct Heed {
    control: Option<Control>,
    /// Files of which only the head was written since the last sync.
    heads: HashSet<u64>,
}

impl Heed {
    pub(crate) fn new(control: Option<Control>) -> Self {
        Self {
            control,
            heads: HashSet::new(),
        }
    }

    /// Whether the first of these calls is heeded, if it is a sync.
    pub(crate) fn heeds(&mut self, disk: &Disk<'_>, notes: &[Note]) -> bool {
        let (note, next) = match notes {
            [note, next, ..] => (note, Some(next)),
            [note] => (note, None),
            [] => return true,
        };
        match &note.call {
            Call::Sync => {}
            Call::Write { offset: 0, data } if data.len() == HEAD => {
                self.heads.insert(note.node);
                return true;
            }
            _ => {
                self.heads.remove(&note.node);
                return true;
            }
        }
        let ends =
            |note: &Note, end: &str| disk.path(note.node).is_some_and(|one| one.ends_with(end));
        match self.control {
            None | Some(Control::Oracle) => true,
            // What is left: the sync of a new head, and the one with which a checkpoint begins.
            Some(Control::Normal) => {
                !ends(note, "-wal")
                    || self.heads.contains(&note.node)
                    || next.is_some_and(|next| ends(next, FILE))
            }
            Some(Control::Checkpoint) => !ends(note, FILE),
            Some(Control::Folders) => disk.path(note.node).is_some() && !ends(note, DATA),
        }
    }
}

/// Takes an acknowledged write from the database below `folder`; says whether there was one.
///
/// # Errors
/// The database cannot be changed.
pub(crate) fn spoil(
    folder: &Path,
    history: &History,
    time: u64,
    source: &mut Source,
) -> Result<bool, String> {
    let settled = |one: &&Object| matches!(one.allowed(time), [Some(Some(_)), None]);
    let there: Vec<&Object> = history.objects.values().filter(settled).collect();
    if there.is_empty() {
        return Ok(false);
    }
    let one = source.pick(&there);
    let [Some(Some(is)), _] = one.allowed(time) else {
        return Ok(false);
    };
    let states: Vec<_> = one.writes.iter().filter_map(|write| write.state).collect();
    let at = states.iter().position(|state| *state == is);
    let table = one.kind.table();
    let sql = match at.and_then(|at| at.checked_sub(1)) {
        Some(before) => format!(
            "UPDATE {table} SET version = {} WHERE version = {}",
            states[before].version, is.version
        ),
        None => format!("DELETE FROM {table} WHERE version = {}", is.version),
    };
    let connection = Connection::open(folder.join(DATA).join(FILE));
    let changed = connection.and_then(|connection| connection.execute(&sql, []));
    match changed.map_err(|why| why.to_string())? {
        1 => Ok(true),
        count => Err(format!("{count} rows were spoiled by {sql}")),
    }
}
