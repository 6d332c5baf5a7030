//! Inputs that made an obligation fail once; they are tried again in every run.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::report::{Outcome, Verdict};

/// The first line of the file.
const HEAD: &str =
    "# Obligations that failed once, each with the seed and the number of cases that showed it.\n";

/// Seeds and numbers of cases by obligation id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Regressions(BTreeMap<String, BTreeSet<(u64, u32)>>);

impl Regressions {
    /// Reads lines of `ID SEED CASES`.
    ///
    /// # Errors
    /// The number of an invalid line.
    pub fn read(text: &str) -> Result<Self, usize> {
        let mut all = Self::default();
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let words: Vec<&str> = line.split_whitespace().collect();
            let [id, seed, cases] = words[..] else {
                return Err(at + 1);
            };
            let numbers = (seed.parse(), cases.parse());
            let (Ok(seed), Ok(cases)) = numbers else {
                return Err(at + 1);
            };
            all.0
                .entry(id.to_owned())
                .or_default()
                .insert((seed, cases));
        }
        Ok(all)
    }

    /// The seeds and numbers of cases of an obligation.
    pub(crate) fn of(&self, id: &str) -> impl Iterator<Item = (u64, u32)> + '_ {
        self.0.get(id).into_iter().flatten().copied()
    }

    /// Adds the inputs of failures; returns whether any were new.
    pub fn add(&mut self, outcomes: &[Outcome]) -> bool {
        let failed = outcomes.iter().filter(|one| one.verdict == Verdict::Fail);
        let mut fresh = false;
        for one in failed {
            let known = self.0.entry(one.obligation.id.clone()).or_default();
            fresh |= known.insert(one.inputs);
        }
        fresh
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for (id, inputs) in &self.0 {
            for (seed, cases) in inputs {
                let _ = writeln!(text, "{id} {seed} {cases}");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Regressions;

    #[test]
    fn reads_what_it_writes_and_names_a_line_that_is_none() {
        let text = "# why\nb:x 7 12\na:x 1 4\nb:x 2 12\n\n";
        let read = Regressions::read(text).unwrap();
        assert_eq!(read.of("b:x").collect::<Vec<_>>(), [(2, 12), (7, 12)]);
        assert_eq!(Regressions::read(&read.text()), Ok(read));
        assert_eq!(Regressions::read("a:x 1\n"), Err(1));
        assert_eq!(Regressions::read("# a\na:x one 4"), Err(2));
    }
}
