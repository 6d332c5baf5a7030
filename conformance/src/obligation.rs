//! Obligations: what a service owes to the rows of a spec.

use std::collections::BTreeSet;

use fieldproof_spec::model::Row;
use schemars::JsonSchema;
use serde::Serialize;

use crate::subject::SubjectPart;

/// An obligation of a service, and its source.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Obligation {
    /// The stable id: API, subject, check.
    pub id: String,
    /// A short description of the obligation.
    pub title: String,
    /// The severity of a finding.
    pub severity: Severity,
    /// The name of the check.
    pub check: &'static str,
    /// The API.
    pub api: String,
    /// The file of the spec.
    pub spec: String,
    /// The name of the resource; empty for the whole API.
    pub resource: String,
    /// The name of the member, filter or sort key; empty for the whole resource.
    pub member: String,
    /// The part of the resource that it is about.
    #[serde(skip)]
    #[schemars(skip)]
    pub part: SubjectPart,
    /// The rows it comes from.
    pub rows: Vec<SourceRow>,
}

/// A row of a spec, with the document lines it is based on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceRow {
    /// The keys that lead to it.
    pub path: String,
    /// The file of the spec that contains it, if that is the extended one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spec: Option<String>,
    /// Its line in the spec.
    pub line: usize,
    /// Its column in the spec.
    pub column: usize,
    /// Lines of each document, such as `shelves.txt:12, 58-60`.
    pub at: Vec<String>,
    /// Rulings that shaped it.
    pub rulings: Vec<String>,
}

impl From<&Row> for SourceRow {
    fn from(row: &Row) -> Self {
        Self {
            path: row.path.clone(),
            spec: None,
            line: row.position.line,
            column: row.position.column,
            at: row.at.iter().map(ToString::to_string).collect(),
            rulings: row.rulings.clone(),
        }
    }
}

impl Obligation {
    /// The spec file that one of its rows is in.
    pub(crate) fn spec_of<'o>(&'o self, row: &'o SourceRow) -> &'o str {
        row.spec.as_deref().unwrap_or(&self.spec)
    }

    /// The rulings of its rows.
    #[must_use]
    pub fn rulings(&self) -> BTreeSet<&str> {
        self.rows
            .iter()
            .flat_map(|row| &row.rulings)
            .map(String::as_str)
            .collect()
    }
}

/// The severity of a violated obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Others see or do what they must not.
    Critical,
    /// Values are lost, wrong, or not found.
    Major,
    /// A client is told less than it should be.
    Minor,
}

impl Severity {
    /// The severity in one word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Major => "major",
            Self::Minor => "minor",
        }
    }

    /// The SARIF level.
    #[must_use]
    pub fn level(self) -> &'static str {
        match self {
            Self::Critical | Self::Major => "error",
            Self::Minor => "warning",
        }
    }
}

/// Whether `id` matches `pattern`, in which `*` stands for any text.
#[must_use]
pub fn fits(pattern: &str, id: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == id;
    };
    let Some(mut left) = id.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        let Some(at) = left.find(part) else {
            return false;
        };
        left = &left[at + part.len()..];
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn stars_stand_for_any_text() {
        assert!(fits("a.b:c", "a.b:c") && !fits("a.b:c", "a.b:d"));
        assert!(fits("*:c", "a.b:c") && fits("a.*:c", "a.b:c") && fits("*", ""));
        assert!(!fits("a.*:c", "b.b:c") && !fits("*x*", "abc"));
    }
}
