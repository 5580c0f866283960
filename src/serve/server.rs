//! The server: which address it has, what it answers, and how it ends.

use super::answer::{Refusal, json, typed};
use super::assets::FILES;
use super::catalogue::Catalogue;
use super::live::{self, Runs};
use super::{guard, runs, save};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path as Named, State};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use serde::de::DeserializeOwned;
use std::future::IntoFuture;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The longest request, in bytes: a setting with every slider moved is a tenth of it.
const LONGEST_REQUEST: usize = 64 << 10;

/// The most threads that read files and compute at a time, besides those that simulate.
const MOST_THREADS: usize = 16;

/// How often it is asked whether the server is to end.
const HEARTBEAT: Duration = Duration::from_millis(50);

/// How long requests may go on after that.
const GRACE: Duration = Duration::from_secs(2);

/// Runs a scenario file into a folder, as `tidegate run` does; or says in words why not.
pub type SaveRun = dyn Fn(&Path, &Path) -> Result<(), String> + Send + Sync;

/// What a server is made of.
pub struct Config {
    /// The address it listens to; port 0 takes any that is free.
    pub address: SocketAddr,
    /// The folder of one's own scenarios; runs are in `output` below it.
    pub folder: PathBuf,
    /// How a run is saved.
    pub save_run: Box<SaveRun>,
}

/// A server that listens but does not answer yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    shared: Arc<Shared>,
}

/// What all requests share.
struct Shared {
    catalogue: Catalogue,
    output: PathBuf,
    runs: Arc<Runs>,
    save_run: Box<SaveRun>,
    /// Held while something is saved.
    saving: Mutex<()>,
}

impl Server {
    /// Takes the address.
    ///
    /// # Errors
    /// It is taken, or not of this machine.
    pub fn bind(config: Config) -> io::Result<Server> {
        let listener = TcpListener::bind(config.address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let output = config.folder.join("output");
        let catalogue = Catalogue { folder: config.folder };
        let (runs, saving) = (Arc::new(Runs::new()), Mutex::new(()));
        let shared = Shared { catalogue, output, runs, save_run: config.save_run, saving };
        Ok(Server { listener, address, shared: Arc::new(shared) })
    }

    /// The address it listens to.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of its page.
    pub fn url(&self) -> String {
        let address = self.address;
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => format!("http://127.0.0.1:{}/", address.port()),
            IpAddr::V6(ip) if ip.is_unspecified() => format!("http://[::1]:{}/", address.port()),
            _ => format!("http://{address}/"),
        }
    }

    /// Answers until the flag goes up; runs that are under way end then.
    ///
    /// # Errors
    /// The system gives no threads or no sockets.
    pub fn run(self, ended: Arc<AtomicBool>) -> io::Result<()> {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(MOST_THREADS).build()?;
        let Server { listener, address, shared } = self;
        let runs = shared.runs.clone();
        let done = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let end = async move {
                while !ended.load(Ordering::Relaxed) {
                    tokio::time::sleep(HEARTBEAT).await;
                }
                runs.stop();
            };
            let (tell, told) = tokio::sync::oneshot::channel();
            let served = axum::serve(listener, router(shared, address)).with_graceful_shutdown(async move {
                end.await;
                let _ = tell.send(());
            });
            let late = async {
                let _ = told.await;
                tokio::time::sleep(GRACE).await;
            };
            let (served, late) = (std::pin::pin!(served.into_future()), std::pin::pin!(late));
            match futures_util::future::select(served, late).await {
                futures_util::future::Either::Left((served, _)) => served,
                futures_util::future::Either::Right(_) => Ok(()),
            }
        });
        runtime.shutdown_timeout(GRACE);
        done
    }
}

fn router(shared: Arc<Shared>, address: SocketAddr) -> Router {
    let mut router = Router::new();
    for (path, contents, text) in FILES {
        router = router.route(path, get(move || async move { typed(contents, text) }));
    }
    router
        .route("/scenarios", get(scenarios))
        .route("/scenarios/{name}", get(scenario))
        .route("/runs", get(list_runs))
        .route("/runs/{run}/{file}", get(run_file))
        .route("/live", post(live))
        .route("/save", post(save))
        .fallback(|| async { Refusal::unknown("there is no such page") })
        .method_not_allowed_fallback(|| async {
            Refusal { status: StatusCode::METHOD_NOT_ALLOWED, message: "this is not asked for in that way".to_owned() }
        })
        .layer(DefaultBodyLimit::max(LONGEST_REQUEST))
        .with_state(shared)
        .layer(from_fn_with_state(address, guard::guard))
}

type Answer = Result<Response<Body>, Refusal>;

async fn scenarios(State(shared): State<Arc<Shared>>) -> Answer {
    blocking(move || Ok(json(&shared.catalogue.list()))).await
}

async fn scenario(State(shared): State<Arc<Shared>>, Named(name): Named<String>) -> Answer {
    blocking(move || shared.catalogue.describe(&name).map(|described| json(&described))).await
}

async fn list_runs(State(shared): State<Arc<Shared>>) -> Answer {
    blocking(move || Ok(json(&runs::list(&shared.output)))).await
}

async fn run_file(State(shared): State<Arc<Shared>>, Named((run, file)): Named<(String, String)>) -> Answer {
    blocking(move || {
        let (contents, bytes) = runs::file(&shared.output, &run, &file)?;
        let mut response = typed(contents, bytes);
        let policy = HeaderValue::from_static(guard::RUN_POLICY);
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        Ok(response)
    })
    .await
}

async fn live(State(shared): State<Arc<Shared>>, body: Result<Bytes, BytesRejection>) -> Answer {
    let asked: live::Asked = parsed(body)?;
    blocking(move || {
        let pictures = shared.runs.begin(&asked, &shared.catalogue)?;
        Ok(typed("text/event-stream", Body::from_stream(pictures)))
    })
    .await
}

async fn save(State(shared): State<Arc<Shared>>, body: Result<Bytes, BytesRejection>) -> Answer {
    let asked: save::Asked = parsed(body)?;
    blocking(move || {
        let Ok(_saving) = shared.saving.try_lock() else {
            let message = "something is being saved already; wait a moment".to_owned();
            return Err(Refusal { status: StatusCode::SERVICE_UNAVAILABLE, message });
        };
        save::save(&asked, &shared.catalogue, &shared.output, &*shared.save_run).map(|saved| json(&saved))
    })
    .await
}

/// What a request says in JSON.
fn parsed<T: DeserializeOwned>(body: Result<Bytes, BytesRejection>) -> Result<T, Refusal> {
    let body = body.map_err(|rejection| Refusal { status: rejection.status(), message: rejection.body_text() })?;
    serde_json::from_slice(&body).map_err(|error| Refusal {
        status: StatusCode::BAD_REQUEST,
        message: format!("this is not what is asked here: {error}"),
    })
}

/// Does what reads files or computes, away from the thread that answers.
async fn blocking(work: impl FnOnce() -> Answer + Send + 'static) -> Answer {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|_| Err(Refusal::failed("this is a bug in tidegate; please report it")))
}
