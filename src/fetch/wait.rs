//! How long to wait before a retry: what the site asks for, else twice as long
//! each time.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// The wait before the first retry where the site names none.
const FIRST: Duration = Duration::from_secs(2);

/// The wait that a `Retry-After` header asks for: seconds, or a date (RFC 9110,
/// section 10.2.3); a date that is past asks for none.
pub(super) fn asked_for(header: &str, now: Timestamp) -> Option<Duration> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|b| b.is_ascii_digit()) {
        // What does not fit is longer than any allowed wait.
        return Some(Duration::from_secs(header.parse().unwrap_or(u64::MAX)));
    }
    let date = DateTimeParser::new().parse_timestamp(header).ok()?;
    // The header has whole seconds; rounding up asks never too early.
    let wait = date.duration_since(now);
    let up = wait.as_secs() + i64::from(wait.subsec_nanos() > 0);
    Some(Duration::from_secs(u64::try_from(up).unwrap_or(0)))
}

/// The wait before retry `n`, counted from 0, of a site that names none.
pub(super) fn back_off(n: u32, longest: Duration) -> Duration {
    FIRST.saturating_mul(2u32.saturating_pow(n)).min(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_in_both_forms() {
        let now: Timestamp = "2021-07-01T12:00:00.25Z".parse().unwrap();
        for (header, seconds) in [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("Thu, 01 Jul 2021 12:00:30 GMT", Some(30)),
            ("Thu, 01 Jul 2021 11:00:00 GMT", Some(0)),
            ("", None),
            ("-5", None),
            ("soon", None),
        ] {
            let wait = asked_for(header, now).map(|w| w.as_secs());
            assert_eq!(wait, seconds, "{header}");
        }
    }

    #[test]
    fn back_off_doubles_up_to_the_longest() {
        let longest = Duration::from_secs(20);
        let waits: Vec<u64> = (0..6).map(|n| back_off(n, longest).as_secs()).collect();
        assert_eq!(waits, [2, 4, 8, 16, 20, 20]);
        assert_eq!(back_off(u32::MAX, longest), longest);
    }
}
