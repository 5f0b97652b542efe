//! Archives that are read from one end to the other: tar files, packed or
//! not, and single packed files. A bomb ends them, as what follows it can be
//! reached only through it.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::name::is_hidden;
use super::{End, Limits, Out, RATIO_FROM, ended, grows, too_large};

/// The largest window that a zstd file may ask for, as a power of 2 in bytes:
/// 128 MB.
const WINDOW_LOG: u32 = 27;

/// Packed bytes, of which those that were read are counted.
pub(super) struct Counted<'b> {
    bytes: &'b [u8],
    count: Rc<Cell<u64>>,
}

impl<'b> Counted<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        let count = Rc::default();
        Self { bytes, count }
    }

    /// How many bytes were read, now and later.
    pub(super) fn count(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.count)
    }
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        // In pieces, or all would count as read at once.
        Ok(&self.bytes[..self.bytes.len().min(32 << 10)])
    }

    fn consume(&mut self, read: usize) {
        self.bytes = self.bytes.get(read..).unwrap_or_default();
        self.count.set(self.count.get() + read as u64);
    }
}

/// A reader of what zstd packed.
pub(super) fn zstd<'b>(bytes: impl BufRead + 'b) -> Result<impl Read + 'b, String> {
    let broken = |error: io::Error| format!("cannot be read: {error}");
    let mut reader = zstd::Decoder::with_buffer(bytes).map_err(broken)?;
    reader.window_log_max(WINDOW_LOG).map_err(broken)?;
    Ok(reader)
}

/// Unpacked bytes, which end with an error where they grow too much.
struct Bounded<R> {
    inner: R,
    /// How many packed bytes were read; none where nothing is packed.
    packed: Option<Rc<Cell<u64>>>,
    read: u64,
    /// How many bytes were read since the last member began.
    since: Rc<Cell<u64>>,
    limits: Limits,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let Some(packed) = &self.packed else {
            return Ok(read);
        };
        self.read = self.read.saturating_add(read as u64);
        self.since.set(self.since.get().saturating_add(read as u64));
        let ratio = self.limits.ratio;
        // Packed bytes count as read before they are unpacked.
        let reason = if self.read > packed.get().saturating_mul(ratio).max(RATIO_FROM) {
            grows(ratio)
        } else if self.since.get() > self.limits.member_bytes.saturating_add(RATIO_FROM) {
            // A header or a member passed over.
            too_large(self.limits.member_bytes)
        } else {
            return Ok(read);
        };
        Err(io::Error::new(io::ErrorKind::FileTooLarge, reason))
    }
}

/// Reads the members of a tar file; `packed` counts what was read of it
/// before it was unpacked.
pub(super) fn tar(reader: impl Read, packed: Option<Rc<Cell<u64>>>, out: &mut Out<'_>) {
    let since = Rc::<Cell<u64>>::default();
    let mut archive = tar::Archive::new(Bounded {
        inner: reader,
        packed,
        read: 0,
        since: Rc::clone(&since),
        limits: *out.limits,
    });
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => {
            (out.told)("", ended(&error));
            return;
        }
    };
    for entry in entries {
        since.set(0);
        match entry.map(|entry| one(entry, out)) {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                (out.told)("", ended(&error));
                return;
            }
        }
    }
}

/// Reads one member of a tar file; whether those after it can be read.
fn one(entry: tar::Entry<'_, impl Read>, out: &mut Out<'_>) -> bool {
    let name = entry.path_bytes().into_owned();
    let kind = entry.header().entry_type();
    if kind.is_dir() || kind.is_pax_global_extensions() || is_hidden(&name) {
        return true;
    }
    if !out.one_more() {
        return false;
    }
    let shown = String::from_utf8_lossy(&name).replace(char::is_control, "\u{FFFD}");
    if !(kind.is_file() || kind.is_contiguous()) {
        let is_link = kind.is_symlink() || kind.is_hard_link();
        let what = if is_link {
            "a link, left out"
        } else {
            "no file, left out"
        };
        (out.told)(&shown, what.to_owned());
        return true;
    }
    let left = entry.size();
    if left > out.limits.member_bytes {
        (out.told)(&shown, too_large(out.limits.member_bytes));
        return true;
    }
    match out.member(&name, None, Whole { inner: entry, left }) {
        End::Good => true,
        End::Broken | End::Bomb | End::Full => false,
    }
}

/// A member of a stated size, which the file must have: a reader of a tar
/// file gives less without an error.
struct Whole<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        if read == 0 && !buffer.is_empty() && self.left > 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
        }
        Ok(read)
    }
}

/// Reads the one file that was packed into `packed` bytes.
pub(super) fn single(reader: impl Read, name: &str, packed: u64, out: &mut Out<'_>) {
    if out.one_more() {
        out.member(name.as_bytes(), Some(packed), reader);
    }
}

/// The name of a packed file before it was packed.
pub(super) fn without_end(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let lower = file.to_ascii_lowercase();
    for (end, put) in [
        (".tgz", ".tar"),
        (".tzst", ".tar"),
        (".gz", ""),
        (".zst", ""),
        (".zstd", ""),
    ] {
        if lower.ends_with(end) && file.len() > end.len() {
            return file[..file.len() - end.len()].to_owned() + put;
        }
    }
    file.to_owned()
}
