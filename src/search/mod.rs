//! From a tree and filters to hits: the best passages, their highlights, the
//! counts by facet, what to say where there is nothing, and what a query means.

pub mod explain;
pub mod facets;
pub mod feedback;
pub mod hits;
pub mod lookup;
pub mod matches;
pub mod nothing;
pub mod sort;

pub use explain::{Explanation, explain};
pub use facets::{FacetCounts, count_facets};
pub use feedback::FeedbackConfig;
pub use hits::{Hit, PatternWords, SearchRequest, SearchResults, search};
pub use lookup::{LookedUp, look_up};
pub use matches::{Columns, Match, Matches};
pub use nothing::{Nothing, explain_nothing};
pub use sort::Sort;
