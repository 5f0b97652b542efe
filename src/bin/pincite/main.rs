fn main() {
    let a: Vec<String> = std::env::args().collect();
    let folder = pincite::index::IndexFolder::new(&a[1]);
    let m = pincite::index::build(
        &folder,
        &pincite::index::BuildConfig {
            corpora: a[3..].iter().map(Into::into).collect(),
            threads: a[2].parse().unwrap(),
            memory: 256 << 20,
            profiles: pincite::read::Profiles::built_in(),
            lexicon: pincite::theme::Lexicon::built_in(),
        },
        &|_| {},
    )
    .unwrap();
    println!("{}", serde_json::to_string_pretty(&m).unwrap());
    let s = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{:?}", s.lines().find(|l| l.starts_with("VmHWM")));
}
