//! A server in processes of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The token that both servers accept.
pub(crate) const TOKEN: &str = "bench";

/// Environment variable that is set for the processes of servers.
pub(crate) const ROLE: &str = "FIELDPROOF_BENCH_ROLE";

/// Environment variable with the URL of the database; a folder is used when it is absent.
pub(crate) const DATABASE: &str = "FIELDPROOF_DATABASE";

/// Environment variable with the folder for data.
pub(crate) const DATA: &str = "FIELDPROOF_DATA";

/// A key for what servers seal.
const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// What a process of this program is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Role {
    /// The generated server.
    Generated,
    /// The server written by hand.
    Hand,
}

impl Role {
    const fn name(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::Hand => "hand",
        }
    }

    /// The role with this name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let all = [Self::Generated, Self::Hand];
        all.into_iter().find(|role| role.name() == name)
    }
}

/// A server in processes of its own, which are killed when this is dropped.
pub(crate) struct Server {
    processes: Vec<(Child, String)>,
    data: PathBuf,
}

impl Server {
    /// Starts `processes` of this program as `role`, or of `program`, over `database` or a new
    /// folder.
    pub(crate) fn start(
        role: Role,
        program: Option<&Path>,
        database: Option<&str>,
        processes: usize,
    ) -> Self {
        let name = format!("fieldproof-bench-{}-{}", role.name(), std::process::id());
        let data = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&data);
        std::fs::create_dir_all(&data).expect("a folder for the data");
        let own = std::env::current_exe().expect("the path of this program");
        let start = |_| {
            let mut command = Command::new(program.unwrap_or(&own));
            match database {
                Some(url) => command.env(DATABASE, url).env("FIELDPROOF_SECRET_KEY", KEY),
                None => command.env(DATA, &data),
            };
            command
                .env(ROLE, role.name())
                .env("FIELDPROOF_BOOTSTRAP_TOKEN", TOKEN)
                .env("FIELDPROOF_ALLOW_PRIVATE_WEBHOOKS", "127.0.0.0/8")
                .args(["--listen", "127.0.0.1:0"])
                .stdout(Stdio::piped());
            let mut process = command.spawn().expect("the server starts");
            let mut line = String::new();
            let stdout = process.stdout.take().expect("its output");
            let mut stdout = BufReader::new(stdout);
            stdout.read_line(&mut line).expect("its first line");
            let address = line.trim().strip_prefix("listening on http://");
            let address = address
                .expect("the server says where it listens")
                .to_owned();
            (process, address)
        };
        let processes = (0..processes).map(start).collect();
        Self { processes, data }
    }

    /// Where its processes listen.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = &str> + Clone {
        self.processes.iter().map(|(_, address)| address.as_str())
    }

    /// The CPU time of its processes so far.
    pub(crate) fn cpu(&self) -> Duration {
        let ticks: u64 = self.processes.iter().map(|(one, _)| ticks(one.id())).sum();
        // Linux shows hundredths of a second to programs.
        Duration::from_millis(ticks * 10)
    }
}

/// The ticks that a process has run, its own and the kernel's.
fn ticks(process: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name of the program is in brackets, and may contain anything.
    let (_, rest) = stat.rsplit_once(')').unwrap_or_default();
    let times = rest.split_whitespace().skip(11).take(2);
    times.filter_map(|time| time.parse::<u64>().ok()).sum()
}

impl Drop for Server {
    fn drop(&mut self) {
        for (process, _) in &mut self.processes {
            let _ = process.kill();
            let _ = process.wait();
        }
        let _ = std::fs::remove_dir_all(&self.data);
    }
}
