//! A way to PostgreSQL that can fail as networks do: freeze, forget what is open, cut, and go on.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

pub struct Proxy {
    address: SocketAddr,
    weather: Arc<watch::Sender<Weather>>,
    /// Its own threads: whoever opens a connection may block the thread of the test.
    runtime: Option<tokio::runtime::Runtime>,
}

/// What happens to what passes. Connections are numbered.
#[derive(Clone, Copy, Default)]
struct Weather {
    opened: u64,
    closed: u64,
    /// Nothing passes, and nobody is told.
    is_frozen: bool,
    /// Nothing passes on the connections before this one, and nobody is told.
    forgotten: u64,
    /// The connections before this one are closed.
    cut: u64,
}

impl Proxy {
    /// A way to the server of this address.
    pub fn to(url: &str) -> Proxy {
        let target = host_and_port(url);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime of its own");
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a listener that does not block");
        let address = listener.local_addr().expect("an address");
        let weather = Arc::new(watch::Sender::new(Weather::default()));
        runtime.spawn(serve(listener, target, Arc::clone(&weather)));
        Proxy { address, weather, runtime: Some(runtime) }
    }

    /// The same database by this way.
    pub fn url(&self, url: &str) -> String {
        url.replacen(&host_and_port(url), &self.address.to_string(), 1)
    }

    pub fn freeze(&self) {
        self.weather.send_modify(|weather| weather.is_frozen = true);
    }

    pub fn go_on(&self) {
        self.weather.send_modify(|weather| weather.is_frozen = false);
    }

    /// As a firewall does that was restarted: what is open passes nothing any more, what is opened anew does.
    pub fn forget(&self) {
        self.weather.send_modify(|weather| weather.forgotten = weather.opened);
    }

    /// Closes what is open; once it returns, the other side has been told.
    pub fn cut(&self) {
        self.weather.send_modify(|weather| weather.cut = weather.opened);
        let is_cut = || {
            let weather = self.weather.borrow();
            weather.closed >= weather.cut
        };
        while !is_cut() {
            std::thread::yield_now();
        }
    }

    /// How many connections have been opened so far.
    pub fn opened(&self) -> u64 {
        self.weather.borrow().opened
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // Dropping it inside a test, which is asynchronous, would wait for it.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn host_and_port(url: &str) -> String {
    let behind_user = url.split("://").nth(1).unwrap_or_default().rsplit('@').next().unwrap_or_default();
    behind_user.split(['/', '?']).next().unwrap_or_default().to_owned()
}

async fn serve(listener: std::net::TcpListener, target: String, weather: Arc<watch::Sender<Weather>>) {
    let listener = TcpListener::from_std(listener).expect("a listener");
    while let Ok((visitor, _)) = listener.accept().await {
        let mut number = 0;
        weather.send_modify(|weather| {
            number = weather.opened;
            weather.opened += 1;
        });
        let (target, weather) = (target.clone(), Arc::clone(&weather));
        tokio::spawn(async move {
            connect(visitor, target, weather.subscribe(), number).await;
            weather.send_modify(|weather| weather.closed += 1);
        });
    }
}

async fn connect(visitor: TcpStream, target: String, mut weather: watch::Receiver<Weather>, number: u64) {
    let may_pass = |weather: &Weather| !weather.is_frozen || number < weather.cut;
    let _ = weather.wait_for(may_pass).await;
    let Ok(server) = TcpStream::connect(target).await else { return };
    let (from_visitor, to_visitor) = visitor.into_split();
    let (from_server, to_server) = server.into_split();
    let mut seen = weather.clone();
    tokio::select! {
        () = pass(from_visitor, to_server, weather.clone(), number) => {}
        () = pass(from_server, to_visitor, weather, number) => {}
        _ = seen.wait_for(|weather| number < weather.cut) => {}
    }
}

async fn pass(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut weather: watch::Receiver<Weather>,
    number: u64,
) {
    let mut buffer = [0; 8192];
    while let Ok(count @ 1..) = from.read(&mut buffer).await {
        let passes = |weather: &Weather| !weather.is_frozen && number >= weather.forgotten;
        if weather.wait_for(passes).await.is_err() {
            return;
        }
        let Some(bytes) = buffer.get(..count) else { return };
        if to.write_all(bytes).await.is_err() {
            return;
        }
    }
}
