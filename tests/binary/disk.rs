//! A disk that is full: everything says so, nothing that was confirmed is lost, and it goes on once there is room.

use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::db::schema::people;

use crate::support::{Installation, Visitor};

#[actix_web::test]
async fn a_full_disk_is_said_and_passes() {
    let installation = Installation::new();
    if installation.database_url.is_some() {
        // PostgreSQL's own disk is not this story's to fill.
        return;
    }
    let password = installation.first_admin("ann@harbor.example");
    installation.database().write(unpress).await.unwrap();
    let file = installation.folder.path().join("data/twotier.db");
    // As much as there is, and a little for the log beside the file.
    let room = std::fs::metadata(&file).unwrap().len() / 1024 + 64;
    let server = installation.serve_with_little_room(room);
    let mut ann = Visitor::new(&installation);
    ann.sign_in("ann@harbor.example", &password).await;

    let (mut confirmed, mut refused) = (0, 0);
    let begun = Instant::now();
    while refused < 3 {
        assert!(begun.elapsed() < Duration::from_secs(60), "the disk does not fill");
        let name = format!("Ann {confirmed} {}", "x".repeat(80));
        match save(&ann, &name).await {
            StatusCode::SEE_OTHER => confirmed += 1,
            StatusCode::SERVICE_UNAVAILABLE => refused += 1,
            other => panic!("neither done nor refused: {other}"),
        }
    }
    assert!(confirmed > 0, "it was full from the beginning");
    let expected = format!("Ann {} ", confirmed - 1);
    let kept = name_of_ann(&installation).await;
    assert!(kept.starts_with(&expected), "confirmed: {expected}; kept: {kept}");
    assert_eq!(health(&ann, StatusCode::SERVICE_UNAVAILABLE).await, "the database cannot be written to\n");
    assert_eq!(ann.get("/sign-in").await.0, StatusCode::OK, "what only reads goes on");

    server.make_room();
    health(&ann, StatusCode::OK).await;
    assert_eq!(save(&ann, "Ann Lee").await, StatusCode::SEE_OTHER);
    assert_eq!(name_of_ann(&installation).await, "Ann Lee");
    assert!(installation.log().contains("the database serves again"), "{}", installation.log());
    assert!(server.terminate(), "SIGTERM ends it well");
}

async fn save(ann: &Visitor, name: &str) -> StatusCode {
    let form = [("name", name), ("zone", "Europe/Berlin")];
    ann.post("/profile", &form).await.expect("an answer").status
}

/// Asks until it is so; the answer counts for a second.
async fn health(ann: &Visitor, wanted: StatusCode) -> String {
    let begun = Instant::now();
    loop {
        let (status, text) = ann.get("/healthz").await;
        if status == wanted {
            return text;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "still {status}: {text}");
        actix_web::rt::task::yield_now().await;
    }
}

async fn name_of_ann(installation: &Installation) -> String {
    let db = installation.database();
    db.read(|conn| Ok(people::table.select(people::name).first(conn)?)).await.unwrap()
}

fn unpress(conn: &mut twotier::db::Connection) -> twotier::error::Result<()> {
    diesel::update(people::table).set(people::must_change_password.eq(false)).execute(conn)?;
    Ok(())
}
