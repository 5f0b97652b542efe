//! Text that is read from right to left: the order of the page becomes the
//! order of reading. A small part of the Unicode Bidirectional Algorithm (UAX
//! 9), run backwards.

use unicode_normalization::UnicodeNormalization;

/// Whether a letter is read from right to left: Hebrew, Arabic and the scripts
/// between them.
pub(super) fn is_right_to_left(char: char) -> bool {
    matches!(char, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        && char.is_alphabetic()
}

/// Whether a letter is read from left to right.
fn is_left_to_right(char: char) -> bool {
    char.is_alphabetic() && !is_right_to_left(char)
}

/// Puts the characters of a line, given in the order they are printed, into the
/// order they are read. A mirrored page gives them from right to left.
pub(super) fn logical(text: String, mirrored: bool) -> String {
    if !mirrored && !text.chars().any(is_right_to_left) {
        return text;
    }
    let mut chars: Vec<char> = text.chars().collect();
    if mirrored {
        // Brackets are drawn by their shapes.
        chars.iter_mut().for_each(mirror);
    }
    turn_runs(&mut chars, mirrored);
    let text: String = chars.into_iter().collect();
    // Letters drawn in the form of their place in the word are letters.
    let shaped = |char: char| matches!(char, '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    text.chars()
        .flat_map(|char| match shaped(char) {
            true => char.nfkc().collect::<Vec<char>>(),
            false => vec![char],
        })
        .collect()
}

/// Turns the runs that are read against the direction of the page.
fn turn_runs(chars: &mut [char], mirrored: bool) {
    let against = |char: char| match mirrored {
        true => is_left_to_right(char) || is_digit(char) || "%°€$".contains(char),
        false => is_right_to_left(char),
    };
    let along = |char: char| match mirrored {
        true => is_right_to_left(char),
        false => is_left_to_right(char),
    };
    let mut place = 0;
    while place < chars.len() {
        if !against(chars[place]) {
            place += 1;
            continue;
        }
        let (mut end, mut next) = (place + 1, place + 1);
        while next < chars.len() && !along(chars[next]) {
            if against(chars[next]) {
                end = next + 1;
            }
            next += 1;
        }
        // The sign before a number is a part of it.
        chars[place..end].reverse();
        if !mirrored {
            chars[place..end].iter_mut().for_each(mirror);
            turn_numbers(&mut chars[place..end]);
        }
        place = end;
    }
}

/// A bracket that looks the other way.
fn mirror(char: &mut char) {
    *char = match *char {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '«' => '»',
        '»' => '«',
        char => char,
    };
}

/// Turns numbers back, which are read from left to right everywhere.
fn turn_numbers(chars: &mut [char]) {
    let mut place = 0;
    while place < chars.len() {
        if !is_digit(chars[place]) {
            place += 1;
            continue;
        }
        let mut end = place + 1;
        while end < chars.len() && (is_digit(chars[end]) || is_joint(chars, end)) {
            end += 1;
        }
        chars[place..end].reverse();
        place = end;
    }
}

/// Whether a sign stands inside a number.
fn is_joint(chars: &[char], place: usize) -> bool {
    ".,/:".contains(chars[place]) && chars.get(place + 1).is_some_and(|&next| is_digit(next))
}

fn is_digit(char: char) -> bool {
    char.is_numeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_in_the_order_of_reading() {
        // The letters as the page shows them from left to right.
        assert_eq!(logical("דרשמה".to_owned(), false), "המשרד");
        assert_eq!(logical("in דרשמה 12".to_owned(), false), "in המשרד 12");
        assert_eq!(logical("plain 1990".to_owned(), false), "plain 1990");
        // And from right to left, as a mirrored page gives them.
        assert_eq!(
            logical("המשרד 2102 של PGN".to_owned(), true),
            "המשרד 2012 של NGP"
        );
        assert_eq!(logical("שנת 5102/3".to_owned(), true), "שנת 3/2015");
        assert_eq!(logical("שנת )%21( כאן".to_owned(), true), "שנת (12%) כאן");
    }

    #[test]
    fn shaped_letters_are_letters() {
        assert_eq!(logical("\u{FEDF}\u{FE8D}".to_owned(), false), "ال");
    }
}
