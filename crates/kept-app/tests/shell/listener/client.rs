//! The other side of a mail conversation, a line at a time.

use std::net::SocketAddr;

use kept_app::Desk;
use kept_app::mailboxes::listen;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A listener that runs until it is closed.
pub struct Door {
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

impl Door {
    pub async fn open(desk: &Desk) -> Door {
        let anywhere = "127.0.0.1:0".parse().expect("an address");
        let listener = listen(anywhere).await.expect("a port");
        let address = listener.address;
        let (stop, stopped) = watch::channel(false);
        let serving = tokio::spawn(listener.serve(desk.clone(), stopped));
        Door {
            address,
            stop,
            serving,
        }
    }

    pub async fn client(&self) -> Client {
        let mut client = Client::new(self.address).await;
        assert!(client.hears().await.starts_with("220 desk.example "));
        client
    }

    /// Says that it is time to stop, without waiting for the end.
    pub fn stop(&self) {
        self.stop.send(true).expect("somebody listens");
    }

    pub async fn close(self) {
        let _ = self.stop.send(true);
        self.serving.await.expect("it ends");
    }
}

pub struct Client(BufReader<TcpStream>);

impl Client {
    pub async fn new(address: SocketAddr) -> Client {
        let socket = TcpStream::connect(address).await.expect("it listens");
        socket.set_nodelay(true).expect("small packets");
        Client(BufReader::new(socket))
    }

    pub async fn sends(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.expect("it is sent");
    }

    /// A whole answer, its lines joined by blanks; empty when the other side hung up.
    pub async fn hears(&mut self) -> String {
        let mut answer = String::new();
        loop {
            let mut line = String::new();
            let read = self.0.read_line(&mut line).await.unwrap_or(0);
            answer.push_str(line.trim_end());
            if read == 0 || line.as_bytes().get(3) != Some(&b'-') {
                return answer;
            }
            answer.push(' ');
        }
    }

    pub async fn says(&mut self, line: &str) -> String {
        self.sends(format!("{line}\r\n").as_bytes()).await;
        self.hears().await
    }

    /// Says each line and checks how its answer begins.
    pub async fn check(&mut self, conversation: &[(&str, &str)]) {
        for (line, expected) in conversation {
            let answer = self.says(line).await;
            assert!(answer.starts_with(expected), "{line}: {answer}");
        }
    }

    /// Everything up to the content of a mail.
    pub async fn begins_a_mail(&mut self) {
        self.check(&[
            ("MAIL FROM:<dana@acme.example>", "250 "),
            ("RCPT TO:<support@desk.example>", "250 "),
            ("DATA", "354 "),
        ])
        .await;
    }

    /// Sends a mail whose lines that begin with a dot are marked already.
    pub async fn delivers(&mut self, content: &[u8]) -> String {
        self.begins_a_mail().await;
        self.sends(content).await;
        self.says(".").await
    }

    /// Whether the other side has hung up.
    pub async fn is_over(&mut self) -> bool {
        let mut rest = Vec::new();
        self.0.read_to_end(&mut rest).await.is_err() || rest.is_empty()
    }
}
