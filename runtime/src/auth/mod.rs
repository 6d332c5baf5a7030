//! Who may call: tokens, of which only a hash is stored.

mod grant;
mod memory;
mod pair;
mod sqlite;
mod token;

pub use grant::Grant;
pub use memory::MemoryTokens;
pub use pair::Pair;
pub use sqlite::SqliteTokens;
pub use token::{Entry, Hash, hash, new_token};
pub(crate) use token::{hex, id};

use crate::store::Error;

/// Where tokens are stored.
pub trait Tokens: Send + Sync + 'static {
    /// What the token of this hash grants.
    ///
    /// # Errors
    /// A store that cannot be read.
    fn find(&self, hash: &Hash) -> Result<Option<Grant>, Error>;

    /// Stores the hash of a token, in place of an equal one; `client` when it is given
    /// to a client that names itself as well.
    ///
    /// # Errors
    /// A store that cannot be written.
    fn insert(&self, hash: &Hash, grant: &Grant, client: bool) -> Result<(), Error>;

    /// The tokens of one tenant, or all, oldest first.
    ///
    /// # Errors
    /// A store that cannot be read.
    fn list(&self, tenant: Option<&str>) -> Result<Vec<Entry>, Error>;

    /// Removes a token; returns whether there was one.
    ///
    /// # Errors
    /// A store that cannot be written.
    fn revoke(&self, id: &str) -> Result<bool, Error>;
}
