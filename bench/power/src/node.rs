//! Files and folders: what of them is on the disk for certain, and what was done since.

use std::collections::BTreeMap;
use std::ops::Range;

/// Something done to a file since its last sync.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    /// A write, whose data is here in the notes.
    Write { offset: usize, data: Range<usize> },
    /// Another length.
    Truncate(usize),
}

/// Something done to the names in a folder since its last sync: one of both may be missing.
#[derive(Debug, Clone)]
pub(crate) struct Naming {
    pub(crate) gone: Option<String>,
    pub(crate) made: Option<(String, usize)>,
}

#[derive(Debug, Default)]
pub(crate) struct File {
    pub(crate) durable: Vec<u8>,
    pub(crate) since: Vec<Change>,
}

#[derive(Debug, Default)]
pub(crate) struct Folder {
    pub(crate) durable: BTreeMap<String, usize>,
    pub(crate) since: Vec<Naming>,
    /// Names as the program sees them.
    pub(crate) seen: BTreeMap<String, usize>,
}

#[derive(Debug)]
pub(crate) enum Node {
    File(File),
    Folder(Folder),
}

impl Node {
    /// Keeps everything that was done to it.
    pub(crate) fn sync(&mut self, notes: &[u8]) {
        match self {
            Self::File(file) => {
                for change in file.since.drain(..) {
                    change.apply(&mut file.durable, notes);
                }
            }
            Self::Folder(folder) => {
                for naming in folder.since.drain(..) {
                    naming.apply(&mut folder.durable);
                }
            }
        }
    }
}

impl Change {
    /// Does it to `content`.
    pub(crate) fn apply(&self, content: &mut Vec<u8>, notes: &[u8]) {
        match self {
            Self::Write { offset, data } => put(content, *offset, &notes[data.clone()]),
            Self::Truncate(length) => content.resize(*length, 0),
        }
    }
}

impl Naming {
    /// Does it to the names of a folder.
    pub(crate) fn apply(&self, names: &mut BTreeMap<String, usize>) {
        if let Some(gone) = &self.gone {
            names.remove(gone);
        }
        if let Some((name, node)) = &self.made {
            names.insert(name.clone(), *node);
        }
    }
}

/// Writes at a place, after zeros where nothing was.
pub(crate) fn put(content: &mut Vec<u8>, offset: usize, data: &[u8]) {
    let end = offset + data.len();
    if content.len() < end {
        content.resize(end, 0);
    }
    content[offset..end].copy_from_slice(data);
}
