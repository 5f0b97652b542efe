//! The forms in which a query was found: what lit up, as printed.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::error::Result;
use crate::search::Matches;

/// How many passages are read at a time.
const CHUNK: usize = 512;

/// What lit up in the passages of a query, with how often, the most frequent
/// first, equal ones by name. Letter case is laid aside, and white space is one
/// space.
///
/// # Errors
/// A damaged index.
pub fn printed_forms(matches: &Matches<'_>) -> Result<Vec<(String, u64)>> {
    let counted: Result<Vec<BTreeMap<String, u64>>> = matches
        .docs()
        .par_chunks(CHUNK)
        .map(|docs| {
            let mut forms: BTreeMap<String, u64> = BTreeMap::new();
            for hit in matches.hits(docs)? {
                for lit in &hit.highlights {
                    let form = hit.passage.text[lit.clone()].to_lowercase();
                    let form = form.split_whitespace().collect::<Vec<_>>().join(" ");
                    *forms.entry(form).or_default() += 1;
                }
            }
            Ok(forms)
        })
        .collect();
    let mut all: BTreeMap<String, u64> = BTreeMap::new();
    for forms in counted? {
        for (form, n) in forms {
            *all.entry(form).or_default() += n;
        }
    }
    let mut all: Vec<(String, u64)> = all.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(all)
}
