//! Where is measured: on SQLite files, or in schemas of a PostgreSQL server.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use twotier::db::connection::Opener;

use super::places::let_years_pass;
use super::portal::Installation;

/// A kind of database.
pub struct Ground {
    pub name: &'static str,
    folder: PathBuf,
    binary: PathBuf,
    /// The PostgreSQL server.
    server: Option<String>,
}

/// A schema that is dropped together with what stands for it.
pub struct Schema {
    server: String,
    name: String,
}

impl Ground {
    pub fn sqlite(home: &Path, binary: &Path) -> anyhow::Result<Self> {
        Self::at("SQLite", &home.join("sqlite"), binary, None)
    }

    pub fn postgres(home: &Path, binary: &Path, server: &str) -> anyhow::Result<Self> {
        Self::at("PostgreSQL", &home.join("postgres"), binary, Some(server.to_owned()))
    }

    fn at(name: &'static str, folder: &Path, binary: &Path, server: Option<String>) -> anyhow::Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self { name, folder: folder.canonicalize()?, binary: binary.to_owned(), server })
    }

    /// An installation with the demonstration of so many customers, and the most memory in MB that filling it took.
    /// None where an earlier run filled it.
    pub fn filled(&self, customers: u32) -> anyhow::Result<(Installation, Option<f64>)> {
        let name = customers.to_string();
        // Written last: without it filling was cut off.
        let mark = self.folder.join(&name).join("filled");
        if self.server.is_none() && mark.exists() {
            return Ok((self.installation(&name)?, None));
        }
        let (installation, most) = self.fill(&name, customers)?;
        let_years_pass(&installation.database_url)?;
        self.settle(&installation)?;
        fs::write(mark, "")?;
        Ok((installation, most))
    }

    /// The same, never kept.
    pub fn fresh(&self, customers: u32) -> anyhow::Result<(Installation, Option<f64>)> {
        self.fill("orders", customers)
    }

    fn fill(&self, name: &str, customers: u32) -> anyhow::Result<(Installation, Option<f64>)> {
        let folder = self.folder.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        let installation = self.installation(name)?;
        eprintln!("{}, filling in {customers} customers …", self.name);
        let most = installation.fill(customers)?;
        self.settle(&installation)?;
        Ok((installation, most))
    }

    /// What the databases do by themselves a little later.
    fn settle(&self, installation: &Installation) -> anyhow::Result<()> {
        let settle = if self.server.is_some() { "VACUUM ANALYZE" } else { "PRAGMA optimize = 0x10002" };
        Ok(Opener::once(&installation.database_url)?.batch_execute(settle)?)
    }

    fn installation(&self, name: &str) -> anyhow::Result<Installation> {
        let folder = self.folder.join(name);
        fs::create_dir_all(&folder)?;
        let schema = match &self.server {
            Some(server) => Some(Schema::make(server, &format!("bench_{name}"))?),
            None => None,
        };
        let own_file = || format!("sqlite://{}", folder.join("data/twotier.db").display());
        let database_url = schema.as_ref().map_or_else(own_file, Schema::url);
        Ok(Installation { folder, database_url, binary: self.binary.clone(), schema })
    }
}

impl Schema {
    /// An empty one.
    fn make(server: &str, name: &str) -> anyhow::Result<Self> {
        let schema = Self { server: server.to_owned(), name: name.to_owned() };
        schema.run(&format!("DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}"))?;
        Ok(schema)
    }

    /// The address of a database in which it is the first schema.
    fn url(&self) -> String {
        let Self { server, name } = self;
        let sign = if server.contains('?') { '&' } else { '?' };
        format!("{server}{sign}options=-c%20search_path%3D{name}%2Cpublic")
    }

    fn run(&self, sql: &str) -> anyhow::Result<()> {
        let mut connection = PgConnection::establish(&self.server).context("cannot connect to PostgreSQL")?;
        connection.batch_execute("SET client_min_messages = warning")?;
        Ok(connection.batch_execute(sql)?)
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        if let Err(error) = self.run(&format!("DROP SCHEMA {} CASCADE", self.name)) {
            eprintln!("the schema {} is left behind: {error:#}", self.name);
        }
    }
}
