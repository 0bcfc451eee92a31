//! Many at once, some of them hostile: others are served, and the memory stays small.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::http::header::{ORIGIN, RETRY_AFTER};
use futures_util::future::join_all;

use crate::support::{Installation, Visitor, said};

/// More than the 1,024 files that a process may open where nobody says otherwise.
const SLOW: usize = 1_100;
/// What the portal may take of a small server, in megabytes.
const SMALL: u64 = 250;

/// A post whose body never comes whole.
fn half_a_post(installation: &Installation) -> TcpStream {
    let mut connection = TcpStream::connect(("127.0.0.1", installation.port)).expect("a connection");
    let origin = installation.origin();
    let head = format!(
        "POST /session HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: {origin}\r\nContent-Type: \
         application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nemail=ann",
        installation.port
    );
    connection.write_all(head.as_bytes()).expect("it is sent");
    connection
}

#[actix_web::test]
async fn a_thousand_half_sent_posts_stop_nobody_and_are_given_up() {
    let files = rlimit::increase_nofile_limit(8192).expect("the limit of open files");
    let slow = usize::try_from(files).expect("a number").saturating_sub(200).min(SLOW);
    let installation = Installation::new();
    let password = installation.first_admin("ann@harbor.example");
    // As service managers and shells start it: 1,024 at first.
    let server = installation.serve_limited("-S -n 1024");
    let mut held: Vec<TcpStream> = (0..slow).map(|_| half_a_post(&installation)).collect();

    let begun = Instant::now();
    Visitor::new(&installation).sign_in("ann@harbor.example", &password).await;
    assert!(begun.elapsed() < Duration::from_secs(5), "signing in took {:?}", begun.elapsed());

    for connection in &mut held {
        connection.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        let mut answer = Vec::new();
        // The server closes while the sender still has to send: what it said first counts.
        let _ = connection.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        assert!(answer.contains("It took too long"), "{answer}");
    }
    assert!(server.terminate());
}

#[actix_web::test]
async fn a_body_of_no_length_that_never_ends_holds_no_connection() {
    let installation = Installation::new();
    let server = installation.serve();
    let origin = installation.origin();
    for (request, status) in [
        ("POST /session", "408"),
        ("GET /sign-in", "200"),
        ("GET /healthz", "200"),
        ("GET /customers", "303"),
    ] {
        let mut connection = TcpStream::connect(("127.0.0.1", installation.port)).expect("a connection");
        let head = format!(
            "{request} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: {origin}\r\nContent-Type: \
             application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
            installation.port
        );
        connection.write_all(head.as_bytes()).expect("it is sent");
        connection.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        let mut answer = Vec::new();
        let ended = connection.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{request}: {answer}");
        let is_open =
            ended.is_err_and(|error| matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut));
        assert!(!is_open, "{request}: the connection is held");
    }
    assert!(server.terminate());
}

#[actix_web::test]
async fn where_few_files_may_be_open_no_network_holds_all_connections() {
    let installation = Installation::new();
    let server = installation.serve_limited("-n 1024");
    // From one network, so that some are turned away and the rest of the connections stay free.
    let mut held: Vec<TcpStream> = (0..700).map(|_| half_a_post(&installation)).collect();
    let begun = Instant::now();
    let (status, _) = Visitor::new(&installation).get("/sign-in").await;
    assert_eq!(status, StatusCode::OK);
    assert!(begun.elapsed() < Duration::from_secs(5), "it took {:?}", begun.elapsed());
    let turned_away = held.last_mut().expect("the last one");
    let mut answer = Vec::new();
    let _ = turned_away.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).to_lowercase();
    assert!(answer.starts_with("http/1.1 429 ") && answer.contains("retry-after: "), "{answer}");
    drop(held);
    assert!(server.terminate());
}

#[actix_web::test]
async fn hundreds_of_sign_ins_at_once_are_answered_in_little_memory() {
    let installation = Installation::new();
    installation.first_admin("ann@harbor.example");
    let server = installation.serve_with(&["--passwords-at-once", "2"]);
    let (address, origin) = (format!("{}/session", installation.origin()), installation.origin());
    let everybody = awc::Connector::new().limit(0);
    let client = awc::Client::builder()
        .connector(everybody)
        .disable_redirects()
        .timeout(Duration::from_secs(60))
        .finish();
    let tries = (0..300).map(|number| {
        let form = [("email", format!("somebody{number}@harbor.example")), ("password", "guess".to_owned())];
        let sent = client.post(&address).insert_header((ORIGIN, origin.as_str()));
        async move {
            let mut answer = sent.send_form(&form).await.expect("an answer");
            answer.body().await.expect("a whole answer");
            (answer.status(), answer.headers().contains_key(RETRY_AFTER))
        }
    });
    let mut wrong = 0;
    for (status, says_when) in join_all(tries).await {
        match status {
            StatusCode::UNPROCESSABLE_ENTITY => wrong += 1,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => assert!(says_when, "{status}"),
            other => panic!("{other}"),
        }
    }
    assert!(wrong >= 20, "only {wrong} were checked");
    let memory = server.most_memory();
    assert!(memory < SMALL, "{memory} MB");
    assert!(server.terminate());
}

#[actix_web::test]
async fn a_crowd_at_work_is_served_in_little_memory() {
    let installation = Installation::new();
    let password = "correct horse battery";
    said(&installation.run(&["demo", "--fill-only", "--customers", "400", "--password", password]));
    let server = installation.serve_with(&["--require-second-factor", "nobody"]);
    let mut agent = Visitor::new(&installation);
    agent.sign_in("sales.agent@harbor.example", password).await;
    let pages =
        ["/customers", "/customers?search=wor", "/orders", "/customers/export", "/activity", "/resellers"];
    join_all((0..64).map(|_| agent.look_around(&pages, 8))).await;
    let memory = server.most_memory();
    assert!(memory < SMALL, "{memory} MB");
    assert!(server.terminate());
}
