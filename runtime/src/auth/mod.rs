//! Authentication by tokens, of which only a hash is stored.

mod grant;
mod memory;
mod pair;
#[cfg(feature = "postgres")]
mod postgres;
mod sqlite;
mod token;

pub use grant::Grant;
pub use memory::MemoryTokens;
pub use pair::Pair;
#[cfg(feature = "postgres")]
pub use postgres::PostgresTokens;
#[cfg(all(test, feature = "postgres"))]
pub(crate) use postgres::STATEMENTS;
pub use sqlite::SqliteTokens;
pub use token::{Entry, Hash, hash, new_token};
pub(crate) use token::{hex, id};

use crate::store::{Error, Read};

/// A store of tokens.
pub trait Tokens: Send + Sync + 'static {
    /// Returns the grant of the token with this hash.
    ///
    /// # Errors
    /// The store cannot be read.
    fn find<'s>(&'s self, hash: &'s Hash) -> Read<'s, Option<Grant>>;

    /// Stores the hash of a token, replacing an equal one; `client` marks a token that belongs
    /// to a pair with a client id.
    ///
    /// # Errors
    /// The store cannot be written.
    fn insert(&self, hash: &Hash, grant: &Grant, client: bool) -> Result<(), Error>;

    /// Lists the tokens of one tenant, or all, oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    fn list(&self, tenant: Option<&str>) -> Result<Vec<Entry>, Error>;

    /// Removes a token and returns whether it existed.
    ///
    /// # Errors
    /// The store cannot be written.
    fn revoke(&self, id: &str) -> Result<bool, Error>;
}
