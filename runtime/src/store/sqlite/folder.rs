//! The data folder, which belongs to its owner alone.
//!
//! What is made here has mode 0700 or 0600 whatever the umask is; SQLite gives the files that
//! it adds the mode of the database. What others could reach already may have been read, so it
//! is refused and not tightened; an empty folder has nothing to read.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::fs::{StatVfsMountFlags, fstatvfs};

use super::connection::FILE;
use crate::store::Error;

/// What a mode gives to others than the owner.
const OTHERS: u32 = 0o077;

/// How long to wait for another process that opens the folder; it may wait for a lock itself.
const PATIENCE: Duration = Duration::from_secs(10);

/// The time between two attempts.
const PAUSE: Duration = Duration::from_millis(5);

/// Makes the folder if it is not there, and checks that nobody else reaches what is in it. No
/// other process takes it before the returned file is closed, even if this one is killed.
///
/// # Errors
/// The folder cannot be used, or others than its owner can reach it or a file in it.
pub(super) fn take(folder: &Path) -> Result<File, Error> {
    let failed = |why: io::Error| Error::new("use the data folder", located(folder, &why));
    let is_new = !folder.join(FILE).exists();
    let there = folder.ancestors().skip(1).position(Path::exists);
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(failed)?;
    if is_new {
        // One that was there may be what a start has left that ended before this.
        let above = folder.ancestors().skip(1);
        above
            .take(there.map_or(usize::MAX, |at| at + 1))
            .try_for_each(sync)
            .map_err(failed)?;
    }
    let taken = File::open(folder).map_err(failed)?;
    let disk = fstatvfs(&taken).map_err(|why| failed(why.into()))?;
    if disk.f_flag.contains(StatVfsMountFlags::RDONLY) {
        return Err(failed(io::ErrorKind::ReadOnlyFilesystem.into()));
    }
    lock(&taken).map_err(failed)?;
    let mut entries = fs::read_dir(folder).map_err(failed)?.peekable();
    if is_open(&taken.metadata().map_err(failed)?) {
        if entries.peek().is_some() {
            return Err(reached(folder, folder));
        }
        fs::set_permissions(folder, Permissions::from_mode(0o700)).map_err(failed)?;
    }
    for entry in entries {
        let entry = entry.map_err(failed)?;
        // Another process may remove its files at any time; links are not followed.
        let there = entry.metadata().ok().filter(Metadata::is_file);
        if there.is_some_and(|file| is_open(&file)) {
            return Err(reached(&entry.path(), folder));
        }
    }
    Ok(taken)
}

/// The file that a process holds for which the folder is alone.
const RESERVED: &str = "server.lock";

/// Reserves the folder for this process until the returned file is closed, even if it is killed.
/// Others may still open what is in it; they do not hold it for long.
///
/// # Errors
/// Another process has reserved it, or it cannot be used.
pub(crate) fn reserve(folder: &Path) -> Result<File, Error> {
    let failed = |why: io::Error| Error::new("use the data folder", located(folder, &why));
    let _taken = take(folder)?;
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false).mode(0o600);
    let file = options.open(folder.join(RESERVED)).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::Error(why)) => Err(failed(why)),
        Err(TryLockError::WouldBlock) => {
            let why = "a server runs over it, and a folder is for one at a time";
            Err(failed(io::Error::new(io::ErrorKind::ResourceBusy, why)))
        }
    }
}

/// Makes the names in a folder survive a power failure, as far as it can be asked to: a sync of
/// what is in a folder does not keep the name of the folder itself.
fn sync(above: &Path) -> io::Result<()> {
    let above = match above.as_os_str().is_empty() {
        true => Path::new("."),
        false => above,
    };
    match File::open(above).and_then(|above| above.sync_all()) {
        // It may not be read, or its file system does not sync folders.
        Err(why) if is_beyond(why.kind()) => Ok(()),
        done => done,
    }
}

fn is_beyond(why: io::ErrorKind) -> bool {
    matches!(
        why,
        io::ErrorKind::PermissionDenied | io::ErrorKind::InvalidInput
    )
}

/// Locks the folder, for which others that open it are waited for.
fn lock(taken: &File) -> io::Result<()> {
    let until = Instant::now() + PATIENCE;
    loop {
        match taken.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(why)) => return Err(why),
            Err(TryLockError::WouldBlock) if Instant::now() < until => sleep(PAUSE),
            Err(TryLockError::WouldBlock) => {
                let why = "another process has locked it and does not let go";
                return Err(io::Error::new(io::ErrorKind::ResourceBusy, why));
            }
        }
    }
}

/// Makes an empty file that only its owner can read. One that is there is not opened: closing
/// it would release the locks of this process.
///
/// # Errors
/// The file cannot be made.
pub(super) fn touch(file: &Path) -> Result<(), Error> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    match options.open(file) {
        Err(why) if why.kind() != io::ErrorKind::AlreadyExists => {
            Err(Error::new("make the database", located(file, &why)))
        }
        _ => Ok(()),
    }
}

fn is_open(metadata: &Metadata) -> bool {
    metadata.permissions().mode() & OTHERS != 0
}

fn reached(what: &Path, folder: &Path) -> Error {
    let (what, folder) = (what.display(), folder.display());
    let why = format!(
        "others than its owner can reach {what}, and may have read what is in it; \
         `chmod -R go= {folder}` ends that, or name a folder that is not there yet"
    );
    Error::new("use the data folder", why)
}

fn located(path: &Path, why: &io::Error) -> String {
    format!("{}: {why}", path.display())
}
