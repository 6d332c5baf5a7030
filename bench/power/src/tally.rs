//! What a campaign has met, counted.

use std::fmt;

use crate::cut::Doubt;
use crate::judge::Fault;
use crate::run::Run;

/// How many faults are told in words.
const TOLD: usize = 10;

/// What a campaign has met.
#[derive(Debug, Default)]
pub struct Tally {
    /// Runs, and what they asked of the disk.
    pub runs: usize,
    /// Writes that were acknowledged.
    pub writes: usize,
    /// Power cuts.
    pub cuts: usize,
    /// Images that the server itself was started over.
    pub served: usize,
    /// Images from which something was taken on purpose.
    pub spoilt: usize,
    /// Images in which an acknowledged write is not as it was answered.
    pub lost: usize,
    /// Images that are not whole.
    pub corrupt: usize,
    /// The first faults, in words.
    pub faults: Vec<String>,
    /// Acknowledged writes before each cut, summed: what was compared.
    pub acknowledged: usize,
    /// Notifications that a watch took.
    told: usize,
    /// Runs that began with what a cut had left.
    chained: usize,
    notes: usize,
    syncs: usize,
    database: usize,
    doubt: Doubt,
}

impl Tally {
    pub(crate) fn add_run(&mut self, run: &Run) {
        self.runs += 1;
        self.writes += run.writes;
        self.told += run.history.told.len();
        self.chained += usize::from(!run.base.is_empty());
        self.notes += run.notes.len();
        self.syncs += run.syncs.len();
        self.database += run.database.len();
    }

    pub(crate) fn add_cut(&mut self, doubt: Doubt) {
        self.cuts += 1;
        self.doubt.kept += doubt.kept;
        self.doubt.lost += doubt.lost;
        self.doubt.torn += doubt.torn;
        self.doubt.names += doubt.names;
    }

    pub(crate) fn add_fault(&mut self, place: &str, fault: Fault) {
        let (count, word, why) = match fault {
            Fault::Lost(why) => (&mut self.lost, "lost", why),
            Fault::Corrupt(why) => (&mut self.corrupt, "corrupt", why),
        };
        *count += 1;
        if self.faults.len() < TOLD {
            self.faults.push(format!("{word}: {place}: {why}"));
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} runs, {} of them over what a cut had left: {} acknowledged writes, {} \
             notifications; {} calls to the disk, of them {} syncs and {} writes to the database \
             itself",
            self.runs, self.chained, self.writes, self.told, self.notes, self.syncs, self.database
        )?;
        writeln!(
            f,
            "{} power cuts: of writes without a sync {} kept, {} lost, {} torn; {} names without \
             a sync; {} acknowledgements compared; {} images served",
            self.cuts,
            self.doubt.kept,
            self.doubt.lost,
            self.doubt.torn,
            self.doubt.names,
            self.acknowledged,
            self.served
        )?;
        if self.spoilt > 0 {
            writeln!(f, "{} images were spoilt", self.spoilt)?;
        }
        write!(f, "{} lost, {} corrupt", self.lost, self.corrupt)
    }
}
