//! The sentences and paragraphs of a narrative.

use super::language::{Language, Piece, inflect, made_up, stem};
use super::{Country, Edition, KEPT, OVERVIEW, PARAGRAPH, RECOMMENDATIONS, REWORDED, SECTIONS};
use crate::random::{Random, mix};

/// Writes the sentences of one narrative.
pub(super) struct Teller<'a> {
    pub(super) language: &'a Language,
    pub(super) country: Country,
    pub(super) year: u64,
    pub(super) random: Random,
    /// What the words that are dear to the paragraph are drawn from.
    pub(super) topic: u64,
    pub(super) out: String,
}

impl<'a> Teller<'a> {
    /// An edition of about `size` bytes that takes over what it can from the one
    /// before.
    pub(super) fn edition(&mut self, before: &Edition, tier: &str, size: u64) -> Edition {
        let mut edition = Edition::default();
        edition[OVERVIEW].push(self.verdict(tier));
        for (i, paragraphs) in before.iter().enumerate() {
            // The verdict is new each year.
            for paragraph in paragraphs.iter().skip(usize::from(i == OVERVIEW)) {
                match self.random.below(100) {
                    dice if dice < KEPT => edition[i].push(paragraph.clone()),
                    dice if dice < KEPT + REWORDED => edition[i].push(self.reworded(paragraph)),
                    _ => {}
                }
            }
        }
        let bytes = |s: &Vec<String>| s.iter().map(|p| p.len() as u64 + 2).sum::<u64>();
        let mut sizes: [u64; SECTIONS.len()] = std::array::from_fn(|i| bytes(&edition[i]));
        // The headings take 200 bytes, and the last paragraph goes beyond by its half.
        while sizes.iter().sum::<u64>() + 200 + PARAGRAPH.end / 3 < size {
            let lacks = |i: &usize| sizes[*i] * 1_000 / SECTIONS[*i].2;
            let i = (0..sizes.len()).min_by_key(lacks).unwrap_or(OVERVIEW);
            let paragraph = self.paragraph(i);
            sizes[i] += paragraph.len() as u64 + 2;
            let place = 1 + self.random.below(edition[i].len() as u64 + 1) as usize;
            let place = place.min(edition[i].len());
            edition[i].insert(place, paragraph);
        }
        edition
    }

    /// The paragraph that begins the narrative and tells the tier.
    fn verdict(&mut self, tier: &str) -> String {
        let name = self.country.name;
        let (meets, efforts) = match tier {
            "Tier 1" => ("fully meets", "."),
            "Tier 3" => (
                "does not fully meet",
                " and is not making significant efforts to do so.",
            ),
            _ => (
                "does not fully meet",
                " but is making significant efforts to do so.",
            ),
        };
        self.out = format!(
            "The Government of {name} {meets} the minimum standards for the elimination of trafficking{efforts}"
        );
        self.sentences(OVERVIEW);
        let text = format!(" Therefore {name} remained on {tier}.");
        std::mem::take(&mut self.out) + &text
    }

    fn paragraph(&mut self, section: usize) -> String {
        if section == RECOMMENDATIONS {
            self.topic = self.random.draw();
            self.sentence(section);
        } else {
            self.sentences(section);
        }
        std::mem::take(&mut self.out)
    }

    /// Sentences up to the length of a paragraph.
    fn sentences(&mut self, section: usize) {
        self.topic = self.random.draw();
        let length = PARAGRAPH.start + self.random.below(PARAGRAPH.end - PARAGRAPH.start);
        while (self.out.len() as u64) < length {
            if !self.out.is_empty() {
                self.out.push(' ');
            }
            self.sentence(section);
        }
    }

    fn sentence(&mut self, section: usize) {
        let start = self.out.len();
        let plain = section == RECOMMENDATIONS;
        if !plain && self.random.below(100) < 36 {
            self.tell(b'O');
        }
        self.tell(SECTIONS[section].1);
        let spread = if plain { 160 } else { 178 };
        let length = self.random.below(spread) + self.random.below(spread);
        while (self.out.len() - start) < length as usize {
            self.tell(if plain { b'U' } else { b'T' });
        }
        self.out.push('.');
        if let Some(first) = self.out.get_mut(start..start + 1) {
            first.make_ascii_uppercase();
        }
    }

    /// Writes what a symbol stands for.
    fn tell(&mut self, symbol: u8) {
        let language = self.language;
        match symbol {
            b'C' => self.out.push_str(self.country.name),
            b'y' => {
                let ago = self.random.below(12).saturating_sub(7) + self.random.below(2);
                self.out += &(self.year - ago).to_string();
            }
            b'd' => self.number(),
            b't' => self.thousands(),
            b'p' => self.name(),
            b'o' => self.agency(),
            b'b' | b'c' => {
                let start = self.out.len();
                self.out += "a ";
                self.word(if symbol == b'b' { b'a' } else { b'n' });
                if self.out[start + 2..].starts_with(['a', 'e', 'i', 'o', 'u']) {
                    self.out.insert(start + 1, 'n');
                }
            }
            b'n' | b's' | b'v' | b'i' | b'g' | b'a' => self.word(symbol),
            rule => {
                let choices = &language.rules[usize::from(rule)];
                for piece in &choices.values[choices.draw(&mut self.random)] {
                    match piece {
                        Piece::Text(text) => self.out += text,
                        Piece::Symbol(symbol) => self.tell(*symbol),
                    }
                }
            }
        }
    }

    /// A number with commas between the thousands; most are small.
    fn number(&mut self) {
        match self.random.below(100) {
            0..8 => {
                let small = [
                    "two", "three", "four", "five", "six", "seven", "eight", "nine",
                ];
                self.out += small[self.random.below(8) as usize];
            }
            8..60 => self.out += &(10 + self.random.below(60)).to_string(),
            60..88 => self.out += &(60 + self.random.below(900)).to_string(),
            _ => self.thousands(),
        }
    }

    /// A number from 1,000.
    fn thousands(&mut self) {
        let number = 1_000 + self.random.below(90) * self.random.below(600);
        self.out += &format!("{},{:03}", number / 1_000, number % 1_000);
    }

    /// A random value that is one of a few: the first are drawn more often.
    fn one_of(&mut self, source: u64, few: u64) -> u64 {
        let end = self.random.below(few) + 1;
        mix(source ^ self.random.below(end))
    }

    /// The name of a place or a person.
    fn name(&mut self) {
        let random = match self.random.below(100) {
            0..95 => self.one_of(self.country.seed ^ 1, 80),
            _ => self.random.draw(),
        };
        let start = self.out.len();
        stem(random, 1, &mut self.out);
        if let Some(first) = self.out.get_mut(start..start + 1) {
            first.make_ascii_uppercase();
        }
        let ends = ["", "a", "i", "ia", "o", "stan", "é", "ão", "ñez", "ović"];
        let end = (random >> 40) as usize % 40;
        self.out += ends.get(end).unwrap_or(&"");
    }

    /// An abbreviation, one of ten that the country has.
    fn agency(&mut self) {
        let mut random = self.one_of(self.country.seed ^ 2, 10);
        self.out.push(['M', 'N', 'M', 'A'][random as usize & 3]);
        for _ in 0..2 + (random >> 2) % 4 {
            random = mix(random);
            self.out
                .push(char::from(b"AEIOLSTRNCDFHJPV"[random as usize & 15]));
        }
    }

    /// A word of a class: `n` noun, `s` plural, `v` past, `i` infinitive, `g`
    /// gerund, `a` adjective.
    fn word(&mut self, class: u8) {
        let language = self.language;
        let real = match class {
            b'n' | b's' => &language.words[0],
            b'a' => &language.words[2],
            _ => &language.words[1],
        };
        // Words come in bursts: the country and the paragraph have their own.
        let random = match self.random.below(100) {
            0..24 => self.one_of(self.country.seed ^ 3, 60),
            24..40 => self.one_of(self.topic, 6),
            _ => self.random.draw(),
        };
        let rank = language.rank(random);
        match real.get(rank) {
            Some(word) => {
                self.out += word;
                inflect(class, &mut self.out);
            }
            None => made_up(rank as u64, class, &mut self.out),
        }
    }

    /// The same paragraph with other figures and a few other words.
    fn reworded(&mut self, paragraph: &str) -> String {
        for (i, token) in paragraph.split(' ').enumerate() {
            if i > 0 {
                self.out.push(' ');
            }
            let word = token.trim_end_matches(['.', ',', ';']);
            let plain = word.len() > 5 && word.bytes().all(|b| b.is_ascii_lowercase());
            if plain && self.random.below(12) == 0 {
                self.word(match word {
                    w if w.ends_with("ed") => b'v',
                    w if w.ends_with("ing") => b'g',
                    w if w.ends_with('s') => b's',
                    _ => b'n',
                });
                self.out += &token[word.len()..];
            } else if word.len() < 4 || word.contains(',') {
                let shift = self.random.below(10) as u8;
                self.out
                    .extend(token.chars().map(|c| other_digit(c, shift)));
            } else {
                self.out += token;
            }
        }
        std::mem::take(&mut self.out)
    }
}

/// Another digit of the number, never a 0, so that no number begins with it.
fn other_digit(c: char, shift: u8) -> char {
    match c {
        '0'..='9' => char::from(b'1' + (c as u8 - b'0' + shift) % 9),
        _ => c,
    }
}
