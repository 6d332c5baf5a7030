//! Findings as marks below the lines of a case.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::Diagnostic;

/// The lines of a case without marks.
pub(super) fn strip(case: &str) -> String {
    let lines: Vec<&str> = case
        .lines()
        .filter(|line| !line.trim_start().starts_with(['^', '~', '=']))
        .collect();
    lines.join("\n")
}

/// Marks, by the line of the case that they belong to.
#[derive(Default)]
pub(super) struct Marks {
    below: BTreeMap<usize, Vec<String>>,
}

impl Marks {
    /// Marks a finding, with its advice if that differs from the advice of its code.
    pub(super) fn finding(&mut self, line: usize, columns: &Range<usize>, one: &Diagnostic) {
        let mark = format!(
            "{} {}: {}",
            "^".repeat(columns.len()),
            one.code.id,
            one.message
        );
        self.add(line, columns.start, &mark);
        if let Some(help) = &one.help {
            self.add(line, columns.start, &format!("= {help}"));
        }
        assert!(!one.advice().is_empty(), "{mark}");
    }

    /// Marks another relevant position.
    pub(super) fn other(&mut self, line: usize, columns: &Range<usize>, label: &str) {
        let mark = format!("{} {label}", "~".repeat(columns.len()));
        self.add(line, columns.start, &mark);
    }

    fn add(&mut self, line: usize, column: usize, mark: &str) {
        let below = self.below.entry(line).or_default();
        below.push(format!("{}{mark}", " ".repeat(column)));
    }

    /// The case with its marks.
    pub(super) fn beside(&self, case: &str) -> String {
        let mut all: Vec<&str> = Vec::new();
        for (at, line) in case.lines().enumerate() {
            all.push(line);
            all.extend(
                self.below
                    .get(&at)
                    .into_iter()
                    .flatten()
                    .map(String::as_str),
            );
        }
        all.join("\n")
    }
}
