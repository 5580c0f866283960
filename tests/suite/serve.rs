//! The page of sliders from outside: who is refused, what is streamed, what ends a run, what is saved.

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tidegate::scenario;
use tidegate::serve::{Config, MOST_RUNS, Server};

/// A server in a folder of its own, which ends with the test.
struct House {
    address: SocketAddr,
    folder: TempDir,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for House {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        let ended = self.thread.take().expect("it ends once").join();
        if !thread::panicking() {
            ended.expect("the server ends without a panic");
        }
    }
}

fn house() -> House {
    let folder = tempfile::tempdir().unwrap();
    let save_run = Box::new(|file: &Path, folder: &Path| {
        let scenario = scenario::load(&file.to_string_lossy()).map_err(|problems| problems.to_string())?;
        fs::create_dir_all(folder).unwrap();
        let manifest = json!({ "title": scenario.title, "start": "2025-10-01", "end": "2026-03-31", "paths": 7 });
        fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
        fs::write(folder.join("report.html"), "<p>a page</p>").unwrap();
        Ok(())
    });
    let config = Config { address: "127.0.0.1:0".parse().unwrap(), folder: folder.path().to_owned(), save_run };
    let server = Server::bind(config).unwrap();
    let (address, ended) = (server.address(), Arc::new(AtomicBool::new(false)));
    let thread = thread::spawn({
        let ended = ended.clone();
        move || server.run(ended).unwrap()
    });
    House { address, folder, ended, thread: Some(thread) }
}

/// An answer: status, head and body.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    fn error(&self) -> String {
        self.json()["error"].as_str().expect("a refusal is told in words").to_owned()
    }
}

impl House {
    fn send(&self, line: &str, headers: &[&str], body: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let mut request = format!("{line} HTTP/1.1\r\nconnection: close\r\n");
        if !headers.iter().any(|header| header.to_lowercase().starts_with("host:")) {
            request.push_str(&format!("host: {}\r\n", self.address));
        }
        headers.iter().for_each(|header| request.push_str(&format!("{header}\r\n")));
        if !body.is_empty() {
            request.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        stream.write_all(format!("{request}\r\n").as_bytes()).unwrap();
        // A server that has refused already may not read the rest.
        let _ = stream.write_all(body);
        stream
    }

    fn ask(&self, line: &str, headers: &[&str], body: &[u8]) -> Answer {
        let mut text = Vec::new();
        // The rest of a body that was not read may reset the connection after the answer.
        let _ = self.send(line, headers, body).read_to_end(&mut text);
        let text = String::from_utf8_lossy(&text).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer to {line}: {text}"));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path}"), &[], b"")
    }

    fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask(&format!("POST {path}"), &["content-type: application/json"], body.to_string().as_bytes())
    }

    /// Begins a run, of which the events follow.
    fn live(&self, asked: &Value) -> Events {
        let body = asked.to_string();
        let stream = self.send("POST /live", &["content-type: application/json"], body.as_bytes());
        Events(BufReader::new(stream))
    }
}

/// The events of a run as they come: name and data.
struct Events(BufReader<TcpStream>);

impl Iterator for Events {
    type Item = (String, Value);

    fn next(&mut self) -> Option<(String, Value)> {
        let mut name = None;
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if let Some(text) = line.strip_prefix("event: ") {
                name = Some(text.trim().to_owned());
            } else if let (Some(data), Some(name)) = (line.strip_prefix("data: "), &name) {
                return Some((name.clone(), serde_json::from_str(data).expect("data are JSON")));
            }
        }
    }
}

fn asked(tab: &str, changes: Value, paths: u64) -> Value {
    json!({ "tab": tab, "setting": { "scenario": "shutdown_cash_hoarding", "changes": changes }, "paths": paths })
}

#[test]
fn pages_of_others_are_refused_whatever_they_call_this_machine() {
    let house = house();
    let port = house.address.port();
    let (own, local) = (format!("origin: http://127.0.0.1:{port}"), format!("host: localhost:{port}"));
    let strangers = [
        vec![format!("host: evil.example:{port}")],
        vec![format!("host: evil.example:{port}"), format!("origin: http://evil.example:{port}")],
        vec![format!("host: 127.0.0.1:{}", port ^ 1)],
        vec!["host: 127.0.0.1".to_owned()],
        vec![format!("host: 127.0.0.1:{port}"), "host: evil.example".to_owned()],
        vec!["origin: http://evil.example".to_owned()],
        vec!["origin: null".to_owned()],
        vec![format!("origin: https://127.0.0.1:{port}")],
        vec![local.clone(), own.clone()],
        vec![own.clone(), "origin: http://evil.example".to_owned()],
        vec!["sec-fetch-site: cross-site".to_owned(), "sec-fetch-mode: no-cors".to_owned()],
        vec!["sec-fetch-site: same-site".to_owned(), "sec-fetch-mode: cors".to_owned()],
    ];
    for headers in strangers {
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        for line in ["GET /", "GET /runs", "POST /live", "POST /save", "OPTIONS /live"] {
            let answer = house.ask(line, &headers, b"");
            assert!([400, 403].contains(&answer.status), "{line} {headers:?}: {}", answer.status);
            assert!(!answer.head.contains("access-control"), "{}", answer.head);
        }
    }
    for headers in [vec![], vec![own.as_str()], vec![local.as_str()], vec!["sec-fetch-site: same-origin"]] {
        assert_eq!(house.ask("GET /runs", &headers, b"").status, 200, "{headers:?}");
    }
    // Somebody who follows a link to the page comes from another site.
    let follows = ["sec-fetch-site: cross-site", "sec-fetch-mode: navigate", "sec-fetch-dest: document"];
    assert_eq!(house.ask("GET /", &follows, b"").status, 200);
    assert_eq!(house.ask("POST /save", &follows, b"{}").status, 403);
    assert_eq!(house.ask("POST /live", &["content-type: text/plain"], b"{}").status, 415);
}

#[test]
fn every_answer_keeps_the_page_to_itself() {
    let house = house();
    for path in [
        "/",
        "/page.css",
        "/serve.css",
        "/d3.js",
        "/charts.js",
        "/serve.js",
        "/favicon.ico",
        "/scenarios",
        "/runs",
        "/nothing",
    ] {
        let answer = house.get(path);
        assert_eq!(answer.status, if path == "/nothing" { 404 } else { 200 }, "{path}");
        for header in ["content-security-policy: default-src 'none'", "connect-src 'self'", "nosniff", "no-referrer"] {
            assert!(answer.head.contains(header), "{path} without {header}: {}", answer.head);
        }
        assert!(!answer.head.contains("unsafe"), "{path}");
        // No address but those of names in XML is mentioned.
        let addresses = answer.body.matches("http://").count() + answer.body.matches("https://").count();
        let names = answer.body.matches("http://www.w3.org/").count();
        assert!(addresses == names || path == "/d3.js", "{path} names an address outside");
    }
}

#[test]
fn whatever_is_asked_wrongly_is_answered_in_words() {
    let house = house();
    let json = ["content-type: application/json"];
    let setting = |scenario: &str, key: &str, value: Value| {
        let mut changes = json!({});
        changes[key] = value;
        json!({ "tab": "t", "setting": { "scenario": scenario, "changes": changes }, "paths": 100 }).to_string()
    };
    let shutdown = |key: &str, value: Value| setting("shutdown_cash_hoarding", key, value);
    for (body, status, says) in [
        (String::new(), 400, "not what is asked"),
        ("{".to_owned(), 400, "not what is asked"),
        ("[]".to_owned(), 400, "not what is asked"),
        ("\u{0}\u{1b}".to_owned(), 400, "not what is asked"),
        (r#"{"tab":"t","setting":{"scenario":"qt_end"},"paths":-1}"#.to_owned(), 400, "invalid value"),
        (r#"{"tab":"t","setting":{"scenario":"qt_end"},"paths":1,"more":1}"#.to_owned(), 400, "unknown field"),
        ("[".repeat(10_000), 400, "not what is asked"),
        (setting("no_such", "x", json!(1)), 404, "no scenario is called `no_such`"),
        (setting("../secret", "x", json!(1)), 404, "no scenario is called"),
        (setting("/etc/passwd", "x", json!(1)), 404, "no scenario is called"),
        (shutdown("event.shutdown.hording", json!(1)), 422, "did you mean `event.shutdown.hoarding`?"),
        (shutdown("event.shutdown.hoarding", json!("1; drop")), 422, "takes a number"),
        (shutdown("event.shutdown.hoarding", json!(1e300)), 422, "hoarding"),
        (shutdown("event.runoff ends.date", json!("2025-13-01")), 422, "takes a day"),
        (shutdown("event.runoff ends.date", json!("2055-01-01")), 422, "2055-01-01"),
        (shutdown("treasury.cash_target", json!(-1)), 422, "level"),
        (shutdown("event.shutdown.kind", json!(1)), 422, "nothing of"),
        (shutdown("parameters.repo_slope\n[run]\nseed", json!(1)), 422, "nothing of"),
        (
            json!({ "tab": "t".repeat(65), "setting": { "scenario": "qt_end" }, "paths": 1 }).to_string(),
            422,
            "64 letters",
        ),
    ] {
        let answer = house.ask("POST /live", &json, body.as_bytes());
        let shown: String = body.chars().take(120).collect();
        assert_eq!(answer.status, status, "{shown}: {}", answer.body);
        assert!(answer.error().contains(says), "{shown}: {}", answer.error());
    }
    assert_eq!(house.ask("POST /live", &json, &vec![b' '; 100_000]).status, 413);
    for (line, status) in
        [("GET /live", 405), ("POST /runs", 405), ("GET /nothing.ico", 404), ("GET /scenarios/no_such", 404)]
    {
        assert_eq!(house.ask(line, &json, b"").status, status, "{line}");
    }
    fs::create_dir_all(house.folder.path().join("output/one")).unwrap();
    fs::write(house.folder.path().join("secret.html"), "secret").unwrap();
    for path in [
        "/runs/../secret.html",
        "/runs/%2e%2e/secret.html",
        "/runs/..%2fsecret.html",
        "/runs/one/..%2f..%2fsecret.html",
        "/runs/one/%2e%2e%2f%2e%2e%2fsecret.html",
        "/runs//etc/passwd",
        "/runs/one/%00",
        "/scenarios/..%2f..%2fsecret",
        "/../secret.html",
    ] {
        let answer = house.get(path);
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert!(!answer.body.contains("secret\n") && answer.body != "secret", "{path}");
    }
    assert_eq!(house.get("/").status, 200, "the server is still there");
}

#[test]
fn pictures_come_in_growing_batches_and_are_the_same_again() {
    let house = house();
    let run = |tab: &str| house.live(&asked(tab, json!({}), 5_000)).collect::<Vec<_>>();
    let first = run("a");
    let paths: Vec<u64> = first
        .iter()
        .map(|(name, data)| (name == "picture").then(|| data["paths"].as_u64()).flatten().unwrap())
        .collect();
    assert_eq!(paths, [512, 2_048, 5_000]);
    assert!(first == run("b"), "the same draws give the same pictures");
    let (_, last) = &first[2];
    let days = last["dates"].as_array().unwrap().len();
    let charts = last["charts"].as_array().unwrap();
    assert_eq!(
        charts.iter().map(|chart| chart["id"].as_str().unwrap()).collect::<Vec<_>>(),
        ["reserves", "sofr_iorb", "tga", "on_rrp", "srf"]
    );
    for chart in charts {
        for level in ["5", "25", "50", "75", "95"] {
            assert_eq!(chart["series"][0]["quantiles"][level].as_array().unwrap().len(), days);
        }
    }
    assert_eq!(last["watches"].as_array().unwrap().len(), 9);
    // Fewer or more than are allowed are taken as what is.
    let counted = |paths: u64| house.live(&asked("c", json!({}), paths)).last().unwrap().1["of"].as_u64().unwrap();
    assert_eq!((counted(0), counted(1), counted(u64::MAX)), (1, 1, tidegate::serve::MOST_PATHS));
}

#[test]
fn two_settings_are_compared_path_by_path() {
    let house = house();
    let against = |changes: Value| {
        let mut asked = asked("a", json!({ "event.shutdown.hoarding": 0 }), 2_000);
        asked["against"] = json!({ "scenario": "shutdown_cash_hoarding", "changes": changes });
        house.live(&asked).last().expect("it runs").1
    };
    let same = against(json!({ "event.shutdown.hoarding": 0 }));
    for figure in same["figures"].as_array().unwrap() {
        assert_eq!((figure["change"]["mean"].as_f64(), figure["change"]["error"].as_f64()), (Some(0.0), Some(0.0)));
    }
    let other = against(json!({}));
    let lowest = &other["figures"][0]["change"];
    assert!(lowest["mean"].as_f64().unwrap() > 10.0, "without hoarding reserves fall less: {lowest}");
    assert!(lowest["narrower"].as_f64().unwrap() > 2.0, "common draws tell more: {lowest}");
    assert!(other["watches"].as_array().unwrap().iter().any(|watch| watch["change"]["mean"].as_f64().unwrap() < -0.05));
    let mut stranger = asked("a", json!({}), 100);
    stranger["against"] = json!({ "scenario": "qt_goes_on" });
    stranger["setting"]["scenario"] = json!("rebuild_2023");
    let stranger = house.live(&stranger).last().unwrap().1;
    assert!(stranger["strangers"].as_str().is_some_and(|why| why.contains("differ")), "{}", stranger["strangers"]);
    assert!(stranger["figures"][0]["change"].is_null());
}

#[test]
fn a_newer_run_of_a_tab_ends_the_one_before() {
    let house = house();
    let mut before = house.live(&asked("a", json!({}), 20_000));
    assert_eq!(before.next().unwrap().0, "picture");
    let newer = house.live(&asked("a", json!({ "event.shutdown.hoarding": 50 }), 600)).last();
    assert_eq!(newer.unwrap().1["paths"], 600);
    assert_eq!(before.last().map(|(name, _)| name), Some("stopped".to_owned()));
}

#[test]
fn runs_are_capped_and_a_closed_tab_ends_its_own() {
    let house = house();
    let mut open: Vec<Events> =
        (0..MOST_RUNS).map(|tab| house.live(&asked(&format!("tab {tab}"), json!({}), 20_000))).collect();
    assert_eq!(open[0].next().unwrap().0, "picture");
    let refused = house.post("/live", &asked("one more", json!({}), 100));
    assert_eq!(refused.status, 503, "{}", refused.body);
    assert!(refused.error().contains("runs are under way"), "{}", refused.error());
    let closed = Instant::now();
    drop(open);
    while house.live(&asked("one more", json!({}), 64)).last().is_none() {
        assert!(closed.elapsed() < Duration::from_secs(2), "closed tabs still hold their runs");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_setting_is_saved_as_a_scenario_and_as_a_run_and_nothing_is_replaced() {
    let house = house();
    let save = |name: &str, run: bool| {
        let setting = asked("a", json!({ "event.shutdown.hoarding": 30 }), 1)["setting"].clone();
        house.post("/save", &json!({ "setting": setting, "name": name, "title": "A \"smaller\" hoard \\", "run": run }))
    };
    let saved = save("mine", true);
    assert_eq!(saved.json(), json!({ "scenario": "mine.toml", "run": "output/mine" }), "{}", saved.body);
    let file = house.folder.path().join("mine.toml");
    let text = fs::read_to_string(&file).unwrap();
    let scenario = scenario::load(&file.to_string_lossy()).unwrap();
    assert_eq!((scenario.title.as_str(), scenario.name.as_str()), ("A \"smaller\" hoard \\", "mine"));
    assert!(text.contains("hoarding = \"30bn\"") && text.contains("extends = \"shutdown_cash_hoarding\""), "{text}");
    for (name, says) in [
        ("mine", "already"),
        ("", "a name takes"),
        ("../mine", "a name takes"),
        ("a/b", "a name takes"),
        (".hidden", "a name takes"),
        ("-rf", "a name takes"),
        ("a.toml", "a name takes"),
        (&"a".repeat(65), "a name takes"),
        ("qt_end", "ships with the program"),
    ] {
        let refused = save(name, false);
        assert_eq!(refused.status, 422, "{name}");
        assert!(refused.error().contains(says), "{name}: {}", refused.error());
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
    let mut left: Vec<_> = fs::read_dir(house.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["mine.toml", "output"], "nothing else is left behind");
    // What is saved is a scenario to start from, and its run can be looked at, as a page that can ask nothing here.
    assert_eq!(
        house.get("/scenarios").json()[0],
        json!({ "name": "mine", "title": "A \"smaller\" hoard \\", "own": true })
    );
    let again = json!({ "tab": "a", "setting": { "scenario": "mine", "changes": { "event.shutdown.duration": 20 } }, "paths": 64 });
    assert_eq!(house.live(&again).last().unwrap().1["paths"], 64);
    let runs = house.get("/runs").json();
    assert_eq!((&runs[0]["name"], &runs[0]["report"]), (&json!("mine"), &json!(true)));
    let report = house.get("/runs/mine/report.html");
    assert_eq!((report.status, report.body.as_str()), (200, "<p>a page</p>"));
    assert!(report.head.contains("content-security-policy: sandbox allow-scripts"), "{}", report.head);
}

#[cfg(unix)]
#[test]
fn the_command_says_where_it_is_and_ends_at_ctrl_c() {
    let place = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidegate"));
    let mut serving =
        command.args(["serve", "--port", "0"]).current_dir(place.path()).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(serving.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address =
        line.trim().strip_prefix("Scenarios to try out at http://").expect(&line).trim_end_matches('/').to_owned();
    let taken = Command::new(env!("CARGO_BIN_EXE_tidegate"))
        .args(["serve", "--port", address.rsplit(':').next().unwrap()])
        .output()
        .unwrap();
    let says = String::from_utf8_lossy(&taken.stderr).into_owned();
    assert_eq!(taken.status.code(), Some(2));
    assert!(says.contains("is taken") && says.contains("--port 0"), "{says}");
    // Somebody is still connected.
    let _held = TcpStream::connect(&address).unwrap();
    let asked = Instant::now();
    assert!(Command::new("kill").args(["-INT", &serving.id().to_string()]).status().unwrap().success());
    assert!(serving.wait().unwrap().success());
    assert!(asked.elapsed() < Duration::from_secs(5), "it ends soon");
}
