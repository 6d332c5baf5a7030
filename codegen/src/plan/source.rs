//! Sources of rows, in words.

use fieldproof_spec::model::Row;

use super::Plan;

impl Plan<'_> {
    /// The source of a row, for readers of the generated code.
    pub(crate) fn source(&self, row: &Row) -> Option<String> {
        let mut parts = Vec::new();
        for name in self.api.documents.keys() {
            let cited = row.at.iter().filter(|cited| cited.document == *name);
            let mut cited: Vec<_> = cited.collect();
            cited.sort_by_key(|cited| (cited.first, cited.last));
            let lines: Vec<String> = cited
                .into_iter()
                .map(|cited| match cited.first == cited.last {
                    true => cited.first.to_string(),
                    false => format!("{}-{}", cited.first, cited.last),
                })
                .collect();
            if !lines.is_empty() {
                let one = lines.len() == 1 && !lines[0].contains('-');
                let word = if one { "line" } else { "lines" };
                parts.push(format!("document `{name}`, {word} {}", lines.join(", ")));
            }
        }
        if !row.rulings.is_empty() {
            let word = if row.rulings.len() == 1 {
                "ruling"
            } else {
                "rulings"
            };
            parts.push(format!("{word} {}", row.rulings.join(", ")));
        }
        (!parts.is_empty()).then(|| format!("Source: {}.", parts.join("; ")))
    }
}
