//! Campaigns: small ones run with every test, full ones by hand in release mode, as
//! `bench/controls.md` describes.

mod canaries;
mod holes;
mod kills;
mod mortal;

/// The size of a campaign, unless the environment sets another.
fn size(name: &str, usual: usize) -> usize {
    let given = std::env::var(name).ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(usual)
}
