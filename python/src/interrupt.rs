//! Long work beside the interpreter: its lock is released, and Ctrl-C ends the work.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// How often it is looked whether Ctrl-C was pressed.
const LOOK: Duration = Duration::from_millis(50);

/// The most threads that can be asked for.
const MOST_THREADS: u16 = 1024;

/// What unwinds the threads of work that was interrupted.
struct Interrupted;

/// Does work in threads of its own, of which there are `threads` or as many as there are processors, and looks after
/// signals meanwhile. The work calls the function it is given whenever it has done a part; if it was interrupted, that call
/// does not return.
///
/// # Errors
/// What the handler of a signal raised, such as `KeyboardInterrupt`; or there cannot be so many threads.
pub fn watched<R: Send>(
    py: Python<'_>,
    threads: Option<u16>,
    work: impl FnOnce(&(dyn Fn() + Sync)) -> R + Send,
) -> PyResult<R> {
    if threads.is_some_and(|threads| !(1..=MOST_THREADS).contains(&threads)) {
        return Err(PyValueError::new_err(format!("`threads` is a number from 1 to {MOST_THREADS}")));
    }
    let ended = AtomicBool::new(false);
    let go_on = || {
        if ended.load(Ordering::Relaxed) {
            panic::resume_unwind(Box::new(Interrupted));
        }
    };
    py.detach(|| {
        let mut raised = Ok(());
        let done = thread::scope(|scope| {
            // Dropped when the work is done, whichever way.
            let (alive, end) = channel::<()>();
            let worker = scope.spawn(|| {
                let _alive = alive;
                match threads {
                    None => work(&go_on),
                    Some(threads) => {
                        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build();
                        pool.expect("threads can be started").install(|| work(&go_on))
                    }
                }
            });
            while end.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                if raised.is_ok() {
                    raised = Python::attach(|py| py.check_signals());
                    ended.store(raised.is_err(), Ordering::Relaxed);
                }
            }
            worker.join()
        });
        match (raised, done) {
            (Err(error), _) => Err(error),
            (Ok(()), Ok(result)) => Ok(result),
            (Ok(()), Err(panic)) => panic::resume_unwind(panic),
        }
    })
}
