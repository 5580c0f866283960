//! A server on the loopback interface that answers as it is told, and remembers what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the server does with a request.
pub enum Reply {
    /// A whole answer: status, further header lines, body.
    Whole(u16, &'static str, Vec<u8>),
    /// An answer whose body ends before the length that its header states.
    CutOff(Vec<u8>),
    /// No answer, until the client has gone.
    Silence,
}

impl Reply {
    pub fn ok(body: impl Into<Vec<u8>>) -> Reply {
        Reply::Whole(200, "", body.into())
    }
}

pub struct Server {
    pub address: String,
    asked: Arc<Mutex<Vec<String>>>,
    stopped: Arc<AtomicBool>,
}

impl Server {
    /// `answer` is given the target of a request (path and query) and how many came before it.
    pub fn start(answer: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let stopped = Arc::new(AtomicBool::new(false));
        let (log, stop, answer) = (Arc::clone(&asked), Arc::clone(&stopped), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                std::thread::spawn(move || serve(stream, &log, &*answer));
            }
        });
        Server { address, asked, stopped }
    }

    /// The requests since the last call of this, in order.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the listener, which waits for a connection.
        let _ = TcpStream::connect(self.address.trim_start_matches("http://"));
    }
}

fn serve(stream: TcpStream, log: &Mutex<Vec<String>>, answer: &dyn Fn(&str, usize) -> Reply) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    let Some(target) = lines.first().and_then(|line| line.split(' ').nth(1)) else { return };
    assert!(lines.iter().any(|line| line.to_lowercase().starts_with("user-agent: tidegate/")), "{lines:?}");
    let before = {
        let mut log = log.lock().unwrap();
        log.push(target.to_owned());
        log.len() - 1
    };
    let mut stream = stream;
    let head = |status: u16, length: usize, more: &str| {
        format!("HTTP/1.1 {status} Said\r\nContent-Length: {length}\r\nConnection: close\r\n{more}\r\n")
    };
    // The client may have gone by now, which is its business.
    let _ = match answer(target, before) {
        Reply::Whole(status, more, body) => {
            stream.write_all(head(status, body.len(), more).as_bytes()).and_then(|()| stream.write_all(&body))
        }
        Reply::CutOff(body) => {
            stream.write_all(head(200, body.len() + 100, "").as_bytes()).and_then(|()| stream.write_all(&body))
        }
        Reply::Silence => {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            reader.read(&mut [0; 1]).map(|_| ())
        }
    };
}
