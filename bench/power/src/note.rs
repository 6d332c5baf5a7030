//! What the preloaded library noted, read.

use std::ops::Range;

/// The bytes before the data of a note; `struct note` in `shim.c`.
const HEAD: usize = 32;

/// One call.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    /// Nanoseconds of the monotonic clock before it.
    pub(crate) time: u64,
    /// The number that the system gave the file or folder; it may give it again.
    pub(crate) node: u64,
    pub(crate) call: Call,
}

/// What was called. Contents stay where they are in the notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Call {
    /// A server started over this folder.
    Start(String),
    Open {
        path: String,
        made: bool,
    },
    Write {
        offset: usize,
        data: Range<usize>,
    },
    Truncate(usize),
    Sync,
    Unlink(String),
    Rename(String, String),
    Link(String, String),
    Folder(String),
}

/// Reads notes. The last one may be cut off, when its program was killed.
///
/// # Errors
/// They are not what the library writes.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Note>, String> {
    let (mut notes, mut at) = (Vec::new(), 0);
    while let Some(head) = bytes.get(at..at + HEAD) {
        let long = |from: usize| u64::from_ne_bytes(head[from..from + 8].try_into().expect("8"));
        let short = |from: usize| u32::from_ne_bytes(head[from..from + 4].try_into().expect("4"));
        let data = at + HEAD..at + HEAD + short(24) as usize;
        let Some(content) = bytes.get(data.clone()) else {
            break;
        };
        let text = || String::from_utf8_lossy(content).into_owned();
        let pair = || {
            let both = text();
            let (from, to) = both.split_once('\0').ok_or("a pair of paths")?;
            Ok::<_, String>((from.to_owned(), to.to_owned()))
        };
        let offset = usize::try_from(long(16)).map_err(|why| why.to_string())?;
        at = data.end;
        let call = match short(28) {
            1 => Call::Start(text()),
            2 => Call::Open {
                path: text(),
                made: offset != 0,
            },
            3 => Call::Write { offset, data },
            4 => Call::Truncate(offset),
            5 => Call::Sync,
            6 => Call::Unlink(text()),
            7 => pair().map(|(from, to)| Call::Rename(from, to))?,
            8 => pair().map(|(from, to)| Call::Link(from, to))?,
            9 => Call::Folder(text()),
            other => return Err(format!("note {} is of kind {other}", notes.len())),
        };
        let (time, node) = (long(0), long(8));
        notes.push(Note { time, node, call });
    }
    Ok(notes)
}
