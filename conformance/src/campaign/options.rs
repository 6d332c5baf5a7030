//! Options of a rewrite campaign.

/// Options of a rewrite campaign.
#[derive(Debug, Clone)]
pub struct CampaignOptions {
    /// The seed; equal seeds give equal rewrites and inputs.
    pub seed: u64,
    /// The number of inputs of checks that try many.
    pub cases: u32,
    /// The number of rewrites judged at the same time.
    pub workers: usize,
    /// Patterns of obligation ids that are left out.
    pub exclude: Vec<String>,
}
