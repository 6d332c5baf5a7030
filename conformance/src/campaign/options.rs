//! How rewrites are judged.

/// How rewrites are judged.
#[derive(Debug, Clone)]
pub struct CampaignOptions {
    /// The same seed gives the same rewrites and the same inputs.
    pub seed: u64,
    /// Inputs per check that tries many.
    pub cases: u32,
    /// Rewrites that are judged at one time.
    pub workers: usize,
    /// Patterns of obligations that are left out.
    pub exclude: Vec<String>,
}
