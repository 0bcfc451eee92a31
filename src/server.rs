//! Builds the app, starts the carrier beside it, and stops both gently.

mod private;

use std::net::TcpListener;
use std::path::Path;

use actix_session::SessionMiddleware;
use actix_session::config::{CookieContentSecurity, PersistentSession};
use actix_session::storage::CookieSessionStore;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::{Key, SameSite, time::Duration};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, ErrorHandlers, from_fn};
use actix_web::{App, HttpServer, web};
use anyhow::{Context as _, bail};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::watch;
use tracing_actix_web::TracingLogger;

use crate::access::gate::{Protection, identify};
use crate::activity::security::watch::watch as keep_watch;
use crate::config::{ApproveResellers, Settings};
use crate::db::{Db, migrations};
use crate::mail::carrier::{self, Bell, Carrier};
use crate::mail::transport::Transport;
use crate::people::housekeeping::{Housekeeper, Knock};
use crate::session;
use crate::web::request_log::RequestSpan;
use crate::web::{Site, Vault, error_pages, head, headers, same_origin};

/// The largest form that is read, in bytes: the longest draft letter takes a tenth of it.
const LARGEST_FORM: usize = 256 * 1024;

/// How long a letter that is under way may hold up stopping.
const CARRIER_PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// What the app needs from outside; cheap to copy.
#[derive(Clone)]
pub struct Parts {
    pub db: Db,
    pub site: Site,
    pub bell: Bell,
    pub knock: Knock,
    pub cookie_key: Key,
    pub vault: Vault,
}

/// The portal as an actix app. Tests call it in the process, [`serve`] behind a socket.
pub fn app(
    parts: &Parts,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = actix_web::Error,
        InitError = (),
    > + use<>,
> {
    let is_https = parts.site.is_https();
    App::new()
        .app_data(web::Data::new(parts.db.clone()))
        .app_data(web::Data::new(parts.site.clone()))
        .app_data(web::Data::new(parts.bell.clone()))
        .app_data(web::Data::new(parts.knock.clone()))
        .app_data(web::Data::new(parts.cookie_key.clone()))
        .app_data(web::Data::new(parts.vault.clone()))
        .app_data(web::Data::new(Protection { second_factor: parts.site.second_factor }))
        .app_data(web::FormConfig::default().limit(LARGEST_FORM))
        .app_data(web::PayloadConfig::default().limit(LARGEST_FORM))
        // The last one wrapped is the first one that sees a request.
        .wrap(from_fn(same_origin::refuse_cross_site))
        .wrap(from_fn(keep_watch))
        .wrap(ErrorHandlers::<BoxBody>::new().default_handler(error_pages::dress))
        .wrap(from_fn(identify))
        .wrap(session_cookie(&parts.cookie_key, &parts.site))
        .wrap(headers::security(is_https))
        .wrap(Compress::default())
        .wrap(from_fn(head::like_get))
        .wrap(TracingLogger::<RequestSpan>::new())
        .configure(crate::routes::routes)
}

fn session_cookie(key: &Key, site: &Site) -> SessionMiddleware<CookieSessionStore> {
    SessionMiddleware::builder(CookieSessionStore::default(), key.clone())
        .cookie_name(site.cookie_name("twotier"))
        .cookie_content_security(CookieContentSecurity::Private)
        .cookie_same_site(SameSite::Lax)
        .cookie_http_only(true)
        .cookie_path("/".to_owned())
        .cookie_secure(site.is_https())
        // The database decides when a sign-in ends; the cookie only must not end earlier.
        .session_lifecycle(PersistentSession::default().session_ttl(Duration::days(30)))
        .build()
}

/// Opens the database that the settings name and brings it up to date.
///
/// # Errors
/// When it does not answer or cannot be migrated.
pub async fn open_database(settings: &Settings) -> anyhow::Result<Db> {
    private::folder(&settings.data_dir, is_own_data)?;
    let url = database_url(settings);
    if let Some(path) = url.expose_secret().strip_prefix("sqlite://").filter(|path| !path.is_empty()) {
        private::sqlite(path)?;
    }
    let db = Db::open(url.expose_secret())?;
    migrations::run(&db).await.map_err(crate::error::Error::into_cause)?;
    Ok(db)
}

/// The address of the database: the setting, or a file in the data folder.
pub fn database_url(settings: &Settings) -> SecretString {
    let own_file = || format!("sqlite://{}", settings.data_dir.join("twotier.db").display()).into();
    settings.database_url.clone().unwrap_or_else(own_file)
}

/// Serves until SIGTERM or SIGINT; `greet` is called once everything that can be wrong at a start is right.
/// When stopping, requests and letters under way are finished first.
///
/// # Errors
/// When the port is taken or something that the settings name does not work.
pub async fn serve(
    settings: &Settings,
    db: Db,
    greet: impl FnOnce(&Settings) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let listener =
        TcpListener::bind(settings.bind).with_context(|| format!("cannot listen on {}", settings.bind))?;
    let (site, cookie_key) = (site_of(settings), cookie_key(settings)?);
    let vault = Vault::after(&cookie_key, &keys_before(settings)?);
    let resealed = session::reseal(&db, &vault).await.map_err(crate::error::Error::into_cause)?;
    if resealed > 0 {
        tracing::info!(resealed, "second factors were sealed with the session key of now");
    }
    let parts = Parts {
        db: db.clone(),
        site: site.clone(),
        bell: Bell::default(),
        knock: Knock::default(),
        cookie_key,
        vault,
    };
    let carrier = Carrier { db: db.clone(), transport: transport(settings)?, bell: parts.bell.clone() };
    let housekeeper = Housekeeper { db, site, bell: parts.bell.clone(), knock: parts.knock.clone() };
    greet(settings)?;
    let (stop, stopped) = watch::channel(false);
    let housekeeping = tokio::spawn(housekeeper.run(stopped.clone()));
    let carrying = tokio::spawn(carrier.run(stopped));
    let served = HttpServer::new(move || app(&parts))
        .shutdown_timeout(30)
        .listen(listener)
        .context("cannot listen")?
        .run()
        .await;
    // The receiver only goes away with the carrier itself.
    let _ = stop.send(true);
    carrier::finish(carrying, CARRIER_PATIENCE).await?;
    if tokio::time::timeout(CARRIER_PATIENCE, housekeeping).await.is_err() {
        tracing::warn!("the housekeeper did not finish in time; what is left is done after the next start");
    }
    served.context("the server failed")
}

fn site_of(settings: &Settings) -> Site {
    Site {
        name: settings.installation_name.clone(),
        base_url: settings.base_url(),
        domain_suffix: settings.domain_suffix.clone(),
        link_days: settings.link_days,
        large_quantity: settings.large_quantity,
        approves_served_resellers: settings.approve_resellers == ApproveResellers::WhenServed,
        trusted_proxies: settings.trusted_proxies,
        sends_mail: settings.smtp_url.is_some(),
        second_factor: settings.require_second_factor.unwrap_or_default(),
    }
}

fn transport(settings: &Settings) -> anyhow::Result<Transport> {
    match &settings.smtp_url {
        Some(url) => Transport::smtp(url, &settings.mail_from),
        None => {
            let folder = settings.data_dir.join("letters");
            private::folder(&folder, |name| name.ends_with(".eml"))?;
            Transport::folder(&folder, &settings.mail_from)
        }
    }
}

/// The key of the cookies: the setting, or one that is made at the first start and kept.
fn cookie_key(settings: &Settings) -> anyhow::Result<Key> {
    let secret = match &settings.session_key {
        Some(secret) => secret.expose_secret().to_owned(),
        None => kept_secret(&settings.data_dir.join("session.key"))?,
    };
    if secret.len() < 64 {
        bail!("SESSION_KEY must have at least 64 characters");
    }
    Ok(Key::derive_from(secret.as_bytes()))
}

/// The keys that the one of now took the place of.
fn keys_before(settings: &Settings) -> anyhow::Result<Vec<Key>> {
    let Some(secrets) = &settings.session_key_before else { return Ok(Vec::new()) };
    let secrets = secrets.expose_secret().split(',').map(str::trim).filter(|secret| !secret.is_empty());
    secrets
        .map(|secret| match secret.len() {
            64.. => Ok(Key::derive_from(secret.as_bytes())),
            _ => bail!("SESSION_KEY_BEFORE: every earlier key has at least 64 characters"),
        })
        .collect()
}

fn kept_secret(path: &Path) -> anyhow::Result<String> {
    let made = data_encoding::HEXLOWER.encode(&rand::random::<[u8; 48]>());
    private::file(path, made.as_bytes())?;
    let kept = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(kept.trim().to_owned())
}

/// What the portal itself puts into its data folder.
fn is_own_data(name: &str) -> bool {
    ["session.key", "letters"].contains(&name) || name.starts_with("twotier.db")
}
