//! A QR code as the path of an SVG.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

use crate::error::{Error, Result};

/// Modules of white around the code, which scanners need (ISO/IEC 18004).
const QUIET_ZONE: i32 = 4;

/// A square of modules.
pub struct Qr {
    /// Modules on each side, with the quiet zone.
    pub size: i32,
    /// The dark modules, one unit each.
    pub path: String,
}

impl Qr {
    /// The code of a text.
    ///
    /// # Errors
    /// When the text is longer than the largest code holds.
    pub fn of(text: &str) -> Result<Self> {
        let code =
            QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|error| Error::Internal(error.into()))?;
        let mut path = String::new();
        for y in 0..code.size() {
            for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
                let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET_ZONE, y + QUIET_ZONE);
            }
        }
        Ok(Self { size: code.size() + 2 * QUIET_ZONE, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_within_white() {
        let qr = Qr::of("otpauth://totp/a").unwrap();
        let last = qr.size - QUIET_ZONE - 1;
        for (x, y) in [(QUIET_ZONE, QUIET_ZONE), (last, QUIET_ZONE), (QUIET_ZONE, last)] {
            assert!(qr.path.contains(&format!("M{x} {y}h1v1h-1z")), "{x} {y}");
        }
        assert!(!qr.path.contains("M0 ") && !qr.path.contains(&format!("M{} ", last + 1)));
        assert!(Qr::of(&"x".repeat(5_000)).is_err());
    }
}
