//! A power cut: which of the changes that may be on the disk are on it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::disk::Disk;
use crate::node::{Change, File, Folder, Node, put};
use crate::source::Source;

/// The smallest piece that a disk writes whole.
const SECTOR: usize = 512;

/// The files of a data folder after a cut, by their paths.
pub(crate) type Image = BTreeMap<PathBuf, Vec<u8>>;

/// How a disk deals with what nobody asked it to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    /// It kept nothing.
    Nothing,
    /// It kept everything.
    Everything,
    /// It kept what came first, and tore the one at which it ended.
    First,
    /// It kept what came last, the other way round.
    Last,
    /// For each change, it kept, lost or tore it.
    Each,
    /// It tore every one.
    Torn,
}

const MOODS: [Mood; 8] = [
    Mood::Nothing,
    Mood::Everything,
    Mood::First,
    Mood::First,
    Mood::Last,
    Mood::Each,
    Mood::Each,
    Mood::Torn,
];

/// What becomes of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    Lost,
    Torn,
}

/// The moods of one file or folder in one cut.
struct Whim {
    mood: Mood,
    /// Where it changes its mind.
    turn: usize,
}

impl Whim {
    fn draw(source: &mut Source, count: usize) -> Self {
        Self {
            mood: *source.pick(&MOODS),
            turn: source.below(count + 1),
        }
    }

    fn fate(&self, at: usize, source: &mut Source) -> Fate {
        let side = |kept: bool| if kept { Fate::Kept } else { Fate::Lost };
        match self.mood {
            Mood::Nothing => Fate::Lost,
            Mood::Everything => Fate::Kept,
            Mood::First | Mood::Last if at == self.turn => Fate::Torn,
            Mood::First => side(at < self.turn),
            Mood::Last => side(at > self.turn),
            Mood::Each => *source.pick(&[Fate::Kept, Fate::Lost, Fate::Torn]),
            Mood::Torn => Fate::Torn,
        }
    }
}

/// What was not certain at a cut, counted.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Doubt {
    pub(crate) kept: usize,
    pub(crate) lost: usize,
    pub(crate) torn: usize,
    /// Names in folders.
    pub(crate) names: usize,
}

/// What is on the disk after a cut.
pub(crate) fn image(disk: &Disk<'_>, source: &mut Source) -> (Image, Doubt) {
    let mut doubt = Doubt::default();
    let contents = disk.nodes.iter().map(|node| match node {
        Node::File(file) => Content::File(content(disk, file, source, &mut doubt)),
        Node::Folder(folder) => Content::Names(names(folder, source, &mut doubt)),
    });
    let contents: Vec<Content> = contents.collect();
    (named(&contents), doubt)
}

/// What is there when the power stays: what the program itself reads.
pub(crate) fn whole(disk: &Disk<'_>) -> Image {
    let contents = disk.nodes.iter().map(|node| match node {
        Node::File(file) => {
            let mut content = file.durable.clone();
            for change in &file.since {
                change.apply(&mut content, disk.notes);
            }
            Content::File(content)
        }
        Node::Folder(folder) => {
            let mut names = folder.durable.clone();
            for naming in &folder.since {
                naming.apply(&mut names);
            }
            Content::Names(names)
        }
    });
    let contents: Vec<Content> = contents.collect();
    named(&contents)
}

/// What a file or a folder has after a cut.
enum Content {
    File(Vec<u8>),
    Names(BTreeMap<String, usize>),
}

/// The files that can be reached.
fn named(contents: &[Content]) -> Image {
    let mut image = Image::new();
    let mut left = vec![(PathBuf::new(), 0)];
    while let Some((path, at)) = left.pop() {
        match &contents[at] {
            Content::File(content) => drop(image.insert(path, content.clone())),
            // Memory that processes share is not meant for the disk.
            Content::Names(names) => {
                let names = names.iter().filter(|(name, _)| !name.ends_with("-shm"));
                left.extend(names.map(|(name, node)| (path.join(name), *node)));
            }
        }
    }
    image
}

/// Names in a folder: each of its changes is there as a whole or not at all.
fn names(folder: &Folder, source: &mut Source, doubt: &mut Doubt) -> BTreeMap<String, usize> {
    let mut names = folder.durable.clone();
    let whim = Whim::draw(source, folder.since.len());
    doubt.names += folder.since.len();
    for (at, naming) in folder.since.iter().enumerate() {
        match whim.fate(at, source) {
            Fate::Kept => naming.apply(&mut names),
            Fate::Torn if source.chance(50) => naming.apply(&mut names),
            Fate::Torn | Fate::Lost => {}
        }
    }
    names
}

fn content(disk: &Disk<'_>, file: &File, source: &mut Source, doubt: &mut Doubt) -> Vec<u8> {
    let mut content = file.durable.clone();
    let whim = Whim::draw(source, file.since.len());
    for (at, change) in file.since.iter().enumerate() {
        match (whim.fate(at, source), change) {
            (Fate::Lost, _) => doubt.lost += 1,
            (Fate::Torn, Change::Write { offset, data }) => {
                doubt.torn += 1;
                tear(&mut content, *offset, &disk.notes[data.clone()], source);
            }
            (Fate::Kept | Fate::Torn, _) => {
                doubt.kept += 1;
                change.apply(&mut content, disk.notes);
            }
        }
    }
    content
}

/// Writes some sectors of a write. The file may have its length all the same.
fn tear(content: &mut Vec<u8>, offset: usize, data: &[u8], source: &mut Source) {
    let (mut from, percent) = (0, *source.pick(&[10, 50, 90]));
    while from < data.len() {
        let to = data.len().min(from + SECTOR - (offset + from) % SECTOR);
        if source.chance(percent) {
            put(content, offset + from, &data[from..to]);
        }
        from = to;
    }
    // A file may be longer before what is in it is there: zeros, or what was on the disk before.
    if source.chance(50) && content.len() < offset + data.len() {
        let byte = *source.pick(&[0, 0x5a, 0xff]);
        content.resize(offset + data.len(), byte);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::note::{Call, Note};

    /// The images of many cuts after these calls of nodes, all with data from `notes`.
    fn images(notes: &[u8], calls: Vec<(u64, Call)>) -> BTreeSet<Vec<(String, Vec<u8>)>> {
        let mut disk = Disk::new(notes, &Image::new());
        for (node, call) in calls {
            let time = 0;
            disk.take(&Note { time, node, call }, true).unwrap();
        }
        let mut source = Source::new(1, 1);
        let told = |image: Image| {
            let files = image.into_iter();
            let name = |path: &Path| path.display().to_string();
            files
                .map(|(path, content)| (name(&path), content))
                .collect()
        };
        (0..500)
            .map(|_| told(image(&disk, &mut source).0))
            .collect()
    }

    fn start() -> (u64, Call) {
        (1, Call::Start("/f".to_owned()))
    }

    fn made(node: u64, name: &str) -> (u64, Call) {
        let path = format!("/f/{name}");
        (node, Call::Open { path, made: true })
    }

    fn write(offset: usize, data: std::ops::Range<usize>) -> (u64, Call) {
        (2, Call::Write { offset, data })
    }

    fn file(name: &str, content: &[u8]) -> Vec<(String, Vec<u8>)> {
        vec![(name.to_owned(), content.to_vec())]
    }

    #[test]
    fn a_sync_keeps_what_was_written_before_it_and_the_name_only_with_the_folder() {
        let written = [start(), made(2, "a"), write(0, 0..2), (2, Call::Sync)];
        let with = |more: &[(u64, Call)]| images(b"abc", [&written[..], more].concat());
        let (none, kept) = (Vec::new(), file("a", b"ab"));
        assert_eq!(with(&[]), BTreeSet::from([none, kept.clone()]));
        assert_eq!(with(&[(1, Call::Sync)]), BTreeSet::from([kept.clone()]));
        let later = with(&[(1, Call::Sync), write(0, 2..3)]);
        assert_eq!(later, BTreeSet::from([kept, file("a", b"cb")]));
    }

    #[test]
    fn later_writes_may_be_kept_without_earlier_ones_and_sectors_one_by_one() {
        let notes: Vec<u8> = [[b'x'; 512], [b'y'; 512]].concat();
        let synced = [start(), made(2, "a"), (1, Call::Sync)];
        let calls = [&synced[..], &[write(0, 0..1024), write(0, 0..1)]].concat();
        let contents = images(&notes, calls);
        let has = |content: &[u8]| contents.contains(&file("a", content));
        assert!(has(b"") && has(b"x") && has(&notes));
        assert!(has(&notes[..512]), "the second sector is missing");
        assert!(has(&[&[0; 512], &notes[512..]].concat()), "the first is");
    }

    #[test]
    fn a_name_moves_as_a_whole_and_is_gone_only_when_that_is_kept() {
        let begin = [
            start(),
            made(2, "a"),
            write(0, 0..1),
            (2, Call::Sync),
            (1, Call::Sync),
        ];
        let with = |call: Call| images(b"abc", [&begin[..], &[(2, call)]].concat());
        let path = |name: &str| format!("/f/{name}");
        let moved = with(Call::Rename(path("a"), path("b")));
        assert_eq!(moved, BTreeSet::from([file("a", b"a"), file("b", b"a")]));
        let gone = with(Call::Unlink(path("a")));
        assert_eq!(gone, BTreeSet::from([Vec::new(), file("a", b"a")]));
    }
}
