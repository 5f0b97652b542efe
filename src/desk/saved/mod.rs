//! Saved searches: the queries with a name that `pincite.toml` holds, and the
//! mark of what each found when it was last looked at.

mod mark;
mod news;
mod reader;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use mark::Mark;
pub use news::{News, news};
use reader::read_searches;

use super::receipt::{ReadingRecord, Searched};
use crate::error::{Error, Result};
use crate::index::OpenIndex;
use crate::query::{FilterSpec, Filters, MatchMode, Parsed, STRICT};
use crate::text::nearest;

/// The name of the file.
pub const FILE: &str = "pincite.toml";

/// A file of saved searches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFile {
    /// Its path.
    pub path: PathBuf,
    /// Its searches by name.
    pub searches: BTreeMap<String, SavedSearch>,
}

/// A query with a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SavedSearch {
    /// The query; none where all that the filters leave is meant.
    pub query: Option<String>,
    /// What it is for.
    pub note: Option<String>,
    /// What several bare words side by side mean.
    pub mode: MatchMode,
    /// Whether the text is plain words.
    pub literal: bool,
    /// Whether the built-in synonyms widen it.
    pub expand: bool,
    /// The file of synonyms that widens it; below the folder of the file.
    pub synonyms: Option<PathBuf>,
    /// The filters as typed.
    pub filters: FilterSpec,
    /// Where it stands, as `pincite.toml:3`.
    pub place: String,
}

/// A saved search that an index can answer.
#[derive(Debug, Clone)]
pub struct Ready<'a> {
    /// Its name.
    pub name: &'a str,
    /// The search.
    pub search: &'a SavedSearch,
    /// How its query is read.
    pub reading: ReadingRecord,
    /// Its query.
    pub query: Option<Parsed>,
    /// Its filters.
    pub filters: Filters,
}

impl SavedSearch {
    /// Reads its query and checks its filters against an index.
    ///
    /// # Errors
    /// A query that cannot be understood, a filter value that the index does
    /// not hold, a file of synonyms that cannot be read: each at its line.
    pub fn ready<'a>(&'a self, name: &'a str, index: &OpenIndex) -> Result<Ready<'a>> {
        let at = |e: Error| match e.snippet() {
            Some(snippet) if !snippet.place.is_empty() => e,
            Some(_) => e.at(&self.place),
            None => e.with_snippet(&self.place, "", 0..0),
        };
        let synonyms = self.synonyms.as_deref();
        let reading = ReadingRecord::new(self.mode, self.literal, self.expand, synonyms);
        let reading = reading.map_err(at)?;
        let query = match &self.query {
            Some(text) => Some(reading.reading().and_then(|r| r.read(text)).map_err(at)?),
            None => None,
        };
        Ok(Ready {
            name,
            search: self,
            filters: Filters::resolve(&self.filters, index).map_err(at)?,
            reading,
            query,
        })
    }
}

impl Ready<'_> {
    /// The search for a receipt.
    pub fn searched(&self) -> Searched<'_> {
        Searched {
            id: Some(self.name),
            query: self.query.as_ref(),
            reading: &self.reading,
            typed: &self.search.filters,
            filters: &self.filters,
        }
    }
}

impl SavedFile {
    /// Reads a file.
    ///
    /// # Errors
    /// A file that is not there, or what [`SavedFile::parse`] finds.
    pub fn load(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|e| {
            Error::usage(format!("`{name}` cannot be read"))
                .with_cause(e)
                .with_hint("`pincite saved add NAME QUERY` begins a file of saved searches")
        })?;
        Self::parse(&text, path)
    }

    /// Reads the text of a file; its path is for errors, and relative paths in
    /// it are below its folder.
    ///
    /// # Errors
    /// A text that is no TOML, a key that is none of a saved search, or a value
    /// of the wrong kind: each with its line.
    pub fn parse(text: &str, path: &Path) -> Result<Self> {
        Ok(SavedFile {
            path: path.to_owned(),
            searches: read_searches(text, path)?,
        })
    }

    /// The search of a name.
    ///
    /// # Errors
    /// A name that the file does not hold; the nearest ones are named.
    pub fn search(&self, name: &str) -> Result<&SavedSearch> {
        self.searches.get(name).ok_or_else(|| {
            let path = self.path.display();
            let error = Error::usage(format!("`{path}` holds no search `{name}`"));
            let names = self.searches.keys().map(String::as_str);
            match nearest(name, names, 3).as_slice() {
                [] => error.with_hint("`pincite saved list` names those that it holds"),
                near => {
                    let near: Vec<String> = near.iter().map(|n| format!("`{n}`")).collect();
                    error.with_hint(format!("the nearest are {}", near.join(", ")))
                }
            }
        })
    }
}

/// Whether a name can be that of a saved search: letters, digits, `-` and `_`.
///
/// # Errors
/// A name that cannot.
pub fn check_name(name: &str) -> Result<()> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match !name.is_empty() && name.len() <= 64 && name.chars().all(fits) {
        true => Ok(()),
        false => Err(Error::usage(format!("`{name}` is no name for a search"))
            .with_hint("a name is up to 64 letters, digits, `-` and `_`")),
    }
}

/// The `[saved.NAME]` of a search, as it stands in the file.
pub fn toml_of(name: &str, search: &SavedSearch) -> String {
    let mut text = format!("[saved.{name}]\n");
    let mut put = |key: &str, value: toml::Value| text.push_str(&format!("{key} = {value}\n"));
    let string = |text: &str| toml::Value::String(text.to_owned());
    for (key, value) in [("query", &search.query), ("note", &search.note)] {
        if let Some(value) = value {
            put(key, string(value));
        }
    }
    if search.mode == MatchMode::Any {
        put("match", string("any"));
    }
    for (key, value) in [("literal", search.literal), ("expand", search.expand)] {
        if value {
            put(key, toml::Value::Boolean(true));
        }
    }
    if let Some(path) = &search.synonyms {
        put("synonyms", string(&path.display().to_string()));
    }
    for (prefix, side) in [("", &search.filters.only), ("not-", &search.filters.not)] {
        for (facet, values) in side {
            let values = values.iter().map(|value| string(value)).collect();
            put(&format!("{prefix}{facet}"), toml::Value::Array(values));
        }
    }
    if let Some(strict) = search.filters.strict {
        put(STRICT, toml::Value::Boolean(strict));
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::FacetName;

    fn parse(text: &str) -> Result<SavedFile> {
        SavedFile::parse(text, Path::new("work/pincite.toml"))
    }

    #[test]
    fn a_saved_search_says_all_that_a_search_takes() {
        let file = parse(
            "# mine\n[saved.kilns]\nquery = '\"brick kiln*\"'\nmatch = \"any\"\nexpand = true\n\
             synonyms = \"names.csv\"\ncountry = [\"cambodia\", \"KEN\"]\nyear = 2021\n\
             not-theme = \"sector\"\nstrict = true\nnote = \"weekly\"\n[saved.all]\ncountry = \"Burma\"\n",
        )
        .unwrap();
        let kilns = file.search("kilns").unwrap();
        assert_eq!(kilns.query.as_deref(), Some("\"brick kiln*\""));
        assert_eq!(kilns.place, "work/pincite.toml:3");
        assert!(kilns.expand && !kilns.literal && kilns.mode == MatchMode::Any);
        assert_eq!(kilns.synonyms.as_deref(), Some(Path::new("work/names.csv")));
        assert_eq!(kilns.filters.only[&FacetName::Country], ["cambodia", "KEN"]);
        assert_eq!(kilns.filters.only[&FacetName::Year], ["2021"]);
        assert_eq!(kilns.filters.not[&FacetName::Theme], ["sector"]);
        assert_eq!(kilns.filters.strict, Some(true));
        assert_eq!(file.search("all").unwrap().query, None);
        let error = file.search("kiln").unwrap_err();
        assert_eq!(error.hint(), Some("the nearest are `kilns`"));
    }

    #[test]
    fn slips_are_pointed_at() {
        for (text, message, place, meant) in [
            (
                "[saved.a]\nquery = 'x\n",
                "the file of saved searches cannot be read",
                "2",
                "",
            ),
            ("[search]\n", "there is no `search` here", "1", "search"),
            ("saved = 3\n", "`saved` holds no searches", "1", "3"),
            ("[saved]\na = 3\n", "a saved search is a table", "2", "3"),
            (
                "[saved.'a/b']\n",
                "`a/b` is no name for a search",
                "1",
                "'a/b'",
            ),
            (
                "[saved.a]\nnote = 'x'\n",
                "this search has neither",
                "1",
                "a",
            ),
            (
                "[saved.a]\nqery = 'x'\n",
                "a saved search has no `qery`",
                "2",
                "qery",
            ),
            (
                "[saved.a]\nquery = 3\n",
                "`query` is a text in quotes",
                "2",
                "3",
            ),
            (
                "[saved.a]\nmatch = 'one'\n",
                "`match` is `all` or `any`",
                "2",
                "'one'",
            ),
            (
                "[saved.a]\nliteral = 1\n",
                "`literal` is `true` or `false`",
                "2",
                "1",
            ),
            (
                "[saved.a]\nstrict = 'yes'\n",
                "`strict` is `true` or `false`",
                "2",
                "'yes'",
            ),
            (
                "[saved.a]\nyear = true\n",
                "`year` is a text or a list",
                "2",
                "true",
            ),
            ("[saved.a]\nyear = []\n", "`year` has no value", "2", "[]"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.to_string().starts_with(message), "{text}: {error}");
            let snippet = error.snippet().unwrap();
            assert_eq!(
                snippet.place,
                format!("work/pincite.toml:{place}"),
                "{text}"
            );
            if !meant.is_empty() {
                assert_eq!(&snippet.line[snippet.span.clone()], meant, "{text}");
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            query in "\\PC{1,30}",
            note in proptest::option::of("\\PC{0,20}"),
            literal in any::<bool>(),
            strict in proptest::option::of(any::<bool>()),
            section in "[a-z\"'\\\\]{1,9}",
        ) {
            let mut search = SavedSearch {
                query: Some(query),
                note,
                literal,
                ..SavedSearch::default()
            };
            search.filters.add(FacetName::Section, true, &[section]);
            search.filters.strict = strict;
            let file = parse(&toml_of("a-1", &search)).unwrap();
            search.place = "work/pincite.toml:2".to_owned();
            prop_assert_eq!(&file.searches["a-1"], &search);
        }

        #[test]
        fn no_text_is_too_much(text in "(\\[saved\\.[a-z]\\]\n|[a-z]{1,6} = |\\PC{0,9}|\n)*") {
            let _ = parse(&text);
        }
    }
}
