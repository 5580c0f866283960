//! `tidegate serve`: a page on this machine where scenarios are tried out.

use super::count::Counting;
use super::failure::Failure;
use super::run::{CHECKPOINTS, OneRun, run_one};

use super::{interrupt, print};
use crate::report::numbers::number;
use crate::scenario;
use crate::serve::{Config, Server};
use crate::simulation::Settings;
use clap::Args;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The most paths of a run that is saved from the page.
const MOST_PATHS: u64 = 100_000;

#[derive(Args)]
pub struct ServeArguments {
    /// Port of the page; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 8017)]
    port: u16,
    /// Address to listen to; another than this machine's own needs `--allow-remote`
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Let other machines use the page: whoever reaches it may run scenarios and save files here
    #[arg(long)]
    allow_remote: bool,
}

/// Serves the page until Ctrl-C.
pub fn serve(arguments: &ServeArguments) -> Result<(), Failure> {
    let host = arguments.host;
    if !host.is_loopback() && !arguments.allow_remote {
        return Err(Failure::Argument(format!(
            "`--host {host}` would let other machines run scenarios and save files here; leave it out, or add \
             `--allow-remote` if that is meant"
        )));
    }
    let interrupted = interrupt::listen();
    let address = SocketAddr::new(host, arguments.port);
    let save_run = Box::new({
        let interrupted = interrupted.clone();
        move |file: &Path, folder: &Path| save_run(file, folder, &interrupted)
    });
    let config = Config { address, folder: PathBuf::from("."), save_run };
    let server = Server::bind(config).map_err(|error| Failure::Argument(cannot_listen(address, &error)))?;
    if !host.is_loopback() {
        anstream::eprintln!("warning: whoever reaches {} may run scenarios and save files here", server.address());
    }
    print(&format!("Scenarios to try out at {}\nCtrl-C ends it.\n", server.url()))?;
    server.run(interrupted).map_err(|error| Failure::Argument(cannot_listen(address, &error)))
}

/// Why an address cannot be listened to, and what to type.
fn cannot_listen(address: SocketAddr, error: &io::Error) -> String {
    let (host, port) = (address.ip(), address.port());
    match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "port {port} of {host} is taken, perhaps by another `tidegate serve`; add `--port {}`, or `--port 0` for any \
             that is free",
            port.checked_add(1).unwrap_or(8017)
        ),
        io::ErrorKind::PermissionDenied => {
            format!("port {port} of {host} is not for everybody; add `--port 8017`, or another above 1023")
        }
        io::ErrorKind::AddrNotAvailable => format!("{host} is no address of this machine; leave `--host` out"),
        _ => format!("cannot listen to {address}: {error}"),
    }
}

/// Runs a scenario file into a folder as `tidegate run` does.
fn save_run(file: &Path, folder: &Path, interrupted: &Arc<AtomicBool>) -> Result<(), String> {
    let name = file.to_string_lossy();
    let scenario = scenario::load(&name).map_err(|problems| problems.render(false))?;
    if scenario.paths > MOST_PATHS {
        let (paths, most) = (number(scenario.paths as f64, 0), number(MOST_PATHS as f64, 0));
        return Err(format!("it has {paths} paths, and a page runs at most {most}; type `tidegate run {name}`"));
    }
    let counting =
        Counting { exact: false, restart: false, every: CHECKPOINTS, settings: Settings::default(), interrupted };
    let one = OneRun { scenario: &scenario, name: &name, until: None, parquet: None, folder };
    run_one(&one, &counting).map(|_| ()).map_err(|failure| failure.text(false))
}
