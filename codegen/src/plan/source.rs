//! Sources of rows, in words.

use fieldproof_spec::model::Row;

use super::Plan;

impl Plan<'_> {
    /// The source of a row, for readers of the generated code.
    pub(crate) fn source(&self, row: &Row) -> Option<String> {
        let mut parts = Vec::new();
        for name in self.api.documents.keys() {
            let cited = row.at.iter().filter(|cited| cited.document == *name);
            let mut ranges: Vec<_> = cited.map(|cited| (cited.first, cited.last)).collect();
            ranges.sort_unstable();
            ranges.dedup_by(|next, kept| {
                let joins = next.0 <= kept.1 + 1;
                kept.1 = if joins { kept.1.max(next.1) } else { kept.1 };
                joins
            });
            let lines = ranges.into_iter().map(|(first, last)| match first == last {
                true => first.to_string(),
                false => format!("{first}-{last}"),
            });
            let lines: Vec<String> = lines.collect();
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
