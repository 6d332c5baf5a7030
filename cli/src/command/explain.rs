//! `explain`.

use clap::Args;
use fieldproof_conformance::{checks, code as codes};
use fieldproof_spec::codes as findings;
use fieldproof_spec::diagnostic::nearest;

use crate::exit::{Done, Exit, Failure};
use crate::terminal::say;

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A code such as FP101 or too_long, a check, or the id of an obligation; without it, all of them are listed
    code: Option<String>,
}

impl Explain {
    pub(crate) fn run(self) -> Done {
        let Some(wanted) = self.code else {
            for code in findings::all() {
                say(&format!("{}  {}", code.id, code.name));
            }
            for check in checks::ALL {
                say(&format!("{}  a check of the conformance suite", check.name));
            }
            for code in codes::PROBLEMS {
                say(&format!("{}  a kind of problem", code.name));
            }
            for code in codes::VIOLATIONS {
                say(&format!("{}  a code of a violation", code.name));
            }
            return Ok(Exit::Ok);
        };
        if let Some(code) = codes::find(&wanted) {
            let status = code.status.map_or_else(
                || "in `errors[]` of a refusal".to_owned(),
                |status| format!("status {status}, explained at /problems/{}", code.name),
            );
            say(&format!("{}: {status}\n\n{}", code.name, code.about));
            return Ok(Exit::Ok);
        }
        if let Some(code) = findings::find(&wanted) {
            say(&format!("{}: {}\n\n{}", code.id, code.name, code.explain));
            return Ok(Exit::Ok);
        }
        // The id of an obligation ends with the name of its check.
        let name = wanted.rsplit(':').next().unwrap_or_default();
        if let Some(check) = checks::find(name) {
            say(&format!("{}\n\n{}", check.name, check.about));
            return Ok(Exit::Ok);
        }
        let codes = findings::all().into_iter().map(|code| code.id);
        let known: Vec<&str> = codes
            .chain(checks::ALL.iter().map(|check| check.name))
            .chain(
                codes::PROBLEMS
                    .iter()
                    .chain(codes::VIOLATIONS)
                    .map(|code| code.name),
            )
            .collect();
        let mut message = format!("error: nothing is called `{wanted}`");
        if let Some(near) = nearest(&wanted, known.iter().copied()) {
            message.push_str(&format!("; did you mean `{near}`?"));
        }
        message.push_str("\n`fieldproof explain` lists everything");
        Err(Failure::new(Exit::Usage, message))
    }
}
