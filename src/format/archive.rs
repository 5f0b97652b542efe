//! Archives: their members, one after the other, within limits that no
//! archive can talk away. What the members are is for the caller to find out;
//! an archive in an archive is a member like others.

mod name;
mod stream;
mod zipped;

use std::io::{self, Cursor, Read};

use name::Names;

/// From how many bytes on the ratio of sizes is a sign of a bomb.
const RATIO_FROM: u64 = 10 << 20;

/// How far an archive may go. Sizes are in bytes, uncompressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most members that are read.
    pub members: usize,
    /// The largest size of a member.
    pub member_bytes: u64,
    /// The largest size of all members together.
    pub total_bytes: u64,
    /// How many times its compressed size a member may have, where it is
    /// larger than 10 MB.
    pub ratio: u64,
    /// How deep archives may lie in archives; for the caller to count.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            members: 10_000,
            member_bytes: 256 << 20,
            total_bytes: 2 << 30,
            ratio: 200,
            depth: 2,
        }
    }
}

/// A kind of archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveKind {
    /// A zip file.
    Zip,
    /// A tar file.
    Tar,
    /// A tar file, compressed by gzip.
    TarGz,
    /// A tar file, compressed by zstd.
    TarZst,
    /// A single file, compressed by gzip.
    Gz,
    /// A single file, compressed by zstd.
    Zst,
}

impl ArchiveKind {
    /// The kind of a file by its first bytes (512 suffice), then by its name;
    /// none where it is no archive, or a document that is packed as a zip
    /// file, such as `.docx` or `.epub`.
    pub fn of(name: &str, head: &[u8]) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return (!ends(&PACKAGES) && !is_package(head)).then_some(Self::Zip);
        }
        if head.starts_with(&[0x1F, 0x8B]) {
            let tar = ends(&[".tar.gz", ".tgz"]);
            return Some(if tar { Self::TarGz } else { Self::Gz });
        }
        if head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
            let tar = ends(&[".tar.zst", ".tzst", ".tar.zstd"]);
            return Some(if tar { Self::TarZst } else { Self::Zst });
        }
        // Old tar files have no magic.
        let tar = head.get(257..262) == Some(b"ustar") || ends(&[".tar"]);
        tar.then_some(Self::Tar)
    }
}

/// The ends of the names of documents that are packed as zip files.
const PACKAGES: [&str; 22] = [
    ".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".xltx", ".xlsb", ".pptx", ".pptm",
    ".ppsx", ".odt", ".ods", ".odp", ".odg", ".ott", ".ots", ".epub", ".jar", ".apk", ".kmz",
    ".vsdx",
];

/// Whether the first member of a zip file is the mark of a document.
fn is_package(head: &[u8]) -> bool {
    let named = |name: &[u8]| head.get(30..30 + name.len()) == Some(name);
    named(b"[Content_Types].xml") || named(b"mimetype") || named(b"_rels/.rels")
}

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its path in the archive, `/` between: no control characters, no `/` at
    /// the start, no `.` or `..` in it, unlike that of any member before.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Gives each file in an archive named `name` to `take`, in the order of the
/// archive, and tells `told` of each that is left out or mended: its name, or
/// an empty one for the archive as a whole, and why. Folders and hidden files
/// are passed over.
///
/// # Errors
///
/// If the archive cannot be opened at all. One that breaks off is told, and
/// what came before stays good.
pub fn members(
    bytes: &[u8],
    name: &str,
    kind: ArchiveKind,
    limits: &Limits,
    take: &mut dyn FnMut(Member),
    told: &mut dyn FnMut(&str, String),
) -> Result<(), String> {
    let mut out = Out {
        limits,
        take,
        told,
        names: Names::default(),
        seen: 0,
        total: 0,
    };
    match kind {
        ArchiveKind::Zip => return zipped::read(bytes, &mut out),
        ArchiveKind::Tar => stream::tar(Cursor::new(bytes), None, &mut out),
        ArchiveKind::TarGz => {
            let bytes = stream::Counted::new(bytes);
            let count = bytes.count();
            stream::tar(
                flate2::bufread::MultiGzDecoder::new(bytes),
                Some(count),
                &mut out,
            );
        }
        ArchiveKind::TarZst => {
            let bytes = stream::Counted::new(bytes);
            let count = bytes.count();
            stream::tar(stream::zstd(bytes)?, Some(count), &mut out);
        }
        ArchiveKind::Gz => {
            let reader = flate2::bufread::MultiGzDecoder::new(bytes);
            let inner = reader.header().and_then(|header| header.filename());
            let inner = inner.map(|name| String::from_utf8_lossy(name).into_owned());
            let inner = inner.unwrap_or_else(|| stream::without_end(name));
            stream::single(reader, &inner, bytes.len() as u64, &mut out);
        }
        ArchiveKind::Zst => {
            let inner = stream::without_end(name);
            stream::single(stream::zstd(bytes)?, &inner, bytes.len() as u64, &mut out);
        }
    }
    Ok(())
}

/// Where the members go, and how far the limits are used up.
struct Out<'o> {
    limits: &'o Limits,
    take: &'o mut dyn FnMut(Member),
    told: &'o mut dyn FnMut(&str, String),
    names: Names,
    seen: usize,
    total: u64,
}

/// How reading a member ended.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// It was taken, or only it is left out.
    Good,
    /// Its data break off or are wrong.
    Broken,
    /// It met a limit of its own.
    Bomb,
    /// The limit of all members is met: nothing more is read.
    Full,
}

impl Out<'_> {
    /// Whether one more member may be read; tells if not.
    fn one_more(&mut self) -> bool {
        self.seen += 1;
        let more = self.seen <= self.limits.members;
        if !more {
            let most = self.limits.members;
            (self.told)("", format!("more than {most} members, the rest left out"));
        }
        more
    }

    /// Reads a member to its end or a limit, and hands it on under a clean
    /// name. `packed` is its size in the archive in bytes, if it is packed.
    fn member(&mut self, name: &[u8], packed: Option<u64>, reader: impl Read) -> End {
        let (name, remarks) = self.names.clean(name);
        for remark in remarks {
            (self.told)(&name, remark);
        }
        let limits = *self.limits;
        let left = limits.total_bytes.saturating_sub(self.total);
        let by_ratio = packed.map(|packed| packed.saturating_mul(limits.ratio).max(RATIO_FROM));
        let by_ratio = by_ratio.unwrap_or(u64::MAX);
        let most = limits.member_bytes.min(left).min(by_ratio);
        let mut bytes = Vec::new();
        let result = reader.take(most.saturating_add(1)).read_to_end(&mut bytes);
        let read = bytes.len() as u64;
        self.total = self.total.saturating_add(read);
        let (end, reason) = match result {
            Err(error) => (End::Broken, ended(&error)),
            Ok(_) if read <= most => {
                (self.take)(Member { name, bytes });
                return End::Good;
            }
            Ok(_) if most == by_ratio => (End::Bomb, grows(limits.ratio)),
            Ok(_) if most == limits.member_bytes => (End::Bomb, too_large(most)),
            Ok(_) => {
                let size = super::package::size(limits.total_bytes);
                let reason = format!("more than {size} uncompressed in all, the rest left out");
                (End::Full, reason)
            }
        };
        (self.told)(&name, reason);
        end
    }
}

/// Why a stream ended before it should.
fn ended(error: &io::Error) -> String {
    match error.kind() {
        // The limits are told as they are.
        io::ErrorKind::FileTooLarge => error.to_string(),
        io::ErrorKind::Unsupported => format!("cannot be read: {error}"),
        _ => format!("ends early: {error}"),
    }
}

/// What is told of a member of more than `limit` bytes.
fn too_large(limit: u64) -> String {
    let size = super::package::size(limit);
    format!("more than {size} uncompressed, member left out")
}

/// What is told of a bomb.
fn grows(ratio: u64) -> String {
    format!("grows to more than {ratio} times its size: looks like a bomb")
}

#[cfg(test)]
mod tests;
