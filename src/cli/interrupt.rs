//! Ctrl-C: the first asks a run to keep what it has, the second ends the program at once.

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The exit code of a program that was interrupted, as shells have it: 128 and the number of SIGINT.
pub const INTERRUPTED: u8 = 130;

/// A flag that goes up at Ctrl-C, or at the polite request to end that a system sends when it shuts down.
pub fn listen() -> Arc<AtomicBool> {
    let asked = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // The flag that is up already is looked at first. Where a signal cannot be listened to, it ends the program.
        let _ = flag::register_conditional_shutdown(signal, INTERRUPTED.into(), asked.clone())
            .and_then(|_| flag::register(signal, asked.clone()));
    }
    asked
}
