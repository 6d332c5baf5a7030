//! `mock`.

use std::path::PathBuf;

use clap::Args;
use fieldproof_conformance::fixtures;
use fieldproof_conformance::mock::serve_at;
use fieldproof_conformance::mutant::{Mutation, derive, served};
use fieldproof_spec::diagnostic::nearest;
use fieldproof_spec::model::Api;

use super::given::switch;
use crate::exit::{Done, Exit, Failure};
use crate::specs::apis;
use crate::terminal::say;

#[derive(Debug, Args)]
#[command(
    after_help = "Tokens: main, other_tenant, read_only, no_scope, other_user, no_user, no_secret, and client_token of the client client_id.\n\
                        The objects that the document prints are there.\n\
                        Example: fieldproof mock spec/shelves.yaml --port 8081, then\n\
                        curl -H 'Authorization: Bearer main' http://127.0.0.1:8081/shelves"
)]
pub(crate) struct Mock {
    /// A spec file
    #[arg(value_name = "SPEC", env = "FIELDPROOF_SPEC")]
    spec: PathBuf,
    /// A switch, such as `shelves.create_status=200`; repeatable
    #[arg(
        long,
        value_name = "API.SWITCH=VALUE",
        env = "FIELDPROOF_SET",
        value_delimiter = ','
    )]
    set: Vec<String>,
    /// Port to listen on; 0 picks a free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// Break one promise, by a name that `mutants --list` prints
    #[arg(long, value_name = "NAME")]
    mutant: Option<String>,
    /// Folder to leave mails in; without it none are sent
    #[arg(long, value_name = "DIR", env = "FIELDPROOF_MAILS")]
    mails: Option<PathBuf>,
}

impl Mock {
    pub(crate) fn run(self) -> Done {
        let mut all = apis(&self.spec)?;
        switch(&mut all, &self.set)?;
        let (Some(api), true) = (all.pop(), all.is_empty()) else {
            return Err(Failure::new(Exit::Usage, "error: name one spec file"));
        };
        let given = fixtures(&api);
        let mutation = self
            .mutant
            .as_deref()
            .map(|name| mutation(&api, name))
            .transpose()?;
        if let Some(folder) = &self.mails {
            let failed = |error| Failure::environment(format!("make {}", folder.display()), error);
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let service = served(&api, mutation.as_ref(), &given, self.mails);
        let port = self.port;
        let mock = serve_at(service, port)
            .map_err(|error| Failure::environment(format!("listen on port {port}"), error))?;
        say(&format!("listening on http://{}", mock.address));
        loop {
            std::thread::park();
        }
    }
}

/// The mutation of the mutant with this name.
fn mutation(api: &Api, name: &str) -> Result<Mutation, Failure> {
    let all = derive(api);
    if let Some(found) = all.iter().find(|mutant| mutant.id == name) {
        return Ok(found.mutation.clone());
    }
    let mut message = format!("error: no mutant is called `{name}`");
    if let Some(near) = nearest(name, all.iter().map(|mutant| mutant.id.as_str())) {
        message.push_str(&format!("; did you mean `{near}`?"));
    }
    Err(Failure::new(Exit::Usage, message))
}
