//! The report of a run on a terminal.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::time::Instant;

use super::{Outcome, Report, Verdict};
use crate::run::Event;

/// The number of obligations between two progress lines.
const STEP: usize = 100;

/// How many outcomes with the same message are shown.
const ALIKE: usize = 1;

/// The maximum length of a command line.
const LINE: usize = 4_000;

/// The maximum number of causes listed: they fit on one screen.
const CAUSES: usize = 15;

/// The maximum number of unproven rows listed.
const UNPROVEN: usize = 20;

/// Writes the progress and outcome of a run.
pub struct Terminal<W> {
    out: W,
    /// Whether progress lines overwrite each other.
    lively: bool,
    color: bool,
    total: usize,
    done: usize,
    started: Instant,
    /// The number of outcomes by message.
    alike: BTreeMap<String, usize>,
    /// The number of skipped obligations by reason.
    skipped: BTreeMap<String, usize>,
}

impl<W: Write> Terminal<W> {
    /// Writes to `out`; `lively` if it is a terminal.
    pub fn new(out: W, lively: bool, color: bool) -> Self {
        Self {
            out,
            lively,
            color,
            total: 0,
            done: 0,
            started: Instant::now(),
            alike: BTreeMap::new(),
            skipped: BTreeMap::new(),
        }
    }

    /// Writes an event.
    pub fn show(&mut self, event: &Event<'_>) {
        // A closed terminal must not end the run.
        let _ = match event {
            Event::Started(total) => {
                self.total = *total;
                writeln!(self.out, "{total} obligations")
            }
            Event::Begun(obligation) => self.begun(&obligation.id),
            Event::Judged(outcome) => self.judged(outcome),
            Event::Finished(report) => self.finished(report),
        };
    }

    fn begun(&mut self, id: &str) -> io::Result<()> {
        if self.lively {
            let line: String = format!("[{}/{}] {id}", self.done + 1, self.total)
                .chars()
                .take(100)
                .collect();
            write!(self.out, "\r\x1b[K{line}")?;
            self.out.flush()?;
        }
        Ok(())
    }

    fn judged(&mut self, outcome: &Outcome) -> io::Result<()> {
        self.done += 1;
        if self.lively {
            write!(self.out, "\r\x1b[K")?;
        }
        let far = self.done.is_multiple_of(STEP) && self.done < self.total;
        if far && !self.lively {
            writeln!(self.out, "{:>5} of {} judged", self.done, self.total)?;
        }
        match outcome.verdict {
            Verdict::Pass => return Ok(()),
            Verdict::Skipped => {
                let why = outcome.message.clone().unwrap_or_default();
                *self.skipped.entry(why).or_default() += 1;
                return Ok(());
            }
            Verdict::Fail | Verdict::Unstable | Verdict::Inconclusive | Verdict::Waived => {}
        }
        let alike = outcome.message.clone().unwrap_or_default();
        let alike = self.alike.entry(alike).or_default();
        *alike += 1;
        if *alike > ALIKE {
            return Ok(());
        }
        let word = self.paint(outcome.verdict);
        writeln!(self.out, "{word} {}", outcome.obligation.id)?;
        for line in outcome.told() {
            writeln!(self.out, "  {line}")?;
        }
        if !outcome.verdict.is_failure() {
            return Ok(());
        }
        for row in &outcome.obligation.rows {
            writeln!(
                self.out,
                "  --> {}:{}:{} {}",
                outcome.obligation.spec_of(row),
                row.line,
                row.column,
                row.path
            )?;
            for at in &row.at {
                writeln!(self.out, "  --> {at}")?;
            }
        }
        match (&outcome.curl, &outcome.exchange) {
            (Some(curl), _) if curl.len() <= LINE => writeln!(self.out, "   =  {curl}")?,
            // An incomplete command line would be useless.
            (Some(curl), Some(exchange)) => writeln!(
                self.out,
                "   =  curl of {} {}: {} bytes, whole in `--report json=FILE`",
                exchange.method,
                exchange.url,
                curl.len()
            )?,
            _ => {}
        }
        writeln!(self.out, "   =  the same inputs: {}", outcome.replay)
    }

    fn finished(&mut self, report: &Report) -> io::Result<()> {
        for (message, count) in &self.alike {
            if let Some(more) = count.checked_sub(ALIKE).filter(|more| *more > 0) {
                writeln!(self.out, "and {more} more like: {message}")?;
            }
        }
        self.causes(report)?;
        for (why, count) in &self.skipped {
            writeln!(self.out, "not asked, {count}: {why}")?;
        }
        writeln!(self.out)?;
        for line in by_api(report) {
            writeln!(self.out, "{line}")?;
        }
        if !report.partial {
            self.rows_and_rulings(report)?;
        }
        for id in &report.stale {
            writeln!(
                self.out,
                "accepted, and gone: {id}; take it off the baseline"
            )?;
        }
        for line in &report.unjudged {
            writeln!(self.out, "{line}")?;
        }
        if report.early > 0 {
            writeln!(
                self.out,
                "{} requests came too early for the service (429) and were sent again; --rate N stays below its limit",
                report.early
            )?;
        }
        let counts: Vec<String> = report
            .counts
            .iter()
            .map(|(word, count)| format!("{count} {word}"))
            .collect();
        writeln!(
            self.out,
            "obligations: {} (seed {}) in {:.1} s",
            counts.join(", "),
            report.seed,
            self.started.elapsed().as_secs_f64()
        )
    }

    /// Lists the causes of failures, if there are fewer causes than failures.
    fn causes(&mut self, report: &Report) -> io::Result<()> {
        let failures = report.count(Verdict::Fail) + report.count(Verdict::Unstable);
        if report.causes.len() >= failures {
            return Ok(());
        }
        writeln!(
            self.out,
            "\n{failures} failures, {} causes:",
            report.causes.len()
        )?;
        for cause in report.causes.iter().take(CAUSES) {
            writeln!(self.out, "  {}", cause.line())?;
        }
        match report
            .causes
            .len()
            .checked_sub(CAUSES)
            .filter(|more| *more > 0)
        {
            Some(more) => writeln!(self.out, "  and {more} more; the report has all of them"),
            None => Ok(()),
        }
    }

    fn rows_and_rulings(&mut self, report: &Report) -> io::Result<()> {
        for document in &report.documents {
            writeln!(
                self.out,
                "{}: {} rows, {} checked, {} proven",
                document.api, document.rows, document.checked, document.proven
            )?;
            for path in document.unproven.iter().take(UNPROVEN) {
                writeln!(self.out, "  not proven: {path}")?;
            }
            if let Some(more) = document
                .unproven
                .len()
                .checked_sub(UNPROVEN)
                .filter(|more| *more > 0)
            {
                writeln!(self.out, "  and {more} more; the report names all of them")?;
            }
        }
        let due: Vec<&str> = report
            .rulings
            .iter()
            .filter(|ruling| ruling.state.starts_with("not yet due"))
            .map(|ruling| ruling.id.as_str())
            .collect();
        let proven = report
            .rulings
            .iter()
            .filter(|ruling| ruling.state == "proven")
            .count();
        write!(
            self.out,
            "rulings: {} of {} proven",
            proven,
            report.rulings.len()
        )?;
        if !due.is_empty() {
            write!(self.out, "; not yet due: {}", due.join(", "))?;
        }
        let open: Vec<&str> = report
            .rulings
            .iter()
            .filter(|ruling| matches!(ruling.state.as_str(), "unproven" | "failed"))
            .map(|ruling| ruling.id.as_str())
            .collect();
        if !open.is_empty() {
            write!(self.out, "; not proven: {}", open.join(", "))?;
        }
        writeln!(self.out)
    }

    fn paint(&self, verdict: Verdict) -> String {
        let code = match verdict {
            Verdict::Pass => 32,
            Verdict::Fail => 31,
            Verdict::Unstable | Verdict::Inconclusive | Verdict::Skipped | Verdict::Waived => 33,
        };
        match self.color {
            true => format!("\x1b[{code}m{}\x1b[0m", verdict.word()),
            false => verdict.word().to_owned(),
        }
    }
}

/// For each API, how many obligations pass, and of how many checks.
fn by_api(report: &Report) -> Vec<String> {
    let mut counts: BTreeMap<&str, (usize, usize, BTreeSet<&str>)> = BTreeMap::new();
    for outcome in &report.outcomes {
        let (all, passed, checks) = counts.entry(&outcome.obligation.api).or_default();
        *all += 1;
        *passed += usize::from(outcome.verdict == Verdict::Pass);
        checks.insert(outcome.obligation.check);
    }
    let line = |(api, (all, passed, checks)): (&str, (usize, usize, BTreeSet<&str>))| {
        let checks = checks.len();
        format!("{api}: {passed} of {all} obligations pass, in {checks} checks")
    };
    counts.into_iter().map(line).collect()
}
