//! Reading in a process of its own, with limits of time and memory: what a
//! library does on a bad file, the build goes on.
//!
//! The child gets the bytes on its standard input and answers on its standard
//! output, in the coding of the crate `postcard`.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use wait_timeout::ChildExt;

use super::{Content, Packed, extract};

/// How files are read in processes of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// The program that reads: it is called with `arguments`, the name of the
    /// format and the limit of memory in bytes, and does as [`serve`].
    pub program: PathBuf,
    /// What the program is called with first.
    pub arguments: Vec<String>,
    /// How long a file may take, in seconds.
    pub seconds: u64,
    /// How much memory reading a file may take, in bytes.
    pub memory: u64,
}

/// Why a file could not be read apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The file itself: it will be no better next time.
    Refused(String),
    /// What may pass: the machine was busy, or had too little memory.
    Passing(String),
}

impl Apart {
    /// How long a file may take where nothing else is said, in seconds.
    pub const SECONDS: u64 = 120;
    /// How much memory a file may take where nothing else is said, in bytes.
    pub const MEMORY: u64 = 2 << 30;

    /// Reads a file in a process of its own.
    ///
    /// # Errors
    /// Why it cannot be read, in lower case without a final period.
    pub fn extract(&self, format: Packed, bytes: &[u8]) -> Result<Content, Failure> {
        let child = Command::new(&self.program)
            .args(&self.arguments)
            .arg(format.as_str())
            .arg(self.memory.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.map_err(|e| {
            let program = self.program.display();
            Failure::Passing(format!("its reader `{program}` cannot be started: {e}"))
        })?;
        let ended = self.talk(&mut child, bytes);
        // Where it ended by itself there is nothing to end.
        let _ = child.kill();
        let _ = child.wait();
        ended
    }

    fn talk(&self, child: &mut Child, bytes: &[u8]) -> Result<Content, Failure> {
        let (input, output, errors) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        thread::scope(|scope| {
            scope.spawn(move || {
                // A child that ended reads no more; its status says why.
                input.map(|mut input| input.write_all(bytes))
            });
            let answer = scope.spawn(move || all_of(output));
            let errors = scope.spawn(move || all_of(errors));
            let ended = child.wait_timeout(Duration::from_secs(self.seconds));
            if !matches!(ended, Ok(Some(_))) {
                // Its pipes end with it, and so do the threads above.
                let _ = child.kill();
            }
            let answer = answer.join().unwrap_or_default();
            let errors = errors.join().unwrap_or_default();
            let errors = String::from_utf8_lossy(&errors);
            match ended {
                Ok(Some(status)) if status.success() => {
                    let answer: Result<Result<Content, String>, _> = postcard::from_bytes(&answer);
                    let none = || Failure::Passing("its reader gave no answer".to_owned());
                    answer.map_err(|_| none())?.map_err(Failure::Refused)
                }
                Ok(Some(_)) if errors.contains("memory allocation") => {
                    let megabytes = self.memory >> 20;
                    Err(Failure::Passing(format!(
                        "reading it takes more than {megabytes} MB of memory"
                    )))
                }
                Ok(Some(status)) => {
                    let said = errors.lines().next().map(|line| format!(": {line}"));
                    let said = said.unwrap_or_default();
                    Err(Failure::Refused(format!(
                        "its reader broke on it ({status}){said}"
                    )))
                }
                Ok(None) => Err(Failure::Passing(format!(
                    "reading it takes more than {} seconds",
                    self.seconds
                ))),
                Err(e) => Err(Failure::Passing(format!(
                    "its reader cannot be waited for: {e}"
                ))),
            }
        })
    }
}

fn all_of(stream: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What came before an error is looked at all the same.
    let _ = stream.map(|mut stream| stream.read_to_end(&mut bytes));
    bytes
}

/// Does the work of the child: reads bytes of a format from `input`, within
/// `memory` bytes where the system can limit it, and answers on `output`.
///
/// # Errors
/// What reading or writing the streams fails with.
pub fn serve(
    format: Packed,
    memory: u64,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> io::Result<()> {
    #[cfg(unix)]
    {
        // A limit that is there already may be lower, and cannot be raised.
        let (_, hard) = rlimit::getrlimit(rlimit::Resource::AS)?;
        let memory = memory.min(hard);
        rlimit::setrlimit(rlimit::Resource::AS, memory, memory)?;
    }
    #[cfg(not(unix))]
    let _ = memory;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let answer = postcard::to_allocvec(&extract(format, &bytes)).map_err(io::Error::other)?;
    output.write_all(&answer)?;
    output.flush()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// A reader that is a command of the shell.
    fn told(script: &str) -> Failure {
        let apart = Apart {
            program: "/bin/sh".into(),
            arguments: vec!["-c".to_owned(), script.to_owned()],
            seconds: 1,
            memory: 64 << 20,
        };
        apart.extract(Packed::Pdf, &[b'x'; 1 << 20]).unwrap_err()
    }

    #[test]
    fn a_reader_that_runs_away_or_breaks_is_told() {
        let passing = |text: &str| Failure::Passing(text.to_owned());
        let slow = passing("reading it takes more than 1 seconds");
        assert_eq!(told("exec sleep 100"), slow);
        assert_eq!(told("cat >/dev/null"), passing("its reader gave no answer"));
        let full = passing("reading it takes more than 64 MB of memory");
        let script = "echo memory allocation of 9 bytes failed >&2; exit 1";
        assert_eq!(told(script), full);
        let Failure::Refused(broke) = told("echo of a kind >&2; kill -SEGV $$") else {
            panic!("a reader that breaks will break again");
        };
        assert!(
            broke.contains("broke on it") && broke.ends_with(": of a kind"),
            "{broke}"
        );
    }

    #[test]
    fn an_answer_comes_back_as_it_was() {
        let mut answer = Vec::new();
        let unlimited = rlimit::INFINITY;
        serve(Packed::Pdf, unlimited, &mut &b"no pdf"[..], &mut answer).unwrap();
        let answer: Result<Content, String> = postcard::from_bytes(&answer).unwrap();
        assert_eq!(answer, extract(Packed::Pdf, b"no pdf"));
    }
}
