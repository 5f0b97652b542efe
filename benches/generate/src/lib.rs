//! Corpora of any size in the form of the Trafficking in Persons narratives,
//! made up from a seed: file names, title and tier lines, sections, the list of
//! recommendations, and text whose words, sentences, figures and repeated
//! passages are distributed about as in the published narratives. No sentence
//! says anything; nothing here reads or measures.
//!
//! Only integers are reckoned with, so a seed gives the same bytes on every
//! machine. The measures were taken on the narrative of Cambodia of 2021:
//! paragraphs of 2,107 ± 724 bytes, sentences of 30 ± 12 words, 4.7 % `the`.

mod language;
pub mod random;
mod teller;

use std::path::Path;
use std::{fs, io};

use crate::random::{Random, mix};
use language::Language;
use teller::Teller;

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
                random: Random::new(mix(country.seed ^ year)),
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
