//! The arguments of a campaign, and what it keeps.

mod mocks;
mod named;
mod servers;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use fieldproof_random::spec;
use serde_json::Value;

pub(crate) use mocks::mocks;
pub(crate) use named::named;
pub(crate) use servers::servers;

#[derive(Debug, Parser)]
#[command(about = "Random specs over the whole language: whatever `check` accepts has to work")]
pub(crate) struct Arguments {
    /// Specs that were kept, to judge again instead of made ones
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// How many specs
    #[arg(long, default_value_t = 100)]
    pub(crate) specs: u64,
    /// The same seed gives the same specs
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Number of the first
    #[arg(long, default_value_t = 0)]
    pub(crate) from: u64,
    /// Specs that are served side by side by one emitted server; 0 for the mock alone
    #[arg(long, default_value_t = 20)]
    pub(crate) batch: usize,
    /// Judge emitted servers alone, neither documents nor mocks
    #[arg(long)]
    pub(crate) servers: bool,
    /// Specs whose mocks are judged at one time
    #[arg(long, default_value_t = 6)]
    pub(crate) workers: usize,
    /// Trials to make a spec that fails smaller
    #[arg(long, default_value_t = 200)]
    pub(crate) shrink: usize,
    /// Print the specs instead of judging them
    #[arg(long)]
    pub(crate) show: bool,
    /// So many names of everything instead of specs: what is emitted has to compile
    #[arg(long, default_value_t = 0)]
    pub(crate) names: usize,
    /// Names that are compiled at one time
    #[arg(long, default_value_t = 100)]
    pub(crate) crate_of: usize,
    /// Folder for specs that fail
    #[arg(long, default_value = "target/fieldproof/random")]
    pub(crate) keep: PathBuf,
}

/// A spec and its fault.
pub(crate) struct Fault {
    pub(crate) number: u64,
    pub(crate) what: String,
    pub(crate) why: String,
}

/// Spec `number`, generated or read from a file.
pub(crate) fn given(arguments: &Arguments, number: u64) -> Value {
    let Some(file) = usize::try_from(number)
        .ok()
        .and_then(|at| arguments.files.get(at))
    else {
        return spec(arguments.seed, number);
    };
    let text = fs::read_to_string(file).unwrap_or_default();
    serde_yaml::from_str(&text).unwrap_or_default()
}

/// The folders of the workspace and of this program, and cargo's target folder.
pub(crate) fn folders() -> (PathBuf, PathBuf, PathBuf) {
    let above = |path: &Path, count| path.ancestors().nth(count).unwrap_or(path).to_owned();
    let root = above(Path::new(env!("CARGO_MANIFEST_DIR")), 2);
    let own = std::env::current_exe().unwrap_or_default();
    let folder = above(&own, 1);
    let target = above(&own, 2);
    (root, folder, target)
}

/// Stores a failing spec in the folder for these.
pub(crate) fn keep(arguments: &Arguments, number: u64, what: &str, text: &str, why: &str) {
    let _ = fs::create_dir_all(&arguments.keep);
    let why: String = why.lines().map(|line| format!("# {line}\n")).collect();
    let path = arguments
        .keep
        .join(format!("{}-{number}-{what}.yaml", arguments.seed));
    let _ = fs::write(path, format!("{why}{text}"));
}
