//! What the log tells whoever runs the portal, and what it keeps to itself.

use diesel::connection::SimpleConnection as _;
use twotier::values::token::Token;

use crate::support::{Installation, Visitor};

#[actix_web::test]
async fn the_id_on_an_error_page_stands_in_the_log_and_a_links_token_never_does() {
    let installation = Installation::new();
    let server = installation.serve();
    let visitor = Visitor::new(&installation);
    let token = Token::random();
    let link = format!("/partnerships/{}", token.reveal());

    let (status, missing) = visitor.get("/static/nothing.css").await;
    assert_eq!(status.as_u16(), 404, "{missing}");
    // Somebody takes the tables away: now the link's page fails.
    let damage = "ALTER TABLE partnership_requests RENAME TO gone";
    installation.database().write(move |conn| Ok(conn.batch_execute(damage)?)).await.expect("it is renamed");
    let (status, failed) = visitor.get(&link).await;
    assert_eq!(status.as_u16(), 500, "{failed}");
    assert!(server.terminate());

    let log = installation.log();
    let logged = |page: &str| {
        let id = id_on(page);
        log.lines().filter(|line| line.contains(&id)).collect::<Vec<_>>().join("\n")
    };
    // What the ground crate says is heard, too.
    assert!(logged(&missing).contains("twotier_ground::web::request_log: refused"), "{log}");
    let failure = logged(&failed);
    assert!(failure.contains("ERROR") && failure.contains("a request failed"), "{log}");
    assert!(failure.contains("/partnerships/{token}"), "{log}");
    assert!(!log.contains(token.reveal()), "{log}");
    // Nobody looks at a terminal here.
    assert!(!log.contains('\u{1b}'), "{log}");
}

/// The request id that an error page shows.
fn id_on(page: &str) -> String {
    let id = page.split("request id: <code>").nth(1).and_then(|rest| rest.split('<').next());
    id.unwrap_or_else(|| panic!("no request id on {page}")).to_owned()
}
