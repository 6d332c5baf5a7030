//! The disk: what is on it for certain, and what may be.
//!
//! A sync makes durable what was done before to its own file or folder, and to nothing else.
//! Everything since may be there or not, in any combination.

use std::collections::HashMap;

use crate::cut::Image;
use crate::node::{Change, File, Folder, Naming, Node};
use crate::note::{Call, Note};

/// The disk below one folder.
#[derive(Debug)]
pub(crate) struct Disk<'n> {
    pub(crate) notes: &'n [u8],
    /// The first is the folder itself.
    pub(crate) nodes: Vec<Node>,
    /// Which of them has a number of the system now.
    numbers: HashMap<u64, usize>,
    root: String,
}

impl<'n> Disk<'n> {
    /// A folder with the files of `base`, which are durable. Data is in `notes`.
    pub(crate) fn new(notes: &'n [u8], base: &Image) -> Self {
        let mut disk = Self {
            notes,
            nodes: vec![Node::Folder(Folder::default())],
            numbers: HashMap::new(),
            root: String::new(),
        };
        for (path, content) in base {
            let mut at = 0;
            let mut names = path.iter().peekable();
            while let Some(name) = names.next() {
                let name = name.to_string_lossy();
                at = match names.peek() {
                    Some(_) => disk.durable(at, &name, Node::Folder(Folder::default())),
                    None => {
                        let (durable, since) = (content.clone(), Vec::new());
                        disk.durable(at, &name, Node::File(File { durable, since }))
                    }
                };
            }
        }
        disk
    }

    /// What has a name in a folder; made if it is not there.
    fn durable(&mut self, folder: usize, name: &str, node: Node) -> usize {
        let index = self.nodes.len();
        let Node::Folder(folder) = &mut self.nodes[folder] else {
            unreachable!("a file has no names in it");
        };
        if let Some(there) = folder.seen.get(name) {
            return *there;
        }
        folder.seen.insert(name.to_owned(), index);
        folder.durable.insert(name.to_owned(), index);
        self.nodes.push(node);
        index
    }

    /// Carries out what was noted; `heeded` says whether a sync is.
    ///
    /// # Errors
    /// It is not understood.
    pub(crate) fn take(&mut self, note: &Note, heeded: bool) -> Result<(), String> {
        match &note.call {
            Call::Start(root) => {
                self.root.clone_from(root);
                self.numbers.insert(note.node, 0);
            }
            Call::Open { path, made: true } => {
                self.make(path, note.node, Node::File(File::default()))?
            }
            // One that was there before, or whose number the system has given again.
            Call::Open { path, .. } => {
                let there = self.found(path)?;
                self.numbers.insert(note.node, there);
            }
            Call::Folder(path) => self.make(path, note.node, Node::Folder(Folder::default()))?,
            Call::Write { offset, data } => self.file(note.node)?.since.push(Change::Write {
                offset: *offset,
                data: data.clone(),
            }),
            Call::Truncate(length) => {
                let file = self.file(note.node)?;
                file.since.push(Change::Truncate(*length));
            }
            Call::Sync if heeded => self.sync(note.node)?,
            Call::Sync => {}
            Call::Unlink(path) => self.name(path, None)?,
            Call::Link(from, to) => {
                let there = self.found(from)?;
                self.name(to, Some(there))?;
            }
            Call::Rename(from, to) => {
                let there = self.found(from)?;
                let ((folder, old), (other, new)) = (self.place(from)?, self.place(to)?);
                if folder != other {
                    return Err(format!("{from} moves to another folder"));
                }
                let folder = self.folder(folder)?;
                folder.seen.remove(&old);
                folder.seen.insert(new.clone(), there);
                folder.since.push(Naming {
                    gone: Some(old),
                    made: Some((new, there)),
                });
            }
        }
        Ok(())
    }

    /// The path of a file, if it has one.
    pub(crate) fn path(&self, number: u64) -> Option<String> {
        let index = *self.numbers.get(&number)?;
        let folders = self.nodes.iter().filter_map(|node| match node {
            Node::Folder(folder) => Some(folder),
            Node::File(_) => None,
        });
        let mut names = folders.flat_map(|folder| &folder.seen);
        names
            .find(|(_, own)| **own == index)
            .map(|(name, _)| name.clone())
    }

    fn make(&mut self, path: &str, number: u64, node: Node) -> Result<(), String> {
        self.nodes.push(node);
        let index = self.nodes.len() - 1;
        self.numbers.insert(number, index);
        self.name(path, Some(index))
    }

    /// Gives a name to a node, or takes it away.
    fn name(&mut self, path: &str, node: Option<usize>) -> Result<(), String> {
        let (folder, name) = self.place(path)?;
        let folder = self.folder(folder)?;
        match node {
            Some(node) => drop(folder.seen.insert(name.clone(), node)),
            None => drop(folder.seen.remove(&name)),
        }
        folder.since.push(Naming {
            gone: node.is_none().then(|| name.clone()),
            made: node.map(|node| (name, node)),
        });
        Ok(())
    }

    /// The folder of a path, and its last name.
    fn place(&self, path: &str) -> Result<(usize, String), String> {
        let strange = || format!("{path} is not below {}", self.root);
        let (above, name) = path.rsplit_once('/').ok_or_else(strange)?;
        Ok((self.found(above)?, name.to_owned()))
    }

    /// What has a path now.
    fn found(&self, path: &str) -> Result<usize, String> {
        let strange = || format!("{path} was never made below {}", self.root);
        let rest = path.strip_prefix(&self.root).ok_or_else(strange)?;
        let mut at = 0;
        for name in rest.split('/').filter(|name| !name.is_empty()) {
            let Node::Folder(folder) = &self.nodes[at] else {
                return Err(strange());
            };
            at = *folder.seen.get(name).ok_or_else(strange)?;
        }
        Ok(at)
    }

    fn index(&self, number: u64) -> Result<usize, String> {
        let there = self.numbers.get(&number).copied();
        there.ok_or_else(|| format!("file {number} was never opened"))
    }

    fn file(&mut self, number: u64) -> Result<&mut File, String> {
        let index = self.index(number)?;
        match &mut self.nodes[index] {
            Node::File(file) => Ok(file),
            Node::Folder(_) => Err("a folder is written to".to_owned()),
        }
    }

    fn folder(&mut self, index: usize) -> Result<&mut Folder, String> {
        match &mut self.nodes[index] {
            Node::Folder(folder) => Ok(folder),
            Node::File(_) => Err("a file has names in it".to_owned()),
        }
    }

    fn sync(&mut self, number: u64) -> Result<(), String> {
        let index = self.index(number)?;
        self.nodes[index].sync(self.notes);
        Ok(())
    }
}
