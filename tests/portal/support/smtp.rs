//! A mail server on loopback that does what a test tells it to, good or bad.

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

use super::mail::Mail;

/// How long a test waits for something that should happen at once.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the server does with a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    #[default]
    Accept,
    /// Greets with 421 and hangs up.
    Busy,
    /// Greets with 554: nobody may come in.
    Closed,
    /// Takes the connection and never says a word.
    Silent,
    /// Answers EHLO 550.
    RefuseHello,
    /// Answers a right password 535.
    RefusePassword,
    /// Answers MAIL 530: whoever has not signed in may not send.
    DemandPassword,
    /// Answers every recipient 550: for good.
    RefuseRecipient,
    /// Answers DATA 451: for now.
    RefuseData,
    /// Takes the whole letter, keeps it, and hangs up without a word: the sender cannot know.
    HangUpAfterData,
    /// Takes the whole letter and answers only after `release`.
    Hold,
    /// Answers a command (or `GREETING`, or `LETTER` after the whole letter) in these bytes.
    Answer(&'static str, &'static [u8]),
    /// Hangs up at a command without a word.
    HangUp(&'static str),
    /// Never answers RCPT where the recipient ends so, and takes every other letter.
    MuteTo(&'static str),
}

/// What is answered at once, before anybody has heard of a letter.
const OF_CONNECTIONS: [&str; 5] = ["GREETING", "EHLO", "HELO", "AUTH", "MAIL"];

pub struct SmtpServer {
    address: SocketAddr,
    state: Arc<State>,
    listening: Option<JoinHandle<()>>,
}

struct State {
    manner: Mutex<Manner>,
    next: Mutex<VecDeque<Manner>>,
    mails: Mutex<Vec<Mail>>,
    hellos: Mutex<Vec<String>>,
    gate: Semaphore,
    counts: watch::Sender<Counts>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    connections: usize,
    mails: usize,
    held: usize,
    silences: usize,
    refusals: usize,
}

impl SmtpServer {
    pub async fn start() -> SmtpServer {
        let state = State {
            manner: Mutex::default(),
            next: Mutex::default(),
            mails: Mutex::default(),
            hellos: Mutex::default(),
            gate: Semaphore::new(0),
            counts: watch::Sender::default(),
        };
        let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let mut server = SmtpServer { address: nowhere, state: Arc::new(state), listening: None };
        server.open().await;
        server
    }

    /// For `SMTP_URL`.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// For `SMTP_URL`, with a name and a password.
    pub fn url_with_password(&self) -> String {
        format!("smtp://sam:secret@{}", self.address)
    }

    /// From now on.
    pub fn always(&self, manner: Manner) {
        *lock(&self.state.manner) = manner;
    }

    /// For the next letter (or connection, if the manner is one towards those) only; may be called several times in a row.
    pub fn once(&self, manner: Manner) {
        lock(&self.state.next).push_back(manner);
    }

    /// Closes the port: whoever connects is refused.
    pub async fn close(&mut self) {
        if let Some(listening) = self.listening.take() {
            listening.abort();
            // The port is free when the task, which owns the listener and its connections, is gone.
            let _ = listening.await;
        }
    }

    /// Listens again, at the same address as before.
    pub async fn open(&mut self) {
        let listener = TcpListener::bind(self.address).await;
        let listener = listener.unwrap_or_else(|error| panic!("cannot listen on {}: {error}", self.address));
        self.address = listener.local_addr().unwrap_or_else(|error| panic!("no address: {error}"));
        self.listening = Some(tokio::spawn(listen(listener, Arc::clone(&self.state))));
    }

    /// Lets one held letter go on.
    pub fn release(&self) {
        self.state.gate.add_permits(1);
    }

    /// Waits until this many letters have come in all, and shows them.
    pub async fn received(&self, count: usize) -> Vec<Mail> {
        self.until("letters", count, |counts| counts.mails).await;
        self.mails()
    }

    /// Waits until this many letters have been held in all.
    pub async fn held(&self, count: usize) {
        self.until("held letters", count, |counts| counts.held).await;
    }

    /// Waits until this many letters or connections have been refused in all.
    pub async fn refused(&self, count: usize) {
        self.until("refusals", count, |counts| counts.refusals).await;
    }

    /// Waits until this many connections have met with silence in all.
    pub async fn silent(&self, count: usize) {
        self.until("silences", count, |counts| counts.silences).await;
    }

    /// The letters that have come so far.
    pub fn mails(&self) -> Vec<Mail> {
        lock(&self.state.mails).clone()
    }

    /// The names by which it was greeted.
    pub fn hellos(&self) -> Vec<String> {
        lock(&self.state.hellos).clone()
    }

    /// How often somebody connected.
    pub fn connections(&self) -> usize {
        self.state.counts.borrow().connections
    }

    async fn until(&self, what: &str, wanted: usize, count: impl Fn(&Counts) -> usize) {
        let mut counts = self.state.counts.subscribe();
        let enough = counts.wait_for(|counts| count(counts) >= wanted);
        if tokio::time::timeout(PATIENCE, enough).await.is_err() {
            panic!("waited for {wanted} {what}, but: {:?}", *self.state.counts.borrow());
        }
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.listening.take().into_iter().for_each(|listening| listening.abort());
    }
}

async fn listen(listener: TcpListener, state: Arc<State>) {
    // Owned here, so that closing the server closes the conversations too.
    let mut talks = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        state.counts.send_modify(|counts| counts.connections += 1);
        let state = Arc::clone(&state);
        talks.spawn(async move {
            // A sender that hangs up is no fault of this server.
            let _ = talk(stream, &state).await;
        });
    }
}

/// One connection. Several letters may come over it.
async fn talk(stream: TcpStream, state: &State) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read);
    let mut say = async |line: &str| write.write_all(format!("{line}\r\n").as_bytes()).await;
    let welcome = state.welcome();
    match welcome {
        Manner::Answer("GREETING", bytes) => return write.write_all(bytes).await,
        Manner::HangUp("GREETING") => return Ok(()),
        Manner::Busy => return say("421 too busy").await,
        Manner::Closed => return say("554 no service here").await,
        Manner::Silent => return std::future::pending().await,
        _ => say("220 trial.example ESMTP").await?,
    }
    let (mut mail, mut manner) = (Mail::default(), Manner::Accept);
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let verb = verb(&line);
        match if OF_CONNECTIONS.contains(&verb.as_str()) { &welcome } else { &manner } {
            Manner::Answer(at, bytes) if *at == verb => {
                state.refuse();
                write.write_all(bytes).await?;
                continue;
            }
            Manner::HangUp(at) if *at == verb => return Ok(()),
            _ => {}
        }
        let mut say = async |line: &str| write.write_all(format!("{line}\r\n").as_bytes()).await;
        match verb.as_str() {
            "EHLO" if welcome == Manner::RefuseHello => say("550 not you").await?,
            "EHLO" => {
                lock(&state.hellos).push(line.split_whitespace().nth(1).unwrap_or_default().to_owned());
                say("250-trial.example\r\n250-AUTH PLAIN\r\n250-8BITMIME\r\n250 SMTPUTF8").await?;
            }
            "AUTH" if welcome == Manner::RefusePassword => say("535 wrong password").await?,
            "AUTH" => say("235 welcome").await?,
            "MAIL" if welcome == Manner::DemandPassword => say("530 sign in first").await?,
            "MAIL" => {
                manner = state.manner();
                mail = Mail::from_sender(address_in(&line));
                say("250 OK").await?;
            }
            "RCPT" if manner == Manner::RefuseRecipient => {
                state.refuse();
                say("550 no such mailbox").await?;
            }
            "RCPT" if matches!(manner, Manner::MuteTo(end) if address_in(&line).ends_with(end)) => {
                state.counts.send_modify(|counts| counts.silences += 1);
                return std::future::pending().await;
            }
            "RCPT" => {
                mail.to.push(address_in(&line));
                say("250 OK").await?;
            }
            "DATA" if manner == Manner::RefuseData => {
                state.refuse();
                say("451 try again later").await?;
            }
            "DATA" => {
                say("354 go ahead").await?;
                let content = read_data(&mut lines).await?;
                if manner == Manner::Hold {
                    state.hold().await;
                }
                state.keep(std::mem::take(&mut mail).with_content(content));
                match manner {
                    Manner::HangUpAfterData | Manner::HangUp("LETTER") => return Ok(()),
                    Manner::Answer("LETTER", bytes) => write.write_all(bytes).await?,
                    _ => say("250 taken").await?,
                }
            }
            "QUIT" => return say("221 bye").await,
            "HELO" | "NOOP" | "RSET" => say("250 OK").await?,
            _ => say("502 not known here").await?,
        }
    }
}

impl Manner {
    /// Whether it shows before a letter does.
    fn is_of_connections(&self) -> bool {
        use Manner::{Busy, Closed, DemandPassword, RefuseHello, RefusePassword, Silent};
        match self {
            Busy | Closed | Silent | RefuseHello | RefusePassword | DemandPassword => true,
            Manner::Answer(at, _) | Manner::HangUp(at) => OF_CONNECTIONS.contains(at),
            _ => false,
        }
    }
}

impl State {
    fn manner(&self) -> Manner {
        lock(&self.next).pop_front().unwrap_or_else(|| lock(&self.manner).clone())
    }

    /// How a new connection is met.
    fn welcome(&self) -> Manner {
        let next = lock(&self.next).pop_front_if(|next| next.is_of_connections());
        let welcome = next.unwrap_or_else(|| lock(&self.manner).clone());
        match welcome {
            Manner::Silent => self.counts.send_modify(|counts| counts.silences += 1),
            _ if welcome.is_of_connections() => self.refuse(),
            _ => {}
        }
        welcome
    }

    fn refuse(&self) {
        self.counts.send_modify(|counts| counts.refusals += 1);
    }

    async fn hold(&self) {
        self.counts.send_modify(|counts| counts.held += 1);
        if let Ok(permit) = self.gate.acquire().await {
            permit.forget();
        }
    }

    fn keep(&self, mail: Mail) {
        lock(&self.mails).push(mail);
        self.counts.send_modify(|counts| counts.mails += 1);
    }
}

/// Everything up to the lonely dot, with doubled dots undone.
async fn read_data(lines: &mut (impl AsyncBufReadExt + Unpin)) -> std::io::Result<Vec<u8>> {
    let mut content = Vec::new();
    loop {
        let mut line = Vec::new();
        if lines.read_until(b'\n', &mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        match line.strip_prefix(b".") {
            Some(b"\r\n") => return Ok(content),
            Some(rest) => content.extend_from_slice(rest),
            None => content.extend_from_slice(&line),
        }
    }
}

fn verb(line: &str) -> String {
    line.split_whitespace().next().unwrap_or_default().to_uppercase()
}

/// `MAIL FROM:<a@b.example> BODY=8BITMIME` → `a@b.example`.
fn address_in(line: &str) -> String {
    let after = line.split_once('<').map_or("", |(_, after)| after);
    after.split_once('>').map_or("", |(address, _)| address).to_owned()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
