//! A campaign: runs, and the power cuts of each.

use std::path::PathBuf;
use std::sync::Mutex;

use crate::base::Base;
use crate::control::Control;
use crate::receiver::Receiver;
use crate::run::{Run, Size};
use crate::scene::Scene;
use crate::server::Program;
use crate::shim;
use crate::tally::Tally;

/// What a campaign is.
#[derive(Debug, Clone)]
pub struct Campaign {
    /// The server.
    pub program: PathBuf,
    /// How many power cuts, of all runs.
    pub cuts: usize,
    /// How many acknowledged writes, of all runs.
    pub writes: usize,
    /// How many acknowledged writes a run has.
    pub each: usize,
    /// How many clients write at a time.
    pub clients: usize,
    /// The choices of clients and disks.
    pub seed: u64,
    /// How many runs follow each other, each over what a cut has left of the one before.
    pub chain: usize,
    /// Every so many images are served.
    pub serve: usize,
    /// What is broken on purpose.
    pub control: Option<Control>,
    /// Where images with faults are kept.
    pub keep: Option<PathBuf>,
}

impl Campaign {
    /// Carries it out; `progress` is told of each run.
    ///
    /// # Errors
    /// It cannot be carried out here.
    pub fn run(&self, mut progress: impl FnMut(&Tally)) -> Result<Tally, String> {
        let failed = |why: std::io::Error| why.to_string();
        let home = tempfile::tempdir().map_err(failed)?;
        let program = Program {
            program: self.program.clone(),
            library: shim::compile(home.path())?,
        };
        let receiver = Receiver::start().map_err(failed)?;
        let (mut tally, runs) = (Tally::default(), self.writes.div_ceil(self.each));
        let mut base = Base::default();
        for number in 0..runs {
            if number % self.chain == 0 {
                base = Base::default();
            }
            let folder = tempfile::tempdir_in(home.path()).map_err(failed)?;
            let size = Size {
                seed: self.seed,
                number: number as u64,
                writes: self.each,
                clients: self.clients,
            };
            let run = Run::make(&program, &receiver, folder.path(), size, base)?;
            tally.add_run(&run);
            let scene = Scene {
                campaign: self,
                program: &program,
                folder: folder.path(),
                run: &run,
                number: size.number,
                tally: Mutex::new(&mut tally),
                base: Mutex::new(Base::default()),
            };
            base = scene.cut(self.cuts * (number + 1) / runs - self.cuts * number / runs)?;
            progress(&tally);
        }
        Ok(tally)
    }
}
