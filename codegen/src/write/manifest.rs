//! The manifest: the generated files and the hash of each.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;
use std::path::Path;

use hmac_sha256::Hash;
use serde::{Deserialize, Serialize};

use super::{Files, is_owned, read_file};

/// Name of the manifest in the folder.
pub(super) const NAME: &str = ".fieldproof.json";

/// The generated files and the hash of each.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// SHA-256 by path.
    pub(super) files: BTreeMap<String, String>,
}

impl Manifest {
    pub(super) fn of(files: &Files) -> Self {
        let hashes = files
            .0
            .iter()
            .filter(|(path, _)| !is_owned(path))
            .map(|(path, text)| (path.clone(), hash(text)));
        Self {
            files: hashes.collect(),
        }
    }

    /// Reads the manifest of a folder; without one, no files were generated there.
    pub(super) fn read(folder: &Path) -> io::Result<Self> {
        let text = read_file(&folder.join(NAME))?.unwrap_or_default();
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    /// Whether the file exists and is not as it was generated.
    pub(super) fn is_edited(&self, folder: &Path, path: &str) -> io::Result<bool> {
        let there = read_file(&folder.join(path))?;
        Ok(there.is_some_and(|there| self.files.get(path) != Some(&hash(&there))))
    }

    pub(super) fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// SHA-256 in lower-case hexadecimal digits.
pub(super) fn hash(text: &str) -> String {
    let digest = Hash::hash(text.as_bytes());
    digest.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
