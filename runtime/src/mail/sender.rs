//! Sends mails over SMTP or writes them into a folder.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::time::Duration;

use lettre::message::Body;
use lettre::message::Mailbox;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::{Message, SmtpTransport, Transport};

/// Timeout for one command to the mail server.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a link is valid, in days.
pub(super) const DAYS: i64 = 7;

/// Maximum length of the page's URL in bytes.
const LONGEST: usize = 800;

/// Why a mail was not sent.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Sends invitations.
#[derive(Debug)]
pub(crate) struct Sender {
    way: Way,
    from: Mailbox,
    /// URL of the page where the user sets a password.
    page: String,
}

#[derive(Debug)]
enum Way {
    Smtp(SmtpTransport),
    Folder(PathBuf),
}

impl Sender {
    /// Creates a sender to `way`, which is `file:DIR`, `smtp://HOST` or
    /// `smtps://USER:PASSWORD@HOST`; the links in its mails lead to `page`.
    ///
    /// # Errors
    /// An argument that cannot be used.
    pub(crate) fn new(way: &str, from: &str, page: &str) -> Result<Self, Failure> {
        let way = match way.strip_prefix("file:") {
            Some(folder) => {
                // Links in mails are secrets, and the folder may lie in that of the data.
                DirBuilder::new()
                    .recursive(true)
                    .mode(0o700)
                    .create(folder)
                    .map_err(|error| format!("cannot make {folder}: {error}"))?;
                Way::Folder(folder.into())
            }
            None => {
                let smtp = SmtpTransport::from_url(way).map_err(|error| {
                    // The text may contain a password, so the message does not repeat it.
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

    /// Sends a mail with the link for `token` to `to`; `name` is its file name in a folder.
    ///
    /// # Errors
    /// The mail was not sent; it may be tried again.
    pub(super) fn send(&self, name: &str, to: &str, token: &str) -> Result<(), Failure> {
        let joint = if self.page.contains('?') { '&' } else { '?' };
        let text = format!(
            "An account was made for you.\r\n\r\n\
             Set your password here, once and within {DAYS} days:\r\n\r\n\
             {}{joint}token={token}\r\n\r\n\
             If you did not expect this mail, nothing happens when you ignore it.\r\n",
            self.page
        );
        // A line may have 998 characters (RFC 5322 section 2.1.1), so the link need not be
        // wrapped.
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
                // Renamed when complete, so that readers of the folder never see half a mail.
                let part = folder.join(format!(".{name}"));
                fs::write(&part, mail.formatted())?;
                fs::rename(part, folder.join(format!("{name}.eml")))?;
            }
        }
        Ok(())
    }
}
