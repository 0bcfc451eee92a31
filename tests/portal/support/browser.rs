//! A browser inside the test: it follows links by their text, finds fields by their labels, and sends the forms
//! that the pages really hold. A wrong link, label or field name therefore fails a story.

use std::cell::RefCell;
use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::rc::Rc;

use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode};
use url::Url;

use super::cookies::Jar;
use super::page::{Found, Page};
use super::page_rules::broken_rules;
use super::routes::Routes;
use super::submission::path_of;
use super::wire::{Answer, Call, Wire};

/// More redirects in a row than any real way through the portal has.
const REDIRECTS: usize = 8;

pub struct Browser {
    wire: Rc<dyn Wire>,
    origin: Url,
    cookies: Rc<RefCell<Jar>>,
    /// What links and forms may lead to, where that is known.
    routes: Option<&'static Routes>,
    stays: bool,
    page: Option<Page>,
    pub(super) answer: Option<Answer>,
    download: Option<Answer>,
}

/// A file that the portal sent for keeping.
#[derive(Debug)]
pub struct Download {
    pub name: String,
    pub kind: String,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

/// A browser that looks at one part of its page only, until the statement ends.
pub struct Within<'b> {
    browser: &'b mut Browser,
    depth: usize,
}

/// From where a request says that it comes.
#[derive(Clone, Copy)]
enum From {
    AddressBar,
    OwnPage,
}

impl Browser {
    /// A fresh browser; `origin` is the portal's base URL.
    pub fn new(wire: Rc<dyn Wire>, origin: &str) -> Browser {
        let origin = Url::parse(origin).unwrap_or_else(|error| panic!("bad origin {origin:?}: {error}"));
        Browser {
            wire,
            origin,
            cookies: Rc::default(),
            routes: None,
            stays: false,
            page: None,
            answer: None,
            download: None,
        }
    }

    /// The same, which holds every page to leading nowhere but there.
    pub fn knowing(self, routes: &'static Routes) -> Browser {
        Browser { routes: Some(routes), ..self }
    }

    /// A second tab: one cookie jar for both, a page of its own.
    pub fn clone_session(&self) -> Browser {
        Browser {
            cookies: Rc::clone(&self.cookies),
            routes: self.routes,
            ..Browser::new(Rc::clone(&self.wire), self.origin.as_str())
        }
    }

    /// A second tab with the same page and what is typed in it: for forms that are sent twice.
    pub fn duplicate(&self) -> Browser {
        Browser { page: self.page.clone(), ..self.clone_session() }
    }

    /// Types an address, which may be a whole link out of a letter.
    #[track_caller]
    pub fn visit(&mut self, address: &str) -> impl Future<Output = ()> + use<'_> {
        let target = self.origin.join(address).map_err(|error| error.to_string());
        let target = self.or_fail(target.and_then(|target| match target.origin() == self.origin.origin() {
            true => Ok(target),
            false => Err(format!("{target} is not in the portal")),
        }));
        self.go(Call::get(path_of(&target)), From::AddressBar, Location::caller())
    }

    /// Follows the link with this text.
    #[track_caller]
    pub fn follow(&mut self, link: &str) -> impl Future<Output = ()> + use<'_> {
        let target = self.page().link(link).and_then(|href| self.page().resolve(&href));
        let target = self.or_fail(target);
        self.go(Call::get(path_of(&target)), From::OwnPage, Location::caller())
    }

    /// Presses the button with this text, which sends its form.
    #[track_caller]
    pub fn press(&mut self, button: &str) -> impl Future<Output = ()> + use<'_> {
        let call = self.or_fail(self.page().submission(button));
        self.go(call, From::OwnPage, Location::caller())
    }

    /// Loads the page again.
    #[track_caller]
    pub fn reload(&mut self) -> impl Future<Output = ()> + use<'_> {
        let path = path_of(&self.page().address);
        self.go(Call::get(path), From::OwnPage, Location::caller())
    }

    /// Looks only at the smallest row, list item, section or form with this text.
    #[track_caller]
    pub fn within(&mut self, text: &str) -> Within<'_> {
        let depth = self.page().depth();
        let entered = self.page_mut().enter(text);
        self.or_fail(entered);
        Within { browser: self, depth }
    }

    #[track_caller]
    pub fn fill(&mut self, label: &str, value: &str) -> &mut Browser {
        let done = self.page_mut().fill(label, value);
        self.or_fail(done);
        self
    }

    /// Chooses a file, which is called `offers.csv`.
    #[track_caller]
    pub fn attach(&mut self, label: &str, file: impl AsRef<[u8]>) -> &mut Browser {
        let done = self.page_mut().attach(label, file.as_ref());
        self.or_fail(done);
        self
    }

    /// Chooses an option of a list, or a radio button of a group.
    #[track_caller]
    pub fn choose(&mut self, label: &str, option: &str) -> &mut Browser {
        let done = self.page_mut().choose(label, option);
        self.or_fail(done);
        self
    }

    #[track_caller]
    pub fn check(&mut self, label: &str) -> &mut Browser {
        let done = self.page_mut().tick(label, true);
        self.or_fail(done);
        self
    }

    #[track_caller]
    pub fn uncheck(&mut self, label: &str) -> &mut Browser {
        let done = self.page_mut().tick(label, false);
        self.or_fail(done);
        self
    }

    /// Shows the next answer as it comes instead of following its redirect.
    pub fn stay(&mut self) -> &mut Browser {
        self.stays = true;
        self
    }

    /// Sends a form that no page holds, as a page of the portal would: for attacks and tampering.
    #[track_caller]
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> impl Future<Output = ()> + use<'_> {
        self.go(Call::post(path, fields), From::OwnPage, Location::caller())
    }

    /// Sends exactly this request, with the cookies and no other header, and shows nothing of the answer:
    /// for other sites' forms, bare clients, and answers that no page is made of.
    pub async fn send(&mut self, call: Call) -> Answer {
        let path = call.path.clone();
        let cookies = self.cookies.borrow().header(path.split('?').next().unwrap_or_default());
        let call = match cookies {
            Some(cookies) => call.with("cookie", cookies),
            None => call,
        };
        let answer = self.wire.answer(call.with("host", self.origin.authority()).into_request()).await;
        if let Err(trouble) = self.cookies.borrow_mut().keep(&answer, self.origin.scheme() == "https") {
            panic!("{path}: {trouble}");
        }
        answer
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name)
    }

    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.borrow_mut().set(name, value);
    }

    pub fn forget_cookies(&mut self) {
        self.cookies.borrow_mut().clear();
    }

    /// The file that the last link or button brought; the page stayed what it was.
    #[track_caller]
    pub fn download(&mut self) -> Download {
        let Some(answer) = self.download.take() else { self.fail("nothing was downloaded") };
        let how = answer.header("content-disposition").unwrap_or_default();
        let name = how.split("filename=").nth(1).unwrap_or_default();
        let name = name.split(';').next().unwrap_or_default().trim_matches('"').to_owned();
        let kind = answer.header("content-type").unwrap_or_default().to_owned();
        Download { name, kind, bytes: answer.body.to_vec(), headers: answer.headers }
    }

    async fn go(&mut self, mut call: Call, from: From, caller: &'static Location<'static>) {
        for _ in 0..REDIRECTS {
            let shown = format!("{} {}", call.method, call.path);
            let answer = self.send(self.as_browsers_do(call.clone(), from)).await;
            let next =
                answer.header("location").map(str::to_owned).filter(|_| answer.status.is_redirection());
            match next.filter(|_| !self.stays) {
                Some(next) => call = self.redirected(&call, answer.status, &next, caller),
                None => return self.show(&call.path, answer, &shown, caller),
            }
        }
        panic!("at {caller}: more than {REDIRECTS} redirects in a row, the last to {}", call.path);
    }

    fn as_browsers_do(&self, call: Call, from: From) -> Call {
        let call = match (from, &call.method) {
            (_, &Method::GET) => call,
            _ => call.with("origin", self.origin.origin().ascii_serialization()),
        };
        let call = match (from, &self.page) {
            (From::OwnPage, Some(page)) => call.with("referer", page.address.as_str()),
            _ => call,
        };
        let site = match from {
            From::AddressBar => "none",
            From::OwnPage => "same-origin",
        };
        call.with("sec-fetch-site", site)
            .with("sec-fetch-mode", "navigate")
            .with("accept", "text/html,application/xhtml+xml,*/*;q=0.8")
    }

    fn redirected(&self, call: &Call, status: StatusCode, location: &str, caller: &Location) -> Call {
        let from = self.origin.join(&call.path).unwrap_or_else(|error| panic!("at {caller}: {error}"));
        let target = from.join(location).unwrap_or_else(|error| panic!("at {caller}: {location:?}: {error}"));
        assert!(target.origin() == self.origin.origin(), "at {caller}: redirected away, to {target}");
        if status == StatusCode::TEMPORARY_REDIRECT || status == StatusCode::PERMANENT_REDIRECT {
            return Call { path: path_of(&target), ..call.clone() };
        }
        Call::get(path_of(&target))
    }

    fn show(&mut self, path: &str, answer: Answer, shown: &str, caller: &Location) {
        self.stays = false;
        if answer.is_download() {
            self.download = Some(answer.clone());
        } else if !answer.status.is_redirection() {
            let address = self.origin.join(path).unwrap_or_else(|error| panic!("at {caller}: {error}"));
            self.page = Some(Page::parse(address, answer.text()));
        }
        // The one address that answers a piece of a page.
        let is_html = answer.is_html() && !path.starts_with("/domain-availability");
        // A portal that is busy may say so.
        let trouble = answer.status.is_server_error() && answer.status != StatusCode::SERVICE_UNAVAILABLE;
        self.answer = Some(answer);
        assert!(!trouble, "at {caller}: {shown} failed{}", self.described());
        let broken = self.page.as_ref().filter(|_| is_html).map(|page| {
            let lost = self.routes.map(|routes| routes.broken(page)).unwrap_or_default();
            broken_rules(page).into_iter().chain(lost).collect::<Vec<_>>()
        });
        let broken = broken.unwrap_or_default();
        assert!(
            broken.is_empty(),
            "at {caller}: {shown} breaks rules of every page:\n  {}",
            broken.join("\n  ")
        );
    }

    #[track_caller]
    pub fn page(&self) -> &Page {
        let Some(page) = &self.page else { panic!("no page has been visited yet") };
        page
    }

    #[track_caller]
    fn page_mut(&mut self) -> &mut Page {
        let Some(page) = &mut self.page else { panic!("no page has been visited yet") };
        page
    }

    #[track_caller]
    pub(super) fn or_fail<T>(&self, found: Found<T>) -> T {
        // Not a closure: it would hide the line of the test.
        match found {
            Ok(found) => found,
            Err(trouble) => self.fail(&trouble),
        }
    }

    #[track_caller]
    pub(super) fn fail(&self, trouble: &str) -> ! {
        panic!("{trouble}{}", self.described())
    }

    /// The page as the one who mends the test needs to see it.
    fn described(&self) -> String {
        let status = self.answer.as_ref().map(|answer| answer.status.to_string()).unwrap_or_default();
        match &self.page {
            Some(page) => format!("\n--- {} ({status})\n{}\n---", path_of(&page.address), page.lines()),
            None => String::new(),
        }
    }
}

impl Download {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

impl Deref for Within<'_> {
    type Target = Browser;
    fn deref(&self) -> &Browser {
        self.browser
    }
}

impl DerefMut for Within<'_> {
    fn deref_mut(&mut self) -> &mut Browser {
        self.browser
    }
}

impl Drop for Within<'_> {
    fn drop(&mut self) {
        if let Some(page) = &mut self.browser.page {
            page.leave(self.depth);
        }
    }
}
