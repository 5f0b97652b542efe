//! Counts as lists print them: in letters and in Roman numerals.

/// A count in letters as Word does it: a to z, then aa, bb; digits beyond.
pub(crate) fn doubled_letters(count: u64, first: u8) -> String {
    if !(1..=26 * 20).contains(&count) {
        return count.to_string();
    }
    let letter = first + ((count - 1) % 26) as u8;
    char::from(letter)
        .to_string()
        .repeat((count - 1) as usize / 26 + 1)
}

/// A count in letters as browsers do it: a to z, then aa, ab.
pub(crate) fn letters(mut count: u64, first: u8) -> String {
    if count == 0 {
        return count.to_string();
    }
    let mut out = Vec::new();
    while count > 0 {
        count -= 1;
        out.push(char::from(first + (count % 26) as u8));
        count /= 26;
    }
    out.iter().rev().collect()
}

/// A count in Roman numerals, capital; digits where there are none.
pub(crate) fn roman(mut count: u64) -> String {
    if !(1..4000).contains(&count) {
        return count.to_string();
    }
    let signs = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, sign) in signs {
        while count >= value {
            out += sign;
            count -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_lists_print_them() {
        assert_eq!(doubled_letters(28, b'A'), "BB");
        assert_eq!(letters(28, b'a'), "ab");
        assert_eq!(letters(0, b'a'), "0");
        assert_eq!(letters(u64::MAX, b'a').len(), 14);
        assert_eq!(roman(1994), "MCMXCIV");
        assert_eq!(roman(4000), "4000");
    }
}
