//! Checks generated servers of random specs.

use std::collections::BTreeMap;
use std::process::Command;

use fieldproof_random::Sound;
use fieldproof_random::project::{Project, Tools};

use super::{Arguments, Fault, folders, keep};

/// Generates, compiles and checks servers for the specs, several specs in one server.
#[allow(clippy::print_stdout, reason = "a campaign is printed")]
pub(crate) fn servers(arguments: &Arguments, specs: &BTreeMap<u64, Sound>) -> Vec<Fault> {
    let tools = match tools() {
        Ok(tools) => tools,
        Err(why) => {
            return vec![Fault {
                number: 0,
                what: "build".to_owned(),
                why,
            }];
        }
    };
    let (mut faults, mut done) = (Vec::new(), 0);
    for batch in batches(specs, arguments.batch) {
        faults.extend(batch_of(arguments, &tools, &batch));
        done += batch.len();
        println!("{done} emitted, {} faults", faults.len());
    }
    faults
}

/// Splits the specs into batches of at most `most`, in which all names of APIs are distinct.
fn batches(specs: &BTreeMap<u64, Sound>, most: usize) -> Vec<Vec<(&u64, &Sound)>> {
    let mut all: Vec<Vec<(&u64, &Sound)>> = Vec::new();
    for one in specs {
        let fits = |batch: &&mut Vec<(&u64, &Sound)>| {
            let same = |other: &(&u64, &Sound)| other.1.api.name == one.1.api.name;
            batch.len() < most && !batch.iter().any(same)
        };
        match all.iter_mut().find(fits) {
            Some(batch) => batch.push(one),
            None => all.push(vec![one]),
        }
    }
    all
}

/// The faults that the report lists for each spec of a batch.
fn told(arguments: &Arguments, project: &Project, batch: &[(&u64, &Sound)]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, spec) in batch {
        for (id, why) in project.against(&spec.api.name) {
            let kind = id.rsplit(':').next().unwrap_or_default();
            let kind = format!("prove-{kind}");
            let why = format!("{id} {why}");
            keep(arguments, **number, &kind, &spec.text, &why);
            faults.push(Fault {
                number: **number,
                what: kind,
                why,
            });
        }
    }
    faults
}

/// Checks one batch; if the fault cannot be attributed to a spec, each half separately.
fn batch_of(arguments: &Arguments, tools: &Tools, batch: &[(&u64, &Sound)]) -> Vec<Fault> {
    let fault = |what: &str, why: String| Fault {
        number: *batch[0].0,
        what: what.to_owned(),
        why,
    };
    let specs: Vec<&Sound> = batch.iter().map(|(_, sound)| *sound).collect();
    let folder = tools.target.join("random-projects");
    let project = match Project::new(tools, &folder, &specs) {
        Ok(project) => project,
        Err(error) => return vec![fault("new", error.to_string())],
    };
    let built = match project.build() {
        Ok(built) => built,
        Err(error) => return vec![fault("build", error.to_string())],
    };
    let (what, done) = match built {
        Err(done) => ("compile", done),
        Ok(()) => match project.prove(arguments.seed) {
            Ok(done) if done.code == 0 => return Vec::new(),
            Ok(done) => {
                let told = told(arguments, &project, batch);
                if !told.is_empty() {
                    return told;
                }
                ("prove", done)
            }
            Err(error) => return vec![fault("prove", error.to_string())],
        },
    };
    if batch.len() == 1 {
        keep(arguments, *batch[0].0, what, &batch[0].1.text, &done.said);
        return vec![fault(what, tail(&done.said))];
    }
    let (left, right) = batch.split_at(batch.len() / 2);
    let mut faults = batch_of(arguments, tools, left);
    faults.extend(batch_of(arguments, tools, right));
    if faults.is_empty() {
        // Each half is correct, but not both together.
        faults.push(fault(what, format!("only together: {}", tail(&done.said))));
    }
    faults
}

/// Builds the program in the same profile as this one.
fn tools() -> Result<Tools, String> {
    let (root, folder, target) = folders();
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(["build", "--package", "fieldproof"])
        .current_dir(&root)
        .env("CARGO_TARGET_DIR", &target);
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    match command.status() {
        Ok(status) if status.success() => Ok(Tools {
            program: folder.join("fieldproof"),
            root,
            target,
        }),
        Ok(status) => Err(format!("cargo: {status}")),
        Err(error) => Err(error.to_string()),
    }
}

fn tail(said: &str) -> String {
    let lines: Vec<&str> = said
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines[lines.len().saturating_sub(6)..].join(" / ")
}
