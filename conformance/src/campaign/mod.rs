//! Rewrite campaigns: a service is judged through a proxy that changes its traffic.
//!
//! A run through a proxy that changes nothing shows the exchanges of each obligation.
//! Rewrites are drawn from these, and each is judged by the obligations whose exchanges it
//! touches; the others would see no difference.

mod explained;
mod ground;
mod judge;
mod learned;
mod options;

pub use explained::Explained;
pub use ground::Ground;
pub use judge::{Judged, RewriteVerdict, judge_all, narrow};
pub use learned::{Learned, learn};
pub use options::CampaignOptions;
