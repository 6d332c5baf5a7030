//! `coverage`.

use std::path::{Path, PathBuf};

use clap::Args;
use fieldproof_spec::Loaded;
use fieldproof_spec::coverage::coverage;
use fieldproof_spec::lines::{Lines, Record};

use crate::exit::{Done, Exit, Failure};
use crate::specs::checked;
use crate::terminal::{complain, say};

#[derive(Debug, Args)]
pub(crate) struct Coverage {
    /// Folder of the specs
    #[arg(
        long,
        value_name = "DIR",
        default_value = "spec",
        env = "FIELDPROOF_SPEC"
    )]
    spec: PathBuf,
    /// Folder of the documents: their text is compared with the lines on record
    #[arg(long, value_name = "DIR", env = "FIELDPROOF_DOCUMENTS")]
    documents: Option<PathBuf>,
    /// Put the lines of the documents on record, beside each spec
    #[arg(long, requires = "documents")]
    accept: bool,
}

impl Coverage {
    pub(crate) fn run(self) -> Done {
        let mut whole = true;
        for mut one in checked(&self.spec)? {
            if let Some(documents) = &self.documents {
                whole &= compare(&mut one, documents, self.accept)?;
            }
            let (lines, complete) = summary(&one);
            whole &= complete;
            for line in lines {
                say(&line);
            }
        }
        Ok(if whole { Exit::Ok } else { Exit::Findings })
    }
}

/// One line per document with the number of cited lines, and whether the coverage is
/// complete.
pub(crate) fn summary(one: &Loaded) -> (Vec<String>, bool) {
    let Some(api) = &one.api else {
        return (Vec::new(), false);
    };
    let rows = fieldproof_spec::coverage::rows(api).len();
    let mut lines = Vec::new();
    let mut whole = true;
    for document in coverage(api, &one.lines) {
        let total = document.lines.len();
        let uncited: Vec<u32> = document.uncited().collect();
        let ignored = document
            .ignored
            .keys()
            .filter(|line| document.lines.contains(line))
            .count();
        let pending: Vec<&u32> = document.pending.keys().collect();
        let pending = pending
            .iter()
            .filter(|line| document.lines.contains(line))
            .count();
        let covered = total - uncited.len() - pending;
        lines.push(format!(
            "{}: {covered} of {total} lines covered by {rows} rows ({} cited, {ignored} ignored with a reason)",
            document.file,
            covered - ignored,
        ));
        if pending > 0 {
            whole = false;
            let mut why: Vec<&String> = document.pending.values().collect();
            why.sort();
            why.dedup();
            for why in why {
                let count = document
                    .pending
                    .values()
                    .filter(|other| *other == why)
                    .count();
                lines.push(format!("  pending, {count} lines: {why}"));
            }
        }
        if !uncited.is_empty() {
            whole = false;
            let uncited: Vec<String> = uncited.iter().map(u32::to_string).collect();
            lines.push(format!("  no row cites: {}", uncited.join(", ")));
        }
    }
    for document in api
        .documents
        .values()
        .filter(|document| one.lines.get(&document.file).is_none())
    {
        whole = false;
        lines.push(format!(
            "{}: its lines are not on record; `fieldproof coverage --documents DIR --accept` puts them there",
            document.file
        ));
    }
    (lines, whole)
}

/// Compares the documents with the recorded lines, or records them; returns whether they
/// are the same.
fn compare(one: &mut Loaded, folder: &Path, accept: bool) -> Result<bool, Failure> {
    let Some(api) = &one.api else {
        return Ok(false);
    };
    let mut same = true;
    let mut lines = Lines::default();
    for document in api.documents.values() {
        let path = folder.join(&document.file);
        let text = std::fs::read_to_string(&path).map_err(|error| {
            Failure::new(
                Exit::Environment,
                format!("error: cannot read {}: {error}", path.display()),
            )
        })?;
        let now = Record::of(&text);
        if now.sha256 != document.sha256 {
            same = false;
            complain(&format!(
                "{}: not the document that {} was written from",
                document.file,
                one.path.display()
            ));
            complain(&format!(
                "  its sha256 is {}, the spec says {}",
                now.sha256, document.sha256
            ));
        }
        if let (false, Some(record)) = (accept, one.lines.get(&document.file)) {
            for (line, places) in record.moved(&text) {
                same = false;
                complain(&moved(&document.file, line, &places));
            }
        }
        lines.insert(&document.file, now);
    }
    if accept {
        let path = one.path.with_extension("lines");
        std::fs::write(&path, lines.write())
            .map_err(|error| Failure::environment(format!("write {}", path.display()), error))?;
        one.lines = lines;
    }
    Ok(same)
}

fn moved(file: &str, line: u32, places: &[u32]) -> String {
    match places {
        [] => format!("{file}:{line}: the line has changed or is gone"),
        places => {
            let places: Vec<String> = places.iter().map(u32::to_string).collect();
            format!(
                "{file}:{line}: the line has moved to {}",
                places.join(" or ")
            )
        }
    }
}
