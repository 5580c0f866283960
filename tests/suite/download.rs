//! Fetching of official history, against publishers on this machine that answer in the real ones' shapes, and badly.

#[path = "download/command.rs"]
mod command;
#[path = "download/increments.rs"]
mod increments;
#[path = "download/publishers.rs"]
mod publishers;
#[path = "download/refusals.rs"]
mod refusals;
#[path = "download/retries.rs"]
mod retries;
#[path = "download/server.rs"]
mod server;
#[path = "download/whole.rs"]
mod whole;

use jiff::civil::{Date, date};
use server::Server;
use std::path::Path;
use std::time::Duration;
use tidegate::download::{Addresses, Client, DownloadError, Key, Patience, Service, Source, Store, pull};

/// A Wednesday: the day of all these pulls.
const TODAY: Date = date(2026, 4, 1);

/// A client of one server that stands in for all four publishers, which does not wait long.
fn client(server: &Server, key: Option<&str>) -> Client {
    let mut addresses = Addresses::default();
    for service in Service::ALL {
        addresses.set(service, &server.address).unwrap();
    }
    let patience = Patience {
        timeout: Duration::from_millis(400),
        attempts: 3,
        first_wait: Duration::from_millis(1),
        longest_wait: Duration::from_millis(1500),
        fred_api_spacing: Duration::ZERO,
    };
    Client::new(addresses, key.and_then(Key::new), patience).unwrap()
}

/// Pulls a series into a folder and returns the messages of what went wrong.
fn pull_into(folder: &Path, server: &Server, key: Option<&str>, name: &str) -> Result<(), String> {
    let source = Source::named(name).unwrap();
    let done = pull(&client(server, key), &Store::new(folder), source, TODAY);
    // The port differs from run to run.
    done.map(|_| ()).map_err(|error: DownloadError| error.to_string().replace(&server.address, "http://here"))
}
