//! The terminal: colour, width, pager, progress, and pipes that close.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressStyle};
use pincite::error::{Error, Result};
use pincite::index::BuildProgress;
use pincite::output::Paint;
use pincite::output::text::{TextOptions, grouped};

use crate::args::ColorWhen;

/// The width of text in a pipe, and the widest on a terminal, in columns.
const PIPE_WIDTH: usize = 80;
const MAX_WIDTH: usize = 100;

/// Where results go, and how they may look there.
#[derive(Debug)]
pub(crate) struct Terminal {
    color: ColorWhen,
    no_pager: bool,
    /// What is to be said behind the answer.
    last: Mutex<Vec<String>>,
}

impl Terminal {
    pub(crate) fn new(color: ColorWhen, no_pager: bool) -> Self {
        Terminal {
            color,
            no_pager,
            last: Mutex::default(),
        }
    }

    /// How text for stdout is written.
    pub(crate) fn text_options(&self, full: bool) -> TextOptions {
        let choice = AutoStream::choice(&io::stdout());
        let width = match terminal_size::terminal_size_of(io::stdout()) {
            Some((terminal_size::Width(w), _)) => usize::from(w).min(MAX_WIDTH),
            None => PIPE_WIDTH,
        };
        TextOptions {
            paint: self.paint(choice),
            width,
            full,
        }
    }

    /// How text for stderr is painted.
    pub(crate) fn error_paint(&self) -> Paint {
        self.paint(AutoStream::choice(&io::stderr()))
    }

    /// How text for stderr is written.
    pub(crate) fn error_options(&self) -> TextOptions {
        TextOptions {
            paint: self.error_paint(),
            width: PIPE_WIDTH,
            full: false,
        }
    }

    fn paint(&self, choice: ColorChoice) -> Paint {
        match (self.color, choice) {
            (ColorWhen::Always, _) => Paint::Ansi,
            (ColorWhen::Never, _) | (_, ColorChoice::Never) => Paint::Plain,
            _ => Paint::Ansi,
        }
    }

    /// Writes a result to stdout.
    pub(crate) fn write(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        quiet_when_closed(write(&mut out).and_then(|()| out.flush()))
    }

    /// Writes a result to stdout; breaks where the reader closed it before its
    /// end.
    pub(crate) fn write_whole(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<ControlFlow<()>> {
        let mut text = Vec::new();
        write(&mut text).map_err(|e| Error::io("the result cannot be written", e))?;
        self.send(&text)
    }

    /// Shows text for reading through the pager on a terminal, elsewhere as
    /// [`Terminal::write_whole`].
    pub(crate) fn page_whole(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<ControlFlow<()>> {
        match self.no_pager || !io::stdout().is_terminal() {
            true => self.write_whole(write),
            false => self.page(write).map(ControlFlow::Continue),
        }
    }

    /// Sends a part of a result to stdout at once; breaks where nobody reads it
    /// any more.
    pub(crate) fn send(&self, part: &[u8]) -> Result<ControlFlow<()>> {
        let mut out = io::stdout().lock();
        match out.write_all(part).and_then(|()| out.flush()) {
            Ok(()) => Ok(ControlFlow::Continue(())),
            failed => quiet_when_closed(failed).map(|()| ControlFlow::Break(())),
        }
    }

    /// Writes text for reading, through the pager on a terminal.
    pub(crate) fn page(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        if self.no_pager || !io::stdout().is_terminal() {
            return self.write(write);
        }
        let mut text = Vec::new();
        quiet_when_closed(write(&mut text))?;
        match self.pager(&text) {
            Ok(()) => Ok(()),
            // Without a pager the text itself will do.
            Err(_) => self.write(|out| out.write_all(&text)),
        }
    }

    fn pager(&self, text: &[u8]) -> io::Result<()> {
        let pager = std::env::var("PAGER").unwrap_or_else(|_| "less".to_owned());
        let mut words = pager.split_whitespace();
        let program = words.next().ok_or(io::ErrorKind::NotFound)?;
        let mut command = Command::new(program);
        command.args(words).stdin(Stdio::piped());
        if std::env::var_os("LESS").is_none() {
            // Colours as they are, and no pager for what fits on the screen.
            command.env("LESS", "FRX");
        }
        let mut child = command.spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A reader who quits early has seen enough.
            let _ = stdin.write_all(text);
        }
        child.wait().map(|_| ())
    }

    /// Says something on stderr.
    pub(crate) fn say(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        let mut text = Vec::new();
        // Where stderr is closed there is nobody to tell.
        let _ = write(&mut text);
        let _ = match terminal_size::terminal_size_of(io::stderr()) {
            None => io::stderr().lock().write_all(&text),
            Some((terminal_size::Width(width), _)) => {
                let text = wrapped(&String::from_utf8_lossy(&text), usize::from(width));
                io::stderr().lock().write_all(text.as_bytes())
            }
        };
    }

    /// Keeps a line to be said behind the answer; the same one is said once.
    pub(crate) fn say_last(&self, line: String) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if !last.contains(&line) {
            last.push(line);
        }
    }

    /// Says what was kept.
    pub(crate) fn finish(&self) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        for line in last.drain(..) {
            self.say(|out| writeln!(out, "{line}"));
        }
    }
}

/// A text whose notes are wrapped; other lines, which may point at a place above
/// or below, are left.
fn wrapped(text: &str, width: usize) -> String {
    let wrap = textwrap::Options::new(width.clamp(20, MAX_WIDTH))
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false);
    let lines = text.split_inclusive('\n');
    let lines = lines.map(|line| match line.starts_with("note: ") {
        true => textwrap::fill(line, &wrap),
        false => line.to_owned(),
    });
    lines.collect()
}

/// A pipe that closed has had enough: no error.
fn quiet_when_closed(written: io::Result<()>) -> Result<()> {
    match written {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::io("the result cannot be written", e))
        }
        _ => Ok(()),
    }
}

/// The progress of a build, on a terminal alone.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    files: std::sync::atomic::AtomicU64,
    of: std::sync::atomic::AtomicU64,
}

impl Progress {
    pub(crate) fn new() -> Self {
        // Hidden where stderr is no terminal.
        let bar = ProgressBar::new(0);
        let template = "{msg} {bar:24} {decimal_bytes_per_sec}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        Progress {
            bar,
            files: 0.into(),
            of: 0.into(),
        }
    }

    pub(crate) fn update(&self, progress: BuildProgress) {
        use std::sync::atomic::Ordering::Relaxed;
        match progress {
            BuildProgress::Found { files, bytes } => {
                self.of.store(files, Relaxed);
                self.bar.set_length(bytes);
            }
            BuildProgress::Read { files, bytes } => {
                let read = self.files.fetch_add(files, Relaxed) + files;
                let of = self.of.load(Relaxed);
                self.bar
                    .set_message(format!("{}/{} files", grouped(read), grouped(of)));
                self.bar.inc(bytes);
            }
            BuildProgress::Finishing => self.bar.set_message("writing the index"),
        }
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// The progress of a batch, on a terminal alone, and not where its results go
/// there too.
#[derive(Debug)]
pub(crate) struct QueryProgress(ProgressBar);

impl QueryProgress {
    pub(crate) fn new(queries: u64, results_on_stdout: bool) -> Self {
        let bar = match results_on_stdout && io::stdout().is_terminal() {
            true => ProgressBar::hidden(),
            // Hidden where stderr is no terminal.
            false => ProgressBar::new(queries),
        };
        let template = "{human_pos}/{human_len} queries {bar:24} {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        QueryProgress(bar)
    }

    /// Counts queries that need not be run.
    pub(crate) fn skip(&self, queries: u64) {
        self.0.set_position(queries);
        // What is left is reckoned from what is run.
        self.0.reset_eta();
    }

    pub(crate) fn step(&self) {
        self.0.inc(1);
    }

    /// Says something without the bar in the way.
    pub(crate) fn aside(&self, say: impl FnOnce()) {
        self.0.suspend(say);
    }

    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

/// The most memory the process has held, in bytes, where the system tells.
pub(crate) fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
