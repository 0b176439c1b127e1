//! The web as people and programs meet it: requests to the whole router, in this process, on a desk of its own.

mod agreements;
mod calls;
mod contents;
mod forms;
mod guests;
mod handing;
mod live;
mod machines;
mod mailboxes;
mod notices;
mod originals;
mod pages;
mod permissions;
mod promises;
mod recipients;
mod rota;
mod rules;
mod sample;
mod scorecards;
mod sending;
mod serving;
mod site;
mod speakers;
mod suggestion;
mod trust;
mod work;
