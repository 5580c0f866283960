//! Asks a publisher until a whole answer has come, or it is clear that none will.

use super::error::DownloadError;
use super::key::Key;
use super::patience::{Patience, retry_after};
use super::service::{Addresses, Service};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The largest answer that is read, bytes: thirty times the largest page that any of the services sends.
const LARGEST_ANSWER: u64 = 256 << 20;

/// Statuses after which asking again may help: a timeout, too many requests, and trouble on the server's side.
const PASSING: [u16; 6] = [408, 429, 500, 502, 503, 504];

/// A client of all four services.
pub struct Client {
    agent: ureq::Agent,
    addresses: Addresses,
    key: Option<Key>,
    patience: Patience,
    last_keyed_request: Mutex<Option<Instant>>,
}

/// Why an attempt failed.
enum Attempt {
    /// It may go well the next time, after a wait if the publisher asks for one.
    Again { reason: String, wait: Option<Duration> },
    /// The publisher will not.
    Declined { status: u16, message: String },
    /// It cannot, however often it is tried.
    Hopeless { reason: String },
}

impl Client {
    /// A client; with a key, FRED is asked through its API.
    ///
    /// # Errors
    /// The key would be readable on the way.
    pub fn new(addresses: Addresses, key: Option<Key>, patience: Patience) -> Result<Client, DownloadError> {
        if key.is_some() && addresses.is_readable_on_the_way(Service::FredApi) {
            return Err(DownloadError::KeyInTheOpen { address: addresses.of(Service::FredApi).to_owned() });
        }
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(patience.timeout))
            .timeout_recv_response(Some(patience.timeout))
            .timeout_recv_body(Some(3 * patience.timeout))
            .user_agent(concat!("tidegate/", env!("CARGO_PKG_VERSION"), " (scenarios of US dollar funding liquidity)"))
            .build();
        Ok(Client { agent: config.into(), addresses, key, patience, last_keyed_request: Mutex::new(None) })
    }

    /// Whether there is a key for the FRED API.
    pub fn has_key(&self) -> bool {
        self.key.is_some()
    }

    /// Where a service is asked.
    pub fn address(&self, service: Service) -> &str {
        self.addresses.of(service)
    }

    /// The body of an answer, whole.
    ///
    /// # Errors
    /// The service cannot be reached or declines.
    pub fn get(&self, service: Service, path: &str, query: &[(&str, &str)]) -> Result<Vec<u8>, DownloadError> {
        let asked = format!("{}{path}{}", self.addresses.of(service), encoded(query));
        let url = match &self.key {
            Some(key) if service == Service::FredApi => format!("{asked}&api_key={}", encode(key.reveal())),
            _ => asked.clone(),
        };
        let mut attempt = 1;
        loop {
            self.keep_distance(service);
            let (reason, wait) = match self.attempt(service, &url) {
                Ok(body) => return Ok(body),
                Err(Attempt::Declined { status, message }) => {
                    return Err(DownloadError::Declined { service, asked, status, message: self.conceal(&message) });
                }
                Err(Attempt::Hopeless { reason }) => {
                    let reason = self.conceal(&reason);
                    return Err(DownloadError::Unreachable { service, asked, attempts: attempt, reason });
                }
                Err(Attempt::Again { reason, wait }) => (self.conceal(&reason), wait),
            };
            match self.patience.wait_after(attempt, wait) {
                Ok(Some(wait)) => std::thread::sleep(wait),
                Ok(None) => return Err(DownloadError::Unreachable { service, asked, attempts: attempt, reason }),
                Err(too_long) => {
                    let reason = format!("{reason}; {too_long}");
                    return Err(DownloadError::Unreachable { service, asked, attempts: attempt, reason });
                }
            }
            attempt += 1;
        }
    }

    fn attempt(&self, service: Service, url: &str) -> Result<Vec<u8>, Attempt> {
        let request = self.agent.get(url);
        // What stays on this machine goes through no proxy.
        let request = if self.addresses.is_loopback(service) { request.config().proxy(None).build() } else { request };
        let mut answer = request.call().map_err(|error| failed(&error, self.patience.timeout))?;
        let status = answer.status().as_u16();
        let wait = answer
            .headers()
            .get("retry-after")
            .and_then(|value| retry_after(value.to_str().ok()?, jiff::Timestamp::now()));
        let body = answer
            .body_mut()
            .with_config()
            .limit(LARGEST_ANSWER)
            .read_to_vec()
            .map_err(|error| failed(&error, 3 * self.patience.timeout))?;
        match status {
            200..=299 => Ok(body),
            passing if PASSING.contains(&passing) => {
                Err(Attempt::Again { reason: format!("HTTP {status}: {}", own_words(&body)), wait })
            }
            _ => Err(Attempt::Declined { status, message: own_words(&body) }),
        }
    }

    /// Waits until the FRED API may be asked again.
    fn keep_distance(&self, service: Service) {
        if service != Service::FredApi {
            return;
        }
        let mut last = self.last_keyed_request.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(before) = *last {
            std::thread::sleep(self.patience.fred_api_spacing.saturating_sub(before.elapsed()));
        }
        *last = Some(Instant::now());
    }

    fn conceal(&self, text: &str) -> String {
        self.key.as_ref().map_or_else(|| text.to_owned(), |key| key.conceal(text))
    }
}

/// A request that brought no whole answer.
fn failed(error: &ureq::Error, limit: Duration) -> Attempt {
    let reason = match error {
        ureq::Error::Timeout(_) => format!("nothing came within {} seconds", limit.as_secs_f64()),
        // The standard library has no kind for a name that is not found.
        ureq::Error::Io(cause) if cause.to_string().contains("lookup address") => no_host(),
        ureq::Error::HostNotFound => no_host(),
        ureq::Error::Io(cause) if cause.kind() == std::io::ErrorKind::UnexpectedEof => {
            "the answer was cut off".to_owned()
        }
        ureq::Error::Protocol(_) => format!("the answer is cut off or no HTTP ({error})"),
        ureq::Error::BadUri(_) | ureq::Error::Tls(_) | ureq::Error::TooManyRedirects => {
            return Attempt::Hopeless { reason: error.to_string() };
        }
        other => other.to_string(),
    };
    Attempt::Again { reason, wait: None }
}

fn no_host() -> String {
    "its host is not found; is this machine online?".to_owned()
}

/// What the publisher says about an error: the message of its JSON, or the start of its text.
fn own_words(body: &[u8]) -> String {
    /// Characters of a message that are repeated to the user.
    const LONGEST: usize = 200;
    let text = String::from_utf8_lossy(body);
    let from_json = serde_json::from_slice::<serde_json::Value>(body).ok().and_then(|json| {
        ["error_message", "message", "error"].iter().find_map(|name| Some(json.get(name)?.as_str()?.to_owned()))
    });
    let words = from_json.unwrap_or_else(|| {
        if text.trim_start().starts_with('<') { super::check::title_of(&text) } else { text.into_owned() }
    });
    let words: Vec<&str> = words.split_whitespace().collect();
    match words.join(" ") {
        nothing if nothing.is_empty() => "no reason given".to_owned(),
        words => words.chars().take(LONGEST).collect(),
    }
}

fn encoded(query: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// Percent-encodes all but the unreserved characters, and the colon and comma that the fiscal data service's
/// filters are made of, which are allowed in a query (RFC 3986, section 3.4).
fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' | b',' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_encoded() {
        let query = [("filter", "record_date:gte:2022-01-01"), ("page[size]", "10000"), ("type", "Reverse Repo")];
        assert_eq!(encoded(&query), "?filter=record_date:gte:2022-01-01&page%5Bsize%5D=10000&type=Reverse%20Repo");
        assert_eq!(encoded(&[]), "");
    }

    #[test]
    fn the_publishers_words_are_found_in_every_shape_of_error() {
        // FRED version 1, fiscal data, FRED version 2, a plain text, a page, nothing.
        for (body, words) in [
            (r#"{"error_code":400,"error_message":"Bad Request.  No key."}"#, "Bad Request. No key."),
            (r#"{"error":"Invalid Query Param","message":"Invalid query parameter"}"#, "Invalid query parameter"),
            (r#"{"code":429,"message":"Too Many Requests"}"#, "Too Many Requests"),
            ("upstream timed out\n", "upstream timed out"),
            ("<html><head><title>504 Gateway Time-out</title></head></html>", "504 Gateway Time-out"),
            ("", "no reason given"),
        ] {
            assert_eq!(own_words(body.as_bytes()), words);
        }
    }
}
