//! The publishers' services: where each is asked, and how the address is changed.

/// A service that history is fetched from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// FRED's download of one series as CSV, which needs no key.
    Fred,
    /// FRED's programming interface, which needs a key and tells the units.
    FredApi,
    /// The markets service of the Federal Reserve Bank of New York.
    NewYorkFed,
    /// The fiscal data service of the Treasury.
    FiscalData,
}

impl Service {
    /// Every service.
    pub const ALL: [Service; 4] = [Service::Fred, Service::FredApi, Service::NewYorkFed, Service::FiscalData];

    /// As messages call it.
    pub const fn name(self) -> &'static str {
        match self {
            Service::Fred => "FRED",
            Service::FredApi => "the FRED API",
            Service::NewYorkFed => "the New York Fed",
            Service::FiscalData => "Treasury fiscal data",
        }
    }

    /// Where the publisher has it.
    pub const fn address(self) -> &'static str {
        match self {
            Service::Fred => "https://fred.stlouisfed.org",
            Service::FredApi => "https://api.stlouisfed.org",
            Service::NewYorkFed => "https://markets.newyorkfed.org",
            Service::FiscalData => "https://api.fiscaldata.treasury.gov",
        }
    }
}

/// The base address of each service, without a slash at the end.
#[derive(Clone, Debug)]
pub struct Addresses([String; Service::ALL.len()]);

impl Default for Addresses {
    fn default() -> Addresses {
        Addresses(Service::ALL.map(|service| service.address().to_owned()))
    }
}

impl Addresses {
    /// Asks a service elsewhere, as from behind a mirror.
    ///
    /// # Errors
    /// The address is not one of HTTP, in words.
    pub fn set(&mut self, service: Service, address: &str) -> Result<(), String> {
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        if host.is_none_or(|host| host.is_empty() || host.contains(['?', '#', '@', ' '])) {
            return Err(format!(
                "`{address}` is no address of {}: expected one like {}",
                service.name(),
                service.address()
            ));
        }
        self.0[service as usize] = address.trim_end_matches('/').to_owned();
        Ok(())
    }

    /// Where a service is asked.
    pub fn of(&self, service: Service) -> &str {
        &self.0[service as usize]
    }

    /// Whether a service is asked on this very machine.
    pub fn is_loopback(&self, service: Service) -> bool {
        let address = self.of(service);
        let host = address.split_once("://").map_or(address, |(_, rest)| rest);
        let host = host.split('/').next().unwrap_or_default();
        let name = match host.strip_prefix('[') {
            Some(six) => six.split(']').next().unwrap_or_default(),
            None => host.split(':').next().unwrap_or_default(),
        };
        name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }

    /// Whether what is sent to a service can be read on the way.
    pub fn is_readable_on_the_way(&self, service: Service) -> bool {
        self.of(service).starts_with("http://") && !self.is_loopback(service)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_changed_one_by_one() {
        let mut addresses = Addresses::default();
        addresses.set(Service::NewYorkFed, "http://127.0.0.1:8080/mirror/").unwrap();
        assert_eq!(addresses.of(Service::NewYorkFed), "http://127.0.0.1:8080/mirror");
        assert_eq!(addresses.of(Service::Fred), "https://fred.stlouisfed.org");
        assert!(addresses.is_loopback(Service::NewYorkFed) && !addresses.is_loopback(Service::Fred));
        for wrong in ["fred.stlouisfed.org", "https://", "ftp://fred", "https://user@host"] {
            let message = addresses.set(Service::Fred, wrong).unwrap_err();
            assert!(message.contains("is no address of FRED: expected one like https://fred.stlouisfed.org"));
        }
    }

    #[test]
    fn plain_http_is_readable_on_the_way_unless_it_stays_here() {
        let mut addresses = Addresses::default();
        assert!(!addresses.is_readable_on_the_way(Service::FredApi));
        addresses.set(Service::FredApi, "http://mirror.example").unwrap();
        assert!(addresses.is_readable_on_the_way(Service::FredApi));
        addresses.set(Service::FredApi, "http://[::1]:99").unwrap();
        assert!(!addresses.is_readable_on_the_way(Service::FredApi));
    }
}
