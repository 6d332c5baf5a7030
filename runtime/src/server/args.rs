//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args as Group, Parser, Subcommand};

use super::failure::Failure;
use super::listen::Listen;
use crate::api::Api;
use crate::store::{Extent, Model, Sqlite};
use crate::table::Table;
use crate::value::is_email;
use crate::watch::guard::Cidr;
use crate::watch::schedule::{self, Schedule};
use crate::watch::seal::Sealer;

/// The command line of a server.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) serve: Serve,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Answer requests; what happens without a command
    Serve(Box<Serve>),
    /// Make, list and revoke tokens, also beside a running server
    #[command(subcommand)]
    Token(Token),
    /// Make, list and revoke clients: tokens whose holder names itself as well
    #[command(subcommand)]
    Client(Token),
    /// Give an object that calls with a token of its own a new one
    Renew(Renew),
    /// Load objects as a document prints them, also beside a running server
    Import(Import),
    /// Copy the database into a new folder, also beside a running server
    Backup(Backup),
    /// Make a data folder from such a copy
    Restore(Restore),
    /// Read everything in the database, also beside a running server
    Verify(Verify),
    /// Copy everything from a folder to a database, or back; not beside a running server
    #[cfg(feature = "postgres")]
    Move(Move),
    /// Make the database that of this version, which the next start does as well; not beside a
    /// server that runs over the same folder
    Migrate(Migrate),
}

/// Where objects and tokens are kept.
#[derive(Debug, Clone, Group)]
pub(super) struct Data {
    /// Folder of the database, which nobody else can reach; a server makes it
    #[arg(
        long,
        value_name = "DIR",
        env = "FIELDPROOF_DATA",
        default_value = "fieldproof-data"
    )]
    pub(super) data: PathBuf,
    /// PostgreSQL database in place of a folder, `postgres://USER@HOST/NAME`, which
    /// any number of servers may share; needs the keys
    #[cfg(feature = "postgres")]
    #[arg(
        long,
        value_name = "URL",
        env = "FIELDPROOF_DATABASE",
        hide_env_values = true
    )]
    pub(super) database: Option<String>,
    /// File with the keys that secrets are sealed with, the first one new ones
    /// [default: `secret-key` in the folder of the database, made with the database]
    #[arg(long, value_name = "FILE", env = "FIELDPROOF_SECRET_KEY_FILE")]
    secret_key_file: Option<PathBuf>,
    /// The same keys without a file: 32 bytes each in hexadecimal or base64
    #[arg(
        long,
        value_name = "KEYS",
        env = "FIELDPROOF_SECRET_KEY",
        hide_env_values = true,
        conflicts_with = "secret_key_file"
    )]
    secret_key: Option<String>,
}

impl Data {
    /// Opens the store of `apis` in the folder with the configured keys; `extent` says how far
    /// tables of another version may be changed.
    ///
    /// # Errors
    /// The keys are malformed, or something cannot be used.
    pub(super) fn store(&self, apis: &[&'static Api], extent: Extent) -> Result<Sqlite, Failure> {
        let (tables, models) = (tables(apis), models(apis));
        let sealer = self.sealer()?;
        let opened = Sqlite::open_models(&self.data, &tables, &models, sealer, extent);
        Ok(opened?)
    }

    /// The configured keys; `None` for those in the folder of the database.
    ///
    /// # Errors
    /// The keys are malformed.
    pub(super) fn sealer(&self) -> Result<Option<Sealer>, Failure> {
        Ok(match (&self.secret_key, &self.secret_key_file) {
            (Some(keys), _) => Some(Sealer::parse(keys)?),
            (None, Some(file)) => Some(Sealer::from_file(file)?),
            (None, None) => None,
        })
    }
}

/// The tables of these APIs.
pub(super) fn tables(apis: &[&'static Api]) -> Vec<&'static Table> {
    apis.iter().flat_map(|api| api.tables()).collect()
}

/// The models of these APIs.
pub(super) fn models(apis: &[&'static Api]) -> Vec<Model> {
    let entries = apis.iter().flat_map(|api| api.resources);
    entries.map(|one| one.model).collect()
}

#[derive(Debug, Group)]
pub(super) struct Serve {
    /// Address or name, and port to listen on: `:8080` for every address; port 0 picks a free one
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "FIELDPROOF_LISTEN",
        default_value = "127.0.0.1:8080"
    )]
    pub(super) listen: Listen,
    #[command(flatten)]
    pub(super) data: Data,
    /// Path before all paths of an API, such as `shelves=/v1`; repeatable
    #[arg(
        long,
        value_name = "API=PATH",
        env = "FIELDPROOF_BASE",
        value_delimiter = ','
    )]
    pub(super) base: Vec<String>,
    /// Set a switch of an API, such as `shelves.put=replace`; repeatable
    #[arg(
        long,
        value_name = "API.SWITCH=VALUE",
        env = "FIELDPROOF_SET",
        value_delimiter = ','
    )]
    pub(super) set: Vec<String>,
    /// Public name of this host, for members that fall back to it
    #[arg(long, value_name = "NAME", env = "FIELDPROOF_PUBLIC_HOST")]
    pub(super) public_host: Option<String>,
    #[command(flatten)]
    pub(super) mails: Mails,
    #[command(flatten)]
    pub(super) webhooks: Webhooks,
    /// How long requests and notifications on their way may take after the
    /// server was asked to end
    #[arg(
        long,
        value_name = "TIME",
        env = "FIELDPROOF_DRAIN_TIME",
        default_value = "10s",
        value_parser = schedule::wait
    )]
    pub(super) drain_time: Duration,
    /// Most connections at one time; the system's limit of descriptors may
    /// allow fewer [default: 10000]
    #[arg(
        long = "max-connections",
        value_name = "NUMBER",
        env = "FIELDPROOF_MAX_CONNECTIONS",
        value_parser = at_least_one
    )]
    pub(super) connections: Option<usize>,
    /// Most connections of one address; all may come from one proxy
    /// [default: half of all]
    #[arg(
        long = "max-connections-per-address",
        value_name = "NUMBER",
        env = "FIELDPROOF_MAX_CONNECTIONS_PER_ADDRESS",
        value_parser = at_least_one
    )]
    pub(super) connections_per_address: Option<usize>,
    /// End when standard input ends: with the program that started it, however that ends
    #[arg(long, env = "FIELDPROOF_UNTIL_INPUT_ENDS")]
    pub(super) until_input_ends: bool,
    /// A token with every scope in the tenant `default`, made to exist
    #[arg(
        long,
        value_name = "TOKEN",
        env = "FIELDPROOF_BOOTSTRAP_TOKEN",
        hide_env_values = true
    )]
    pub(super) bootstrap_token: Option<String>,
}

/// Parses a number of 1 or more.
fn at_least_one(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "must be a whole number, 1 or more".to_owned())
}

/// How users are invited; without it no mail is sent.
#[derive(Debug, Group)]
pub(super) struct Mails {
    /// Page where invited users set a password; this server has one at `/signup`
    #[arg(long, value_name = "URL", env = "FIELDPROOF_SIGNUP_URL")]
    pub(super) signup_url: Option<String>,
    /// How mails leave: `smtp://HOST`, `smtps://USER:PASSWORD@HOST` or `file:DIR`
    #[arg(
        long,
        value_name = "WAY",
        env = "FIELDPROOF_MAIL",
        hide_env_values = true
    )]
    pub(super) mail: Option<String>,
    /// Address that mails come from
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "FIELDPROOF_MAIL_FROM",
        default_value = "no-reply@localhost"
    )]
    pub(super) mail_from: String,
}

/// How changes are told to the receivers of watches.
#[derive(Debug, Group)]
pub(super) struct Webhooks {
    /// Private addresses that watches may name all the same, such as
    /// `127.0.0.0/8` for development; repeatable
    #[arg(
        long,
        value_name = "CIDR",
        env = "FIELDPROOF_ALLOW_PRIVATE_WEBHOOKS",
        value_delimiter = ','
    )]
    pub(super) allow_private_webhooks: Vec<Cidr>,
    /// Waits between attempts [default: 5s,5m,30m,2h,5h,10h,14h,20h,24h]
    #[arg(
        long,
        value_name = "WAITS",
        env = "FIELDPROOF_WEBHOOK_SCHEDULE",
        value_parser = Schedule::parse
    )]
    pub(super) webhook_schedule: Option<Schedule>,
    /// How long one attempt may take
    #[arg(
        long,
        value_name = "TIME",
        env = "FIELDPROOF_WEBHOOK_TIME_OUT",
        default_value = "15s",
        value_parser = schedule::wait
    )]
    pub(super) webhook_time_out: Duration,
}

#[derive(Debug, Subcommand)]
pub(super) enum Token {
    /// Make one and print it, a client with its id before; it cannot be shown again
    Create {
        #[command(flatten)]
        data: Data,
        /// The tenant whose objects it sees
        #[arg(long, value_name = "TENANT", default_value = "default", value_parser = tenant)]
        tenant: String,
        /// Scopes: `x`, `x:read` or `x:write`; several with commas; `none` may do nothing
        #[arg(long, value_name = "SCOPE", value_delimiter = ',', required = true)]
        scope: Vec<String>,
        /// Email address of the user it speaks for
        #[arg(long, value_name = "EMAIL", value_parser = user)]
        user: Option<String>,
    },
    /// List them: id, when made, tenant, scopes, user
    List {
        #[command(flatten)]
        data: Data,
        /// Only those of this tenant
        #[arg(long, value_name = "TENANT", value_parser = tenant)]
        tenant: Option<String>,
    },
    /// Forget one
    Revoke {
        #[command(flatten)]
        data: Data,
        /// Its id, as `list` shows it
        id: String,
    },
}

#[derive(Debug, Group)]
pub(super) struct Renew {
    #[command(flatten)]
    pub(super) data: Data,
    /// The API whose object it is
    #[arg(long, value_name = "NAME")]
    pub(super) api: String,
    /// Its tenant
    #[arg(long, value_name = "TENANT", default_value = "default", value_parser = tenant)]
    pub(super) tenant: String,
    /// Its identifier
    pub(super) id: String,
}

#[cfg(feature = "postgres")]
#[derive(Debug, Group)]
pub(super) struct Move {
    #[command(flatten)]
    pub(super) data: Data,
    /// Where everything goes: the URL of an empty PostgreSQL database, or a folder that is not
    /// there yet
    #[arg(long, value_name = "URL|DIR")]
    pub(super) to: String,
}

#[derive(Debug, Group)]
pub(super) struct Import {
    #[command(flatten)]
    pub(super) data: Data,
    /// The API whose objects they are
    #[arg(long, value_name = "NAME")]
    pub(super) api: String,
    /// The tenant they go to
    #[arg(long, value_name = "TENANT", default_value = "default", value_parser = tenant)]
    pub(super) tenant: String,
    /// Email address of the user they belong to, where each user sees their own
    #[arg(long, value_name = "EMAIL", value_parser = user)]
    pub(super) user: Option<String>,
    /// What they are, where their members do not tell
    #[arg(long, value_name = "RESOURCE")]
    pub(super) resource: Option<String>,
    /// File of one JSON object or an array of them; `-` reads standard input
    pub(super) file: PathBuf,
}

/// Parses the name of a tenant.
fn tenant(text: &str) -> Result<String, String> {
    match text.trim() == text && !text.is_empty() && !text.contains(char::is_control) {
        true => Ok(text.to_owned()),
        false => Err(
            "a tenant has a name without blanks around it; leave the flag out for `default`"
                .to_owned(),
        ),
    }
}

/// Parses the email address of a user.
fn user(text: &str) -> Result<String, String> {
    match is_email(text) {
        true => Ok(text.to_owned()),
        false => Err("a user is named by an email address, such as `me@example.org`".to_owned()),
    }
}

/// What is copied where.
#[derive(Debug, Group)]
pub(super) struct Backup {
    #[command(flatten)]
    pub(super) data: Data,
    /// Copy the file `secret-key` as well; whoever has such a copy can read all secrets
    #[arg(long)]
    pub(super) with_key: bool,
    /// The folder of the copy, which must not be there or be empty
    pub(super) to: PathBuf,
}

/// From which copy a data folder is made.
#[derive(Debug, Group)]
pub(super) struct Restore {
    #[command(flatten)]
    pub(super) data: Data,
    /// The folder of the copy
    pub(super) from: PathBuf,
}

/// What is read.
#[derive(Debug, Group)]
pub(super) struct Verify {
    #[command(flatten)]
    pub(super) data: Data,
}

/// How a database becomes that of this version.
#[derive(Debug, Group)]
pub(super) struct Migrate {
    #[command(flatten)]
    pub(super) data: Data,
    /// Print what it would do, as SQL with comments, and change nothing; fails where the next
    /// start would
    #[arg(long)]
    pub(super) plan: bool,
    /// Keep objects that break new rules as they are, until an update makes them legal, and go
    /// back to the tables of an earlier version
    #[arg(long)]
    pub(super) accept: bool,
}
