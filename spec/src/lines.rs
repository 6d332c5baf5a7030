//! The lines of documents on record: number and hash of every non-blank line.
//!
//! A document belongs to its owner and is not part of a project. Its record is, so that
//! coverage can be computed without the document, and changes are noticed line by line.

use std::collections::BTreeMap;
use std::fmt::Write;

use hmac_sha256::Hash;
use indexmap::IndexMap;

use crate::syntax::Document;

/// Records of documents, by file name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lines {
    documents: BTreeMap<String, Record>,
}

/// The record of one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// SHA-256 of the whole file.
    pub sha256: String,
    /// The number of lines, including blank ones.
    pub count: u32,
    /// The hash of every non-blank line, by line number.
    pub hashes: BTreeMap<u32, String>,
}

impl Record {
    /// The record of a document's text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let hashes = text
            .lines()
            .zip(1..)
            .filter(|(line, _)| !line.trim().is_empty());
        Self {
            sha256: hex(text.as_bytes()),
            count: u32::try_from(text.lines().count()).unwrap_or(u32::MAX),
            hashes: hashes.map(|(line, at)| (at, short(line))).collect(),
        }
    }

    /// The differences between this record and the current text of the document: each
    /// recorded line that moved or is gone, with its new line numbers.
    #[must_use]
    pub fn moved(&self, text: &str) -> Vec<(u32, Vec<u32>)> {
        let now = Self::of(text);
        let changed = self
            .hashes
            .iter()
            .filter(|(at, hash)| now.hashes.get(at) != Some(hash));
        changed
            .map(|(at, hash)| {
                let places = now.hashes.iter().filter(|(_, other)| *other == hash);
                (*at, places.map(|(at, _)| *at).collect())
            })
            .collect()
    }
}

impl Lines {
    /// Reads the text of a `.lines` file; lines that cannot be parsed are skipped.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut documents = BTreeMap::new();
        let mut current: Option<&mut Record> = None;
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match (words.as_slice(), &mut current) {
                (["document", file, sha256, count], _) => {
                    let record: &mut Record = documents.entry((*file).to_owned()).or_default();
                    record.sha256 = (*sha256).to_owned();
                    record.count = count.parse().unwrap_or(0);
                    current = Some(record);
                }
                ([at, hash], Some(record)) => {
                    if let Ok(at) = at.parse() {
                        record.hashes.insert(at, (*hash).to_owned());
                    }
                }
                _ => {}
            }
        }
        Self { documents }
    }

    /// Adds the record of a document.
    pub fn insert(&mut self, file: &str, record: Record) {
        self.documents.insert(file.to_owned(), record);
    }

    /// The record of the document in `file`.
    #[must_use]
    pub fn get(&self, file: &str) -> Option<&Record> {
        self.documents.get(file)
    }

    /// The number of lines of each of `documents` that is on record.
    #[must_use]
    pub fn counts(&self, documents: &IndexMap<String, Document>) -> IndexMap<String, u32> {
        let known = documents
            .iter()
            .filter_map(|(name, document)| Some((name.clone(), self.get(&document.file)?.count)));
        known.collect()
    }

    /// The text of a `.lines` file.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = String::from(
            "# Number and hash of every non-blank line; written by `fieldproof coverage --accept`.\n",
        );
        for (file, record) in &self.documents {
            let _ = writeln!(text, "document {file} {} {}", record.sha256, record.count);
            for (at, hash) in &record.hashes {
                let _ = writeln!(text, "{at} {hash}");
            }
        }
        text
    }
}

/// SHA-256 in lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digest = Hash::hash(bytes);
    digest.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The first 16 digits of the hash: enough to notice a change, too few to reveal the text.
fn short(line: &str) -> String {
    let mut digest = hex(line.trim_end().as_bytes());
    digest.truncate(16);
    digest
}

#[cfg(test)]
mod tests {
    use super::{Lines, Record};

    #[test]
    fn survives_writing_and_names_a_moved_line() {
        let mut lines = Lines::default();
        lines.insert("a.txt", Record::of("one\n\ntwo\n"));
        let again = Lines::read(&lines.write());
        assert_eq!(again, lines);
        let record = again.get("a.txt").unwrap();
        assert_eq!(record.count, 3);
        assert_eq!(record.moved("one\n\ntwo\n"), []);
        assert_eq!(record.moved("one\ntwo\n"), [(3, vec![2])]);
        assert_eq!(record.moved("one\n\n2\n"), [(3, vec![])]);
    }
}
