//! Numbers in as few bytes as they need: seven bits a byte, the lowest first
//! (LEB128).

/// Appends a number.
pub(super) fn push_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a number from the front of bytes; 0 where none is left.
pub(super) fn take_number(bytes: &mut &[u8]) -> u32 {
    let mut number = 0;
    let mut shift = 0;
    while let Some((byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if *byte < 0x80 || shift == 28 {
            break;
        }
        shift += 7;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn numbers_come_back(numbers: Vec<u32>) {
            let mut bytes = Vec::new();
            numbers.iter().for_each(|n| push_number(*n, &mut bytes));
            let mut rest = bytes.as_slice();
            for number in numbers {
                proptest::prop_assert_eq!(take_number(&mut rest), number);
            }
            proptest::prop_assert!(rest.is_empty());
        }
    }
}
