//! Headings that are known by name: found however their letters are spaced,
//! where they wrap, and where the text goes on in the same line.

use serde::Deserialize;

use crate::report::Year;

/// The names that headings of one kind may have.
///
/// In TOML a list of names, or of groups of names that share the number of the
/// section they stand in:
///
/// ```toml
/// [[section.titles]]
/// names = ["Worker Rights"]
/// numbers = [{ number = "6", until = 2008 }, { number = "7", from = 2009 }]
/// ```
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<Entry>")]
pub struct Titles(Vec<Title>);

/// A name or a group of names, as a profile lists them.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Entry {
    Name(String),
    Group(Group),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    names: Vec<String>,
    #[serde(default)]
    numbers: Vec<Numbered>,
}

/// The number of a section in some editions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbered {
    number: String,
    from: Option<u16>,
    until: Option<u16>,
}

/// A name that headings may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    name: String,
    squeezed: String,
    numbers: Vec<Numbered>,
}

impl Title {
    fn new(name: String, numbers: Vec<Numbered>) -> Self {
        Title {
            squeezed: squeeze(&name).0,
            name,
            numbers,
        }
    }

    /// Whether letters are its beginning, and enough to tell.
    fn begins_with(&self, squeezed: &str) -> bool {
        squeezed.len() >= LEAST_BEGUN
            && self.squeezed.len() > squeezed.len()
            && self.squeezed.starts_with(squeezed)
    }

    /// The name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The number of the section that it stands in, in the edition of a year;
    /// in an edition of an unknown year, if it is the same in all.
    pub(super) fn number_in(&self, year: Option<Year>) -> Option<&str> {
        let Some(year) = year else {
            let [only] = &self.numbers[..] else {
                return None;
            };
            return Some(&only.number);
        };
        let is_of = |n: &&Numbered| {
            n.from.is_none_or(|from| from <= year.get())
                && n.until.is_none_or(|until| year.get() <= until)
        };
        Some(&self.numbers.iter().find(is_of)?.number)
    }
}

/// What a line says of a known heading.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Found<'t, 'l> {
    /// The line is the heading of this name, and what comes after it in the
    /// line is text.
    Heading(&'t Title, &'l str),
    /// The line is the beginning of a heading.
    Begun,
}

/// A known heading that some lines are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spread<'t> {
    /// Its name.
    pub(super) title: &'t Title,
    /// How many lines it takes after the first.
    pub(super) lines: usize,
    /// How many bytes at the end of the last line are the text after it.
    pub(super) rest: usize,
}

/// The fewest letters of a heading that is cut at a line's end.
const LEAST_BEGUN: usize = 8;
/// The most lines that a heading takes after its first.
const MAX_LINES: usize = 3;

impl From<Vec<String>> for Titles {
    fn from(names: Vec<String>) -> Self {
        names
            .into_iter()
            .map(Entry::Name)
            .collect::<Vec<_>>()
            .into()
    }
}

impl From<Vec<Entry>> for Titles {
    fn from(entries: Vec<Entry>) -> Self {
        let titles = entries.into_iter().flat_map(|entry| match entry {
            Entry::Name(name) => vec![Title::new(name, Vec::new())],
            Entry::Group(group) => {
                let names = group.names.into_iter();
                names
                    .map(|name| Title::new(name, group.numbers.clone()))
                    .collect()
            }
        });
        let mut titles: Vec<Title> = titles.collect();
        // The longest that fits is the one that is meant.
        titles.sort_by_key(|t| std::cmp::Reverse(t.squeezed.len()));
        Titles(titles)
    }
}

impl Titles {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The heading that begins in a line and may end in one of those after it;
    /// the longest one that fits.
    pub(super) fn spread<'l>(
        &self,
        first: &str,
        after: impl Iterator<Item = &'l str>,
    ) -> Option<Spread<'_>> {
        let mut best: Option<Spread<'_>> = None;
        let mut read = first.trim().to_owned();
        // How many letters stand before the last line.
        let mut before = 0;
        let mut after = after.take(MAX_LINES);
        for lines in 0.. {
            match self.find(&read) {
                // One that ends before the last line was found without it.
                Some(Found::Heading(title, rest)) if title.squeezed.len() > before => {
                    best = Some(Spread {
                        title,
                        lines,
                        rest: rest.len(),
                    });
                    if !rest.is_empty() || self.begun(&read).is_none() {
                        break;
                    }
                }
                Some(Found::Begun) => {}
                _ => break,
            }
            let next = after.next().map(str::trim).filter(|next| !next.is_empty());
            let Some(next) = next else { break };
            before = squeeze(&read).0.len();
            read.push(' ');
            read.push_str(next);
        }
        best
    }

    /// The name that a line is the beginning of.
    pub(super) fn begun(&self, line: &str) -> Option<&Title> {
        let (squeezed, _) = squeeze(line);
        let is_begun = |t: &&Title| t.begins_with(&squeezed);
        self.0.iter().find(is_begun)
    }

    /// What the line says; none if it begins with no name.
    fn find<'l>(&self, line: &'l str) -> Option<Found<'_, 'l>> {
        let (squeezed, ends) = squeeze(line);
        let whole = self.0.iter().find(|t| t.squeezed == squeezed);
        if let Some(title) = whole {
            return Some(Found::Heading(title, ""));
        }
        if self.0.iter().any(|t| t.begins_with(&squeezed)) {
            return Some(Found::Begun);
        }
        self.0.iter().find_map(|title| {
            let fits = !title.squeezed.is_empty() && squeezed.starts_with(&title.squeezed);
            let end = fits.then(|| ends[title.squeezed.len() - 1])?;
            let rest = &line[end..];
            // A name that goes on in small letters is the beginning of a sentence.
            let text =
                rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '“' && c != '"');
            let apart = text.len() < rest.len() && text.starts_with(|c: char| !c.is_lowercase());
            apart.then_some(Found::Heading(title, text))
        })
    }
}

/// The letters and digits of a text in lower case, and for every byte of them
/// the offset behind the character it is from.
fn squeeze(text: &str) -> (String, Vec<usize>) {
    let mut squeezed = String::with_capacity(text.len());
    let mut ends = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        squeezed.extend(c.to_lowercase());
        ends.resize(squeezed.len(), at + c.len_utf8());
    }
    (squeezed, ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles() -> Titles {
        let names = [
            "Disappearance",
            "Prohibition of Forced Labor",
            "Transnational Repression",
            "Torture and Other Cruel Treatment or Punishment",
            "Respect for Persons",
            "Respect for Persons, Including Freedom From",
        ];
        Titles::from(names.map(str::to_owned).to_vec())
    }

    #[test]
    fn names_are_found_however_spaced_or_run_in() {
        let titles = titles();
        let cases = [
            ("D isappearance", Some(("Disappearance", ""))),
            ("Disappearance.", Some(("Disappearance", ""))),
            (
                "Transnational Repressio n",
                Some(("Transnational Repression", "")),
            ),
            ("Disappearance of persons was common", None),
            (
                "Prohibition of Forced Labor See the report.",
                Some(("Prohibition of Forced Labor", "See the report.")),
            ),
            ("Kilns", None),
        ];
        for (line, expected) in cases {
            let found = match titles.find(line) {
                Some(Found::Heading(title, rest)) => Some((title.name(), rest)),
                _ => None,
            };
            assert_eq!(found, expected, "{line}");
        }
        assert_eq!(titles.find("Torture and Other Cruel"), Some(Found::Begun));
    }

    #[test]
    fn names_are_found_over_several_lines() {
        let titles = titles();
        let long = "Respect for Persons, Including Freedom From";
        /// Lines; the title, the lines it takes, the bytes of text after it.
        type Case<'a> = (&'a [&'a str], Option<(&'a str, usize, usize)>);
        let cases: [Case<'_>; 7] = [
            (&["Disappearance", "Nobody."], Some(("Disappearance", 0, 0))),
            (
                &[
                    "Torture and Other Cruel",
                    "Treatment",
                    "or Punishment",
                    "It was.",
                ],
                Some(("Torture and Other Cruel Treatment or Punishment", 2, 0)),
            ),
            (
                &[
                    "Torture and Other Cruel",
                    "Treatment or Punishment Courts heard.",
                ],
                Some(("Torture and Other Cruel Treatment or Punishment", 1, 13)),
            ),
            (
                &["Respect for Persons", "Including", "Freedom From:"],
                Some((long, 2, 0)),
            ),
            (
                &["Respect for Persons", "Including it all, there was none."],
                Some(("Respect for Persons", 0, 0)),
            ),
            (
                &["Torture and Other Cruel", "", "Treatment or Punishment"],
                None,
            ),
            (&["Kilns", "Disappearance"], None),
        ];
        for (lines, expected) in cases {
            let found = titles.spread(lines[0], lines[1..].iter().copied());
            let found = found.map(|s| (s.title.name(), s.lines, s.rest));
            assert_eq!(found, expected, "{lines:?}");
        }
    }

    #[test]
    fn numbers_go_by_the_year() {
        #[derive(Deserialize)]
        struct Table {
            titles: Titles,
        }
        let text = "titles = [\"Kilns\", { names = [\"Worker Rights\"], numbers = [\
            { number = \"6\", until = 2008 }, { number = \"7\", from = 2009, until = 2023 }] }]";
        let table: Table = toml::from_str(text).unwrap();
        let of = |line: &str| table.titles.spread(line, [].into_iter()).unwrap().title;
        let rights = of("WORKER RIGHTS");
        let number = |year: u16| rights.number_in(Year::try_from(year).ok());
        assert_eq!(number(1999), Some("6"));
        assert_eq!(number(2023), Some("7"));
        assert_eq!(number(2024), None);
        assert_eq!(rights.number_in(None), None);
        assert_eq!(of("Kilns").number_in(None), None);
    }

    proptest::proptest! {
        #[test]
        fn any_lines_are_searched(
            line in "\\PC{0,40}", next in "\\PC{0,20}", name in "\\PC{0,20}",
        ) {
            let titles = Titles::from(vec![name]);
            if let Some(found) = titles.spread(&line, [next.as_str()].into_iter()) {
                let last = if found.lines == 0 { line.trim() } else { next.trim() };
                proptest::prop_assert!(found.rest < last.len());
                proptest::prop_assert!(last.is_char_boundary(last.len() - found.rest));
            }
        }
    }
}
