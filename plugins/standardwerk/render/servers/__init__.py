"""Rules for servers, written from :class:`~standardwerk.site.access.Grants` alone. Each module knows one server."""
