//! The groups that passages are counted by: the values of facets, and of paths
//! all above them.

use std::collections::BTreeMap;

use tantivy::SegmentReader;
use tantivy::columnar::StrColumn;
use tantivy::schema::Facet;

use super::FacetName;

/// The groups of an index.
pub struct FacetGroups {
    /// The facet and value of each, in order.
    pub names: Vec<(FacetName, String)>,
    /// For every value in the column of facets its groups, by their place in
    /// `names`.
    pub of_value: Vec<Box<[u32]>>,
    /// The values of every passage; none in an index without facets.
    pub values: Option<StrColumn>,
}

impl FacetGroups {
    /// The groups of a segment.
    pub(super) fn read(segment: &SegmentReader) -> tantivy::Result<Self> {
        let values = segment.fast_fields().str("facet")?;
        let mut names: BTreeMap<(FacetName, String), Vec<usize>> = BTreeMap::new();
        let Some(column) = &values else {
            return Ok(FacetGroups {
                names: Vec::new(),
                of_value: Vec::new(),
                values: None,
            });
        };
        let number = column.num_terms();
        let mut coded = String::new();
        for value in 0..number {
            coded.clear();
            column.ord_to_str(value as u64, &mut coded)?;
            let facet = Facet::from_encoded(coded.clone().into_bytes()).ok();
            let Some((name, path)) = facet.as_ref().and_then(FacetName::from_facet) else {
                continue;
            };
            let steps = path.match_indices('/').map(|(end, _)| end);
            for end in steps.filter(|_| name.is_path()).chain([path.len()]) {
                let group = names.entry((name, path[..end].to_owned()));
                group.or_default().push(value);
            }
        }
        let mut of_value = vec![Vec::new(); number];
        for (group, values) in names.values().enumerate() {
            for value in values {
                of_value[*value].push(group as u32);
            }
        }
        Ok(FacetGroups {
            names: names.into_keys().collect(),
            of_value: of_value.into_iter().map(Vec::into_boxed_slice).collect(),
            values,
        })
    }
}
