//! What stands beside the files of a folder: `corpus.csv` (or `corpus.tsv`), a
//! row a file, which overrides what is found in it; and `fetched.jsonl`, the
//! manifest of downloads, which tells where a page came from.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::facts::Facts;
use super::{FrontMatter, Notice};
use crate::format::{decode, table};

/// The names of tables beside a corpus, with their usual delimiters.
const TABLES: [(&str, u8); 2] = [("corpus.csv", b','), ("corpus.tsv", b'\t')];
/// The manifest of downloads.
const FETCHED: &str = "fetched.jsonl";

/// What stands beside the files of one corpus folder.
#[derive(Debug, Default)]
pub(super) struct Sidecar {
    /// What each path is said to be, with the file and line that says so.
    rows: BTreeMap<String, Row>,
    /// The files that say so; one that does not is a file like others.
    files: Vec<String>,
    /// What could not be used.
    pub(super) notices: Vec<Notice>,
}

/// What is said of one path.
#[derive(Debug)]
struct Row {
    front: FrontMatter,
    place: (String, u64),
    /// Whether a table says so, and not the manifest of downloads: then the
    /// file must be there.
    is_table: bool,
}

impl Sidecar {
    /// Reads what stands in a folder, whose name below the corpus is `below`;
    /// empty for the corpus itself.
    pub(super) fn read(&mut self, folder: &Path, below: &str) {
        if let Some(text) = self.text(folder, below, FETCHED)
            && self.fetched(below, &text)
        {
            self.files.push(within(below, FETCHED));
        }
        for (name, delimiter) in TABLES {
            if let Some(text) = self.text(folder, below, name)
                && self.table(below, name, &text, delimiter)
            {
                self.files.push(within(below, name));
            }
        }
    }

    /// Whether a file tells of others.
    pub(super) fn is_of(&self, name: &str) -> bool {
        self.files.iter().any(|file| file == name)
    }

    /// What is said of a file, and of the files in it where it is an archive:
    /// it is taken out, so that what stays names no file.
    pub(super) fn take(&mut self, name: &str) -> (FrontMatter, BTreeMap<String, FrontMatter>) {
        let own = self.rows.remove(name).map(|row| row.front);
        let below = format!("{name}/");
        let within: Vec<String> = self
            .rows
            .range(below.clone()..)
            .take_while(|(path, _)| path.starts_with(&below))
            .map(|(path, _)| path.clone())
            .collect();
        let within = within.into_iter().filter_map(|path| {
            let row = self.rows.remove(&path)?;
            Some((path, row.front))
        });
        (own.unwrap_or_default(), within.collect())
    }

    /// All notices, those on rows that no file took among them.
    pub(super) fn into_notices(mut self) -> Vec<Notice> {
        for (path, row) in self.rows.into_iter().filter(|(_, row)| row.is_table) {
            let (file, line) = row.place;
            let message = format!("names `{path}`, which is not there, row left out");
            self.notices
                .push(Notice::skipped(&file, message).at_line(line));
        }
        self.notices
    }

    fn text(&mut self, folder: &Path, below: &str, name: &str) -> Option<String> {
        let path = folder.join(name);
        // A file that cannot be read is a file like others, and told as they are.
        let bytes = path
            .is_file()
            .then(|| std::fs::read(&path).ok())
            .flatten()?;
        if bytes.is_empty() {
            // A run that fetched nothing leaves it so.
            self.files
                .extend((name == FETCHED).then(|| within(below, name)));
            return None;
        }
        let decoded = decode::decode(&bytes).ok()?;
        if let Some(remark) = decoded.remark {
            self.notices
                .push(Notice::mended(&within(below, name), remark));
        }
        Some(decoded.text)
    }

    /// Reads a table; whether it has a column of paths.
    fn table(&mut self, below: &str, name: &str, text: &str, delimiter: u8) -> bool {
        let file = &within(below, name);
        let Ok(table) = table::delimited(text, delimiter) else {
            return false;
        };
        let columns: Vec<String> = table
            .columns
            .iter()
            .map(|c| c.trim().to_lowercase())
            .collect();
        let Some(path_at) = columns.iter().position(|c| c == "path") else {
            return false;
        };
        for remark in &table.remarks {
            self.notices.push(Notice::mended(file, remark.clone()));
        }
        let known = |c: &&String| *c == "path" || FrontMatter::KEYS.contains(&c.as_str());
        let unused: Vec<&str> = columns
            .iter()
            .filter(|c| !known(c))
            .map(String::as_str)
            .collect();
        if !unused.is_empty() {
            let message = format!(
                "columns that say nothing here: {}; the columns are path, {}",
                unused.join(", "),
                FrontMatter::KEYS.join(", ")
            );
            self.notices.push(Notice::mended(file, message));
        }
        for (line, cells) in &table.rows {
            let mut front = FrontMatter::default();
            let values = columns
                .iter()
                .zip(cells)
                .filter(|(_, cell)| !cell.is_empty());
            let set: Result<Vec<bool>, String> = values
                .map(|(column, cell)| front.set(column, cell))
                .collect();
            // What cannot be a fact is no fact of the file.
            let set = set.and_then(|_| Facts::of_header(&front));
            let path = plain_path(cells.get(path_at).map_or("", String::as_str));
            match set {
                Err(reason) => {
                    let message = format!("{reason}, row left out");
                    self.notices
                        .push(Notice::skipped(file, message).at_line(*line));
                }
                Ok(_) if path.is_empty() => {
                    let message = "no path, row left out";
                    self.notices
                        .push(Notice::skipped(file, message).at_line(*line));
                }
                Ok(_) => self.add(file, *line, within(below, &path), front, true),
            }
        }
        true
    }

    /// Reads the manifest of downloads; whether it is one.
    fn fetched(&mut self, below: &str, text: &str) -> bool {
        let file = within(below, FETCHED);
        let mut is_manifest = false;
        for (line, number) in text.lines().zip(1..) {
            // A run that was killed leaves half a line; the page is there.
            let Ok(entry) = serde_json::from_str::<Value>(line) else {
                continue;
            };
            let value = |key: &str| entry.get(key).and_then(Value::as_str);
            let (Some(path), Some(_)) = (value("path"), value("sha256")) else {
                continue;
            };
            is_manifest = true;
            let front = FrontMatter {
                url: value("redirected_to").or(value("url")).map(str::to_owned),
                ..FrontMatter::default()
            };
            let path = within(below, &plain_path(path));
            self.add(&file, number, path, front, false);
        }
        is_manifest
    }

    fn add(&mut self, file: &str, line: u64, path: String, front: FrontMatter, is_table: bool) {
        let place = (file.to_owned(), line);
        match self.rows.get_mut(&path) {
            Some(known) if is_table && known.is_table => {
                let (other, at) = &known.place;
                let message = format!("names `{path}` again, after {other}:{at}, row left out");
                self.notices
                    .push(Notice::skipped(file, message).at_line(line));
            }
            // A table goes before the manifest, a later download before an
            // earlier one.
            Some(known) => {
                let front = front.or(std::mem::take(&mut known.front));
                *known = Row {
                    front,
                    place,
                    is_table,
                };
            }
            None => {
                self.rows.insert(
                    path,
                    Row {
                        front,
                        place,
                        is_table,
                    },
                );
            }
        }
    }
}

/// A name in a folder below the corpus.
fn within(below: &str, name: &str) -> String {
    match below.is_empty() {
        true => name.to_owned(),
        false => format!("{below}/{name}"),
    }
}

/// A path as files are named: `/` between its parts, no `./` before.
fn plain_path(path: &str) -> String {
    let path = path.trim().replace('\\', "/");
    path.trim_start_matches("./").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(files: &[(&str, &str)]) -> Sidecar {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let mut sidecar = Sidecar::default();
        sidecar.read(folder.path(), "");
        sidecar
    }

    #[test]
    fn rows_go_to_their_files_and_the_rest_is_named() {
        let mut sidecar = read(&[
            (
                "corpus.csv",
                "Path,Country,Year,Shelf\n./a.txt,Kenya,2021,x\nb\\c.txt,,,\nz.zip/d.txt,Nepal,,\n\
                 lost.txt,,,\na.txt,,,\ne.txt,,soon,\n,,,y\nf.txt,Atlantis,,\n",
            ),
            (
                "fetched.jsonl",
                "{\"path\": \"a.txt\", \"sha256\": \"0\", \"url\": \"https://example.org/a\"}\n{\"pa",
            ),
        ]);
        let (own, within) = sidecar.take("a.txt");
        assert_eq!(own.country.as_deref(), Some("Kenya"));
        assert_eq!(own.year, Some(2021));
        assert_eq!(own.url.as_deref(), Some("https://example.org/a"));
        assert!(within.is_empty());
        sidecar.take("b/c.txt");
        let (_, within) = sidecar.take("z.zip");
        assert_eq!(within["z.zip/d.txt"].country.as_deref(), Some("Nepal"));
        let told: Vec<String> = sidecar
            .into_notices()
            .iter()
            .map(|n| format!("{}: {}", n.place(), n.message))
            .collect();
        let expected = [
            "corpus.csv: columns that say nothing here: shelf; the columns are path, series, title, subtitle, author, publisher, place, date, number, language, country, year, tier, url, note",
            "corpus.csv:6: names `a.txt` again, after corpus.csv:2, row left out",
            "corpus.csv:7: `year` is soon, which is no year, row left out",
            "corpus.csv:8: no path, row left out",
            "corpus.csv:9: `Atlantis` is no country that pincite knows, row left out",
            "corpus.csv:5: names `lost.txt`, which is not there, row left out",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn files_that_tell_of_no_others_are_files_like_others() {
        let sidecar = read(&[
            ("corpus.tsv", "country\tyear\nKenya\t2021\n"),
            ("fetched.jsonl", "{\"id\": 1, \"text\": \"kiln\"}\n"),
        ]);
        assert!(!sidecar.is_of("corpus.tsv") && !sidecar.is_of("fetched.jsonl"));
        assert_eq!(sidecar.into_notices(), []);
    }
}
