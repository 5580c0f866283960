//! The points of a study that somebody else chose, read from a table: a column for each input, a row for each point.

use super::input::Input;
use crate::scenario::Scenario;
use crate::scenario::quantity::Complaint;

/// The inputs that a table varies, and its points in their values.
///
/// The head of a column is a key, behind which its unit may stand in brackets, as in the tables that studies write; columns
/// after the first empty head, and those called `point`, are passed over. A number without a unit is in the unit of its key.
///
/// # Errors
/// The text is no table, a head is none of the scenario's keys, or a value is none of its key's.
pub fn points_from_csv(base: &Scenario, text: &str) -> Result<(Vec<Input>, Vec<Vec<f64>>), Complaint> {
    let wrong = |message: String| Complaint { message, help: None };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let heads = reader.headers().map_err(|error| wrong(format!("the points cannot be read: {error}")))?.clone();
    let columns: Vec<(usize, String)> = heads
        .iter()
        .enumerate()
        .take_while(|(_, head)| !head.is_empty())
        .filter(|(_, head)| *head != "point")
        .map(|(column, head)| (column, head.split('[').next().unwrap_or(head).trim().to_owned()))
        .collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| wrong(format!("the points cannot be read: {error}")))?;
        rows.push(columns.iter().map(|(column, _)| record.get(*column).unwrap_or_default().to_owned()).collect());
    }
    if columns.is_empty() || rows.is_empty() {
        return Err(Complaint {
            message: "there are no points".to_owned(),
            help: Some("write the keys into the first line and the values of a point into each line below".to_owned()),
        });
    }
    let mut points = vec![Vec::new(); rows.len()];
    let mut inputs = Vec::new();
    for (place, (_, key)) in columns.iter().enumerate() {
        let input = Input::of_key(base, key)?;
        let mut values = Vec::new();
        for (line, row) in rows.iter().enumerate() {
            let value = input
                .read(&row[place])
                .map_err(|why| Complaint { message: format!("line {}: {}", line + 2, why.message), help: why.help })?;
            points[line].push(value);
            values.push(value);
        }
        inputs.push(input.over(values));
    }
    Ok((inputs, points))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;

    fn read(text: &str) -> Result<(Vec<Input>, Vec<Vec<f64>>), Complaint> {
        points_from_csv(&scenario::load("shutdown_cash_hoarding").expect("it ships"), text)
    }

    #[test]
    fn a_table_of_points_is_read_with_units_in_heads_or_cells() {
        let text = "point,event.shutdown.hoarding [bn],event.runoff ends.date,parameters.repo_slope\n\
                    1,50,2025-12-01,1.5bp\n2,0.1tn,2025-12-02,2\n";
        let (inputs, points) = read(text).expect("points");
        let typed: Vec<Vec<String>> = points
            .iter()
            .map(|point| inputs.iter().zip(point).map(|(input, &value)| input.typed(value)).collect())
            .collect();
        assert_eq!(typed, [["50bn", "2025-12-01", "1.5bp"], ["100bn", "2025-12-02", "2bp"]]);
        assert_eq!(inputs[0].to_string(), "event.shutdown.hoarding=50bn..100bn");
    }

    #[test]
    fn what_is_no_point_is_told_by_its_line() {
        assert!(read("event.shutdown.hoarding\n50\nmany\n").expect_err("a word").message.starts_with("line 3: "));
        assert!(read("weather\n1\n").expect_err("no key").message.contains("`weather`"));
        assert!(read("event.shutdown.hoarding\n").expect_err("nothing").message.contains("no points"));
        assert!(read("parameters.repo_slope,parameters.repo_noise\n1\n").is_err());
    }
}
