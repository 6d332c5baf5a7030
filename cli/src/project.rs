//! Where the specs and the server's package are.

use std::path::PathBuf;

use clap::Args;

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
    #[arg(
        long,
        value_name = "DIR",
        default_value = "generated",
        env = "FIELDPROOF_OUT"
    )]
    pub(crate) out: PathBuf,
}
