//! The application under test behind one small trait, so that a `Browser` has no type parameters.

use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::rc::Rc;

use actix_web::body::{self, MessageBody};
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;
use actix_web::web::Bytes;

/// Something that answers requests.
pub trait Wire {
    fn answer(&self, request: TestRequest) -> Pin<Box<dyn Future<Output = Answer> + '_>>;
}

/// Boxes what `actix_web::test::init_service` returns.
///
/// `finish` is always `TestRequest::to_request`; it is handed in because the type that it returns cannot be
/// named without one more dependency.
pub fn boxed<S, R, B, E>(service: S, finish: fn(TestRequest) -> R) -> Rc<dyn Wire>
where
    S: Service<R, Response = ServiceResponse<B>, Error = E> + 'static,
    R: 'static,
    B: MessageBody + 'static,
    E: Into<actix_web::Error> + 'static,
{
    Rc::new(Served { service, finish })
}

struct Served<S, R> {
    service: S,
    finish: fn(TestRequest) -> R,
}

/// A whole response.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl<S, R, B, E> Wire for Served<S, R>
where
    S: Service<R, Response = ServiceResponse<B>, Error = E>,
    B: MessageBody,
    E: Into<actix_web::Error>,
{
    fn answer(&self, request: TestRequest) -> Pin<Box<dyn Future<Output = Answer> + '_>> {
        let call = self.service.call((self.finish)(request));
        Box::pin(async move {
            // The real server, too, asks an error for its response.
            match call.await {
                Ok(response) => Answer::read(response.into()).await,
                Err(error) => Answer::read(error.into().error_response()).await,
            }
        })
    }
}

impl Answer {
    async fn read<B: MessageBody>(response: actix_web::HttpResponse<B>) -> Answer {
        let (head, body) = response.into_parts();
        let Ok(body) = body::to_bytes(body).await else { panic!("the body of the response broke off") };
        Answer { status: head.status(), headers: head.headers().clone(), body }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn is_html(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
    }

    /// A response that a browser saves instead of showing.
    pub fn is_download(&self) -> bool {
        let is_attached = self.header("content-disposition").is_some_and(|how| how.starts_with("attachment"));
        is_attached || (self.status.is_success() && !self.is_html() && !self.body.is_empty())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A request as it stands on the wire.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: Method,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Call {
    pub fn get(path: impl Into<String>) -> Call {
        Call { method: Method::GET, path: path.into(), headers: Vec::new(), body: Vec::new() }
    }

    /// A form, encoded as browsers do.
    pub fn post(path: impl Into<String>, fields: &[(impl AsRef<str>, impl AsRef<str>)]) -> Call {
        let body =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into_bytes();
        Call { method: Method::POST, path: path.into(), headers: Vec::new(), body }
            .with("content-type", "application/x-www-form-urlencoded")
    }

    /// A form that carries files, in parts as browsers send them; `file` is what is in the field of a name, if files
    /// are chosen there.
    pub fn post_parts(
        path: impl Into<String>,
        fields: &[(String, String)],
        file: impl Fn(&str) -> Option<Vec<u8>>,
    ) -> Call {
        const BOUNDARY: &str = "----boundary7MA4YWxkTrZu0gW";
        let part = |(name, value): &(String, String)| {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"");
            let (kind, value) = match file(name) {
                Some(file) => ("; filename=\"offers.csv\"\r\nContent-Type: text/csv", file),
                None => ("", value.clone().into_bytes()),
            };
            [head.as_bytes(), kind.as_bytes(), b"\r\n\r\n", &value, b"\r\n"].concat()
        };
        let mut body: Vec<u8> = fields.iter().flat_map(part).collect();
        body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        Call { method: Method::POST, path: path.into(), headers: Vec::new(), body }
            .with("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
    }

    #[must_use]
    pub fn with(mut self, header: &str, value: impl Into<String>) -> Call {
        self.headers.push((header.to_owned(), value.into()));
        self
    }

    pub fn into_request(self) -> TestRequest {
        let request = TestRequest::with_uri(&self.path)
            .method(self.method)
            .peer_addr(SocketAddr::from((Ipv4Addr::LOCALHOST, 49152)))
            .insert_header(("content-length", self.body.len()))
            .set_payload(self.body);
        let add =
            |request: TestRequest, (name, value): (String, String)| request.append_header((name, value));
        self.headers.into_iter().fold(request, add)
    }
}
