//! Campaigns of rewrites: a service judged through a proxy that changes what crosses.
//!
//! One run through a proxy that changes nothing shows what each obligation asks and is
//! answered. From that rewrites are drawn, and each is judged by the obligations whose
//! exchanges it touches: the others would see nothing of it.

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
