//! Which of many possible pairs to make, so that they are worth most in all.

/// A pair that may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    /// Its item of the one side.
    pub(super) old: usize,
    /// Its item of the other side.
    pub(super) new: usize,
    /// What it is worth, above 0.
    pub(super) worth: u64,
}

/// The largest group of items, in cells of its table, for which the best pairs
/// are found: 500 paragraphs of which each is like each other, for the cost grows
/// with the cube. Beyond it the worthiest pairs are made one after another.
const MAX_CELLS: usize = 250_000;

/// The pairs that are worth most in all, each item in one pair at most: the
/// places of the edges, in order. Items that no chain of edges joins are looked
/// at apart.
pub(super) fn assign(edges: &[Edge]) -> Vec<usize> {
    let mut chosen = Vec::new();
    for group in groups(edges) {
        let mut olds: Vec<usize> = group.iter().map(|at| edges[*at].old).collect();
        let mut news: Vec<usize> = group.iter().map(|at| edges[*at].new).collect();
        for items in [&mut olds, &mut news] {
            items.sort_unstable();
            items.dedup();
        }
        match olds.len().saturating_mul(news.len()) <= MAX_CELLS {
            true => chosen.extend(best(edges, &group, &olds, &news)),
            false => chosen.extend(greedy(edges, group)),
        }
    }
    chosen.sort_unstable();
    chosen
}

/// The edges in groups that share no item.
fn groups(edges: &[Edge]) -> Vec<Vec<usize>> {
    let side = edges.iter().map(|e| e.old + 1).max().unwrap_or_default();
    let all = side + edges.iter().map(|e| e.new + 1).max().unwrap_or_default();
    let mut parent: Vec<usize> = (0..all).collect();
    fn root(parent: &mut [usize], mut item: usize) -> usize {
        while parent[item] != item {
            parent[item] = parent[parent[item]];
            item = parent[item];
        }
        item
    }
    for edge in edges {
        let (a, b) = (
            root(&mut parent, edge.old),
            root(&mut parent, side + edge.new),
        );
        parent[a.max(b)] = a.min(b);
    }
    let mut groups = std::collections::BTreeMap::<usize, Vec<usize>>::new();
    for (at, edge) in edges.iter().enumerate() {
        let of = root(&mut parent, edge.old);
        groups.entry(of).or_default().push(at);
    }
    groups.into_values().collect()
}

/// The best pairs of a group (Kuhn, "The Hungarian method for the assignment
/// problem", 1955, with the potentials of Jonker and Volgenant), for a cost that
/// grows with the cube of the items.
fn best(edges: &[Edge], group: &[usize], olds: &[usize], news: &[usize]) -> Vec<usize> {
    // Every row of the table gets a column, so the rows are the smaller side.
    let flipped = olds.len() > news.len();
    let (rows, columns) = match flipped {
        true => (news, olds),
        false => (olds, news),
    };
    let mut worth = vec![0i64; rows.len() * columns.len()];
    let mut edge_of = vec![None; worth.len()];
    for at in group {
        let edge = edges[*at];
        let (row, column) = match flipped {
            true => (edge.new, edge.old),
            false => (edge.old, edge.new),
        };
        let place = |items: &[usize], item| items.binary_search(&item).unwrap_or_default();
        let cell = place(rows, row) * columns.len() + place(columns, column);
        worth[cell] = edge.worth as i64;
        edge_of[cell] = Some(*at);
    }
    let column_of_row = columns_of_rows(&worth, rows.len(), columns.len());
    let cells = column_of_row.into_iter().enumerate();
    cells
        .filter_map(|(row, column)| edge_of[row * columns.len() + column])
        .collect()
}

/// The column of each row, all different, for which the cells are worth most.
fn columns_of_rows(worth: &[i64], rows: usize, columns: usize) -> Vec<usize> {
    // Rows and columns count from 1; 0 is none.
    let mut row_potential = vec![0i64; rows + 1];
    let mut column_potential = vec![0i64; columns + 1];
    let mut row_of = vec![0usize; columns + 1];
    for row in 1..=rows {
        row_of[0] = row;
        let mut least = vec![i64::MAX; columns + 1];
        let mut from = vec![0usize; columns + 1];
        let mut used = vec![false; columns + 1];
        let mut column = 0;
        loop {
            used[column] = true;
            let here = row_of[column];
            let (mut delta, mut next) = (i64::MAX, 0);
            for other in (1..=columns).filter(|c| !used[*c]) {
                let cost = -worth[(here - 1) * columns + other - 1];
                let reduced = cost - row_potential[here] - column_potential[other];
                if reduced < least[other] {
                    least[other] = reduced;
                    from[other] = column;
                }
                if least[other] < delta {
                    delta = least[other];
                    next = other;
                }
            }
            for other in 0..=columns {
                if used[other] {
                    row_potential[row_of[other]] += delta;
                    column_potential[other] -= delta;
                } else if least[other] != i64::MAX {
                    least[other] -= delta;
                }
            }
            column = next;
            if row_of[column] == 0 {
                break;
            }
        }
        while column != 0 {
            row_of[column] = row_of[from[column]];
            column = from[column];
        }
    }
    let mut column_of = vec![0; rows];
    for (column, row) in row_of.iter().enumerate().skip(1).filter(|(_, r)| **r > 0) {
        column_of[row - 1] = column - 1;
    }
    column_of
}

/// The worthiest pair, then the worthiest of what is left, and so on.
fn greedy(edges: &[Edge], mut group: Vec<usize>) -> Vec<usize> {
    group.sort_by_key(|at| (std::cmp::Reverse(edges[*at].worth), *at));
    let mut taken = rustc_hash::FxHashSet::default();
    group.retain(|at| {
        let (old, new) = ((false, edges[*at].old), (true, edges[*at].new));
        let free = !taken.contains(&old) && !taken.contains(&new);
        if free {
            taken.extend([old, new]);
        }
        free
    });
    group
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worth of the best pairs, by trying all.
    fn brute(edges: &[Edge], olds: &mut Vec<usize>, news: &mut Vec<usize>) -> u64 {
        let Some((edge, rest)) = edges.split_first() else {
            return 0;
        };
        let without = brute(rest, olds, news);
        if olds.contains(&edge.old) || news.contains(&edge.new) {
            return without;
        }
        olds.push(edge.old);
        news.push(edge.new);
        let with = edge.worth + brute(rest, olds, news);
        olds.pop();
        news.pop();
        without.max(with)
    }

    proptest::proptest! {
        #[test]
        fn the_pairs_are_worth_most(table in proptest::collection::btree_map((0usize..5, 0usize..5), 1u64..40, 0..12)) {
            let edges: Vec<Edge> = table.into_iter().map(|((old, new), worth)| Edge { old, new, worth }).collect();
            let chosen = assign(&edges);
            let worth: u64 = chosen.iter().map(|at| edges[*at].worth).sum();
            proptest::prop_assert_eq!(worth, brute(&edges, &mut Vec::new(), &mut Vec::new()));
            let all: Vec<usize> = (0..edges.len()).collect();
            for chosen in [chosen, greedy(&edges, all)] {
                let once = |side: fn(&Edge) -> usize| {
                    let mut items: Vec<usize> = chosen.iter().map(|at| side(&edges[*at])).collect();
                    items.sort_unstable();
                    items.windows(2).all(|two| two[0] != two[1])
                };
                proptest::prop_assert!(once(|e| e.old) && once(|e| e.new));
            }
        }
    }
}
