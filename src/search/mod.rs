//! From a tree and filters to hits: the best passages, their highlights, the
//! counts by facet, what to say where there is nothing, and what a query means.

pub mod counts;
pub mod explain;
pub mod facets;
pub mod feedback;
pub mod fold;
pub mod hits;
pub mod lookup;
pub mod matches;
pub mod nothing;
pub mod partial;
pub mod parts;
pub mod respelled;
pub mod sort;
mod telling;
pub mod together;
pub mod word_counts;
pub mod wordings;

pub use counts::{Counter, Crossed, Grouped, Tally, slice};
pub use explain::{Explanation, explain};
pub use facets::{FacetCounts, count_facets};
pub use feedback::FeedbackConfig;
pub use fold::{Alike, search_folded};
pub use hits::{Hit, PatternWords, SearchRequest, SearchResults, count_matches, search};
pub use lookup::{LookedUp, look_up, passages_of, place_of};
pub use matches::{Columns, Match, Matches};
pub use nothing::{Nothing, explain_nothing};
pub use partial::{Partial, partial};
pub use parts::{count_headings, headings_of, part_of, passages_only};
pub use respelled::{Respelled, respelled};
pub use sort::Sort;
pub use together::{Companion, Company, Reach, company};
pub use word_counts::{Contrast, Frequency, PartSize, WordCount};
pub use wordings::wordings;
