//! Embeds everything under `assets/`: the stylesheets as one file, the scripts as one file, the rest as they are, each
//! with a hash of its bytes in its name and compressed once here. It never fetches anything; what is missing is left out.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

struct Built {
    name: String,
    mime: &'static str,
    bytes: Vec<u8>,
}

fn main() -> io::Result<()> {
    let root =
        Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../../assets");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    println!("cargo::rerun-if-changed=build.rs");
    for folder in ["", "css", "js", "js/shared", "icons", "vendor"] {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
    }
    let table = all(&root)?
        .iter()
        .map(|asset| embed(asset, &out))
        .collect::<io::Result<String>>()?;
    fs::write(out.join("assets.rs"), format!("&[\n{table}]\n"))
}

fn all(root: &Path) -> io::Result<Vec<Built>> {
    let mut built = vec![stylesheet(root)?, script(root)?];
    built.extend(vendored(root, "turbo")?);
    built.extend(vendored(root, "elements")?);
    let favicon = Built::new(
        "favicon",
        "svg",
        "image/svg+xml",
        fs::read(root.join("icons/favicon.svg"))?,
    );
    let manifest = fs::read_to_string(root.join("icons/kept.webmanifest"))?
        .replace("{favicon}", &favicon.name);
    built.push(Built::new(
        "kept",
        "webmanifest",
        "application/manifest+json",
        manifest.into_bytes(),
    ));
    built.push(favicon);
    Ok(built)
}

/// `layers.css` says which layer wins, so it comes first; inside a layer the files do not depend on their order.
fn stylesheet(root: &Path) -> io::Result<Built> {
    let mut files = files(&root.join("css"), "css")?;
    files.sort_by_key(|path| (!path.ends_with("layers.css"), path.clone()));
    let mut text = String::new();
    for file in files {
        text.push_str(&fs::read_to_string(file)?);
    }
    Ok(Built::new(
        "kept",
        "css",
        "text/css; charset=utf-8",
        text.into_bytes(),
    ))
}

/// Each script is one behaviour in a block of its own, so names in one file are unknown to the others; what several build
/// on is shared, and comes before them.
fn script(root: &Path) -> io::Result<Built> {
    let mut text = String::new();
    for file in files(&root.join("js/shared"), "js")? {
        text.push_str(&fs::read_to_string(file)?);
    }
    for file in files(&root.join("js"), "js")? {
        let _ = write!(text, "{{\n{}}}\n", fs::read_to_string(file)?);
    }
    Ok(Built::new(
        "kept",
        "js",
        "text/javascript; charset=utf-8",
        text.into_bytes(),
    ))
}

/// Comes from npm (`bin/assets`); without it pages work by full loads, and the composer is a plain field.
fn vendored(root: &Path, stem: &str) -> io::Result<Option<Built>> {
    match fs::read(root.join(format!("vendor/{stem}.js"))) {
        Ok(bytes) => Ok(Some(Built::new(
            stem,
            "js",
            "text/javascript; charset=utf-8",
            bytes,
        ))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn files(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == extension) {
            println!("cargo::rerun-if-changed={}", path.display());
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

impl Built {
    fn new(stem: &str, extension: &str, mime: &'static str, bytes: Vec<u8>) -> Self {
        let hash = Sha256::digest(&bytes)
            .iter()
            .take(6)
            .fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            });
        Self {
            name: format!("{stem}-{hash}.{extension}"),
            mime,
            bytes,
        }
    }
}

/// Writes the three forms of an asset and answers with its line of the table.
fn embed(asset: &Built, out: &Path) -> io::Result<String> {
    let write = |suffix: &str, bytes: &[u8]| -> io::Result<String> {
        let path = out.join(format!("{}{suffix}", asset.name));
        fs::write(&path, bytes)?;
        Ok(format!("include_bytes!({:?})", path.display().to_string()))
    };
    let plain = write("", &asset.bytes)?;
    let brotli = write(".br", &brotli(&asset.bytes)?)?;
    let gzip = write(".gz", &gzip(&asset.bytes)?)?;
    Ok(format!(
        "    Asset {{ name: {:?}, mime: {:?}, plain: {plain}, brotli: {brotli}, gzip: {gzip} }},\n",
        asset.name, asset.mime
    ))
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 4096, 11, 22).write_all(bytes)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes)?;
    packer.finish()
}
