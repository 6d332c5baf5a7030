//! The folders of the specs and of the server's package.

use std::path::{Path, PathBuf};

use clap::Args;
use fieldproof_codegen::is_emitted;

/// The default folder of the server's package, in a project with specs of several servers.
const OUT: &str = "generated";

/// The two folders of a project.
#[derive(Debug, Clone, Args)]
pub(crate) struct Project {
    /// Folder of the specs
    #[arg(
        long,
        value_name = "DIR",
        default_value = "spec",
        env = "FIELDPROOF_SPEC"
    )]
    pub(crate) spec: PathBuf,
    /// Folder of the server's package
    /// [default: `generated`, or this folder in a project that `new` made]
    #[arg(long, value_name = "DIR", env = "FIELDPROOF_OUT")]
    out: Option<PathBuf>,
}

impl Project {
    /// The folder of the server's package.
    pub(crate) fn out(&self) -> PathBuf {
        let here = Path::new(".");
        let whole = !Path::new(OUT).is_dir() && is_emitted(here);
        let found = || if whole { here } else { Path::new(OUT) }.to_owned();
        self.out.clone().unwrap_or_else(found)
    }
}
