//! Campaigns: small ones with every test, whole ones by hand, in release, as
//! `bench/controls.md` says.

mod canaries;
mod holes;
mod kills;
mod mortal;

/// How large a campaign is, unless the environment says otherwise.
fn size(name: &str, usual: usize) -> usize {
    let given = std::env::var(name).ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(usual)
}
