//! What people recognise a device by.

use crate::text_enum;

text_enum! {
    pub enum BrowserKind {
        Edge = "Edge",
        Opera = "Opera",
        Firefox = "Firefox",
        Chrome = "Chrome",
        Safari = "Safari",
    }
}

text_enum! {
    pub enum System {
        Android = "Android",
        Ios = "iOS",
        Windows = "Windows",
        Mac = "macOS",
        Linux = "Linux",
    }
}

/// What is known of a device.
pub type Device = (Option<BrowserKind>, Option<System>);

/// Browser and system as far as the User-Agent header tells. Everybody claims to be everybody, so what is
/// asked first counts.
pub fn recognise(agent: &str) -> Device {
    let browsers = [
        ("Edg", BrowserKind::Edge),
        ("OPR/", BrowserKind::Opera),
        ("Firefox/", BrowserKind::Firefox),
        ("FxiOS/", BrowserKind::Firefox),
        ("Chrome/", BrowserKind::Chrome),
        ("CriOS/", BrowserKind::Chrome),
        ("Safari/", BrowserKind::Safari),
    ];
    let systems = [
        ("Android", System::Android),
        ("iPhone", System::Ios),
        ("iPad", System::Ios),
        ("Windows", System::Windows),
        ("Mac OS X", System::Mac),
        ("Linux", System::Linux),
    ];
    (first_in(agent, &browsers), first_in(agent, &systems))
}

fn first_in<T: Copy>(agent: &str, known: &[(&str, T)]) -> Option<T> {
    known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_browsers_are_told_apart() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 \
                    Safari/537.36 Edg/120.0";
        assert_eq!(recognise(edge), (Some(BrowserKind::Edge), Some(System::Windows)));
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 \
                     Mobile/15E148 Safari/604.1";
        assert_eq!(recognise(phone), (Some(BrowserKind::Safari), Some(System::Ios)));
        let fox = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0";
        assert_eq!(recognise(fox), (Some(BrowserKind::Firefox), Some(System::Linux)));
        assert_eq!(recognise("curl/8.0"), (None, None));
    }
}
