//! What a form of ours sent, from somebody signed in: fields, files, and proof that it was our page. It checks nothing
//! of what the fields say.

use axum::RequestExt as _;
use axum::extract::multipart::MultipartError;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use kept_app::tickets::Upload;
use kept_app::{Error, sign_in};

use crate::errors::{Failure, sentence};
use crate::numbers;
use crate::parts::{Field, Flash, Tone};
use crate::session::SignedIn;
use crate::web::Web;

/// Most parts in one form; more is no form of ours. The longest is that of an agreement, with a year of holidays to tick.
const MOST_PARTS: usize = 800;

/// A form with the one who sent it.
#[derive(Debug)]
pub(crate) struct Posted {
    pub who: SignedIn,
    pub fields: Fields,
    pub files: Vec<Upload>,
}

impl FromRequest<Web> for Posted {
    type Rejection = Failure;

    async fn from_request(mut request: Request, web: &Web) -> Result<Self, Failure> {
        let who: SignedIn = request.extract_parts_with_state(web).await?;
        let (fields, files) = read(request).await?;
        if !sign_in::is_same_secret(fields.get("csrf"), &who.csrf) {
            return Err(Failure::Forged);
        }
        Ok(Self { who, fields, files })
    }
}

/// The fields of a form, repeated ones too.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// What stands in the address of a page.
    pub fn of(query: Vec<(String, String)>) -> Self {
        Self(query)
    }

    /// The field, or nothing when it is missing.
    pub fn get(&self, name: &str) -> &str {
        let first = self.0.iter().find(|(known, _)| known == name);
        first.map_or("", |(_, value)| value)
    }

    /// Every value of a field that may be there several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(known, _)| known == name);
        named.map(|(_, value)| value.as_str())
    }

    /// Everything but the fields of these names.
    pub fn without(&self, names: &[&str]) -> Vec<(String, String)> {
        let others = self.0.iter();
        let others = others.filter(|(name, _)| !names.contains(&name.as_str()));
        others.cloned().collect()
    }

    /// The field without spaces around it.
    pub fn trimmed(&self, name: &str) -> String {
        self.get(name).trim().to_owned()
    }

    /// The field as a number, `#` before it or not.
    pub fn number(&self, name: &str) -> Option<i64> {
        numbers::number(self.get(name))
    }
}

/// What stands on each line, or between commas, without spaces around it.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(['\n', ',', ';']).map(str::trim);
    parts.filter(|part| !part.is_empty())
}

/// Fields of a form from somebody who has not signed in yet; there is no session it could be forged for.
#[derive(Debug)]
pub(crate) struct GuestForm(pub Fields);

impl FromRequest<Web> for GuestForm {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &Web) -> Result<Self, Failure> {
        Ok(Self(read(request).await?.0))
    }
}

/// Puts an error beside the field it is about; gives it back as a word for the page when it is about none.
pub(crate) fn blame<'a>(
    error: &Error,
    fields: impl IntoIterator<Item = &'a mut Field>,
) -> Option<Flash> {
    let words = sentence(&error.to_string());
    let blamed = match error {
        Error::Invalid { field, .. } => fields.into_iter().find(|known| known.name == *field),
        _ => None,
    };
    match blamed {
        Some(field) => {
            field.error = Some(words);
            None
        }
        None => Some(Flash {
            tone: Tone::Wrong,
            says: words,
            undo: None,
        }),
    }
}

async fn read(request: Request) -> Result<(Fields, Vec<Upload>), Failure> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let parts = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    if parts {
        return read_parts(request).await;
    }
    let form = Form::<Vec<(String, String)>>::from_request(request, &()).await;
    let Form(fields) = form.map_err(|rejection| unreadable_form(&rejection))?;
    if fields.len() > MOST_PARTS {
        return Err(too_many());
    }
    Ok((Fields(fields), vec![]))
}

fn unreadable_form(rejection: &FormRejection) -> Failure {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => Failure::Unreadable(
            "What the browser sent is not a form. Load the page again and try once more.".into(),
        ),
    }
}

fn too_many() -> Failure {
    Failure::Unreadable(format!("A form can have {MOST_PARTS} parts at most."))
}

async fn read_parts(request: Request) -> Result<(Fields, Vec<Upload>), Failure> {
    let multipart = Multipart::from_request(request, &()).await;
    let mut multipart = multipart.map_err(|_| {
        Failure::Unreadable("What the browser sent is not a form with files. Load the page again and try once more.".into())
    })?;
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = multipart.next_field().await.map_err(|e| broken(&e))? {
        if fields.len() + files.len() >= MOST_PARTS {
            return Err(too_many());
        }
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(filename) => {
                let content_type = part
                    .content_type()
                    .unwrap_or("application/octet-stream")
                    .to_owned();
                let content = part.bytes().await.map_err(|e| broken(&e))?;
                // A file input left alone sends one part without a name and without bytes.
                if !(filename.is_empty() && content.is_empty()) {
                    files.push(Upload {
                        filename,
                        content_type,
                        content,
                    });
                }
            }
            None => fields.push((name, part.text().await.map_err(|e| broken(&e))?)),
        }
    }
    Ok((Fields(fields), files))
}

fn broken(error: &MultipartError) -> Failure {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => Failure::Unreadable("The upload broke off. Try once more.".into()),
    }
}
