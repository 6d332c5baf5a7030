//! A campaign of random specs: whatever `check` accepts has to work.
//!
//! `cargo run --release -p fieldproof-random -- --specs 1000 --seed 1`. Specs that fail
//! are made small and left in `--keep`, by number and what failed.

use std::collections::BTreeMap;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use clap::Parser;
use fieldproof_random::project::{Project, Tools};
use fieldproof_random::{Sound, document, mock, names, shrink, sound, spec};
use serde_json::Value;

#[derive(Debug, Parser)]
#[command(about = "Random specs over the whole language: whatever `check` accepts has to work")]
struct Arguments {
    /// Specs that were kept, to judge again instead of made ones
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How many specs
    #[arg(long, default_value_t = 100)]
    specs: u64,
    /// The same seed gives the same specs
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Number of the first
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// Specs that are served side by side by one emitted server; 0 for the mock alone
    #[arg(long, default_value_t = 20)]
    batch: usize,
    /// Judge emitted servers alone, neither documents nor mocks
    #[arg(long)]
    servers: bool,
    /// Specs whose mocks are judged at one time
    #[arg(long, default_value_t = 6)]
    workers: usize,
    /// Trials to make a spec that fails smaller
    #[arg(long, default_value_t = 200)]
    shrink: usize,
    /// Print the specs instead of judging them
    #[arg(long)]
    show: bool,
    /// So many names of everything instead of specs: what is emitted has to compile
    #[arg(long, default_value_t = 0)]
    names: usize,
    /// Names that are compiled at one time
    #[arg(long, default_value_t = 100)]
    crate_of: usize,
    /// Folder for specs that fail
    #[arg(long, default_value = "target/fieldproof/random")]
    keep: PathBuf,
}

/// Most characters that are told of what a compiler says.
const TOLD: usize = 4_000;

/// A spec and what failed.
struct Fault {
    number: u64,
    what: String,
    why: String,
}

#[allow(clippy::print_stdout, reason = "a campaign is printed")]
fn main() -> ExitCode {
    let mut arguments = Arguments::parse();
    if arguments.names > 0 {
        return named(&arguments);
    }
    if !arguments.files.is_empty() {
        (arguments.from, arguments.specs) = (0, arguments.files.len() as u64);
    }
    if arguments.show {
        for number in arguments.from..arguments.from + arguments.specs {
            let made = sound(given(&arguments, number));
            println!(
                "{}",
                made.map_or_else(
                    || format!("# {number} has no resource left"),
                    |made| made.text
                )
            );
        }
        return ExitCode::SUCCESS;
    }
    let started = Instant::now();
    let (specs, mut faults) = mocks(&arguments);
    println!(
        "{} of {} specs are sound; {} faults of documents and mocks, {:.0?}",
        specs.len(),
        arguments.specs,
        faults.len(),
        started.elapsed()
    );
    if arguments.batch > 0 {
        faults.extend(servers(&arguments, &specs));
    }
    let mut kinds: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for fault in &faults {
        println!("{} {}: {}", fault.number, fault.what, fault.why);
        kinds
            .entry(fault.what.rsplit(':').next().unwrap_or_default())
            .or_default()
            .push(fault.number);
    }
    for (kind, numbers) in &kinds {
        println!("{:>5} {kind}: {numbers:?}", numbers.len());
    }
    println!(
        "{} specs, seed {}, {} failures, {:.0?}",
        specs.len(),
        arguments.seed,
        faults.len(),
        started.elapsed()
    );
    match faults.is_empty() && !specs.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// Emits and compiles things of so many names.
#[allow(clippy::print_stdout, reason = "a campaign is printed")]
fn named(arguments: &Arguments) -> ExitCode {
    let (started, (root, _, target)) = (Instant::now(), folders());
    let names = names::draw(&root, arguments.seed, arguments.names);
    let mut faults = 0;
    for (at, some) in names.chunks(arguments.crate_of.max(1)).enumerate() {
        match names::judge(&root, &target, some) {
            Ok((roles, None)) => println!("{at}: {roles:?}, {:.0?}", started.elapsed()),
            Ok((roles, Some(said))) => {
                faults += 1;
                let first: String = said.chars().take(TOLD).collect();
                println!("{at}: {roles:?}\n{first}");
            }
            Err(error) => {
                faults += 1;
                println!("{at}: {error}");
            }
        }
    }
    println!(
        "{} names, {faults} faults, {:.0?}",
        names.len(),
        started.elapsed()
    );
    match faults {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Makes the specs, and judges document and mock of each.
fn mocks(arguments: &Arguments) -> (BTreeMap<u64, Sound>, Vec<Fault>) {
    let next = AtomicU64::new(arguments.from);
    let found = Mutex::new((BTreeMap::new(), Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..arguments.workers.max(1) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= arguments.from + arguments.specs {
                        return;
                    }
                    let (sound, faults) = one(arguments, number);
                    let mut found = found
                        .lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner);
                    found.0.extend(sound.map(|sound| (number, sound)));
                    found.1.extend(faults);
                }
            });
        }
    });
    found
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Spec `number`: made, or read.
fn given(arguments: &Arguments, number: u64) -> Value {
    let Some(file) = usize::try_from(number)
        .ok()
        .and_then(|at| arguments.files.get(at))
    else {
        return spec(arguments.seed, number);
    };
    let text = fs::read_to_string(file).unwrap_or_default();
    serde_yaml::from_str(&text).unwrap_or_default()
}

/// One spec, when it is sound, and what is wrong with it.
fn one(arguments: &Arguments, number: u64) -> (Option<Sound>, Vec<Fault>) {
    let fault = |what: &str, why: &str| Fault {
        number,
        what: what.to_owned(),
        why: why.to_owned(),
    };
    let made = match catch_unwind(|| sound(given(arguments, number))) {
        Ok(Some(made)) => made,
        Ok(None) => return (None, Vec::new()),
        Err(_) => return (None, vec![fault("check", "panics")]),
    };
    if arguments.servers {
        return (Some(made), Vec::new());
    }
    let mut faults = Vec::new();
    if let Some(why) = document::faults(&made.api).first() {
        let small = shrink::shrink(made.clone(), arguments.shrink, &mut |one| {
            !document::faults(&one.api).is_empty()
        });
        keep(arguments, number, "openapi", &small.text, why);
        faults.push(fault("openapi", why));
    }
    let judged = mock::judge(&made.api, arguments.seed, &[]);
    let mut kinds = Vec::new();
    for (id, why) in judged.faults {
        faults.push(fault(&id, &why));
        let kind = id.rsplit(':').next().unwrap_or_default().to_owned();
        if kinds.contains(&kind) {
            continue;
        }
        let only = match kind.as_str() {
            "panic" | "lost" | "environment" => Vec::new(),
            kind => vec![format!("*:{kind}")],
        };
        let mut fails = |one: &Sound| {
            let judged = mock::judge(&one.api, arguments.seed, &only);
            judged
                .faults
                .iter()
                .any(|(id, _)| id.rsplit(':').next() == Some(&kind))
        };
        let small = shrink::shrink(made.clone(), arguments.shrink, &mut fails);
        keep(
            arguments,
            number,
            &kind,
            &small.text,
            &format!("{id} {why}"),
        );
        kinds.push(kind);
    }
    (Some(made), faults)
}

/// Emits, compiles and judges the specs, so many in one server.
#[allow(clippy::print_stdout, reason = "a campaign is printed")]
fn servers(arguments: &Arguments, specs: &BTreeMap<u64, Sound>) -> Vec<Fault> {
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

/// So many specs each, none with the name of another.
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

/// What the report has against each spec of a batch.
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

/// One batch; where it does not compile, the halves of it.
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
        // Each half is right, and both together are not.
        faults.push(fault(what, format!("only together: {}", tail(&done.said))));
    }
    faults
}

/// The folder of the workspace, that of this program, and where cargo builds.
fn folders() -> (PathBuf, PathBuf, PathBuf) {
    let above = |path: &Path, count| path.ancestors().nth(count).unwrap_or(path).to_owned();
    let root = above(Path::new(env!("CARGO_MANIFEST_DIR")), 2);
    let own = std::env::current_exe().unwrap_or_default();
    let folder = above(&own, 1);
    let target = above(&own, 2);
    (root, folder, target)
}

/// The program, built the way this one was.
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

fn keep(arguments: &Arguments, number: u64, what: &str, text: &str, why: &str) {
    let _ = fs::create_dir_all(&arguments.keep);
    let why: String = why.lines().map(|line| format!("# {line}\n")).collect();
    let path = arguments
        .keep
        .join(format!("{}-{number}-{what}.yaml", arguments.seed));
    let _ = fs::write(path, format!("{why}{text}"));
}

fn tail(said: &str) -> String {
    let lines: Vec<&str> = said
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines[lines.len().saturating_sub(6)..].join(" / ")
}
