//! Writes every page with sample data as static files, to look at and to photograph: `cargo run -p kept-web --example
//! gallery -- FOLDER`. It needs no database and starts no server.

mod desk;
mod pages;
mod ticket;

use std::path::Path;
use std::{env, fs, io};

use kept_web::assets::ASSETS;

fn main() -> io::Result<()> {
    let folder = env::args()
        .nth(1)
        .unwrap_or_else(|| "target/gallery".to_owned());
    let folder = Path::new(&folder);
    fs::create_dir_all(folder.join("assets"))?;
    for asset in ASSETS {
        fs::write(folder.join("assets").join(asset.name), asset.plain())?;
    }
    let mut index = String::new();
    for (name, markup) in pages::all() {
        fs::write(folder.join(format!("{name}.html")), markup.into_string())?;
        index.push_str(&format!("{name}\n"));
    }
    fs::write(folder.join("index.txt"), index)?;
    fs::create_dir_all(folder.join("messages/6"))?;
    fs::write(folder.join("messages/6/html"), ticket::FORMATTED)
}
