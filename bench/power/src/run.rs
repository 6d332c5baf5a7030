//! One run: servers under load, and everything they asked of the disk.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::base::Base;
use crate::cut::{Image, whole};
use crate::disk::Disk;
use crate::history::{History, now};
use crate::http::Connection;
use crate::judge::{FILE, lay};
use crate::load::{self, Client};
use crate::note::{self, Call, Note};
use crate::receiver::Receiver;
use crate::server::{Program, Server};

/// How large a run is, and which one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) seed: u64,
    pub(crate) number: u64,
    pub(crate) writes: usize,
    pub(crate) clients: usize,
}

/// What a run has left.
pub(crate) struct Run {
    pub(crate) bytes: Vec<u8>,
    pub(crate) notes: Vec<Note>,
    pub(crate) base: Image,
    pub(crate) history: History,
    /// Positions in the notes of starts and ends, of writes to the database itself, of syncs.
    pub(crate) moves: Vec<usize>,
    pub(crate) database: Vec<usize>,
    pub(crate) syncs: Vec<usize>,
    /// Writes that were acknowledged.
    pub(crate) writes: usize,
}

impl Run {
    /// Lets a server write, kills it, lets another one go on over the same folder, and ends it.
    ///
    /// # Errors
    /// A server did not do as it should, or something escaped the notes.
    pub(crate) fn make(
        program: &Program,
        receiver: &Receiver,
        folder: &Path,
        size: Size,
        base: Base,
    ) -> Result<Self, String> {
        let (root, log) = (folder.join("disk"), folder.join("notes"));
        lay(&base.image, &root)?;
        drop(receiver.take());
        let mut clients = clients(size, &base);
        // When there is no load.
        let mut quiet = Vec::new();
        for session in 0..2 {
            let begun = now();
            let server = program.start(&root, Some(&log))?;
            if session == 0 && base.image.is_empty() {
                watch(&server, receiver)?;
            }
            quiet.push(begun..now());
            let half = (size.writes + session) / 2;
            load::run(&mut clients, &server.address, half)?;
            let over = now();
            match (session, size.number % 2) {
                (1, 0) => server.end()?,
                _ => server.kill(&log)?,
            }
            quiet.push(over..now());
        }
        let bytes = fs::read(&log).map_err(|why| why.to_string())?;
        let objects = clients.into_iter().flat_map(|one| one.objects);
        let mut run = Self {
            notes: note::read(&bytes)?,
            bytes,
            history: History {
                told: receiver.take(),
                base: base.number,
                ..History::new(objects)?
            },
            base: base.image,
            moves: Vec::new(),
            database: Vec::new(),
            syncs: Vec::new(),
            writes: size.writes,
        };
        run.index(&root)?;
        for (at, note) in run.notes.iter().enumerate() {
            if quiet.iter().any(|times| times.contains(&note.time)) {
                run.moves.push(at);
            }
        }
        for rest in [&root, &log] {
            let _ = fs::remove_dir_all(rest);
            let _ = fs::remove_file(rest);
        }
        Ok(run)
    }

    /// Carries out all notes: what comes of them has to be what the folder has.
    fn index(&mut self, root: &Path) -> Result<(), String> {
        let mut disk = Disk::new(&self.bytes, &self.base);
        for (at, note) in self.notes.iter().enumerate() {
            disk.take(note, true)?;
            let is_database = || {
                disk.path(note.node)
                    .is_some_and(|path| path.ends_with(FILE))
            };
            match note.call {
                Call::Sync => self.syncs.push(at),
                Call::Write { .. } if is_database() => self.database.push(at),
                _ => {}
            }
        }
        let (noted, mut there) = (whole(&disk), Image::new());
        gather(root, Path::new(""), &mut there).map_err(|why| why.to_string())?;
        let names = |image: &Image| image.keys().cloned().collect::<Vec<PathBuf>>();
        if names(&noted) != names(&there) {
            return Err(format!(
                "the notes tell of {:?}, and there are {:?}",
                names(&noted),
                names(&there)
            ));
        }
        match noted
            .iter()
            .find(|(path, content)| there[*path] != **content)
        {
            None => Ok(()),
            Some((path, _)) => Err(format!("{}: a write was not noted", path.display())),
        }
    }
}

/// Clients who share the objects that are there.
fn clients(size: Size, base: &Base) -> Vec<Client> {
    let own = |client| {
        base.objects
            .iter()
            .skip(client)
            .step_by(size.clients)
            .cloned()
    };
    let client = |client| Client::new(size.seed, size.number, client, own(client).collect());
    (0..size.clients).map(client).collect()
}

/// Makes a watch of all agents.
fn watch(server: &Server, receiver: &Receiver) -> Result<(), String> {
    let failed = |why: std::io::Error| why.to_string();
    let mut connection = Connection::open(&server.address).map_err(failed)?;
    let watch = json!({ "to": receiver.url, "login": "u:p", "head": {} }).to_string();
    let made = connection.send("POST", "/agency/agents/courier", &watch);
    let made = made.map_err(failed)?;
    match made.status {
        201 => Ok(()),
        _ => Err(format!("no watch: {} {}", made.status, made.body)),
    }
}

/// The files below a folder, but memory that processes share.
fn gather(folder: &Path, path: &Path, image: &mut Image) -> std::io::Result<()> {
    for entry in fs::read_dir(folder.join(path))? {
        let entry = entry?;
        let path = path.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            gather(folder, &path, image)?;
        } else if !path.to_string_lossy().ends_with("-shm") {
            image.insert(path.clone(), fs::read(folder.join(&path))?);
        }
    }
    Ok(())
}
