//! Builds the app, starts the carrier and the worker beside it, and stops all of them gently.

pub mod chores;
pub mod hint;
pub mod memory;
mod private;
mod session_key;
mod signals;
mod sockets;

use std::net::TcpListener;
use std::sync::Arc;

use actix_session::SessionMiddleware;
use actix_session::config::{CookieContentSecurity, PersistentSession};
use actix_session::storage::CookieSessionStore;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::{Key, SameSite, time::Duration};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, ErrorHandlers, from_fn};
use actix_web::{App, HttpServer, web};
use anyhow::Context as _;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tracing_actix_web::TracingLogger;

use self::signals::Stopping;
use crate::activity::security::watch::watch as keep_watch;
use crate::config::{ApproveResellers, Settings};
use crate::db::bell::Bell;
use crate::db::clock::Clock;
use crate::db::encryption::{self, Surroundings, Way};
use crate::db::sqlite::known::{self, Known};
use crate::db::sqlite::{self, SqliteFile};
use crate::db::{Db, migrations, refolding};
use crate::gate::{Protection, error_pages, identify};
use crate::jobs::Worker;
use crate::language::Language;
use crate::mail::carrier::{self, Carrier};
use crate::mail::hello::HelloName;
use crate::mail::sender::Sender;
use crate::mail::transport::Transport;
use crate::people::housekeeping::{Housekeeper, Knock};
use crate::session;
use crate::values::password::Turns;
use crate::web::export::LARGE;
use crate::web::request_log::RequestSpan;
use crate::web::slow_body::{self, UnderWay};
use crate::web::{Portal, Site, Vault, head, headers, kept_form, pasted, same_origin, unread};

/// The largest form that is read, in bytes: the longest draft letter takes a tenth of it.
const LARGEST_FORM: usize = 256 * 1024;

/// How long a letter, or a job, that is under way may hold up stopping.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// What the app needs from outside; cheap to copy.
#[derive(Clone)]
pub struct Parts {
    pub db: Db,
    pub clock: Clock,
    pub site: Site,
    pub bell: Bell,
    pub job_bell: Bell,
    pub transport: Transport,
    pub knock: Knock,
    pub cookie_key: Key,
    pub turns: Turns,
    pub under_way: UnderWay,
    pub vault: Vault,
}

impl Parts {
    fn portal(&self) -> Portal {
        Portal {
            db: self.db.clone(),
            clock: self.clock.clone(),
            site: self.site.clone(),
            bell: self.bell.clone(),
            job_bell: self.job_bell.clone(),
            turns: self.turns.clone(),
            vault: self.vault.clone(),
        }
    }
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
        .app_data(web::Data::new(parts.transport.clone()))
        .app_data(web::Data::new(parts.knock.clone()))
        .app_data(web::Data::new(parts.cookie_key.clone()))
        .app_data(web::Data::new(parts.under_way.clone()))
        .app_data(web::Data::new(crate::routes::letters()))
        .app_data(web::Data::new(parts.portal()))
        .app_data(web::Data::new(Protection { second_factor: parts.site.second_factor }))
        .app_data(web::FormConfig::default().limit(LARGEST_FORM))
        .app_data(web::PayloadConfig::default().limit(LARGEST_FORM))
        // The last one wrapped is the first one that sees a request.
        .wrap(headers::security(is_https))
        .wrap(Compress::default())
        .wrap(from_fn(head::like_get))
        .wrap(TracingLogger::<RequestSpan>::new())
        .wrap(from_fn(unread::hold))
        .configure(crate::routes::machines)
        .service(
            // Who is asking is looked up in the database: what machines ask must not wait for that.
            web::scope("")
                .wrap(from_fn(kept_form::keep))
                .wrap(from_fn(same_origin::refuse_cross_site))
                .wrap(from_fn(slow_body::refuse))
                .wrap(from_fn(keep_watch))
                .wrap(ErrorHandlers::<BoxBody>::new().default_handler(error_pages::dress))
                .wrap(from_fn(identify))
                .wrap(session_cookie(&parts.cookie_key, &parts.site))
                .wrap(from_fn(pasted::lead_home))
                .configure(crate::routes::routes),
        )
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
/// When it does not answer, is not what it should be or cannot be migrated.
pub async fn open_database(settings: &Settings) -> anyhow::Result<Db> {
    make_data_folder(settings)?;
    let url = database_url(settings);
    if encryption::check(url.expose_secret(), &Surroundings::of_process())? == Way::Plain {
        tracing::warn!(
            "what goes to and from the database leaves this machine unencrypted: see sslmode in README"
        );
    }
    let file = SqliteFile::of(url.expose_secret());
    let known = file.as_ref().map(|file| Known::of(&settings.data_dir, file));
    if let (Some(file), Some(known)) = (&file, &known) {
        sqlite::start::begin(file, known)?.for_life();
        private::sqlite(file);
    }
    let db = Db::open(url.expose_secret())?;
    migrations::run(&db).await.map_err(crate::error::Error::into_cause)?;
    refolding::run(&db.patient()).await.map_err(crate::error::Error::into_cause)?;
    if let Some(known) = known {
        known.keep()?;
    }
    Ok(db)
}

/// Makes the folder of what the portal keeps as files.
///
/// # Errors
/// When it cannot be made or written to.
pub fn make_data_folder(settings: &Settings) -> anyhow::Result<()> {
    private::folder(&settings.data_dir, is_own_data)
}

/// The address of the database: the setting, or a file in the data folder.
pub fn database_url(settings: &Settings) -> SecretString {
    let own_file = || format!("sqlite://{}", settings.data_dir.join("twotier.db").display()).into();
    settings.database_url.clone().unwrap_or_else(own_file)
}

/// Serves until SIGTERM, SIGINT or SIGHUP; `greet` is called once everything that can be wrong at a start is right.
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
    tell_of_another_portal(settings)?;
    Language::read_all();
    let (site, connections) = (site_of(settings), sockets::connections());
    let cookie_key = session_key::of(settings)?;
    let vault = Vault::after(&cookie_key, &session_key::before(settings)?);
    let resealed = session::reseal(&db, &vault).await.map_err(crate::error::Error::into_cause)?;
    if resealed > 0 {
        tracing::info!(resealed, "second factors were sealed with the session key of now");
    }
    let clock = Clock::default();
    let parts = Parts {
        db: db.clone(),
        clock: clock.clone(),
        site: site.clone(),
        bell: Bell::default(),
        job_bell: Bell::default(),
        transport: transport(settings)?,
        knock: Knock::default(),
        cookie_key,
        vault,
        turns: Turns::of(settings.passwords_at_once.map_or_else(Turns::usual, usize::from)),
        under_way: UnderWay::of(connections),
    };
    let carrier = Carrier {
        db: db.clone(),
        transport: parts.transport.clone(),
        bell: parts.bell.clone(),
        clock: clock.clone(),
    };
    let (kinds, bell) = (chores::kinds().into(), parts.job_bell.clone());
    let worker = Worker { db: db.clone(), kinds, clock, site: Arc::new(site.clone()), bell };
    let housekeeper = Housekeeper { db, site, bell: parts.bell.clone(), knock: parts.knock.clone() };
    greet(settings)?;
    let (stop, stopped) = watch::channel(false);
    let stopping = Stopping::listen().context("cannot listen to signals")?;
    let housekeeping = tokio::spawn(housekeeper.run(stopped.clone()));
    let working = tokio::spawn(worker.run(stopped.clone()));
    let carrying = tokio::spawn(carrier.run(stopped));
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let served = HttpServer::new(move || app(&parts))
        .workers(workers)
        .max_connections(connections.div_ceil(workers))
        .client_request_timeout(sockets::HEADERS_WITHIN)
        .keep_alive(sockets::KEPT_ALIVE)
        .client_disconnect_timeout(sockets::LINGERS)
        .shutdown_timeout(30)
        .shutdown_signal(stopping.asked())
        .listen(listener)
        .context("cannot listen")?
        .run()
        .await;
    // The receiver only goes away with the carrier itself.
    let _ = stop.send(true);
    let (carried, (), ()) = tokio::join!(
        carrier::finish(carrying, PATIENCE),
        finish("the housekeeper", housekeeping),
        finish("the worker", working),
    );
    carried?;
    served.context("the server failed")
}

/// Waits for somebody who was told to stop; not for ever.
async fn finish(who: &str, mut ending: JoinHandle<()>) {
    match tokio::time::timeout(PATIENCE, &mut ending).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(error = ?error, "{who} failed"),
        Err(_) => {
            tracing::warn!("{who} did not finish in time; what is left is done after the next start");
            ending.abort();
        }
    }
}

/// Two portals on one SQLite file do no harm, but hardly anybody means it: several instances share one PostgreSQL.
fn tell_of_another_portal(settings: &Settings) -> anyhow::Result<()> {
    let Some(file) = SqliteFile::of(database_url(settings).expose_secret()) else { return Ok(()) };
    if !sqlite::lock::is_first_portal(&file)? {
        tracing::warn!(
            "another portal serves {} already: both work, but on one disk they slow each other down; to run several \
             instances, use PostgreSQL",
            file.name()
        );
    }
    Ok(())
}

fn site_of(settings: &Settings) -> Site {
    Site {
        name: settings.installation_name.clone(),
        base_url: settings.base_url(),
        domain_suffix: settings.domain_suffix.clone(),
        link_days: settings.link_days,
        reinstate_days: settings.reinstate_days,
        large_quantity: settings.large_quantity,
        approves_served_resellers: settings.approve_resellers == ApproveResellers::WhenServed,
        large_export: LARGE,
        trusted_proxies: settings.trusted_proxies,
        sends_mail: settings.smtp_url.is_some(),
        second_factor: settings.require_second_factor.unwrap_or_default(),
    }
}

fn transport(settings: &Settings) -> anyhow::Result<Transport> {
    match &settings.smtp_url {
        Some(url) => {
            let hello = HelloName::of(settings.smtp_helo.as_deref(), &settings.base_url())?;
            Transport::smtp(url, settings.mail_from.as_deref(), &hello)
        }
        None => {
            let folder = settings.data_dir.join("letters");
            private::folder(&folder, is_letter)?;
            Ok(Transport::folder(&folder, Sender::on_files(settings.mail_from.as_deref())?))
        }
    }
}

/// What the portal itself puts into the folder of letters, finished or not.
fn is_letter(name: &str) -> bool {
    name.ends_with(".eml") || name.ends_with(".eml.unfinished")
}

/// What the portal itself puts into its data folder.
fn is_own_data(name: &str) -> bool {
    ["letters", known::NAME].contains(&name)
        || [session_key::FILE, "twotier.db"].iter().any(|own| name.starts_with(own))
}
