//! A letter as its reader gets it: decoded from what came over the wire.

use mail_parser::{Address, MessageParser};

#[derive(Clone, Debug, Default)]
pub struct Mail {
    /// Sender and recipients of the envelope, which the mail servers go by.
    pub from: String,
    pub to: Vec<String>,
    pub source: Vec<u8>,
    pub subject: String,
    pub message_id: String,
    /// The addresses in the headers of these names.
    pub header_from: String,
    pub header_to: String,
    pub reply_to: String,
    pub text: String,
    pub html: String,
}

impl Mail {
    pub fn from_sender(from: String) -> Mail {
        Mail { from, ..Mail::default() }
    }

    pub fn with_content(self, source: Vec<u8>) -> Mail {
        let Some(message) = MessageParser::default().parse(&source) else {
            panic!("this is no letter: {source:?}")
        };
        let text = message.body_text(0).unwrap_or_default().replace("\r\n", "\n");
        Mail {
            subject: message.subject().unwrap_or_default().to_owned(),
            message_id: message.message_id().unwrap_or_default().to_owned(),
            header_from: first(message.from()),
            header_to: first(message.to()),
            reply_to: first(message.reply_to()),
            html: message.body_html(0).unwrap_or_default().into_owned(),
            text,
            source: source.clone(),
            ..self
        }
    }

    /// The link that stands on a line of its own in the text: what the reader is asked to open.
    pub fn link(&self) -> &str {
        let links: Vec<_> =
            self.text.lines().map(str::trim).filter(|line| line.starts_with("http")).collect();
        match links.as_slice() {
            [link] => link,
            links => panic!("{} links on lines of their own in:\n{}", links.len(), self.text),
        }
    }
}

fn first(address: Option<&Address>) -> String {
    let address = address.and_then(|address| address.first()).and_then(|first| first.address());
    address.unwrap_or_default().to_owned()
}
