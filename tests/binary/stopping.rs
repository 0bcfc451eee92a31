//! Stopping, whatever asks for it: what was sent is answered first.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::Installation;

#[test]
fn every_signal_stops_gently_and_what_is_under_way_is_answered() {
    for signal in ["TERM", "INT", "HUP"] {
        let installation = Installation::new();
        let server = installation.serve();
        let mut half = TcpStream::connect(("127.0.0.1", installation.port)).expect("a connection");
        let (origin, body) = (installation.origin(), "email=a%40b.example&password=guess&next=%2F");
        let head = format!(
            "POST /session HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: {origin}\r\nExpect: 100-continue\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
            installation.port,
            body.len()
        );
        half.write_all(head.as_bytes()).expect("it is sent");
        // The server asks for the body: the request is under way.
        let mut asked = [0; 25];
        half.read_exact(&mut asked).expect("it goes on");
        assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
        server.signal(signal);
        wait_until_nobody_is_let_in(&installation);
        half.write_all(body.as_bytes()).expect("the rest is sent");
        let mut answer = String::new();
        half.read_to_string(&mut answer).expect("a whole answer");
        assert!(answer.starts_with("HTTP/1.1 422 "), "{signal}: {answer}");
        assert!(answer.contains("do not match"), "{signal}: {answer}");
        assert!(server.ends_well(), "{signal}");
    }
}

#[test]
fn requests_that_were_sent_just_before_are_answered() {
    let installation = Installation::new();
    let server = installation.serve();
    let mut sent: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut connection = TcpStream::connect(("127.0.0.1", installation.port)).expect("a connection");
            connection.write_all(b"GET /sign-in HTTP/1.1\r\nHost: a\r\n\r\n").expect("it is sent");
            connection
        })
        .collect();
    server.signal("TERM");
    for connection in &mut sent {
        let mut answer = String::new();
        connection.read_to_string(&mut answer).expect("a whole answer");
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("</html>"), "{answer}");
    }
    assert!(server.ends_well());
}

fn wait_until_nobody_is_let_in(installation: &Installation) {
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", installation.port)).is_ok() {
        assert!(begun.elapsed() < Duration::from_secs(20), "it does not stop");
        std::thread::yield_now();
    }
}
