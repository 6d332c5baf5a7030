//! The file that keys are kept in.

use std::fs::{self, File, OpenOptions};
use std::io::{Error, ErrorKind, Write};
use std::path::Path;

use super::Sealer;
use super::key::LENGTH;
use crate::auth::hex;

impl Sealer {
    /// Reads keys from a file, as [`Sealer::parse`] reads them.
    ///
    /// # Errors
    /// A file that cannot be read, or what is wrong with it.
    pub fn from_file(path: &Path) -> Result<Self, String> {
        let named = |why: &dyn std::fmt::Display| format!("{}: {why}", path.display());
        let text = fs::read_to_string(path).map_err(|why| named(&why))?;
        Self::parse(&text).map_err(|why| named(&why))
    }

    /// Reads keys from a file, which is made with a new key when it is not
    /// there; only its owner can read it. Whoever loses the file loses every
    /// secret.
    ///
    /// # Errors
    /// As [`Sealer::from_file`], or a file that cannot be made.
    pub fn from_file_or_create(path: &Path) -> Result<Self, String> {
        if let Ok(false) = path.try_exists() {
            let failed = |why| format!("cannot make {}: {why}", path.display());
            create(path).map_err(failed)?;
        }
        Self::from_file(path)
    }
}

/// Makes the file; leaves the one of another process, which was faster.
fn create(path: &Path) -> std::io::Result<()> {
    let mut key = [0; LENGTH];
    getrandom::fill(&mut key).map_err(|why| Error::other(why.to_string()))?;
    // Under its own name it is whole, and never replaces a key.
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".{}", std::process::id()));
    let part = Path::new(&part);
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
    // The name lasts only once its folder is written.
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
        // Faster than another process: its key stays.
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
