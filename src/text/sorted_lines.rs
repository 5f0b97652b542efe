//! Looking words up in a list that is a part of the program: one entry a line,
//! sorted by bytes. Halving the list again and again costs less than building
//! a map of it, for a program that looks up a few words and ends.

/// The values of a key: what stands behind it and a space in the lines that
/// begin with it; empty for a line that is the key alone.
pub(crate) fn values<'l>(list: &'l str, key: &'l str) -> impl Iterator<Item = &'l str> {
    let from = first_from(list.as_bytes(), key.as_bytes());
    let lines = list[from..].lines();
    lines.map_while(move |line| match line.strip_prefix(key)? {
        "" => Some(""),
        rest => rest.strip_prefix(' '),
    })
}

/// The byte at which the first line begins that is not before a key.
fn first_from(list: &[u8], key: &[u8]) -> usize {
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let is_end = |byte: &u8| *byte == b'\n';
        let middle = low + (high - low) / 2;
        let start = list[low..middle].iter().rposition(is_end);
        let start = start.map_or(low, |end| low + end + 1);
        let end = list[start..high].iter().position(is_end);
        let end = end.map_or(high, |end| start + end);
        match key_of(&list[start..end]) < key {
            true => low = high.min(end + 1),
            false => high = start,
        }
    }
    low
}

fn key_of(line: &[u8]) -> &[u8] {
    line.split(|byte| *byte == b' ').next().unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_stands_in_the_list_is_found(
            mut lines in proptest::collection::vec("[a-c]{1,3}( [a-c]{1,3})?", 0..20),
            key in "[a-c]{0,3}",
        ) {
            let entry = |line: &str| {
                let (key, value) = line.split_once(' ').unwrap_or((line, ""));
                (key.to_owned(), value.to_owned())
            };
            lines.sort_by_key(|line| entry(line));
            let list: String = lines.iter().map(|line| format!("{line}\n")).collect();
            let expected: Vec<String> = lines
                .iter()
                .map(|line| entry(line))
                .filter(|(known, _)| *known == key)
                .map(|(_, value)| value)
                .collect();
            proptest::prop_assert_eq!(values(&list, &key).collect::<Vec<_>>(), expected);
        }
    }
}
