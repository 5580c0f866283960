//! How long to wait for a publisher, and how often to come back.

use std::time::Duration;

/// Time limits and waits of a client.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Longest wait for a connection and for the first byte of an answer; a body may take three times as long.
    pub timeout: Duration,
    /// How often the same is asked before giving up, at least once.
    pub attempts: u32,
    /// The wait before the second attempt; it doubles with every further one.
    pub first_wait: Duration,
    /// The longest wait between two attempts, whoever asks for it.
    pub longest_wait: Duration,
    /// The least time between two requests to the FRED API, which answers 429 to more than two a second.
    pub fred_api_spacing: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            timeout: Duration::from_secs(20),
            attempts: 5,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
            fred_api_spacing: Duration::from_millis(550),
        }
    }
}

impl Patience {
    /// The wait after an attempt that failed (the first is number one), if another may follow: what the publisher
    /// asks for, else twice as long each time.
    ///
    /// # Errors
    /// The publisher asks for more than the longest wait; in words.
    pub fn wait_after(&self, attempt: u32, asked_for: Option<Duration>) -> Result<Option<Duration>, String> {
        if let Some(wait) = asked_for.filter(|wait| *wait > self.longest_wait) {
            return Err(format!("it asks to come back in {} seconds", wait.as_secs()));
        }
        let doubled = self.first_wait.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
        Ok((attempt < self.attempts).then(|| asked_for.unwrap_or(doubled.min(self.longest_wait))))
    }
}

/// What a `Retry-After` header asks for: seconds, or a date (RFC 9110, section 10.2.3).
pub fn retry_after(header: &str, now: jiff::Timestamp) -> Option<Duration> {
    let header = header.trim();
    if let Ok(seconds) = header.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(header).ok()?;
    Some(Duration::from_secs(date.duration_since(now).as_secs().max(0).unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_end() {
        let patience = Patience { attempts: 9, ..Patience::default() };
        let waits: Vec<u64> =
            (1..9).map(|attempt| patience.wait_after(attempt, None).unwrap().unwrap().as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(patience.wait_after(9, None), Ok(None));
    }

    #[test]
    fn the_publisher_is_obeyed_within_reason() {
        let patience = Patience::default();
        let seven = Duration::from_secs(7);
        assert_eq!(patience.wait_after(1, Some(seven)), Ok(Some(seven)));
        assert_eq!(
            patience.wait_after(1, Some(Duration::from_secs(3600))),
            Err("it asks to come back in 3600 seconds".to_owned())
        );
    }

    #[test]
    fn both_spellings_of_retry_after_are_read() {
        // The date is the example of RFC 9110, section 5.6.7.
        let now: jiff::Timestamp = "1994-11-06T08:49:07Z".parse().unwrap();
        assert_eq!(retry_after("120", now), Some(Duration::from_secs(120)));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), Some(Duration::from_secs(30)));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(retry_after("soon", now), None);
    }
}
