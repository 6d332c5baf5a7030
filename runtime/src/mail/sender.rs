//! The way a mail leaves: over SMTP, or into a folder.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use lettre::message::Body;
use lettre::message::Mailbox;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::{Message, SmtpTransport, Transport};

/// How long a mail server may take for one command.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a link can be followed, in days.
pub(super) const DAYS: i64 = 7;

/// Longest address of the page in bytes.
const LONGEST: usize = 800;

/// Why a mail did not leave.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Sends invitations.
#[derive(Debug)]
pub(crate) struct Sender {
    way: Way,
    from: Mailbox,
    /// The page where a password is set.
    page: String,
}

#[derive(Debug)]
enum Way {
    Smtp(SmtpTransport),
    Folder(PathBuf),
}

impl Sender {
    /// A sender to `way`, which is `file:DIR`, `smtp://HOST` or
    /// `smtps://USER:PASSWORD@HOST`, with links to `page`.
    ///
    /// # Errors
    /// What of them cannot be used.
    pub(crate) fn new(way: &str, from: &str, page: &str) -> Result<Self, Failure> {
        let way = match way.strip_prefix("file:") {
            Some(folder) => {
                fs::create_dir_all(folder)
                    .map_err(|error| format!("cannot make {folder}: {error}"))?;
                Way::Folder(folder.into())
            }
            None => {
                let smtp = SmtpTransport::from_url(way).map_err(|error| {
                    // The text may hold a password, so it is not repeated.
                    format!("--mail is `file:DIR`, `smtp://HOST` or `smtps://USER:PASSWORD@HOST`: {error}")
                })?;
                Way::Smtp(smtp.timeout(Some(PATIENCE)).build())
            }
        };
        let web = page.starts_with("http://") || page.starts_with("https://");
        if !web
            || page.len() > LONGEST
            || !page.bytes().all(|byte| byte.is_ascii_graphic())
            || page.contains('#')
        {
            return Err(format!(
                "--signup-url {page}: is the address of a page, such as https://example.org/signup"
            )
            .into());
        }
        let from = from.parse();
        Ok(Self {
            way,
            from: from.map_err(|error| format!("--mail-from: {error}"))?,
            page: page.to_owned(),
        })
    }

    /// Sends the mail called `name` to `to`.
    ///
    /// # Errors
    /// Why it did not leave; it may be tried again.
    pub(super) fn send(&self, name: &str, to: &str, token: &str) -> Result<(), Failure> {
        let joint = if self.page.contains('?') { '&' } else { '?' };
        let text = format!(
            "An account was made for you.\r\n\r\n\
             Set your password here, once and within {DAYS} days:\r\n\r\n\
             {}{joint}token={token}\r\n\r\n\
             If you did not expect this mail, nothing happens when you ignore it.\r\n",
            self.page
        );
        // Lines may have 998 characters (RFC 5322 section 2.1.1): the link stays whole.
        let text = Body::dangerous_pre_encoded(text.into(), ContentTransferEncoding::SevenBit);
        let mail = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.parse()?))
            .subject("Set your password")
            .message_id(None)
            .header(ContentType::TEXT_PLAIN)
            .body(text)?;
        match &self.way {
            Way::Smtp(smtp) => smtp.send(&mail).map(drop)?,
            Way::Folder(folder) => {
                // Under its own name it is whole.
                let part = folder.join(format!(".{name}"));
                fs::write(&part, mail.formatted())?;
                fs::rename(part, folder.join(format!("{name}.eml")))?;
            }
        }
        Ok(())
    }
}
