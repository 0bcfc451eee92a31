//! The connection that queries are run by. It hands them on without their types, since diesel would otherwise have the
//! compiler write the whole way to each of the two databases anew for each of our queries, of which there are many
//! hundreds: that took the better part of a build. A query only costs what is its own: its SQL, its values, its rows.

use diesel::connection::{
    CacheSize, Instrumentation, LoadConnection, SimpleConnection, TransactionManager,
    TransactionManagerStatus,
};
use diesel::expression::QueryMetadata;
use diesel::internal::derives::multiconnection::ConnectionSealed;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::Untyped;
use diesel::{Connection as _, ConnectionResult, QueryResult};

use super::either::{EitherConnection, MultiBackend};

type Manager = <EitherConnection as diesel::Connection>::TransactionManager;

/// A connection to either database; queries are written once for both.
pub struct Connection(EitherConnection);

impl Connection {
    /// The one database or the other, for the little that only one of them has.
    pub fn either(&mut self) -> &mut EitherConnection {
        &mut self.0
    }

    /// Which of the two it is.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        matches!(self.0, EitherConnection::Sqlite(_))
    }
}

impl<C: Into<EitherConnection>> From<C> for Connection {
    fn from(connection: C) -> Self {
        Self(connection.into())
    }
}

/// A query whose type nobody knows any more. Its SQL tells it apart where prepared statements are kept.
struct Erased<'query>(Box<dyn QueryFragment<MultiBackend> + 'query>);

impl QueryFragment<MultiBackend> for Erased<'_> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }
}

impl QueryId for Erased<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Erased<'_> {
    type SqlType = Untyped;
}

impl SimpleConnection for Connection {
    fn batch_execute(&mut self, query: &str) -> QueryResult<()> {
        self.0.batch_execute(query)
    }
}

impl ConnectionSealed for Connection {}

impl diesel::Connection for Connection {
    type Backend = MultiBackend;
    type TransactionManager = ErasedManager;

    fn establish(url: &str) -> ConnectionResult<Self> {
        EitherConnection::establish(url).map(Self)
    }

    fn execute_returning_count<T>(&mut self, source: &T) -> QueryResult<usize>
    where
        T: QueryFragment<MultiBackend> + QueryId,
    {
        execute(&mut self.0, &Erased(Box::new(source)))
    }

    fn transaction_state(&mut self) -> &mut Self {
        self
    }

    fn instrumentation(&mut self) -> &mut dyn Instrumentation {
        self.0.instrumentation()
    }

    fn set_instrumentation(&mut self, instrumentation: impl Instrumentation) {
        self.0.set_instrumentation(instrumentation);
    }

    fn set_prepared_statement_cache_size(&mut self, size: CacheSize) {
        self.0.set_prepared_statement_cache_size(size);
    }
}

impl LoadConnection for Connection {
    type Cursor<'conn, 'query> = <EitherConnection as LoadConnection>::Cursor<'conn, 'query>;
    type Row<'conn, 'query> = <EitherConnection as LoadConnection>::Row<'conn, 'query>;

    fn load<'conn, 'query, T>(&'conn mut self, source: T) -> QueryResult<Self::Cursor<'conn, 'query>>
    where
        T: Query + QueryFragment<MultiBackend> + QueryId + 'query,
        MultiBackend: QueryMetadata<T::SqlType>,
    {
        load(&mut self.0, Erased(Box::new(source)))
    }
}

// Nothing in these two depends on the query, so they are compiled once.

fn execute(connection: &mut EitherConnection, query: &Erased<'_>) -> QueryResult<usize> {
    connection.execute_returning_count(query)
}

fn load<'conn, 'query>(
    connection: &'conn mut EitherConnection,
    query: Erased<'query>,
) -> QueryResult<<EitherConnection as LoadConnection>::Cursor<'conn, 'query>> {
    connection.load(query)
}

/// Transactions are the business of the database underneath.
pub struct ErasedManager;

impl TransactionManager<Connection> for ErasedManager {
    type TransactionStateData = Connection;

    fn begin_transaction(connection: &mut Connection) -> QueryResult<()> {
        Manager::begin_transaction(&mut connection.0)
    }

    fn rollback_transaction(connection: &mut Connection) -> QueryResult<()> {
        Manager::rollback_transaction(&mut connection.0)
    }

    fn commit_transaction(connection: &mut Connection) -> QueryResult<()> {
        Manager::commit_transaction(&mut connection.0)
    }

    fn transaction_manager_status_mut(connection: &mut Connection) -> &mut TransactionManagerStatus {
        Manager::transaction_manager_status_mut(&mut connection.0)
    }

    fn is_broken_transaction_manager(connection: &mut Connection) -> bool {
        Manager::is_broken_transaction_manager(&mut connection.0)
    }
}
