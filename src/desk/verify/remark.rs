//! What editors say of a quotation in brackets, and is neither its text nor its
//! source: `[sic]`, `(emphasis added)`.

/// What is remarked on.
const SUBJECTS: [&str; 25] = [
    "emphasis",
    "emphases",
    "italics",
    "boldface",
    "bold",
    "underlining",
    "footnote",
    "footnotes",
    "endnote",
    "endnotes",
    "note",
    "notes",
    "citation",
    "citations",
    "reference",
    "references",
    "quotation",
    "quotations",
    "alteration",
    "alterations",
    "brackets",
    "ellipsis",
    "ellipses",
    "capitalization",
    "translation",
];

/// What was done to it.
const DEEDS: [&str; 17] = [
    "added",
    "supplied",
    "mine",
    "ours",
    "omitted",
    "removed",
    "deleted",
    "original",
    "my",
    "our",
    "author's",
    "authors",
    "changed",
    "modified",
    "altered",
    "unofficial",
    "own",
];

/// What may stand between.
const BETWEEN: [&str; 12] = [
    "in", "the", "and", "by", "of", "author", "all", "internal", "marks", "text", "from", "source",
];

/// Whether the text between brackets is a remark on a quotation.
pub(super) fn is_remark(inner: &str) -> bool {
    let lower = inner.trim().to_lowercase().replace('’', "'");
    let lower = lower.trim_end_matches(['.', '!', '?', ';']);
    if matches!(lower, "sic" | "cleaned up" | "emphasis") {
        return true;
    }
    let parts = lower.split([' ', ',', ';', '/', '&']);
    let words: Vec<&str> = parts.filter(|word| !word.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let is_known =
        |word: &&str| SUBJECTS.contains(word) || DEEDS.contains(word) || BETWEEN.contains(word);
    has(&SUBJECTS) && has(&DEEDS) && words.iter().all(is_known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_told_from_words_and_sources() {
        for (inner, is) in [
            ("sic", true),
            ("Sic!", true),
            ("emphasis added", true),
            ("Emphasis in the original.", true),
            ("emphasis mine", true),
            ("footnote omitted", true),
            ("footnotes and citations omitted", true),
            ("internal quotation marks omitted; emphasis added", true),
            ("my translation", true),
            ("author’s own translation", true),
            ("alterations in original", true),
            ("emphasis added by the ministry", false),
            ("the original", false),
            ("see annex 2", false),
            ("tip-2021-khm", false),
            ("note 3", false),
            ("", false),
        ] {
            assert_eq!(is_remark(inner), is, "{inner}");
        }
    }
}
