//! What can go wrong between a publisher and the folder.

use super::service::Service;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why something was not fetched; the file in the folder is as it was before.
#[derive(Debug)]
pub enum DownloadError {
    /// No whole answer came, however often it was asked for.
    Unreachable {
        /// Who was asked.
        service: Service,
        /// What was asked, without the key.
        asked: String,
        /// How often.
        attempts: u32,
        /// What went wrong the last time.
        reason: String,
    },
    /// The publisher answered that it will not.
    Declined {
        /// Who was asked.
        service: Service,
        /// What was asked, without the key.
        asked: String,
        /// The HTTP status.
        status: u16,
        /// The publisher's own words.
        message: String,
    },
    /// The answer is not of the shape that the publisher's answers have.
    Shape {
        /// Who was asked.
        service: Service,
        /// The file that the answer was for, from the folder's root.
        file: String,
        /// What it is instead.
        reason: String,
    },
    /// A value cannot be right.
    Value {
        /// Who was asked.
        service: Service,
        /// The file that the value was for, from the folder's root.
        file: String,
        /// The day of the value, as published.
        date: String,
        /// The series or column.
        column: String,
        /// The value, as published.
        value: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The key would be sent so that others can read it.
    KeyInTheOpen {
        /// Where to.
        address: String,
    },
    /// A file of the folder cannot be read or written.
    File {
        /// What was being done, completing "cannot …".
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        cause: io::Error,
    },
}

impl fmt::Display for DownloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DownloadError::Unreachable { service, asked, attempts, reason } => {
                let times = if *attempts == 1 { "once".to_owned() } else { format!("{attempts} times") };
                write!(f, "{} did not answer, asked {times}: {reason} ({asked})", service.name())
            }
            DownloadError::Declined { service, asked, status, message } => {
                write!(f, "{} declined with HTTP {status}: {message} ({asked})", service.name())
            }
            DownloadError::Shape { service, file, reason } => {
                write!(f, "{file}: refused what {} sent: {reason}", service.name())
            }
            DownloadError::Value { service, file, date, column, value, reason } => {
                write!(f, "{file}: refused what {} sent: {column} of {date} is `{value}`, {reason}", service.name())
            }
            DownloadError::KeyInTheOpen { address } => {
                write!(f, "FRED_API_KEY is not sent to {address}, which is not encrypted; use https")
            }
            DownloadError::File { action, path, cause } => write!(f, "cannot {action} {}: {cause}", path.display()),
        }
    }
}

impl std::error::Error for DownloadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            DownloadError::File { cause, .. } => Some(cause),
            _ => None,
        }
    }
}
