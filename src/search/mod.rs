//! From a tree and filters to hits: the best passages, their highlights, the
//! counts by facet, and what to say where there is nothing.

pub mod facets;
pub mod hits;
pub mod lookup;
pub mod nothing;
pub mod sort;

pub use facets::{FacetCounts, count_facets};
pub use hits::{Hit, SearchRequest, SearchResults, search};
pub use lookup::{LookedUp, look_up};
pub use nothing::{Nothing, explain_nothing};
pub use sort::Sort;
