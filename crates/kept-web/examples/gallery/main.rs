//! Writes every page with sample data as static files, to look at and to photograph: `cargo run -p kept-web --example
//! gallery -- FOLDER`. It needs no database and starts no server.

mod desk;
mod pages;
mod ticket;

use std::path::Path;
use std::{env, fs, io};

use kept_web::assets::ASSETS;

/// What a formatted mail looks like inside its frame.
const FORMATTED: &str = "<!doctype html><meta charset=utf-8><table cellpadding=8><tr><td bgcolor=#f2f2ee><font face=sans-serif><b>Fox &amp; Sons Tax</b><br>Two floors up from the bakery</font></table><p>Shiny! And now it smells, too. Here is a picture.</p>";

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
    for message in ["messages/6", "messages/7"] {
        fs::create_dir_all(folder.join(message))?;
        fs::write(folder.join(message).join("html"), FORMATTED)?;
    }
    Ok(())
}
