//! Who may call: tokens, of which only a hash is kept.

mod bearer;
mod grant;
mod memory;
mod sqlite;
mod token;

pub use bearer::bearer;
pub use grant::Grant;
pub use memory::MemoryTokens;
pub use sqlite::SqliteTokens;
pub use token::{Entry, Hash, hash, new_token};

use crate::store::Error;

/// Where tokens are kept.
pub trait Tokens: Send + Sync + 'static {
    /// What the token of this hash grants.
    ///
    /// # Errors
    /// A store that cannot be read.
    fn find(&self, hash: &Hash) -> Result<Option<Grant>, Error>;

    /// Keeps the hash of a token, in place of an equal one.
    ///
    /// # Errors
    /// A store that cannot be written.
    fn insert(&self, hash: &Hash, grant: &Grant) -> Result<(), Error>;

    /// The tokens of one tenant, or all, oldest first.
    ///
    /// # Errors
    /// A store that cannot be read.
    fn list(&self, tenant: Option<&str>) -> Result<Vec<Entry>, Error>;

    /// Forgets a token; says whether it was there.
    ///
    /// # Errors
    /// A store that cannot be written.
    fn revoke(&self, id: &str) -> Result<bool, Error>;
}
