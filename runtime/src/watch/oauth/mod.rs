//! An OAuth 2.0 client for the token servers of receivers (RFC 6749): tokens are fetched,
//! shared, renewed before they expire and dropped when they are refused.
//!
//! ```no_run
//! # use fieldproof_runtime::watch::oauth::{Credentials, Denied, Grant, Granted, AccessTokens};
//! # async fn deliver(tokens: AccessTokens, mut credentials: Credentials) -> Result<(), Denied> {
//! let bearer = loop {
//!     match tokens.token(&credentials).await? {
//!         Granted::Token(bearer) => break bearer,
//!         Granted::Rotated(new) => {
//!             // Put it on record here: the one before is spent.
//!             credentials.grant = Grant::RefreshToken(new);
//!         }
//!     }
//! };
//! # drop(bearer.header());
//! # Ok(())
//! # }
//! ```

mod bearer;
mod credentials;
mod denied;
mod state;
mod tokens;

pub use bearer::Bearer;
pub use credentials::{Credentials, Grant};
pub use denied::Denied;
pub use state::Granted;
pub use tokens::AccessTokens;
