//! Zip packages as office files and books are: parts read by name under a
//! limit that no header can talk away. What the parts mean lives with the
//! formats; archives of documents are in `archive`.

use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8};
use zip::ZipArchive;
use zip::result::ZipError;

/// The most bytes that the parts of one package may have, uncompressed and
/// taken together.
pub(crate) const LIMIT: u64 = 200 << 20;

/// The magic of an OLE container: old Office files, and encrypted new ones.
pub(crate) const OLE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// An opened package.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    limit: u64,
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens a package of which at most `limit` bytes may be read,
    /// uncompressed.
    ///
    /// # Errors
    ///
    /// If the bytes are no zip file, or one without its directory.
    pub(crate) fn open(bytes: &'b [u8], limit: u64) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| format!("no whole zip package: {error}"))?;
        Ok(Self {
            archive,
            limit,
            left: limit,
        })
    }

    /// The names of the parts, in the order of the directory.
    pub(crate) fn names(&self) -> Vec<String> {
        self.archive
            .file_names()
            .filter_map(|name| name.ok().map(|name| name.into_owned()))
            .collect()
    }

    /// The bytes of a part; none where the package has no such part. Names
    /// are compared as written first, then without regard to ASCII case.
    ///
    /// # Errors
    ///
    /// If the part is encrypted, broken or larger than what is left of the
    /// limit, whatever its header claims.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let index = self.archive.index_for_name(name).or_else(|| {
            let named = |other: &String| other.eq_ignore_ascii_case(name);
            let other = self.names().into_iter().find(named)?;
            self.archive.index_for_name(&other)
        });
        let Some(index) = index else {
            return Ok(None);
        };
        let file = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                format!("encrypted: `{name}` needs a password")
            }
            error => format!("`{name}` cannot be read: {error}"),
        })?;
        let mut bytes = Vec::new();
        file.take(self.left.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| format!("`{name}` cannot be read: {error}"))?;
        let read = bytes.len() as u64;
        if read > self.left {
            return Err(format!(
                "more than {} uncompressed: looks like a bomb",
                size(self.limit)
            ));
        }
        self.left -= read;
        Ok(Some(bytes))
    }

    /// A part as text: by its byte order mark, else as its XML declaration
    /// says, else UTF-8; what does not decode becomes U+FFFD.
    ///
    /// # Errors
    ///
    /// As [`Package::part`].
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        Ok(self.part(name)?.map(decode))
    }
}

/// A number of bytes for a message.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        _ if bytes >= 1 << 30 && bytes.is_multiple_of(1 << 30) => format!("{} GB", bytes >> 30),
        _ if bytes >= 1 << 20 => format!("{} MB", bytes >> 20),
        _ => format!("{bytes} bytes"),
    }
}

/// The text of an XML file's bytes.
fn decode(bytes: Vec<u8>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return encoding
            .decode_without_bom_handling(&bytes[mark..])
            .0
            .into_owned();
    }
    let encoding = declared(&bytes).unwrap_or(UTF_8);
    match String::from_utf8(bytes) {
        Ok(text) if encoding == UTF_8 => text,
        Ok(text) => encoding.decode(text.as_bytes()).0.into_owned(),
        Err(error) => encoding.decode(error.as_bytes()).0.into_owned(),
    }
}

/// The encoding that an XML declaration names, if there is one.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(200)];
    let head = std::str::from_utf8(head.split(|&byte| byte == b'>').next()?).ok()?;
    let value = head.strip_prefix("<?xml")?.split("encoding=").nth(1)?;
    let quote = value.chars().next().filter(|mark| "\"'".contains(*mark))?;
    Encoding::for_label(value[1..].split(quote).next()?.as_bytes())
}

/// Packages for the tests of all formats.
#[cfg(test)]
pub(crate) mod testing {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;

    /// A zip file of the parts given, compressed.
    pub(crate) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// Every cut of a file at each 50th byte, and with a byte changed there.
    pub(crate) fn hurt(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
        (0..bytes.len()).step_by(50).flat_map(|at| {
            let mut changed = bytes.to_vec();
            changed[at] ^= 0x55;
            [bytes[..at].to_vec(), changed]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::testing::package;
    use super::*;

    #[test]
    fn parts_are_found_and_decoded() {
        let bytes = package(&[("a.xml", "\u{FEFF}<a>é</a>"), ("Dir/B.xml", "b")]);
        let mut opened = Package::open(&bytes, LIMIT).unwrap();
        assert_eq!(opened.names(), ["a.xml", "Dir/B.xml"]);
        assert_eq!(opened.text("a.xml").unwrap().unwrap(), "<a>é</a>");
        assert_eq!(opened.text("dir/b.xml").unwrap().unwrap(), "b");
        assert_eq!(opened.text("c.xml").unwrap(), None);
        let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><a>\xE9</a>".to_vec();
        assert!(decode(latin).ends_with("<a>é</a>"));
        assert_eq!(decode(b"\xFF\xFE<\0a\0".to_vec()), "<a");
    }

    #[test]
    fn a_bomb_is_refused_at_the_limit() {
        let zeros = "\0".repeat(100 << 20);
        let bytes = package(&[("small", "x"), ("zeros", &zeros)]);
        let mut opened = Package::open(&bytes, 10 << 20).unwrap();
        assert_eq!(
            opened.part("zeros").unwrap_err(),
            "more than 10 MB uncompressed: looks like a bomb"
        );
        assert_eq!(opened.part("small").unwrap().unwrap(), b"x");
        assert!(Package::open(b"PK\x03\x04", LIMIT).is_err());
    }
}
