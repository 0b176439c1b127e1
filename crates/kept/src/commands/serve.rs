//! `kept serve`: runs the desk until it is told to stop, and loses nothing when it is.

use kept_app::clock::Clock;
use kept_app::config::{Config, Given};
use kept_app::random::Random;
use kept_app::sender::Relay;
use kept_app::{Desk, mailboxes, sign_in, worker};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::{configuration, print, runtime};
use crate::failure::Failure;

pub fn run(given: &Given) -> Result<(), Failure> {
    let config = configuration(given)?;
    runtime(available())?.block_on(serve(config))
}

fn available() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

async fn serve(config: Config) -> Result<(), Failure> {
    if let Some(url) = &config.relay {
        Relay::from_url(url).map_err(|e| Failure::config(e.to_string()))?;
    }
    // Ports first: a server that can't listen must not touch the data.
    let http = TcpListener::bind(config.http).await.map_err(|e| {
        Failure::new(
            format!("The web address {} can't be used: {e}. Choose another with --http, or stop what uses it.", config.http),
            69,
        )
    })?;
    let mail = mailboxes::listen(config.mail).await?;
    let desk = Desk::open(config, Clock::system(), Random::system()).await?;
    let (http_at, mail_at) = (http.local_addr()?, mail.address);
    let (stop, stopping) = watch::channel(false);
    let web = tokio::spawn(kept_web::serve(desk.clone(), http, stopping.clone()));
    let intake = tokio::spawn(mail.serve(desk.clone(), stopping.clone()));
    let worker = tokio::spawn(worker::run(desk.clone(), stopping.clone()));
    let fetching = tokio::spawn(mailboxes::imap::run(desk.clone(), stopping));
    print(&format!("listening http={http_at} mail={mail_at}"))?;
    if sign_in::is_needed(&desk).await? {
        let link = sign_in::new_setup_link(&desk).await?;
        print(&format!(
            "Nobody can sign in yet. Make the first admin here: {link}"
        ))?;
    }
    wait_for_the_end().await?;
    tracing::info!("stopping: finishing what is under way");
    stop.send_replace(true);
    let (web, intake, worker, fetching) = tokio::join!(web, intake, worker, fetching);
    desk.close().await;
    let ended = web
        .map_err(|e| e.to_string())
        .and_then(|web| web.map_err(|e| e.to_string()));
    let ended = ended
        .and(intake.map_err(|e| e.to_string()))
        .and(worker.map_err(|e| e.to_string()))
        .and(fetching.map_err(|e| e.to_string()));
    ended.map_err(|e| Failure::new(format!("not everything stopped cleanly: {e}"), 1))
}

async fn wait_for_the_end() -> Result<(), Failure> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
