//! Just enough HTTP to ask the driver and the portal's health: one request, one answer, no dependency.

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Status and body; an error if nobody answers.
pub async fn get(port: u16, path: &str) -> std::io::Result<(u16, String)> {
    ask(port, &format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")).await
}

/// The `value` of what the driver answers; an error of its own as text.
pub async fn post(port: u16, path: &str, body: &Value) -> Result<Value, String> {
    let body = body.to_string();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let (status, answer) = ask(port, &format!("{head}{body}")).await.map_err(|error| error.to_string())?;
    let mut answer: Value =
        serde_json::from_str(&answer).map_err(|error| format!("{error} in {answer:?}"))?;
    match status {
        200 => Ok(answer.get_mut("value").map(Value::take).unwrap_or_default()),
        _ => Err(format!("{path}: {status} {answer}")),
    }
}

async fn ask(port: u16, request: &str) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.write_all(request.as_bytes()).await?;
    // The driver leaves connections open, whatever it is asked, so its answer ends where it says.
    let mut answer = Vec::new();
    while !is_whole(&answer) && stream.read_buf(&mut answer).await? > 0 {}
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split_whitespace().nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    Ok((status, body.to_owned()))
}

fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(answer.get(..end).unwrap_or_default()).to_lowercase();
    let length =
        head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    length.is_some_and(|length| answer.len() >= end + 4 + length)
}
