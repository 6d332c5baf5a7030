//! Mails that the service writes to a folder.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{CheckError, Harness};

/// How long to wait for a mail.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often the folder is read.
const PAUSE: Duration = Duration::from_millis(50);

impl Harness<'_> {
    /// The links in mails to an address.
    ///
    /// # Errors
    /// No folder is known.
    pub fn mails(&self, to: &str) -> Result<Vec<String>, CheckError> {
        let Some(folder) = self.mails else {
            let why = "no folder of mails is known; see --mails";
            return Err(CheckError::Skip(why.to_owned()));
        };
        read(folder, to).or_else(|error| self.fail(format!("{}: {error}", folder.display())))
    }

    /// Waits until there is a mail to an address.
    ///
    /// # Errors
    /// None arrives in time.
    pub fn wait_for_mail(&self, to: &str) -> Result<(), CheckError> {
        let started = Instant::now();
        while self.mails(to)?.is_empty() {
            if started.elapsed() > PATIENCE {
                return self.fail(format!("no mail to {to} within {} s", PATIENCE.as_secs()));
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }
}

fn read(folder: &Path, to: &str) -> std::io::Result<Vec<String>> {
    let mut links = Vec::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        if file.extension().is_none_or(|kind| kind != "eml") {
            continue;
        }
        let text = fs::read_to_string(file)?.replace("\r\n", "\n");
        let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
        let own = |line: &str| {
            let address = line.strip_prefix("To:").map(str::trim);
            address.is_some_and(|one| one.trim_matches(['<', '>']) == to)
        };
        if head.lines().any(own) {
            let mut links_in = body.lines().filter(|line| line.starts_with("http"));
            links.push(links_in.next().unwrap_or_default().to_owned());
        }
    }
    links.sort();
    Ok(links)
}
