"""Sources that are no files here: PostgreSQL, MySQL, objects in S3. ``address`` opens any of them by its address."""
