//! What users rely on, from outside: the program and the public library on
//! the sample corpus and, where `PINCITE_SHARED` names them, on real texts.

mod bad_input;
mod batch;
mod batch_resume;
mod batch_tables;
mod broken;
mod compare;
mod counting;
mod doubts;
mod editions;
mod folder;
mod formats;
mod found_headings;
mod golden;
mod handing;
mod headings;
mod language;
mod matches;
mod numbers;
mod oracle;
mod origin;
mod profiles;
mod ranking;
mod readme;
mod receipts;
mod reference;
mod samples;
mod saved;
mod shared;
mod support;
mod tidy;
mod update;
mod verify;
mod words;
mod yearbooks;
