//! Who may ask: this page alone. A page of somebody else that is open in the same browser is refused, whatever name it has
//! given to this machine.
//!
//! The name in `Host` must be this server's (against rebinding of names), `Origin` the page's own, and where the browser says
//! that a request comes from another site (`Sec-Fetch-Site`), it must be somebody who follows a link.

use super::answer::Refusal;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use std::net::{IpAddr, SocketAddr};

/// What the page may load and ask: its own files, and this server.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What a file of a run may do: a page of its own, that can ask nothing of this server.
pub const RUN_POLICY: &str = "sandbox allow-scripts allow-downloads allow-modals; default-src 'none'; \
    script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, PAGE_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    // Not `no-store`: Chromium then calls a stream that was read to its end aborted.
    (header::CACHE_CONTROL, "no-cache"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Refuses what others ask, and adds the headers that keep the page to itself.
pub async fn guard(State(address): State<SocketAddr>, request: Request, next: Next) -> Response<Body> {
    let mut response = match check(address, request.method(), request.headers(), request.uri().host().is_some()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

fn check(address: SocketAddr, method: &Method, headers: &HeaderMap, absolute: bool) -> Result<(), Refusal> {
    let refused = |message: &str| Err(Refusal { status: StatusCode::FORBIDDEN, message: message.to_owned() });
    let one = |name: &HeaderName| {
        let mut values = headers.get_all(name).iter();
        (values.next().and_then(|value| value.to_str().ok()), values.next().is_some())
    };
    let host = match one(&header::HOST) {
        (Some(host), false) if !absolute && is_ours(host, address) => host,
        _ => return refused("this server answers under its own address alone"),
    };
    let is_own_page = |origin: &str| origin.strip_prefix("http://").is_some_and(|of| of.eq_ignore_ascii_case(host));
    if headers.contains_key(header::ORIGIN)
        && !matches!(one(&header::ORIGIN), (Some(origin), false) if is_own_page(origin))
    {
        return refused("another page asked; this server answers its own page alone");
    }
    let said = |name: &str| headers.get(name).map(|value| value.as_bytes());
    let follows_a_link = *method == Method::GET
        && said("sec-fetch-mode") == Some(b"navigate")
        && said("sec-fetch-dest") == Some(b"document");
    let from_elsewhere = said("sec-fetch-site").is_some_and(|site| site != b"same-origin" && site != b"none");
    if from_elsewhere && !follows_a_link {
        return refused("another page asked; this server answers its own page alone");
    }
    let is_json = || one(&header::CONTENT_TYPE).0.is_some_and(|contents| contents.starts_with("application/json"));
    if *method == Method::POST && !is_json() {
        let message = "what is asked for is told in JSON: `content-type: application/json`".to_owned();
        return Err(Refusal { status: StatusCode::UNSUPPORTED_MEDIA_TYPE, message });
    }
    Ok(())
}

/// Whether a `Host` names this server: by its address or, where it listens to this machine, as `localhost`. A server that
/// listens to all addresses is told from others by number alone, since any name may have been given to it.
fn is_ours(host: &str, address: SocketAddr) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
        _ => (host, Some(80)),
    };
    let number = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let ours = address.ip();
    let named = match number {
        Ok(ip) => ip == ours || ours.is_unspecified() || (ip.is_loopback() && ours.is_loopback()),
        Err(_) => name.eq_ignore_ascii_case("localhost") && (ours.is_loopback() || ours.is_unspecified()),
    };
    named && port == Some(address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_names_are_the_servers() {
        let home: SocketAddr = "127.0.0.1:8017".parse().unwrap();
        for host in ["127.0.0.1:8017", "localhost:8017", "LOCALHOST:8017", "[::1]:8017"] {
            assert!(is_ours(host, home), "{host}");
        }
        for host in [
            "127.0.0.1",
            "127.0.0.1:80",
            "evil.example:8017",
            "localhost.evil.example:8017",
            "",
            ":8017",
            "10.0.0.1:8017",
            "127.0.0.1:8017:8017",
        ] {
            assert!(!is_ours(host, home), "{host}");
        }
        let everywhere: SocketAddr = "0.0.0.0:80".parse().unwrap();
        assert!(is_ours("10.0.0.1", everywhere) && is_ours("localhost", everywhere));
        assert!(!is_ours("evil.example", everywhere));
    }
}
