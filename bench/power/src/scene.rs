//! The power cuts of a run.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard};
use std::{fs, thread};

use crate::base::Base;
use crate::campaign::Campaign;
use crate::control::{Control, Heed, spoil};
use crate::cut::{Image, image};
use crate::disk::Disk;
use crate::judge::{self, Fault, Kept};
use crate::run::Run;
use crate::serve;
use crate::server::{DATA, Program};
use crate::source::Source;
use crate::tally::Tally;

/// How many images with a fault are kept.
const KEPT: usize = 4;

/// A run whose power is cut.
pub(crate) struct Scene<'r> {
    pub(crate) campaign: &'r Campaign,
    pub(crate) program: &'r Program,
    pub(crate) folder: &'r Path,
    pub(crate) run: &'r Run,
    pub(crate) number: u64,
    pub(crate) tally: Mutex<&'r mut Tally>,
    /// What the next run begins with.
    pub(crate) base: Mutex<Base>,
}

/// An image to judge.
struct Case {
    number: usize,
    /// The number of the note before which the power was cut, and the moment.
    at: usize,
    time: u64,
    image: Image,
    is_served: bool,
    /// Whether the next run begins with it.
    is_next: bool,
    source: Source,
}

impl<'r> Scene<'r> {
    /// Cuts the power at many places, and judges what is left; one of the images is what the next
    /// run begins with.
    ///
    /// # Errors
    /// It cannot be judged.
    pub(crate) fn cut(self, cuts: usize) -> Result<Base, String> {
        let (cases, taken) = sync_channel::<Case>(2);
        let taken = Mutex::new(taken);
        let judges = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            let judge = || self.judge_all(&taken);
            let all: Vec<_> = (0..judges).map(|_| scope.spawn(judge)).collect();
            let walked = self.walk(cuts, &cases);
            drop(cases);
            let ends = all.into_iter().map(|one| one.join().expect("a judge"));
            ends.fold(walked, Result::and)
        })?;
        Ok(self.base.into_inner().expect("a base"))
    }

    /// Makes the images, in the order of the run.
    fn walk(&self, cuts: usize, cases: &SyncSender<Case>) -> Result<(), String> {
        let mut source = Source::new(self.campaign.seed, (self.number << 16) + 0xffff);
        let mut places: Vec<usize> = (0..cuts).map(|_| self.place(&mut source)).collect();
        places.sort_unstable();
        // Late, so that there is much to lose.
        let late = cuts.div_ceil(3).max(1);
        let chosen = cuts.saturating_sub(1 + source.below(late));
        let mut disk = Disk::new(&self.run.bytes, &self.run.base);
        let mut heed = Heed::new(self.campaign.control);
        let mut done = 0;
        for (number, at) in places.into_iter().enumerate() {
            for now in done..at {
                let heeded = heed.heeds(&disk, &self.run.notes[now..]);
                disk.take(&self.run.notes[now], heeded)?;
            }
            done = at;
            let (image, doubt) = image(&disk, &mut source);
            let mut tally = self.tally();
            tally.add_cut(doubt);
            let is_start = self.run.moves.binary_search(&at).is_ok();
            let often = tally.cuts.is_multiple_of(self.campaign.serve);
            drop(tally);
            let case = Case {
                number,
                at,
                time: self.run.notes.get(at).map_or(u64::MAX, |note| note.time),
                image,
                is_served: often || (is_start && source.chance(15)),
                is_next: number == chosen,
                source: Source::new(self.campaign.seed ^ self.number, number as u64),
            };
            cases.send(case).map_err(|why| why.to_string())?;
        }
        Ok(())
    }

    /// Where the power is cut: anywhere, and oftener where little is asked of the disk and much
    /// depends on it.
    fn place(&self, source: &mut Source) -> usize {
        let run = self.run;
        let few: &[usize] = match source.below(20) {
            0..3 => &run.moves,
            3..8 => &run.database,
            8..10 => &run.syncs,
            _ => &[],
        };
        match few.is_empty() {
            true => source.below(run.notes.len() + 1),
            false => *source.pick(few) + source.below(2),
        }
    }

    fn judge_all(&self, taken: &Mutex<Receiver<Case>>) -> Result<(), String> {
        let next = || taken.lock().expect("a queue").recv().ok();
        let mut end = Ok(());
        while let Some(case) = next() {
            // After a failure the others are taken all the same, or they would never be sent.
            if end.is_ok() {
                end = self.judge(case);
            }
        }
        end
    }

    fn judge(&self, mut case: Case) -> Result<(), String> {
        let place = self.folder.join(format!("cut-{}", case.number));
        judge::lay(&case.image, &place)?;
        leave_memory(&place, &mut case.source);
        let history = &self.run.history;
        if self.campaign.control == Some(Control::Oracle) {
            let spoilt = spoil(&place, history, case.time, &mut case.source)?;
            self.tally().spoilt += usize::from(spoilt);
        }
        let found = judge::read(&place).and_then(|kept| {
            judge::compare(&kept, history, case.time)?;
            self.go_on(&mut case, &kept).map_err(Fault::Corrupt)
        });
        fs::remove_dir_all(&place).map_err(|why| why.to_string())?;
        self.tally().acknowledged += history.acknowledged(case.time);
        match found {
            Ok(()) => Ok(()),
            Err(fault) => self.tell(&case, fault),
        }
    }

    /// What is done with an image that is as it should be.
    fn go_on(&self, case: &mut Case, kept: &Kept) -> Result<(), String> {
        if self.campaign.control.is_some() {
            return Ok(());
        }
        let history = &self.run.history;
        if case.is_served {
            self.tally().served += 1;
            let again = self.folder.join(format!("served-{}", case.number));
            judge::lay(&case.image, &again)?;
            let served = serve::judge(self.program, &again, kept, history, &mut case.source);
            let _ = fs::remove_dir_all(again);
            served?;
        }
        if case.is_next {
            let next = Base::new(case.image.clone(), kept, history, case.time);
            *self.base.lock().expect("a base") = next;
        }
        Ok(())
    }

    fn tell(&self, case: &Case, fault: Fault) -> Result<(), String> {
        let last = case.at.checked_sub(1).map(|at| &self.run.notes[at].call);
        let place = format!(
            "run {}, cut {}, before note {} (after {last:?})",
            self.number, case.number, case.at
        );
        let mut tally = self.tally();
        if let Some(keep) = &self.campaign.keep
            && tally.faults.len() < KEPT
        {
            let name = format!("run-{}-cut-{}", self.number, case.number);
            judge::lay(&case.image, &keep.join(name))?;
        }
        tally.add_fault(&place, fault);
        Ok(())
    }

    fn tally(&self) -> MutexGuard<'_, &'r mut Tally> {
        self.tally.lock().expect("a tally")
    }
}

/// What the cut may have left of memory that was shared: anything.
fn leave_memory(folder: &Path, source: &mut Source) {
    if source.chance(25) && folder.join(DATA).is_dir() {
        let length = source.below(3) << 15;
        let byte = u8::try_from(source.below(256)).unwrap_or_default();
        let file = folder.join(DATA).join(format!("{}-shm", judge::FILE));
        let _ = fs::write(file, vec![byte; length]);
    }
}
