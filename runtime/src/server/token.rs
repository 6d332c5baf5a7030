//! The commands `token` and `client`: `create`, `list`, `revoke`.

use super::args::Token;
use super::failure::Failure;
use super::scopes;
use super::terminal::say;
use crate::api::Api;
use crate::auth::{Grant, hash, id, new_token};

/// Runs `command`; with `client`, creates tokens for clients and lists only those.
pub(super) fn run(apis: &[&'static Api], command: &Token, client: bool) -> Result<(), Failure> {
    match command {
        Token::Create {
            data,
            tenant,
            scope,
            user,
        } => {
            scopes::refuse_unknown(apis, scope)?;
            let tokens = data.tokens()?;
            let token = new_token()?;
            let grant = Grant {
                tenant: tenant.clone(),
                scopes: scope.clone(),
                user: user.clone(),
            };
            tokens.insert(&hash(&token), &grant, client)?;
            match client {
                true => say(&format!("{}\t{token}", id(&hash(&token)))),
                false => say(&token),
            }
        }
        Token::List { data, tenant } => {
            let all = data.tokens()?.list(tenant.as_deref())?;
            for entry in all.iter().filter(|entry| entry.client || !client) {
                let (grant, user) = (&entry.grant, entry.grant.user.as_deref().unwrap_or("-"));
                let scopes = grant.scopes.join(",");
                say(&format!(
                    "{}\t{}\t{}\t{scopes}\t{user}",
                    entry.id, entry.created, grant.tenant
                ));
            }
        }
        Token::Revoke { data, id } => {
            if !data.tokens()?.revoke(id)? {
                return Err(format!("there is no token `{id}`; `list` shows all").into());
            }
        }
    }
    Ok(())
}
