//! Headings that are known by name: found however their letters are spaced,
//! where they wrap, and where the text goes on in the same line.

use serde::Deserialize;

/// The names that headings of one kind may have.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Titles(Vec<Title>);

#[derive(Debug, Clone)]
struct Title {
    name: String,
    squeezed: String,
}

/// What a line says of a known heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found<'t, 'l> {
    /// The line is the heading of this name, and what comes after it in the
    /// line is text.
    Heading(&'t str, &'l str),
    /// The line is the beginning of a heading.
    Begun,
}

/// The fewest letters of a heading that is cut at a line's end.
const LEAST_BEGUN: usize = 8;

impl From<Vec<String>> for Titles {
    fn from(names: Vec<String>) -> Self {
        let title = |name: String| Title {
            squeezed: squeeze(&name).0,
            name,
        };
        let mut titles: Vec<Title> = names.into_iter().map(title).collect();
        // The longest that fits is the one that is meant.
        titles.sort_by_key(|t| std::cmp::Reverse(t.squeezed.len()));
        Titles(titles)
    }
}

impl Titles {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the line says; none if it begins with no name.
    pub(super) fn find<'l>(&self, line: &'l str) -> Option<Found<'_, 'l>> {
        let (squeezed, ends) = squeeze(line);
        let whole = self.0.iter().find(|t| t.squeezed == squeezed);
        if let Some(title) = whole {
            return Some(Found::Heading(&title.name, ""));
        }
        let is_begun =
            |t: &Title| t.squeezed.len() > squeezed.len() && t.squeezed.starts_with(&squeezed);
        if squeezed.len() >= LEAST_BEGUN && self.0.iter().any(is_begun) {
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
            apart.then_some(Found::Heading(&title.name, text))
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

    #[test]
    fn names_are_found_however_spaced_or_run_in() {
        let names = [
            "Disappearance",
            "Prohibition of Forced Labor",
            "Transnational Repression",
            "Torture and Other Cruel Treatment or Punishment",
        ];
        let titles = Titles::from(names.map(str::to_owned).to_vec());
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
            let found = titles.find(line);
            let expected = expected.map(|(name, rest)| Found::Heading(name, rest));
            assert_eq!(found, expected, "{line}");
        }
        assert_eq!(titles.find("Torture and Other Cruel"), Some(Found::Begun));
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_searched(line in "\\PC{0,40}", name in "\\PC{0,20}") {
            let titles = Titles::from(vec![name]);
            if let Some(Found::Heading(_, rest)) = titles.find(&line) {
                proptest::prop_assert!(line.ends_with(rest));
            }
        }
    }
}
