//! `token create`, `token list`, `token revoke`.

use super::Failure;
use super::args::Token;
use super::terminal::say;
use crate::auth::{Grant, SqliteTokens, Tokens, hash, new_token};

pub(super) fn run(command: &Token) -> Result<(), Failure> {
    match command {
        Token::Create {
            data,
            tenant,
            scope,
            user,
        } => {
            std::fs::create_dir_all(&data.data)?;
            let tokens = SqliteTokens::open(&data.data)?;
            let token = new_token()?;
            let grant = Grant {
                tenant: tenant.clone(),
                scopes: scope.clone(),
                user: user.clone(),
            };
            tokens.insert(&hash(&token), &grant)?;
            say(&token);
        }
        Token::List { data, tenant } => {
            for entry in SqliteTokens::open(&data.data)?.list(tenant.as_deref())? {
                let (grant, user) = (&entry.grant, entry.grant.user.as_deref().unwrap_or("-"));
                let scopes = grant.scopes.join(",");
                say(&format!(
                    "{}\t{}\t{}\t{scopes}\t{user}",
                    entry.id, entry.created, grant.tenant
                ));
            }
        }
        Token::Revoke { data, id } => {
            if !SqliteTokens::open(&data.data)?.revoke(id)? {
                return Err(format!("there is no token `{id}`; `token list` shows all").into());
            }
        }
    }
    Ok(())
}
