//! The key file.

use std::fs::{self, File, OpenOptions};
use std::io::{Error, ErrorKind, Write};
use std::path::Path;

use super::Sealer;
use super::key::LENGTH;
use crate::auth::hex;

impl Sealer {
    /// Reads keys from a file in the format of [`Sealer::parse`].
    ///
    /// # Errors
    /// The file cannot be read, or its content is malformed.
    pub fn from_file(path: &Path) -> Result<Self, String> {
        let named = |why: &dyn std::fmt::Display| format!("{}: {why}", path.display());
        let text = fs::read_to_string(path).map_err(|why| named(&why))?;
        Self::parse(&text).map_err(|why| named(&why))
    }

    /// Reads keys from a file; if it does not exist, creates it with a new key and readable
    /// only by its owner. If the file is lost, all secrets are lost.
    ///
    /// # Errors
    /// As for [`Sealer::from_file`], or the file cannot be created.
    pub fn from_file_or_create(path: &Path) -> Result<Self, String> {
        if let Ok(false) = path.try_exists() {
            let failed = |why| format!("cannot make {}: {why}", path.display());
            create(path).map_err(failed)?;
        }
        Self::from_file(path)
    }
}

/// Creates the file, unless another process has just done so.
fn create(path: &Path) -> std::io::Result<()> {
    let mut key = [0; LENGTH];
    getrandom::fill(&mut key).map_err(|why| Error::other(why.to_string()))?;
    // The file gets its name when it is complete, and never replaces an existing key.
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".{}", std::process::id()));
    let part = Path::new(&part);
    // A process of the same number was killed before it had finished.
    let _ = fs::remove_file(part);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(part)?;
    let linked = writeln!(file, "{}", hex(&key))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::hard_link(part, path));
    fs::remove_file(part)?;
    match linked {
        Err(why) if why.kind() != ErrorKind::AlreadyExists => return Err(why),
        _ => {}
    }
    // The new name is durable only after its folder is synced.
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::watch::seal::{Location, Sealer};

    const LOCATION: Location<'_> = Location {
        table: "t",
        id: "1",
        member: "m",
    };

    #[test]
    fn a_file_is_made_once_for_its_owner_alone() {
        let name = format!("fieldproof-seal-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("key");
        let first = Sealer::from_file_or_create(&path).unwrap();
        let sealed = first.seal(&LOCATION, "x").unwrap();
        let again = Sealer::from_file_or_create(&path).unwrap();
        assert_eq!(again.open(&LOCATION, &sealed).unwrap().text, "x");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(
            fs::read_dir(&folder).unwrap().count(),
            1,
            "nothing else is left"
        );
        // Another process was faster: its key stays.
        super::create(&path).unwrap();
        assert_eq!(
            Sealer::from_file(&path)
                .unwrap()
                .open(&LOCATION, &sealed)
                .unwrap()
                .text,
            "x"
        );

        fs::write(&path, "nothing\n").unwrap();
        let error = Sealer::from_file_or_create(&path).unwrap_err();
        assert!(error.contains("key: a key is 32 bytes"), "{error}");
        assert!(
            Sealer::from_file_or_create(&folder).is_err(),
            "a folder is no file"
        );
        let nowhere = folder.join("no/where");
        assert!(Sealer::from_file_or_create(&nowhere).is_err());
        fs::remove_dir_all(&folder).unwrap();
    }
}
