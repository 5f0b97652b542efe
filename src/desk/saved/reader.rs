//! The file of saved searches, read with a place for every slip.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::{SavedSearch, check_name};
use crate::error::{Error, Result};
use crate::index::FacetName;
use crate::query::{FilterSpec, MatchMode, STRICT};
use crate::text::nearest;

/// The keys of a search beside the filters by facet.
const KEYS: [&str; 7] = [
    "query", "note", "match", "literal", "expand", "synonyms", STRICT,
];

/// The searches of a file by name.
pub(super) fn read_searches(text: &str, path: &Path) -> Result<BTreeMap<String, SavedSearch>> {
    let name = path.display().to_string();
    let reader = Reader {
        text,
        name: &name,
        folder: path.parent().unwrap_or(Path::new("")),
    };
    let table =
        DeTable::parse(text).map_err(|e| Error::toml("file of saved searches", text, &name, &e))?;
    let mut searches = BTreeMap::new();
    for (key, value) in table.get_ref() {
        if key.get_ref() != "saved" {
            let message = format!("there is no `{}` here", key.get_ref());
            let error = reader.slip(message, key.span());
            return Err(error.with_hint("write a search as `[saved.NAME]`"));
        }
        let DeValue::Table(saved) = value.get_ref() else {
            return Err(reader
                .slip("`saved` holds no searches", value.span())
                .with_hint("write a search as `[saved.NAME]`"));
        };
        for (key, value) in saved {
            let name = key.get_ref();
            check_name(name).map_err(|e| e.in_file(reader.name, text, key.span()))?;
            searches.insert(name.to_string(), reader.search(key.span(), value)?);
        }
    }
    Ok(searches)
}

struct Reader<'t> {
    text: &'t str,
    name: &'t str,
    folder: &'t Path,
}

impl Reader<'_> {
    fn slip(&self, message: impl Into<String>, span: Range<usize>) -> Error {
        Error::usage(message).in_file(self.name, self.text, span)
    }

    fn search(
        &self,
        name: Range<usize>,
        value: &toml::Spanned<DeValue<'_>>,
    ) -> Result<SavedSearch> {
        let DeValue::Table(table) = value.get_ref() else {
            return Err(self
                .slip("a saved search is a table", value.span())
                .with_hint("write `[saved.NAME]` and below it `query = '...'`"));
        };
        let mut search = SavedSearch {
            place: self.place(name.start),
            ..SavedSearch::default()
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "query" => {
                    search.query = Some(self.string("query", value)?);
                    search.place = self.place(value.span().start);
                }
                "note" => search.note = Some(self.string("note", value)?),
                "match" => {
                    search.mode = match self.string("match", value)?.as_str() {
                        "all" => MatchMode::All,
                        "any" => MatchMode::Any,
                        _ => return Err(self.slip("`match` is `all` or `any`", value.span())),
                    }
                }
                "literal" => search.literal = self.yes_or_no("literal", value)?,
                "expand" => search.expand = self.yes_or_no("expand", value)?,
                "synonyms" => {
                    search.synonyms = Some(self.folder.join(self.string("synonyms", value)?));
                }
                STRICT => search.filters.strict = Some(self.yes_or_no(STRICT, value)?),
                other => {
                    let (facet, negated) = self.filter(other, key.span())?;
                    let values = self.strings(other, value)?;
                    if !search.filters.add(facet, negated, &values) {
                        return Err(self.slip(format!("`{other}` has no value"), value.span()));
                    }
                }
            }
        }
        if search.query.is_none() && search.filters == FilterSpec::default() {
            let error = self.slip("this search has neither a query nor a filter", name);
            return Err(error.with_hint("write `query = '\"brick kilns\"'`"));
        }
        Ok(search)
    }

    /// The line of a byte, as `pincite.toml:3`.
    fn place(&self, at: usize) -> String {
        format!(
            "{}:{}",
            self.name,
            self.text[..at].matches('\n').count() + 1
        )
    }

    fn filter(&self, key: &str, span: Range<usize>) -> Result<(FacetName, bool)> {
        let (facet, negated) = match key.strip_prefix("not-") {
            Some(facet) => (facet, true),
            None => (key, false),
        };
        facet.parse().map(|facet| (facet, negated)).map_err(|_| {
            let error = self.slip(format!("a saved search has no `{key}`"), span);
            let names = KEYS.into_iter().chain(FacetName::NAMES);
            match nearest(key, names, 1).first() {
                Some(name) => error.with_hint(format!("did you mean `{name}`?")),
                None => error.with_hint(format!(
                    "it has {}, and filters by name, as `country` or `not-year`",
                    KEYS.join(", ")
                )),
            }
        })
    }

    fn string(&self, key: &str, value: &toml::Spanned<DeValue<'_>>) -> Result<String> {
        match value.get_ref() {
            DeValue::String(text) => Ok(text.to_string()),
            _ => Err(self.slip(format!("`{key}` is a text in quotes"), value.span())),
        }
    }

    fn strings(&self, key: &str, value: &toml::Spanned<DeValue<'_>>) -> Result<Vec<String>> {
        match value.get_ref() {
            DeValue::String(text) => Ok(vec![text.to_string()]),
            DeValue::Integer(number) => Ok(vec![number.to_string()]),
            DeValue::Array(values) => {
                let values = values.iter().map(|value| self.strings(key, value));
                Ok(values.collect::<Result<Vec<_>>>()?.concat())
            }
            _ => Err(self.slip(
                format!("`{key}` is a text or a list of texts"),
                value.span(),
            )),
        }
    }

    fn yes_or_no(&self, key: &str, value: &toml::Spanned<DeValue<'_>>) -> Result<bool> {
        match value.get_ref() {
            DeValue::Boolean(value) => Ok(*value),
            _ => Err(self.slip(format!("`{key}` is `true` or `false`"), value.span())),
        }
    }
}
