"""The only writer: pages, data and search indexes become files."""
