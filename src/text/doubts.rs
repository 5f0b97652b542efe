//! What is doubtful about the page that a text is from.

use serde::{Deserialize, Serialize};

/// What is doubtful about a page, and which page of its file it is. A page
/// without any doubt has none of these: [`Doubts::of`] only begins one, and
/// [`Doubts::if_any`] ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubts {
    /// The place of the page in its file, counted from 1; of several pages the
    /// first.
    pub sheet: u32,
    /// Whether its letters make no words.
    pub garbled: bool,
    /// Whether its columns could not be told apart.
    pub columns: bool,
    /// Whether its number is unsure.
    pub number: bool,
}

impl Doubts {
    /// No doubt yet about a page of a file, counted from 1.
    pub fn of(sheet: u32) -> Self {
        Doubts {
            sheet,
            garbled: false,
            columns: false,
            number: false,
        }
    }

    /// These doubts; none if there is no doubt at all.
    pub fn if_any(self) -> Option<Self> {
        (self.garbled || self.columns || self.number).then_some(self)
    }

    /// The doubts of a text that goes on from one page to another: those of
    /// both, by the first page that is doubtful.
    pub fn joined(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        match (one, other) {
            (Some(one), Some(other)) => Some(Doubts {
                sheet: one.sheet,
                garbled: one.garbled || other.garbled,
                columns: one.columns || other.columns,
                number: one.number || other.number,
            }),
            (one, other) => one.or(other),
        }
    }

    /// What a reader of the text must know: `page 12 of the file: its letters
    /// make no words; check the original`.
    pub fn remark(&self) -> String {
        let told = [
            (self.garbled, "its letters make no words"),
            (self.columns, "its columns could not be told apart"),
            (self.number, "its number is unsure"),
        ];
        let told: Vec<&str> = told
            .into_iter()
            .filter_map(|(is_so, what)| is_so.then_some(what))
            .collect();
        format!(
            "page {} of the file: {}; check the original",
            self.sheet,
            told.join(", ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubts_are_told_by_the_first_page() {
        let garbled = Doubts {
            garbled: true,
            ..Doubts::of(12)
        };
        let unsure = Doubts {
            columns: true,
            number: true,
            ..Doubts::of(13)
        };
        let both = Doubts {
            sheet: 12,
            garbled: true,
            columns: true,
            number: true,
        };
        for (one, other, joined) in [
            (None, None, None),
            (Some(garbled), None, Some(garbled)),
            (None, Some(unsure), Some(unsure)),
            (Some(garbled), Some(unsure), Some(both)),
        ] {
            assert_eq!(Doubts::joined(one, other), joined);
        }
        assert_eq!(Doubts::of(12).if_any(), None);
        assert_eq!(unsure.if_any(), Some(unsure));
        for (doubts, remark) in [
            (
                garbled,
                "page 12 of the file: its letters make no words; check the original",
            ),
            (
                unsure,
                "page 13 of the file: its columns could not be told apart, its number is unsure; \
                 check the original",
            ),
        ] {
            assert_eq!(doubts.remark(), remark);
        }
    }
}
