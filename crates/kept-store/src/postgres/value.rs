//! Our values in PostgreSQL's types and back.
//! Never rounds or cuts: an integer that does not fit its column is an error.

use std::error::Error;

use postgres::types::private::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use crate::value::Value;

type Refused = Box<dyn Error + Sync + Send>;

impl ToSql for Value {
    fn to_sql(&self, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, Refused> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(number) => integer(*number, wanted, out),
            Value::Text(text) if <&str as ToSql>::accepts(wanted) => text.to_sql(wanted, out),
            Value::Blob(bytes) if *wanted == Type::BYTEA => bytes.to_sql(wanted, out),
            other => Err(format!(
                "{} was given where PostgreSQL wants {wanted}; CAST the parameter",
                other.kind()
            )
            .into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn integer(number: i64, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, Refused> {
    match *wanted {
        Type::INT8 => number.to_sql(wanted, out),
        Type::INT4 => i32::try_from(number)?.to_sql(wanted, out),
        Type::INT2 => i16::try_from(number)?.to_sql(wanted, out),
        _ => Err(format!(
            "an integer was given where PostgreSQL wants {wanted}; CAST the parameter"
        )
        .into()),
    }
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(found: &Type, raw: &'a [u8]) -> Result<Value, Refused> {
        match *found {
            Type::INT8 => Ok(Value::Int(i64::from_sql(found, raw)?)),
            Type::INT4 => Ok(Value::from(i32::from_sql(found, raw)?)),
            Type::INT2 => Ok(Value::Int(i64::from(i16::from_sql(found, raw)?))),
            Type::BOOL => Ok(Value::from(bool::from_sql(found, raw)?)),
            Type::BYTEA => Ok(Value::Blob(raw.to_vec())),
            _ if <&str as FromSql>::accepts(found) => {
                Ok(Value::Text(String::from_sql(found, raw)?))
            }
            _ => Err(format!("the column is of type {found}; CAST it to BIGINT or TEXT").into()),
        }
    }

    fn from_sql_null(_: &Type) -> Result<Value, Refused> {
        Ok(Value::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
