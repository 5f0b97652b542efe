//! Corpora of any size in the form of the Trafficking in Persons narratives,
//! made up from a seed: file names, title and tier lines, sections, the list of
//! recommendations, and text whose words, sentences, figures and repeated
//! passages are distributed about as in the published narratives. No sentence
//! says anything; nothing here reads or measures.
//!
//! Only integers are reckoned with, so a seed gives the same bytes on every
//! machine. The measures were taken on the narrative of Cambodia of 2021:
//! paragraphs of 2,107 ± 724 bytes, sentences of 30 ± 12 words, 4.7 % `the`.

use std::path::Path;
use std::{fs, io};

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// The files.
    pub files: u64,
    /// Their bytes together.
    pub bytes: u64,
}

/// Bytes in a narrative of usual size, on average.
const NARRATIVE: u64 = 26_000;
/// The years of the editions.
const YEARS: std::ops::RangeInclusive<u64> = 2001..=2025;
/// Percent of the paragraphs of the edition before that are kept word for word.
const KEPT: u64 = 35;
/// Percent of them that are kept reworded.
const REWORDED: u64 = 25;
/// The shortest and longest paragraph aimed at, in bytes; any between is as likely.
const PARAGRAPH: std::ops::Range<u64> = 750..3_150;

/// The sections: heading, the rule of their sentences, percent of the text.
const SECTIONS: [(&str, u8, u64); 6] = [
    ("", b'1', 5),
    ("PRIORITIZED RECOMMENDATIONS:", b'R', 9),
    ("PROSECUTION", b'3', 24),
    ("PROTECTION", b'4', 24),
    ("PREVENTION", b'5', 17),
    ("TRAFFICKING PROFILE", b'6', 20),
];
const OVERVIEW: usize = 0;
const RECOMMENDATIONS: usize = 1;

/// Writes narratives of `megabytes` million bytes together, within 3 %, as
/// `tip/YEAR-country.txt` below `folder`. What is asked for beyond 25 years of
/// all countries makes the narratives longer. In memory are one edition and the
/// one before it.
///
/// # Errors
///
/// When a file cannot be written, or `tip` below `folder` is there and not empty:
/// two corpora in one folder are none that a figure can be compared with.
pub fn generate(folder: &Path, seed: u64, megabytes: u64) -> io::Result<Summary> {
    let folder = folder.join("tip");
    fs::create_dir_all(&folder)?;
    if fs::read_dir(&folder)?.next().is_some() {
        let message = format!("{} is not empty", folder.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
    }
    let language = Language::new();
    let mut plan = Plan::new(seed, megabytes * 1_000_000);
    let mut summary = Summary::default();
    for country in std::mem::take(&mut plan.countries) {
        let mut before = Edition::default();
        let mut tier = 0;
        for year in plan.years.clone() {
            let mut teller = Teller {
                language: &language,
                country,
                year,
                random: Random(mix(country.seed ^ year)),
                topic: 0,
                out: String::new(),
            };
            if before[OVERVIEW].is_empty() || teller.random.below(100) < 20 {
                tier = teller.random.below(TIERS.len() as u64) as usize;
            }
            let size = plan.size(&country, year);
            let edition = teller.edition(&before, TIERS[tier], size);
            let text = text(&edition, &country, year, TIERS[tier]);
            fs::write(folder.join(file_name(year, country.name)), &text)?;
            plan.wrote(&country, year, text.len() as u64);
            summary.files += 1;
            summary.bytes += text.len() as u64;
            before = edition;
        }
    }
    Ok(summary)
}

fn file_name(year: u64, country: &str) -> String {
    let slug = country.to_lowercase().replace(' ', "-").replace('’', "");
    format!("{year}-{slug}.txt")
}

/// A country of the corpus.
#[derive(Debug, Clone, Copy)]
struct Country {
    name: &'static str,
    seed: u64,
    /// How long its narratives are, in percent of the usual.
    weight: u64,
}

/// Which narratives there are, and how many bytes are left for them.
#[derive(Debug)]
struct Plan {
    countries: Vec<Country>,
    years: std::ops::RangeInclusive<u64>,
    bytes_left: u64,
    weight_left: u64,
}

impl Plan {
    fn new(seed: u64, bytes: u64) -> Plan {
        let names: Vec<&str> = COUNTRIES.split(';').collect();
        let (all, span) = (names.len() as u64, YEARS.end() - YEARS.start() + 1);
        // Few narratives are spread over years and countries alike.
        let files = bytes / NARRATIVE;
        let years = (files * span / all).isqrt().clamp(1, span);
        let count = (files / years).clamp(u64::from(bytes > 0), all);
        let countries: Vec<Country> = (0..count)
            .map(|i| i * all / count)
            .map(|i| Country {
                name: names[i as usize],
                seed: mix(seed ^ mix(i)),
                weight: 75 + mix(seed ^ mix(i) ^ 1) % 51,
            })
            .collect();
        let mut plan = Plan {
            years: YEARS.end() + 1 - years..=*YEARS.end(),
            bytes_left: bytes,
            weight_left: 0,
            countries,
        };
        let years = || plan.years.clone();
        plan.weight_left = plan
            .countries
            .iter()
            .flat_map(|c| years().map(|year| weight(c, year)))
            .sum();
        plan
    }

    /// The bytes that a narrative should have. What others had too many is taken
    /// from those that follow, so that the sum comes out right.
    fn size(&self, country: &Country, year: u64) -> u64 {
        (u128::from(self.bytes_left) * u128::from(weight(country, year))
            / u128::from(self.weight_left)) as u64
    }

    fn wrote(&mut self, country: &Country, year: u64, bytes: u64) {
        self.bytes_left = self.bytes_left.saturating_sub(bytes);
        self.weight_left -= weight(country, year);
    }
}

/// Narratives grow with the years.
fn weight(country: &Country, year: u64) -> u64 {
    country.weight * (78 + (year - YEARS.start()) * 44 / 24)
}

/// A narrative: the paragraphs of each section.
type Edition = [Vec<String>; SECTIONS.len()];

/// The narrative as its file holds it.
fn text(edition: &Edition, country: &Country, year: u64, tier: &str) -> String {
    let (name, capitals) = (country.name, country.name.to_uppercase());
    let mut text = format!("{year} Trafficking in Persons Report: {name}\n\n");
    text += &match year {
        2015..=2021 => format!("{capitals}: {tier}"),
        _ => format!("{capitals} ({tier})"),
    };
    for (i, ((heading, ..), paragraphs)) in SECTIONS.iter().zip(edition).enumerate() {
        if !heading.is_empty() && !paragraphs.is_empty() {
            text = text + "\n\n" + heading;
        }
        for (j, paragraph) in paragraphs.iter().enumerate() {
            // The recommendations stand in one line, as in the edition of 2021.
            let item = i == RECOMMENDATIONS && j > 0;
            text = text + if item { " • " } else { "\n\n" } + paragraph;
        }
    }
    text + "\n"
}

/// Writes the sentences of one narrative.
struct Teller<'a> {
    language: &'a Language,
    country: Country,
    year: u64,
    random: Random,
    /// What the words that are dear to the paragraph are drawn from.
    topic: u64,
    out: String,
}

impl<'a> Teller<'a> {
    /// An edition of about `size` bytes that takes over what it can from the one
    /// before.
    fn edition(&mut self, before: &Edition, tier: &str, size: u64) -> Edition {
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
            self.topic = self.random.next();
            self.sentence(section);
        } else {
            self.sentences(section);
        }
        std::mem::take(&mut self.out)
    }

    /// Sentences up to the length of a paragraph.
    fn sentences(&mut self, section: usize) {
        self.topic = self.random.next();
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
            _ => self.random.next(),
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
            _ => self.random.next(),
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

/// Appends a word of a rank in the form of a class; all forms share the stem.
fn made_up(rank: u64, class: u8, out: &mut String) {
    let random = mix(rank);
    stem(random, 1 + usize::from(random >> 60 > 11), out);
    let end = (random >> 32) as usize & 15;
    out.push_str(match class {
        b'n' | b's' => NOUN_ENDS[end],
        b'a' => ADJECTIVE_ENDS[end],
        _ => VERB_ENDS[end],
    });
    inflect(class, out);
}

/// Appends syllables that the random value stands for, the last one closed.
fn stem(random: u64, more: usize, out: &mut String) {
    let mut random = random;
    for i in 0..=more {
        out.push_str(ONSETS[random as usize & 31]);
        out.push_str(VOWELS[(random >> 8) as usize & 15]);
        if i == more {
            out.push_str(CODAS[(random >> 12) as usize & 15]);
        } else if (random >> 12) & 3 == 0 {
            out.push_str(["n", "r", "l", "s"][(random >> 14) as usize & 3]);
        }
        random >>= 18;
    }
}

/// Gives the word at the end of the text the ending of its class.
fn inflect(class: u8, out: &mut String) {
    let y = out.ends_with('y') && !out.ends_with("ay") && !out.ends_with("oy");
    let (dropped, end) = match class {
        b's' if y => ("y", "ies"),
        b's' if out.ends_with(['s', 'x', 'h']) => ("", "es"),
        b's' => ("", "s"),
        b'v' if y => ("y", "ied"),
        b'v' if out.ends_with('e') => ("e", "ed"),
        b'v' => ("", "ed"),
        b'g' if out.ends_with('e') => ("e", "ing"),
        b'g' => ("", "ing"),
        _ => return,
    };
    out.truncate(out.len() - dropped.len());
    out.push_str(end);
}

/// A piece of a rule.
#[derive(Debug)]
enum Piece {
    Text(&'static str),
    Symbol(u8),
}

/// Values of which the earlier are drawn more often.
#[derive(Debug, Default)]
struct Choices {
    values: Vec<Vec<Piece>>,
    table: Vec<u16>,
}

impl Choices {
    fn new(values: Vec<Vec<Piece>>) -> Choices {
        let table = zipf_table(values.len(), 3, 1 << 11);
        Choices { values, table }
    }

    fn draw(&self, random: &mut Random) -> usize {
        usize::from(self.table[random.below(self.table.len() as u64) as usize])
    }
}

/// A table whose entry taken at random is `k` in proportion to `1 / (k + flat)`.
fn zipf_table(count: usize, flat: usize, size: usize) -> Vec<u16> {
    let share = |k: usize| (1_u64 << 40) / (k + flat) as u64;
    let all: u64 = (0..count).map(share).sum();
    let mut table = Vec::with_capacity(size);
    let mut below = 0;
    for k in 0..count {
        below += share(k);
        let until = (u128::from(below) * size as u128 / u128::from(all)) as usize;
        table.resize(until, k as u16);
    }
    table
}

/// The rules and words.
struct Language {
    rules: Vec<Choices>,
    /// Nouns, verbs, adjectives, the frequent first.
    words: [Vec<&'static str>; 3],
    ranks: Vec<u16>,
}

/// The ranks that follow the law of Zipf with the exponent 1; beyond them it is
/// 2, by which the vocabulary grows with the root of the text, as Heaps found.
const FREQUENT: usize = 2_500;

impl Language {
    fn new() -> Language {
        let mut rules: Vec<Choices> = (0..128).map(|_| Choices::default()).collect();
        for line in RULES.lines() {
            let (symbol, texts) = (line.as_bytes()[0], line[1..].split('|'));
            rules[usize::from(symbol)] = Choices::new(texts.map(pieces).collect());
        }
        Language {
            rules,
            words: [NOUNS, VERBS, ADJECTIVES].map(|words| words.split(' ').collect()),
            ranks: zipf_table(FREQUENT, 6, 1 << 16),
        }
    }

    /// The rank of a word that a random value stands for.
    fn rank(&self, random: u64) -> usize {
        let (low, high) = (random & 0xffff, random >> 32);
        match (random >> 16) & 0xff {
            0..5 => (((FREQUENT as u64) << 32) / (high + 1)) as u32 as usize,
            _ => usize::from(self.ranks[low as usize]),
        }
    }
}

/// Cuts a rule at its symbols, as `@N`.
fn pieces(rule: &'static str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (i, part) in rule.split('@').enumerate() {
        let text = if i == 0 { part } else { &part[1..] };
        if i > 0 {
            pieces.push(Piece::Symbol(part.as_bytes()[0]));
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
    }
    pieces
}

/// A generator of random numbers: SplitMix64.
#[derive(Debug, Clone, Copy)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        let value = mix(self.0);
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        value
    }

    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }
}

fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// The tiers; the repeated ones are given more often.
const TIERS: [&str; 8] = [
    "Tier 1",
    "Tier 2",
    "Tier 2",
    "Tier 2",
    "Tier 2",
    "Tier 2",
    "Tier 2 Watch List",
    "Tier 3",
];

const ONSETS: [&str; 32] = [
    "b", "br", "c", "ch", "cr", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p",
    "pl", "pr", "r", "s", "sc", "sp", "st", "t", "tr", "v", "w", "m", "s", "r",
];
const VOWELS: [&str; 16] = [
    "a", "e", "i", "o", "u", "a", "e", "i", "o", "e", "a", "i", "ai", "ea", "ou", "o",
];
const CODAS: [&str; 16] = [
    "n", "r", "l", "t", "s", "m", "nd", "rt", "c", "p", "d", "st", "nt", "rm", "g", "ck",
];
const NOUN_ENDS: [&str; 16] = [
    "", "ation", "ment", "", "er", "ity", "", "ion", "ance", "or", "", "age", "ism", "ion", "ure",
    "y",
];
const VERB_ENDS: [&str; 16] = [
    "", "e", "ate", "", "e", "ize", "", "en", "ate", "e", "", "ify", "e", "", "ish", "er",
];
const ADJECTIVE_ENDS: [&str; 16] = [
    "al", "ive", "ed", "ary", "al", "ous", "ent", "able", "ic", "al", "ing", "y", "ful", "ial",
    "less", "-based",
];

/// What a symbol stands for, a line each: one of the texts between the bars, the
/// first the most often. `@` and a capital or a digit is another rule, `@` and a
/// small letter is made by `Teller::tell` or a rule too. A actor, D domain, N noun
/// phrase, O opener, R recommendation, T and U tails, V what was done, W ministry;
/// the digits are the sentences of the sections.
const RULES: &str = "\
1@A @V|the government @V|@A lacked the resources to @i @N|these efforts included @g @N|@A did not @i @N|\
@a @s continued to @i @N|authorities did not @i the @a majority of @a reports of official complicity|\
@a @n of @N @V|endemic corruption and @a @n continued to @i @N|the government’s @n to @i @N @V
R@i @N|increase efforts to @i and @i @N|@i and @i @N|vigorously investigate and prosecute trafficking crimes, and \
convict and adequately penalize traffickers, including complicit officials|strengthen efforts to @i @N|\
train @s to @i @N|increase @N|establish @b @n for @N|amend the @n to @i @N|ensure @N @i @N|\
fully implement the @n for @N|proactively identify victims among @N|allocate @a @s to @N|cease @g @N
3@A @V|courts convicted @d traffickers|@A @V|the government prosecuted @d suspects|the @W Law of @y criminalized sex trafficking \
and labor trafficking and prescribed penalties of up to 15 years’ imprisonment|@s and @s @V|\
authorities arrested @d suspects in connection with @d cases of @D|@A @V|police investigated @d cases|\
the government did not report any investigations, prosecutions, or convictions of officials complicit in trafficking crimes|\
these penalties were sufficiently stringent and, with respect to sex trafficking, commensurate with those for rape|\
corruption in @a @s remained @a, inhibiting law enforcement action|@a @s @V|judges @V|one case involved @N|@A trained @d @s on @N
4@A @V|victims @V|@A identified @d trafficking victims|@A referred @d victims to @N|@A @V|shelters in @p @V|\
NGOs reported that @A @V|@A provided @N to @d victims|@a @s @V|the @o operated @d shelters for @N|there were no @a @s to @i @N|\
authorities did not provide @N, and @N @V|authorities may have penalized @s for unlawful acts traffickers compelled them to commit|\
the law provided @N with legal alternatives to their removal|the @o spent @t @s on @N|foreign victims received @N
5@A @V|labor inspectors @V|the @o led @N|@A @V|the government @V a national action plan|@A conducted @a campaigns on @N|\
@a @s @V|the @o coordinated the efforts of @N|recruitment agencies @V|the Ministry of @W (@o) @V|@A inspected @d @s|\
the government did not make efforts to reduce the demand for commercial sex acts|a hotline received @d calls, and @A @V|\
the government provided anti-trafficking training to its diplomatic personnel|the budget was $@t
6traffickers exploit @N in @D|as reported over the past five years, human traffickers exploit @a and @a victims in @C, and \
traffickers exploit victims from @C abroad|@N are vulnerable to @D|@s from @p and @p @i in @N|\
traffickers subject @D to @D|some @s @i @N|@a @s @i @a @s in @D|employers often @i @N|@N migrate to @p for @n|\
brokers recruit @N with @a @s|many @s in @p work in @N|observers reported that @N @V|more than @t @s are at risk of @D
Athe government|authorities|NGOs|the @o|officials|@a @s|police|courts|the Ministry of @W (@o)|law enforcement authorities|\
@a officials|international organizations|prosecutors|the @o and the @o|some @s|local experts|social workers|observers|an NGO|\
@p @s|labor inspectors|the @W Committee|Dr. @p|the U.S. government|@s in @p|an international organization|diplomats
Dtrafficking|sex trafficking|forced labor|trafficking victims|victims|trafficking crimes|child victims|\
human trafficking|children|labor trafficking|women|migrant workers|traffickers|labor recruiters|law enforcement|\
trafficking cases|government officials|vulnerable populations|potential victims|victim identification|\
victim protection|debt bondage|domestic servitude|men, women, and children|brick kilns|anti-trafficking efforts|\
child sex trafficking|forced begging|law enforcement officials|shelters|civil society|child labor|recruitment fees|\
investigations and prosecutions|prosecutors and judges|victim services|labor inspections|foreign victims|\
domestic workers|the pandemic|forced child labor|debt-based coercion|women and girls|commercial sex|\
the national action plan|standard operating procedures|construction sites|fishing vessels|domestic work|agriculture|\
restitution|awareness campaigns|labor brokers|medical care|legal assistance|the anti-trafficking law|convictions|\
long-term assistance|repatriation|social media|the entertainment industry|construction|undocumented migrants|\
temporary residency|asylum-seekers|refugees|LGBTQI+ persons|armed groups|child soldiers|mining|street vending|\
employment agencies|work permits|passport confiscation|deceptive recruitment|withholding of wages|physical abuse|\
restricted movement|commercial sexual exploitation|child sex tourism|forced marriage|ethnic minorities|massage parlors|\
karaoke bars|the demand for commercial sex acts|factories|hotels|private homes|cocoa plantations|cattle herding|\
illegal logging|orphanages|stateless persons|online child sexual exploitation|peacekeepers|diplomats|witness protection|\
climate change|a trafficking hotline|North Korean workers|organized crime|Koranic schools|forced criminality|\
online scam operations|organ removal
N@D|@D|@a @s|the @n of @D|@s|@D|the @a @n|@b @n|@D and @s|@a @s of @N|the @n|@a @n|@D or @s|@D in @p|@s and @s|@D and other @s|\
@a and @a @s|the @s of @N|@D, @s, and @s|@d @D|the @o|@D from @p|@c for @N|@n @s|@N and @N|@s between @p and @p|@a @s to @i @N|\
their @s|its @n on @N|@a @n-@g @s|@p @n|@s’ @n|“@a @s”|anti-@n @s|@n-related @s|re-@n of @D
ODuring the reporting period, |However, |In @y, |As in previous years, |According to @A, |Additionally, |Despite @N, |\
In @m @y, |During the previous reporting period, |In prior years, |As of @m @y, |Furthermore, |Due to @N, |\
Unlike in the previous reporting period, |For the @q consecutive year, |In practice, |In collaboration with @A, |\
At the end of the reporting period, |In @p and @p, |With @N, |Of the @d @D, |Amid @a @n, |Although @A @V, |While @g @N, |In some cases, 
T to @i @N|, including @N| for @N|, but @A @V| in @p| of @N|, and @V| with @N|, which @V| in @y|; @A @V| of @N|\
, including @N, @N, or @N| during the reporting period|, as well as @N| to @N|\
, and @A @V| through @N| on @N|; however, it did not @i @N|, although @A @V|, especially @N| by @g @N|—including @N—as @N @V| from @N|\
, particularly among @D|, such as @N|, compared with @d in @y|, or @N| (@d in @y)|, as well as @N| under @N| who @V|, @g them to @N|; of these, @d were @D| at @N|\
 while @N @V|, leaving @N at risk of @D| as of @m @y|, due to @N| without @N| where @N @V|\
, some of which @V| as a result of @N|—a @n that continued to @i @N|, an increase from @d @s in @y| ($@t)|, or @e percent
U to @i @N|, including @N| and @i @N| for @N|, especially @N|, including by @g @N| among @N| in @N|, and @i @N| on @N|\
, with a focus on @N|, such as @N| in accordance with @N|, as well as @N| through @N| and ensure @N @i @N|, consistent with @N
V@v @N|did not report @g @N|continued to @i @N|reported @g @N|did not @i @N|@v @N to @i @N|@v @N and @N|provided @N to @N|\
maintained @N|@v that @N @v @N|referred @d @D to @N|continued to lack @N|@v @N with @N|often @v @N|@v and @v @N|were @v by @N|\
reportedly @v @N|did not provide @N|identified @d @D|remained @a to @N|had @b @n to @i @N|@v @N for @N|may have @v @N|did not have @N|\
was @a|@v @d @D|@v @d @s and @d @s|worked with @N to @i @N|was not @a to @N|allocated @d.@d million @s ($@t) to @N|relied on @N|\
would @i @N|could not @i @N|were unable to @i @N|@v the @n of @N
WLabor|Justice|Social Affairs|the Interior|Foreign Affairs|Women and Youth|Education|Health|Labor and Social Protection|\
Anti-Trafficking|Human Rights|Tourism|Family and Social Policy|Migration|Public Security|Child Protection|Agriculture
mJanuary|March|June|December|February|November|April|October|May|September|July|August
qsecond|third|fifth|fourth|sixth|ninth
e10|25|50|30|80|14|60|5|95|70";

const NOUNS: &str = "case effort period service country investigation government law victim measure procedure resource training \
    prosecution plan program system official center agency worker report process number information conviction action employer \
    access assistance support cooperation policy identification referral shelter contract court ministry protection group \
    screening guideline community law unit practice border capacity budget committee family data campaign school region \
    mechanism exploitation authority hotline penalty sentence framework complaint condition development employment vulnerability \
    oversight inspection implementation interview employee coordination fund organization trafficker partner passport \
    recruitment provision migrant permit prison year indicator market migration fee debt risk province village district crime \
    charge evidence allegation suspect network database status document care counseling reintegration home farm mine vessel factory \
    household restaurant bar site industry sector product loan wage payment income business company owner broker relative parent \
    orphan student teacher nurse doctor officer soldier judge prosecutor lawyer witness testimony trial appeal complicity bribe \
    scheme proposal agreement treaty memorandum strategy workshop session meeting curriculum poster advertisement website study \
    survey statistic figure proportion decline increase lack failure absence delay reform amendment decree regulation license visa \
    residence detention deportation repatriation return arrival departure flight airport port road island coast forest field harvest";
const VERBS: &str = "report provide continue identify investigate implement include increase refer prosecute support train \
    maintain conduct establish develop assist exploit operate require work address protect allow receive monitor improve coordinate \
    ensure issue use recruit fund inspect prevent strengthen screen enforce facilitate participate remain initiate conclude approve \
    promote launch draft revise amend expand reduce limit lack publish distribute disseminate inform educate interview arrest charge \
    sentence convict detain release deport return repatriate house counsel treat employ hire pay promise threaten deceive coerce \
    force compel abuse confiscate retain restrict transport transfer migrate travel cross enter leave live attend complete collect \
    record share exchange request accept reject appeal dismiss acquit suspend fine penalize deter hinder impede hamper delay allocate \
    finance donate contribute cooperate collaborate partner adopt ratify prohibit criminalize define prescribe mandate authorize license \
    register certify review evaluate assess measure estimate observe note claim allege acknowledge recognize consider treat";
const ADJECTIVES: &str = "national foreign local vulnerable potential forced international public legal judicial criminal formal official \
    social domestic commercial sexual medical adequate significant provincial rural private civil limited specialized temporary \
    new administrative bilateral regional economic political military immediate insufficient available independent fraudulent \
    illegal irregular migrant informal undocumented unaccompanied anti-trafficking long-term short-term cross-border law-enforcement \
    inter-ministerial victim-centered high-risk government-run NGO-run psychological financial human systematic consistent serious \
    comprehensive dedicated relevant appropriate effective sufficient unlicensed seasonal agricultural industrial urban remote coastal \
    northern southern eastern western central federal municipal annual previous additional various several numerous common separate \
    joint primary secondary general senior foreign-born female male young elderly poor indigenous ethnic religious stateless displaced";

const COUNTRIES: &str = "Afghanistan;Albania;Algeria;Angola;Antigua and Barbuda;Argentina;Armenia;Aruba;Australia;Austria;\
    Azerbaijan;Bahamas;Bahrain;Bangladesh;Barbados;Belarus;Belgium;Belize;Benin;Bhutan;Bolivia;Bosnia and Herzegovina;Botswana;\
    Brazil;Brunei;Bulgaria;Burkina Faso;Burma;Burundi;Cabo Verde;Cambodia;Cameroon;Canada;Central African Republic;Chad;Chile;\
    China;Colombia;Comoros;Democratic Republic of the Congo;Republic of the Congo;Costa Rica;Cote d’Ivoire;Croatia;Cuba;Curacao;Cyprus;\
    Czechia;Denmark;Djibouti;Dominican Republic;Ecuador;Egypt;El Salvador;Equatorial Guinea;Eritrea;Estonia;Eswatini;Ethiopia;\
    Fiji;Finland;France;Gabon;Gambia;Georgia;Germany;Ghana;Greece;Grenada;Guatemala;Guinea;Guinea-Bissau;Guyana;Haiti;Honduras;\
    Hong Kong;Hungary;Iceland;India;Indonesia;Iran;Iraq;Ireland;Israel;Italy;Jamaica;Japan;Jordan;Kazakhstan;Kenya;Kosovo;Kuwait;\
    Kyrgyzstan;Laos;Latvia;Lebanon;Lesotho;Liberia;Libya;Lithuania;Luxembourg;Macau;Madagascar;Malawi;Malaysia;Maldives;Mali;Malta;\
    Marshall Islands;Mauritania;Mauritius;Mexico;Micronesia;Moldova;Mongolia;Montenegro;Morocco;Mozambique;Namibia;Nepal;Netherlands;\
    New Zealand;Nicaragua;Niger;Nigeria;North Korea;North Macedonia;Norway;Oman;Pakistan;Palau;Panama;Papua New Guinea;Paraguay;Peru;\
    Philippines;Poland;Portugal;Qatar;Romania;Russia;Rwanda;Saint Lucia;Saint Vincent and the Grenadines;Samoa;Sao Tome and Principe;\
    Saudi Arabia;Senegal;Serbia;Seychelles;Sierra Leone;Singapore;Sint Maarten;Slovakia;Slovenia;Solomon Islands;Somalia;South Africa;\
    South Korea;South Sudan;Spain;Sri Lanka;Sudan;Suriname;Sweden;Switzerland;Syria;Taiwan;Tajikistan;Tanzania;Thailand;Timor-Leste;\
    Togo;Tonga;Trinidad and Tobago;Tunisia;Turkey;Turkmenistan;Uganda;Ukraine;United Arab Emirates;United Kingdom;United States;\
    Uruguay;Uzbekistan;Vanuatu;Venezuela;Vietnam;Yemen;Zambia;Zimbabwe";

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, HashMap};
    use std::path::PathBuf;

    /// A folder of its own that goes when it is dropped.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let name = format!("pincite-generate-{}-{name}", std::process::id());
            Folder(std::env::temp_dir().join(name))
        }

        /// The texts of a corpus, by name.
        fn corpus(&self, seed: u64, megabytes: u64) -> BTreeMap<String, String> {
            let summary = generate(&self.0, seed, megabytes).unwrap();
            let files = fs::read_dir(self.0.join("tip")).unwrap().map(|file| {
                let path = file.unwrap().path();
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                (name, fs::read_to_string(path).unwrap())
            });
            let texts: BTreeMap<String, String> = files.collect();
            let bytes: usize = texts.values().map(String::len).sum();
            assert_eq!(
                (summary.files, summary.bytes),
                (texts.len() as u64, bytes as u64)
            );
            texts
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_seed_gives_the_same_bytes_and_another_seed_others() {
        let [first, again, other] = [("same", 1), ("again", 1), ("other", 2)]
            .map(|(name, seed)| Folder::new(name).corpus(seed, 1));
        assert!(first == again);
        assert!(first.keys().eq(other.keys()));
        assert!(first.iter().all(|(name, text)| *text != other[name]));
    }

    #[test]
    fn a_folder_that_holds_a_corpus_is_left_alone() {
        let folder = Folder::new("twice");
        folder.corpus(1, 1);
        let error = generate(&folder.0, 1, 1).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
    }

    #[test]
    fn the_size_is_what_was_asked_for() {
        for megabytes in [1, 2, 5, 11] {
            let texts = Folder::new(&format!("size{megabytes}")).corpus(3, megabytes);
            let bytes = texts.values().map(String::len).sum::<usize>() as u64;
            assert!(
                bytes.abs_diff(megabytes * 1_000_000) <= megabytes * 30_000,
                "{bytes}"
            );
        }
    }

    #[test]
    fn editions_repeat_a_third_of_their_paragraphs() {
        let texts = Folder::new("repeated").corpus(4, 5);
        let passages = |text: &str| {
            let lines = text.split("\n\n").flat_map(|line| line.split(" • "));
            lines
                .filter(|p| p.len() > 60)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (mut repeated, mut all) = (0, 0);
        for (name, text) in &texts {
            let (year, country) = name.split_once('-').unwrap();
            let before = format!("{}-{country}", year.parse::<u64>().unwrap() - 1);
            if let Some(before) = texts.get(&before).map(|text| passages(text)) {
                let now = passages(text);
                repeated += now.iter().filter(|p| before.contains(p)).count();
                all += now.len();
            }
        }
        assert!(
            (28..=40).contains(&(repeated * 100 / all)),
            "{repeated} of {all}"
        );
    }

    #[test]
    fn words_follow_the_law_of_zipf() {
        let texts = Folder::new("words").corpus(5, 2);
        let mut counts: HashMap<String, usize> = HashMap::new();
        let words = texts
            .values()
            .flat_map(|t| t.split(|c: char| !c.is_alphanumeric()));
        for word in words.filter(|w| !w.is_empty()) {
            *counts.entry(word.to_lowercase()).or_default() += 1;
        }
        let all: usize = counts.values().sum();
        let the = counts["the"];
        assert!(counts.values().all(|n| *n <= the));
        assert!((40..=80).contains(&(the * 1_000 / all)), "{the} of {all}");
        let once = counts.values().filter(|n| **n == 1).count();
        assert!(once * 4 > counts.len(), "{once} of {} words", counts.len());
    }
}
