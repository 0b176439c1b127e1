//! Who works here: the list, somebody new, another role, a sign-in link, a departure.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::domain::ids::PersonId;
use kept_app::domain::people::{EmailAddress, Role};
use kept_app::people::LONGEST_NAME;
use kept_app::settings::agents::{self, NewAgent};
use kept_app::store::people::ListedPerson;
use kept_app::{Error, ErrorKind, reading, sign_in};

use super::team::{self, Agent, TeamPage};
use crate::errors::{Failure, status_of};
use crate::forms::{Fields, Posted, blame};
use crate::layout::{Section, Shell};
use crate::numbers::count;
use crate::parts::{Choice, Field};
use crate::respond::{done, show, show_with};
use crate::session::SignedIn;
use crate::web::Web;

const HERE: &str = "/settings/people";

/// `GET /settings/people`
pub(crate) async fn page(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let (shell, page) = load(&web, &who, &Fields::default()).await?;
    Ok(show(&shell, team::team(&page, &shell)))
}

async fn load(web: &Web, who: &SignedIn, typed: &Fields) -> Result<(Shell, TeamPage), Failure> {
    let found = reading::agents(&web.desk, &who.viewer).await?;
    let shell = who
        .shell(web, "People and roles", Section::Settings)
        .await?;
    let role = match typed.get("role") {
        "" => "agent",
        given => given,
    };
    let page = TeamPage {
        agents: found
            .iter()
            .map(|person| agent(person, who.viewer.person))
            .collect(),
        roles: Role::ALL
            .iter()
            .map(|role| Choice::new(role.as_str(), words(*role)))
            .collect(),
        name: Field::new("name", "Name", typed.get("name"))
            .required()
            .most(LONGEST_NAME),
        address: Field::new("address", "E-mail address", typed.get("address"))
            .kind("email")
            .required(),
        password: Field::new("password", "First password", "")
            .kind("password")
            .required()
            .autocomplete("new-password")
            .help("At least 10 characters. Tell them another way than by mail."),
        role: Field::new("role", "Role", role),
        link: None,
    };
    Ok((shell, page))
}

fn agent(person: &ListedPerson, me: PersonId) -> Agent {
    Agent {
        id: count(person.id.0),
        name: person.name.clone(),
        address: person.address.clone(),
        role: person
            .role
            .map_or_else(String::new, |role| role.as_str().to_owned()),
        mine: person.id == me,
        active: !person.has_left,
    }
}

fn words(role: Role) -> &'static str {
    match role {
        Role::Agent => "Agent",
        Role::Dispatcher => "Dispatcher",
        Role::Admin => "Admin",
    }
}

/// `POST /settings/people`
pub(crate) async fn add(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let added = match read(&posted.fields) {
        Ok(new) => agents::add(&web.desk, &posted.who.viewer, new).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(_) => Ok(done(
            HERE,
            format!("{} can sign in now.", posted.fields.trimmed("name")),
        )),
        Err(error) => again(&web, &posted, error).await,
    }
}

fn read(fields: &Fields) -> Result<NewAgent, Error> {
    let address = EmailAddress::parse(fields.get("address"));
    Ok(NewAgent {
        name: fields.trimmed("name"),
        address: address.map_err(|error| Error::invalid("address", error.to_string()))?,
        role: role(fields)?,
        password: fields.get("password").to_owned(),
    })
}

fn role(fields: &Fields) -> Result<Role, Error> {
    let role: Result<Role, _> = fields.get("role").parse();
    role.map_err(|_| Error::invalid("role", "Choose a role from the list"))
}

/// The page as it was sent, with what was wrong.
async fn again(web: &Web, posted: &Posted, error: Error) -> Result<Response, Failure> {
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    let (mut shell, mut page) = load(web, &posted.who, &posted.fields).await?;
    let fields = [
        &mut page.name,
        &mut page.address,
        &mut page.password,
        &mut page.role,
    ];
    shell.flash = blame(&error, fields);
    Ok(show_with(
        status_of(&error),
        &shell,
        team::team(&page, &shell),
    ))
}

/// `POST /settings/people/{id}`
pub(crate) async fn change(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let changed = match role(&posted.fields) {
        Ok(role) => agents::change_role(&web.desk, &posted.who.viewer, PersonId(id), role).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(done(HERE, "Changed the role.")),
        Err(error) => again(&web, &without_fields(posted), error).await,
    }
}

/// `POST /settings/people/{id}/departure`
pub(crate) async fn leave(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    match agents::leave(&web.desk, &posted.who.viewer, PersonId(id)).await {
        Ok(()) => Ok(done(
            HERE,
            "They are signed out, and their tickets are with the dispatchers of their queues.",
        )),
        Err(error) => again(&web, &without_fields(posted), error).await,
    }
}

/// The role of somebody in the list is not the role of somebody new.
fn without_fields(posted: Posted) -> Posted {
    Posted {
        fields: Fields::default(),
        ..posted
    }
}

/// `POST /settings/people/{id}/link`: the answer is the page itself, because the link is shown once and kept nowhere.
pub(crate) async fn link(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (shell, mut page) = load(&web, &posted.who, &Fields::default()).await?;
    let agent = page
        .agents
        .iter()
        .find(|agent| i64::try_from(agent.id) == Ok(id) && agent.active);
    let name = agent.ok_or_else(|| Error::not_found("agent"))?.name.clone();
    let link = sign_in::new_link(&web.desk, PersonId(id)).await?;
    page.link = Some((name, link));
    Ok(show(&shell, team::team(&page, &shell)))
}
