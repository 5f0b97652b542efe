//! The words of the narratives, real ones and made-up ones, and the rules that
//! join them.

use crate::random::{Random, mix};

/// Appends a word of a rank in the form of a class; all forms share the stem.
pub(super) fn made_up(rank: u64, class: u8, out: &mut String) {
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
pub(super) fn stem(random: u64, more: usize, out: &mut String) {
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
pub(super) fn inflect(class: u8, out: &mut String) {
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
pub(super) enum Piece {
    Text(&'static str),
    Symbol(u8),
}

/// Values of which the earlier are drawn more often.
#[derive(Debug, Default)]
pub(super) struct Choices {
    pub(super) values: Vec<Vec<Piece>>,
    table: Vec<u16>,
}

impl Choices {
    fn new(values: Vec<Vec<Piece>>) -> Choices {
        let table = zipf_table(values.len(), 3, 1 << 11);
        Choices { values, table }
    }

    pub(super) fn draw(&self, random: &mut Random) -> usize {
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
pub(super) struct Language {
    pub(super) rules: Vec<Choices>,
    /// Nouns, verbs, adjectives, the frequent first.
    pub(super) words: [Vec<&'static str>; 3],
    ranks: Vec<u16>,
}

/// The ranks that follow the law of Zipf with the exponent 1; beyond them it is
/// 2, by which the vocabulary grows with the root of the text, as Heaps found.
const FREQUENT: usize = 2_500;

impl Language {
    pub(super) fn new() -> Language {
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
    pub(super) fn rank(&self, random: u64) -> usize {
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
