//! Files: the only module that accesses the disk.

mod compare;
mod manifest;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::{fs, io::ErrorKind};

pub use compare::{Difference, Kind};
use manifest::Manifest;

/// Files that are written once and then belong to whoever works on the server.
const OWNED: &[&str] = &["src/main.rs"];

/// Texts of files by path below a folder, with `/` between segments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, String>);

/// The result of writing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have changed.
    pub written: Vec<String>,
    /// The number of files that stayed as they were.
    pub unchanged: usize,
    /// Files that are no longer generated and were removed.
    pub removed: Vec<String>,
}

/// Whether files were generated into `folder`.
#[must_use]
pub fn is_emitted(folder: &Path) -> bool {
    folder.join(manifest::NAME).is_file()
}

impl Files {
    pub(crate) fn add(&mut self, path: String, text: String) {
        let before = self.0.insert(path, text);
        debug_assert!(before.is_none(), "two emitters wrote one file");
    }

    /// Writes the files that differ, and removes those that the manifest in `folder` lists but
    /// that are no longer generated.
    ///
    /// # Errors
    /// The folder cannot be read or written.
    pub fn write(&self, folder: &Path) -> io::Result<Written> {
        let mut done = Written::default();
        let before = Manifest::read(folder)?;
        for (path, text) in &self.0 {
            if is_owned(path) && before.is_edited(folder, path)? {
                done.unchanged += 1;
                continue;
            }
            match write_file(&folder.join(path), text)? {
                true => done.written.push(path.clone()),
                false => done.unchanged += 1,
            }
        }
        for path in before.files.keys() {
            if !self.0.contains_key(path) && remove_file(&folder.join(path))? {
                remove_empty(folder, path);
                done.removed.push(path.clone());
            }
        }
        write_file(&folder.join(manifest::NAME), &Manifest::of(self).text())?;
        Ok(done)
    }
}

/// Whether a file belongs to whoever works on the server.
fn is_owned(path: &str) -> bool {
    OWNED.contains(&path)
}

/// Writes `text` if the file differs, and returns whether it did.
fn write_file(path: &Path, text: &str) -> io::Result<bool> {
    if read_file(path)?.as_deref() == Some(text) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)?;
    Ok(true)
}

fn remove_file(path: &Path) -> io::Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes the folders between `folder` and a removed file, as far as they are empty.
fn remove_empty(folder: &Path, path: &str) {
    let above = Path::new(path).ancestors().skip(1);
    for one in above.filter(|one| !one.as_os_str().is_empty()) {
        // The system refuses to remove a folder that is not empty.
        if fs::remove_dir(folder.join(one)).is_err() {
            return;
        }
    }
}

/// The text of a file, if it exists.
fn read_file(path: &Path) -> io::Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
