"""What help exists: services in HSDS 3.1's shape, the taxonomies, import, export and search."""
