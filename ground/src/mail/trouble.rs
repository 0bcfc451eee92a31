//! What stands in a letter's way, by kind. Pages word it; what exactly a mail server said is kept beside it.

use crate::text_enum;

text_enum! {
    /// Why a letter did not leave. `templates/kit/words/trouble.html` words each kind.
    pub enum Trouble {
        /// Nobody answers at the mail server's address, or the address is unknown.
        Unreachable = "unreachable",
        /// The mail server cannot be spoken to encrypted, or is not who it should be.
        Unencrypted = "unencrypted",
        /// The mail server took too long.
        Silent = "silent",
        /// The mail server hung up in the middle.
        BrokenOff = "broken_off",
        /// What was said is no answer of a mail server.
        Garbled = "garbled",
        /// The mail server takes nothing at the moment.
        Busy = "busy",
        /// The mail server takes no more from this portal for a while, or has no room.
        Quota = "quota",
        /// The mail server does not let this portal in.
        NotWelcome = "not_welcome",
        /// The mail server asks for a name and a password, or for better ones.
        SignIn = "sign_in",
        /// The mail server takes nothing from this portal's address.
        Sender = "sender",
        /// The mail server does not pass letters of this portal on.
        Relay = "relay",
        /// This letter is not taken now.
        Deferred = "deferred",
        /// The addressee's mailbox is refused for good.
        Addressee = "addressee",
        /// This letter is refused for good.
        Content = "content",
        /// The whole letter was handed over, and the mail server did not say whether it has it.
        Unconfirmed = "unconfirmed",
        /// The letter could not be kept as a file.
        Unwritable = "unwritable",
    }
}

impl Trouble {
    /// Whether trying again would not help.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Addressee | Self::Content)
    }

    /// Whether it is about this portal at any step: no letter leaves until somebody mends it.
    pub fn is_about_us(self) -> bool {
        matches!(
            self,
            Self::Unreachable
                | Self::Unencrypted
                | Self::Quota
                | Self::NotWelcome
                | Self::SignIn
                | Self::Sender
                | Self::Relay
                | Self::Unwritable
        )
    }

    /// Whether the other letters had better wait, too: a mail server that refuses a password or a sender refuses it
    /// for every letter, and may lock out whoever goes on trying.
    pub fn holds_all(self) -> bool {
        matches!(self, Self::NotWelcome | Self::SignIn | Self::Sender)
    }
}
