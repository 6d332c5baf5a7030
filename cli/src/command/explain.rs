//! `explain`.

use clap::Args;
use fieldproof_spec::diagnostic::{code, nearest};

use crate::exit::{Done, Exit, Failure};
use crate::terminal::say;

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A code such as FP101; without it, all of them are listed
    code: Option<String>,
}

impl Explain {
    pub(crate) fn run(self) -> Done {
        let Some(wanted) = self.code else {
            for code in code::all() {
                say(&format!("{}  {}", code.id, code.name));
            }
            return Ok(Exit::Ok);
        };
        if let Some(code) = code::find(&wanted) {
            say(&format!("{}: {}\n\n{}", code.id, code.name, code.explain));
            return Ok(Exit::Ok);
        }
        let known: Vec<&str> = code::all().iter().map(|code| code.id).collect();
        let mut message = format!("error: nothing is called `{wanted}`");
        if let Some(near) = nearest(&wanted, known.iter().copied()) {
            message.push_str(&format!("; did you mean `{near}`?"));
        }
        message.push_str("\n`fieldproof explain` lists everything");
        Err(Failure::new(Exit::Usage, message))
    }
}
