//! A server of our own on this machine that web-hooks are told to.

use std::sync::{Arc, Mutex};

use kept_app::hooks::change_private_hosts;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::World;

/// A server that takes posts and answers as it is told; gone with the test.
pub struct Sink {
    pub address: String,
    posts: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Sink {
    /// All that was posted so far, heads and bodies.
    pub fn posts(&self) -> Vec<String> {
        self.posts.lock().expect("the posts").clone()
    }

    /// The bodies of it, as JSON.
    pub fn told(&self) -> Vec<serde_json::Value> {
        let posts = self.posts().into_iter();
        let bodies =
            posts.filter_map(|post| post.split_once("\r\n\r\n").map(|(_, it)| it.to_owned()));
        bodies
            .map(|body| serde_json::from_str(&body).expect("JSON"))
            .collect()
    }
}

/// Answers in this order, and with the last of them from then on.
pub async fn sink(answers: &'static [&'static str]) -> Sink {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let posts: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = Arc::clone(&posts);
    let task = tokio::spawn(async move {
        for answer in answers
            .iter()
            .chain(std::iter::repeat(&answers[answers.len() - 1]))
        {
            let Ok((mut stream, _)) = listener.accept().await else {
                return;
            };
            let mut read = Vec::new();
            while !is_whole(&read) {
                let mut part = [0; 4096];
                match stream.read(&mut part).await {
                    Ok(some) if some > 0 => read.extend_from_slice(&part[..some]),
                    _ => break,
                }
            }
            let text = String::from_utf8_lossy(&read).into_owned();
            kept.lock().expect("the posts").push(text);
            let _ = stream.write_all(format!("HTTP/1.1 {answer}\r\ncontent-length: 0\r\nlocation: http://127.0.0.1:1/\r\n\r\n").as_bytes()).await;
        }
    });
    Sink {
        address,
        posts,
        task,
    }
}

fn is_whole(read: &[u8]) -> bool {
    let text = String::from_utf8_lossy(read);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        line.to_lowercase()
            .strip_prefix("content-length: ")
            .map(str::to_owned)
    });
    length.is_none_or(|length| {
        length
            .trim()
            .parse()
            .is_ok_and(|length: usize| body.len() >= length)
    })
}

/// Lets web-hooks be told to this machine.
pub async fn allow_here(world: &World) {
    let hosts = vec!["127.0.0.1".to_owned()];
    change_private_hosts(&world.desk, &world.ines, hosts)
        .await
        .expect("is allowed");
}
