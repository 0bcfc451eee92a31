//! The bare page: what the same list costs with actix-web, askama and diesel and nothing else. The same queries on the
//! same database, but nobody signs in, nothing is written down, and there is no page around the table.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::error::ErrorInternalServerError;
use actix_web::http::header::ContentType;
use actix_web::middleware::Compress;
use actix_web::{App, HttpResponse, HttpServer, web};
use askama::Template;
use diesel::Connection as _;
use serde::Deserialize;
use twotier::access::Reach;
use twotier::customers::model::CustomerRow;
use twotier::customers::model::listing::View;
use twotier::customers::model::search::{Filter, Search};
use twotier::customers::store::list;
use twotier::db::Connection;
use twotier::db::connection::Opener;
use twotier::partnerships::directory::{ResellerChoice, reseller_choices};
use twotier::values::id::OrganisationId;
use twotier::web::pager::{Cursor, Portion};

/// As many connections as the portal has.
const CONNECTIONS_TO_FILE: u32 = 8;
const CONNECTIONS: u32 = 16;
/// As the portal keeps them.
const KEPT_ALIVE: Duration = Duration::from_secs(15);

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Customers</title></head><body>
<h1>Customers</h1><p>{{ count }}</p>
<form action="/customers"><input name="search"><select name="reseller"><option value="">Any</option>
{%- for choice in resellers %}<option value="{{ choice.id }}">{{ choice.name }} ({{ choice.mpn_id }})</option>{% endfor -%}
</select><button>Search</button></form>
<table>
{%- for row in rows %}
<tr><th><a href="/customers/{{ row.customer.id }}/subscriptions">{{ row.customer.account.company_name }}</a></th>
<td>{{ row.customer.account.domain }}</td><td>{{ row.partners.join(", ") }}</td><td>{{ row.since.day() }}</td></tr>
{%- endfor %}
</table></body></html>"#
)]
struct BarePage {
    rows: Vec<CustomerRow>,
    count: String,
    resellers: Vec<ResellerChoice>,
}

/// The server, on threads of this process.
pub struct Bare {
    pub origin: String,
    handle: ServerHandle,
}

/// How many cores there are, and so workers: here and in the portal.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

impl Bare {
    /// Serves the customers of a provider.
    pub fn serve(database_url: &str, provider: &OrganisationId) -> anyhow::Result<Self> {
        let is_file = database_url.starts_with("sqlite:");
        let pool = r2d2::Pool::builder()
            .max_size(if is_file { CONNECTIONS_TO_FILE } else { CONNECTIONS })
            .test_on_check_out(false)
            .build(Connections(database_url.to_owned()))?;
        let shop = web::Data::new(Shop { pool, provider: *provider });
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let origin = format!("http://{}", listener.local_addr()?);
        let app = move || {
            let list = web::resource("/customers").get(customers);
            App::new().app_data(shop.clone()).wrap(Compress::default()).service(list)
        };
        let server = HttpServer::new(app)
            .workers(cores())
            .keep_alive(KEPT_ALIVE)
            .disable_signals()
            .listen(listener)?
            .run();
        let handle = server.handle();
        drop(actix_web::rt::spawn(server));
        Ok(Self { origin, handle })
    }

    pub async fn stop(self) {
        self.handle.stop(false).await;
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    search: String,
    reseller: String,
}

async fn customers(
    shop: web::Data<Shop>,
    asked: web::Query<Asked>,
    cursor: web::Query<Cursor>,
) -> actix_web::Result<HttpResponse> {
    let page = web::block(move || shop.page(&asked, &cursor.portion())).await?;
    let html = page.map_err(ErrorInternalServerError)?.render().map_err(ErrorInternalServerError)?;
    Ok(HttpResponse::Ok().content_type(ContentType::html()).body(html))
}

struct Shop {
    pool: r2d2::Pool<Connections>,
    provider: OrganisationId,
}

impl Shop {
    fn page(&self, asked: &Asked, portion: &Portion) -> anyhow::Result<BarePage> {
        let conn = &mut *self.pool.get()?;
        let reach = Reach::Provider(self.provider);
        let search = Search::parse(&asked.search);
        let reseller = OrganisationId::parse(&asked.reseller);
        let filter = Filter { search, reseller, ..Filter::of(View::Mine) };
        // In one transaction, as the portal reads.
        let (page, count, resellers) = conn.transaction(|conn| {
            let page = list::page_of(conn, &reach, &filter, portion)?;
            let count = list::count_of(conn, &reach, &filter)?;
            anyhow::Ok((page, count, reseller_choices(conn, &self.provider)?))
        })?;
        let count = count.map(|count| format!("{} customers", count.digits())).unwrap_or_default();
        Ok(BarePage { rows: page.rows, count, resellers })
    }
}

/// Opens connections to this address as the portal does, but for its limits of time.
struct Connections(String);

impl r2d2::ManageConnection for Connections {
    type Connection = Connection;
    type Error = std::io::Error;

    fn connect(&self) -> Result<Connection, std::io::Error> {
        Opener::once(&self.0).map_err(|error| std::io::Error::other(format!("{error:#}")))
    }

    fn is_valid(&self, _: &mut Connection) -> Result<(), std::io::Error> {
        Ok(())
    }

    fn has_broken(&self, _: &mut Connection) -> bool {
        false
    }
}
