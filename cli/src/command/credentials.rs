//! Tokens that are not given as they are: a command that prints one, or OAuth 2.0.

use std::process::Command as Process;

use fieldproof_conformance::harness::{ClientCredentials, Role, TokenSource};

/// The variable of the environment with the secret of a client; with the name of a role
/// behind it that of the role alone.
const SECRET: &str = "FIELDPROOF_OAUTH_SECRET";

/// A command that prints a token, as `[ROLE=]COMMAND`.
pub(super) fn command(text: &str) -> (Role, TokenSource) {
    let named = text.split_once('=');
    let named = named.and_then(|(name, line)| Some((role(name)?, line)));
    let (role, line) = named.unwrap_or((Role::Main, text));
    let line = line.to_owned();
    (role, Box::new(move || printed(&line)))
}

/// What a command prints, without the end of the line.
fn printed(line: &str) -> Result<String, String> {
    let output = Process::new("sh").args(["-c", line]).output();
    let output = output.map_err(|error| format!("cannot run `{line}`: {error}"))?;
    let token = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match output.status.success() && !token.is_empty() {
        true => Ok(token),
        false => {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said
                .trim()
                .lines()
                .last()
                .unwrap_or("nothing was printed")
                .to_owned();
            Err(format!(
                "`{line}` gives no token ({}): {said}",
                output.status
            ))
        }
    }
}

/// Client credentials, as `ROLE=TOKEN_URL,CLIENT_ID[,SCOPE]`.
pub(super) fn oauth(text: &str) -> Result<(Role, TokenSource), String> {
    let shape = || format!("`--oauth {text}` is not of the form ROLE=TOKEN_URL,CLIENT_ID[,SCOPE]");
    let (name, rest) = text.split_once('=').ok_or_else(shape)?;
    let role = role(name).ok_or_else(|| format!("no role is called `{name}`"))?;
    let parts: Vec<&str> = rest.splitn(3, ',').collect();
    let (url, id, scope) = match parts[..] {
        [url, id] => (url, id, None),
        [url, id, scope] => (url, id, Some(scope.to_owned())),
        _ => return Err(shape()),
    };
    let own = format!("{SECRET}_{}", name.replace('-', "_").to_uppercase());
    let secret = std::env::var(&own).or_else(|_| std::env::var(SECRET));
    let secret = secret
        .map_err(|_| format!("the secret of the client `{id}` is in neither {own} nor {SECRET}"))?;
    let client = ClientCredentials {
        url: url.to_owned(),
        id: id.to_owned(),
        secret,
        scope,
    };
    Ok((role, Box::new(move || client.token())))
}

fn role(name: &str) -> Option<Role> {
    Role::ALL
        .iter()
        .copied()
        .find(|role| role.name() == Some(name))
}

#[cfg(test)]
mod tests {
    use super::{Role, command, oauth};

    #[test]
    fn a_command_prints_a_token_for_a_role() {
        let (role, source) = command("read-only=printf 'a\\n'");
        assert_eq!((role, source()), (Role::ReadOnly, Ok("a".to_owned())));
        let (role, source) = command("X=b; printf $X");
        assert_eq!((role, source()), (Role::Main, Ok("b".to_owned())));
        let failed = command("echo no >&2; exit 3").1().unwrap_err();
        assert!(
            failed.contains("exit status: 3") && failed.ends_with(": no"),
            "{failed}"
        );
        assert!(command("true").1().is_err());
    }

    #[test]
    fn client_credentials_have_a_role_an_address_and_a_client() {
        for bad in [
            "main",
            "nobody=http://h,a",
            "main=http://h",
            "main=http://h,a",
        ] {
            assert!(oauth(bad).is_err(), "{bad}");
        }
    }
}
