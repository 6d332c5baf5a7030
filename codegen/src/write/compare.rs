//! Compares the files on disk with those that would be written.

use std::fmt;
use std::io;
use std::path::Path;

use similar::TextDiff;

use super::manifest::{Manifest, hash};
use super::{Files, is_owned, read_file};

/// A file that differs from the one that would be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its path below the folder.
    pub path: String,
    /// In which way it differs.
    pub kind: Kind,
    /// A unified diff from the current file to the one that would be written.
    pub diff: String,
}

/// How a file differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It does not exist.
    Missing,
    /// It was generated from another version of the specs.
    Stale,
    /// It was edited after it was generated.
    Edited,
    /// It was generated once and no longer is.
    Orphan,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "missing",
            Self::Stale => "stale",
            Self::Edited => "edited",
            Self::Orphan => "orphan",
        })
    }
}

impl Files {
    /// Lists the files in `folder` that differ from those that would be written.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn compare(&self, folder: &Path) -> io::Result<Vec<Difference>> {
        let manifest = Manifest::read(folder)?;
        let mut found = Vec::new();
        for (path, text) in &self.0 {
            let (kind, there) = match read_file(&folder.join(path))? {
                Some(there) if there == *text => continue,
                None => (Kind::Missing, String::new()),
                Some(_) if is_owned(path) && manifest.is_edited(folder, path)? => continue,
                Some(there) if manifest.files.get(path) == Some(&hash(&there)) => {
                    (Kind::Stale, there)
                }
                Some(there) => (Kind::Edited, there),
            };
            found.push(difference(path, kind, &there, text));
        }
        for path in manifest
            .files
            .keys()
            .filter(|path| !self.0.contains_key(*path))
        {
            if let Some(there) = read_file(&folder.join(path))? {
                let kind = match manifest.files.get(path) == Some(&hash(&there)) {
                    true => Kind::Orphan,
                    false => Kind::Edited,
                };
                found.push(difference(path, kind, &there, ""));
            }
        }
        Ok(found)
    }
}

fn difference(path: &str, kind: Kind, there: &str, text: &str) -> Difference {
    let diff = TextDiff::from_lines(there, text);
    let diff = diff
        .unified_diff()
        .context_radius(2)
        .header(path, path)
        .to_string();
    Difference {
        path: path.to_owned(),
        kind,
        diff,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::manifest::{NAME, hash};
    use super::{Files, Kind};

    #[test]
    fn a_file_that_is_written_once_belongs_to_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let main = folder.path().join("src/main.rs");
        let emitted = |text: &str| Files([("src/main.rs".to_owned(), text.to_owned())].into());
        let kinds = |files: &Files| -> Vec<Kind> {
            let found = files.compare(folder.path()).unwrap();
            found.iter().map(|one| one.kind).collect()
        };
        assert_eq!(kinds(&emitted("1\n")), [Kind::Missing]);
        emitted("1\n").write(folder.path()).unwrap();
        fs::write(&main, "mine\n").unwrap();
        assert_eq!(kinds(&emitted("2\n")), []);
        let done = emitted("2\n").write(folder.path()).unwrap();
        assert_eq!((done.written.len(), done.removed.len()), (0, 0));
        assert_eq!(fs::read_to_string(&main).unwrap(), "mine\n");
        // One that was generated, and never edited, when it was not yet anybody's.
        let listed = format!("{{\"files\":{{\"src/main.rs\":\"{}\"}}}}", hash("mine\n"));
        fs::write(folder.path().join(NAME), listed).unwrap();
        assert_eq!(kinds(&emitted("2\n")), [Kind::Stale]);
        emitted("2\n").write(folder.path()).unwrap();
        assert_eq!(fs::read_to_string(&main).unwrap(), "2\n");
    }

    #[test]
    fn tells_missing_stale_edited_and_orphan_files_apart() {
        let folder =
            std::env::temp_dir().join(format!("fieldproof-compare-{}", std::process::id()));
        let files = |entries: &[(&str, &str)]| {
            Files(
                entries
                    .iter()
                    .map(|(p, t)| ((*p).to_owned(), (*t).to_owned()))
                    .collect(),
            )
        };
        let first = files(&[
            ("a/stale", "1\n"),
            ("edited", "1\n"),
            ("gone/deep/orphan", "1\n"),
            ("left and edited", "1\n"),
            ("same", "1\n"),
        ]);
        assert_eq!(first.write(&folder).unwrap().written.len(), 5);
        assert_eq!(first.compare(&folder).unwrap(), []);
        assert_eq!(first.write(&folder).unwrap().unchanged, 5);
        fs::write(folder.join("edited"), "2\n").unwrap();
        fs::write(folder.join("left and edited"), "2\n").unwrap();
        let second = files(&[
            ("a/stale", "3\n"),
            ("edited", "1\n"),
            ("new", "1\n"),
            ("same", "1\n"),
        ]);
        let found = second.compare(&folder).unwrap();
        let kinds: Vec<_> = found.iter().map(|d| (d.path.as_str(), d.kind)).collect();
        let expected = [
            ("a/stale", Kind::Stale),
            ("edited", Kind::Edited),
            ("new", Kind::Missing),
            ("gone/deep/orphan", Kind::Orphan),
            ("left and edited", Kind::Edited),
        ];
        assert_eq!(kinds, expected);
        assert!(found[0].diff.contains("-1\n+3\n"), "{}", found[0].diff);
        let done = second.write(&folder).unwrap();
        assert_eq!(
            (done.written.len(), done.removed),
            (
                3,
                vec!["gone/deep/orphan".to_owned(), "left and edited".to_owned()]
            )
        );
        assert!(
            !folder.join("gone").exists(),
            "no empty folder stays behind"
        );
        assert!(folder.join("a").exists());
        assert_eq!(second.compare(&folder).unwrap(), []);
        fs::remove_dir_all(folder).unwrap();
    }
}
