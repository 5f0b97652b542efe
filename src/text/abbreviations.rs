//! Words that tell whether a full stop ends a sentence: abbreviations by what
//! follows them, and words that open sentences.
//!
//! The lists are our own. The suppressions of the Unicode CLDR for English know
//! about 150 abbreviations and say nothing of what follows them, so that `No.`
//! and `etc.` never end a sentence.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What follows an abbreviation within its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A name, always.
    Title,
    /// A number or a name, always.
    Reference,
    /// A number or a letter; before other words it is a word or ends the sentence.
    Number,
    /// A day, a month or a year.
    Date,
    /// As [`Date`](Class::Date), of abbreviations that are words as well.
    Day,
    /// A day, a month or a time zone.
    Time,
    /// A name of a place, unless a sentence opens.
    Place,
    /// Anything, unless a sentence opens.
    Any,
}

/// The abbreviations without their last full stop. One in lower case is known in
/// any case; one with a capital is a word otherwise and known only so.
const ABBREVIATIONS: &[(Class, &str)] = &[
    (
        Class::Title,
        "mr mrs hr ms messrs mme mmes mlle dr drs prof profs rev revd hon rt msgr sra srta dra EE \
         gen gens col cols maj capt cpt lt lieut sgt cpl pvt pfc brig cmdr comdr cdr adm vadm radm \
         amb gov govs sen sens rep reps commr abp mohd shri smt insp supt det atty attys asst cllr pte Pres Fr Br Bro Del \
         Dep Secy Ald Wm Geo Chas Thos Robt Edw Jas",
    ),
    (
        Class::Reference,
        "sec secs sect sects subsec subsecs chap chaps para paras subpara subparas vol vols pp cl \
         cls fn fns cf vs viz approx ca e.g i.e nr",
    ),
    (
        Class::Number,
        "no nos art arts fig figs ch pub div pt pts add corr res stat supp suppl tit reg regs ex \
         app apps tab ref refs doc docs tel ext apt rm ed repr trans op max min Id \
         nu cap sched ord rul exh encl ser regd \
         rs tk ksh kshs ush ushs tsh tshs shs dh dhs nt rp bs gs lit esc",
    ),
    (
        Class::Date,
        "jan feb febr apr aug sept oct nov dec tues thur thurs",
    ),
    (Class::Day, "Mar Jun Jul Sep Sun Mon Tue Wed Thu Fri Sat"),
    (Class::Time, "a.m p.m hrs yr yrs mins secs mos wk wks"),
    (Class::Place, "st ste mt mts ft"),
    (
        Class::Any,
        "etc al ibid esp resp cit seq est incl excl avg eds \
         inc ltd ltda corp co llc pty bros assn assoc mfg intl natl \
         dept depts govt govts univ inst admin auth comm subcomm exec treas \
         int'l nat'l dep't gov't ass'n comm'n sec'y att'y \
         cir dist civ crim proc evid amend cong sess ann bull regt bde \
         jr sr esq ave blvd rd hwy bldg pkwy rte UU \
         Min Fed Const Rec Ala Ariz Cal Calif Colo Conn Fla Ga Ill Ind Kan Ky Mass Md Mich Minn \
         Miss Mont Neb Nev Okla Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo",
    ),
];

/// Words that open a sentence after an abbreviation such as `U.S.`
const OPENERS: &str = "the a an in on at as it its this these those there they he she we you i who \
    what which why how where one each every several few another any more no nothing nobody other \
    others is are was were has have had does did however although though while when if but and or \
    nor yet so thus hence moreover furthermore therefore nevertheless nonetheless meanwhile instead \
    indeed during after before until because once according since some many most much for from to \
    by with without within between among through throughout against about of not now then today \
    here let may my your his her our their such despite under over upon also only even often \
    sometimes later earlier recently previously currently subsequently consequently additionally \
    similarly finally reportedly generally unfortunately all both \
    ngos police authorities officials observers traffickers victims women children";

/// Short function words that seldom end a sentence.
const GRAMMAR: [&str; 5] = ["the", "of", "and", "to", "in"];

/// Units that have no vowel and no full stop of their own.
const UNITS: [&str; 5] = ["km", "kg", "cm", "mm", "ml"];

/// The time zones, as they stand after a time.
const ZONES: &str = "EST EDT CST CDT MST MDT PST PDT ET CT MT PT GMT UTC BST CET CEST EET EEST EAT \
    WAT CAT IST PKT ICT JST Eastern Central Mountain Pacific Greenwich";

/// The beginnings of the names of months and days, which no other word of a
/// date has.
const DATES: &str = "january february march april may june july august september october november \
    december monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug \
    sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun";

static CLASSES: LazyLock<HashMap<&str, Class>> = LazyLock::new(|| {
    let lists = ABBREVIATIONS.iter();
    let words = lists.flat_map(|(class, list)| list.split_whitespace().map(|word| (word, *class)));
    words.collect()
});
static OPENING: LazyLock<HashSet<&str>> = LazyLock::new(|| OPENERS.split_whitespace().collect());

/// Whether a name, a number or a date always follows an abbreviation.
pub(super) fn is_never_last(word: &str) -> bool {
    use Class::{Date, Place, Reference, Title};
    matches!(class(word), Some(Title | Reference | Date | Place))
}

/// Whether a word is one of grammar, which no sentence ends with, as far as only a
/// reader sees the end.
pub(super) fn is_grammar(word: &str) -> bool {
    GRAMMAR.contains(&word.to_lowercase().as_str())
}

/// Whether a sentence goes on after `word` and its full stop, where `next` is
/// the text up to the next white space.
pub(super) fn goes_on_before(word: &str, next: &str) -> bool {
    match class(word) {
        Some(Class::Title | Class::Reference) => true,
        // `No. 5` is a number; `No.` alone is an answer.
        Some(Class::Number) => is_number(next) || is_reference(next),
        Some(Class::Date | Class::Day) => is_number(next) || is_date(next),
        // `10 a.m.` ends a sentence where another capital follows.
        Some(Class::Time) => is_number(next) || is_date(next) || is_zone(next),
        Some(Class::Place | Class::Any) => !opens(next),
        None => (is_initials(word) || has_no_vowel(word)) && !opens(next),
    }
}

/// Whether a word opens a sentence after an abbreviation.
pub(super) fn opens(next: &str) -> bool {
    // `A. A. Gromyko`: a letter with a full stop opens nothing, nor does `No. 5`.
    let mut letters = next.chars();
    let is_capital = letters.next().is_some_and(char::is_uppercase);
    let is_initial = is_capital && letters.next() == Some('.');
    let word = plain(next).split(['\'', '’']).next().unwrap_or_default();
    let opens = OPENING.contains(word.to_lowercase().as_str());
    opens && !is_initial && next != "No."
}

/// What follows an abbreviation; of `Sub-Insp` and `Lt.Gen` the last part tells.
fn class(word: &str) -> Option<Class> {
    let known = |word: &str| {
        let classes = &*CLASSES;
        let typed = classes.get(word);
        typed.or_else(|| classes.get(word.to_lowercase().replace('’', "'").as_str()))
    };
    let last = || {
        let at = word.rfind(['-', '.'])?;
        let before = &word[..at];
        // `gao.gov` is no title.
        let is_joined = word[at..].starts_with('-') || known(before).is_some();
        known(&word[at + 1..]).filter(|_| is_joined)
    };
    known(word).or_else(last).copied()
}

fn plain(next: &str) -> &str {
    next.trim_matches(|c: char| !c.is_alphanumeric())
}

/// `5`, `IV`, `A,`, `L.`, `(b)`, `A/71/304`: a number, a Roman numeral of two
/// letters or more, a capital with a mark after it, or the symbol of a document.
fn is_number(next: &str) -> bool {
    let is_bracketed = next.starts_with(['(', '[']) && next.contains([')', ']']);
    let next = next.trim_start_matches(['(', '[']);
    let plain = next.trim_end_matches(|c: char| !c.is_alphanumeric());
    let roman = plain.len() >= 2 && plain.bytes().all(|b| b"IVXLC".contains(&b));
    let letter = plain.len() == 1
        && plain.len() < next.len()
        && plain.bytes().all(|b| b.is_ascii_uppercase());
    let capitals = next.bytes().take_while(u8::is_ascii_uppercase).count();
    let symbol = (1..=4).contains(&capitals)
        && next[capitals..].starts_with(|c: char| matches!(c, '/' | '-') || c.is_ascii_digit())
        && plain.contains(|c: char| c.is_ascii_digit());
    let is_part = is_bracketed && plain.len() <= 4;
    next.starts_with(|c: char| c.is_ascii_digit()) || roman || letter || symbol || is_part
}

/// `No.` of `Res. No. 5`
fn is_reference(next: &str) -> bool {
    let class = next.strip_suffix('.').and_then(class);
    matches!(class, Some(Class::Number | Class::Reference))
}

fn is_date(next: &str) -> bool {
    let word = plain(next).to_lowercase();
    DATES.split_whitespace().any(|date| date == word)
}

fn is_zone(next: &str) -> bool {
    ZONES.split_whitespace().any(|zone| zone == plain(next))
}

/// `J`, `U.S`, `P.R.C`, `J.-P`: single letters with full stops; `Ph.D`, `M.Sc`:
/// one of them beside short parts.
fn is_initials(word: &str) -> bool {
    let is_single = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    };
    let is_short = |part: &str| part.len() <= 4 && part.chars().all(char::is_alphabetic);
    let singles = word
        .split('.')
        .all(|part| is_single(part.trim_start_matches('-')));
    let mut parts = word.split('.');
    singles
        || word.split('.').nth(1).is_some()
            && word
                .split('.')
                .all(|part| !part.is_empty() && is_short(part))
            && parts.any(is_single)
}

/// `Kshs`, `Bhd`, `hrs`: a word without a vowel is an abbreviation, but a name
/// in capitals such as `DRC`.
fn has_no_vowel(word: &str) -> bool {
    let word = word.rsplit('-').next().unwrap_or(word);
    let is_vowel = |b: u8| b"aeiouyAEIOUY".contains(&b);
    word.len() >= 2
        && word
            .bytes()
            .all(|b| b.is_ascii_alphabetic() && !is_vowel(b))
        && word.bytes().any(|b| b.is_ascii_lowercase())
        && !UNITS.contains(&word)
}
