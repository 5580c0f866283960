//! What the page is answered: JSON, or a refusal in words.

use crate::scenario::Problems;
use crate::scenario::quantity::Complaint;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;

/// Why something was not done.
#[derive(Debug)]
pub struct Refusal {
    /// What the browser is told.
    pub status: StatusCode,
    /// What somebody is told.
    pub message: String,
}

impl Refusal {
    /// What was asked for cannot be.
    pub fn wrong(message: impl Into<String>) -> Refusal {
        Refusal { status: StatusCode::UNPROCESSABLE_ENTITY, message: message.into() }
    }

    /// There is no such thing.
    pub fn unknown(message: impl Into<String>) -> Refusal {
        Refusal { status: StatusCode::NOT_FOUND, message: message.into() }
    }

    /// The file system refused.
    pub fn failed(message: impl Into<String>) -> Refusal {
        Refusal { status: StatusCode::INTERNAL_SERVER_ERROR, message: message.into() }
    }

    /// What the loader found wrong, a sentence each with what to do about it.
    pub fn of_problems(problems: Problems) -> Refusal {
        let sentences = problems.records().into_iter().map(|record| match record.help {
            Some(help) => format!("{}; {help}", record.message),
            None => record.message,
        });
        Refusal::wrong(sentences.collect::<Vec<_>>().join("\n"))
    }

    /// Why a key cannot be changed so, with what to do about it.
    pub fn of_complaint(complaint: Complaint) -> Refusal {
        Refusal::wrong(complaint.to_string())
    }

    /// The refusal as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::json!({ "error": self.message })
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response<Body> {
        let mut response = json(&self.json());
        *response.status_mut() = self.status;
        response
    }
}

/// An answer in JSON.
pub fn json(value: &impl Serialize) -> Response<Body> {
    let bytes = serde_json::to_vec(value).expect("answers are plain data");
    typed("application/json", bytes)
}

/// An answer of a type of contents.
pub fn typed(contents: &'static str, bytes: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(bytes.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(contents));
    response
}
