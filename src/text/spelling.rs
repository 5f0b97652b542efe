//! Spelling neighbours: the known names nearest to a mistyped one.

use super::fold::fold_name;

/// Up to `limit` of `known` that are nearest to `typed`, best first: by
/// Damerau-Levenshtein distance of the folded names, at most one edit in three
/// characters, or a shared beginning of at least three characters.
pub fn nearest<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
    limit: usize,
) -> Vec<&'a str> {
    let typed = fold_name(typed);
    let mut found: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|name| Some((distance(&typed, &fold_name(name))?, name)))
        .collect();
    found.sort();
    found.dedup_by_key(|f| f.1);
    found.into_iter().take(limit).map(|f| f.1).collect()
}

fn distance(typed: &str, name: &str) -> Option<usize> {
    let allowed = (typed.chars().count() / 3).max(1);
    let edits = strsim::damerau_levenshtein(typed, name);
    if edits <= allowed {
        return Some(edits);
    }
    let begins = typed.chars().count() >= 3 && name.starts_with(typed);
    begins.then_some(allowed + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first() {
        let known = ["Cambodia", "Cameroon", "Colombia", "Zambia"];
        assert_eq!(nearest("cambodai", known, 2), ["Cambodia"]);
        assert_eq!(nearest("zamdia", known, 2), ["Zambia"]);
        assert_eq!(nearest("camer", known, 3), ["Cameroon"]);
        assert!(nearest("xyzzy", known, 3).is_empty());
    }
}
