//! Compiles specs to obligations.

use fieldproof_spec::model::Api;

use crate::checks;
use crate::obligation::{Obligation, SourceRow};

/// The id of the subject, followed by the first clause of the check's description.
fn title(id: &str, about: &str) -> String {
    let end = about.find([';', ':', '.']).unwrap_or(about.len());
    format!("{id}: {}", &about[..end])
}

/// Every obligation of an API, in the order of the checks.
#[must_use]
pub fn compile(api: &Api) -> Vec<Obligation> {
    let mut all = Vec::new();
    for check in checks::ALL {
        for subject in (check.oblige)(api) {
            all.push(Obligation {
                id: format!("{}.{}:{}", api.name, subject.id, check.name),
                title: title(&subject.id, check.about),
                severity: check.severity,
                check: check.name,
                api: api.name.clone(),
                spec: api.file.clone(),
                resource: subject.resource,
                member: subject.part.name(),
                part: subject.part,
                rows: subject
                    .rows
                    .into_iter()
                    .map(|row| in_file(api, row))
                    .collect(),
            });
        }
    }
    all
}

/// The row with its position in its own file, and with document lines listed by file
/// instead of by document name.
fn in_file(api: &Api, mut row: SourceRow) -> SourceRow {
    if let Some((file, lines)) = api.extends.as_ref().filter(|(_, lines)| row.line > *lines) {
        row.line -= lines;
        row.spec = Some(file.clone());
    }
    let files = api.documents.iter().filter_map(|(name, document)| {
        let lines = row
            .at
            .iter()
            .filter_map(|at| at.strip_prefix(name)?.strip_prefix(':'));
        let lines: Vec<&str> = lines.collect();
        (!lines.is_empty()).then(|| format!("{}:{}", document.file, lines.join(", ")))
    });
    row.at = files.collect();
    row
}
