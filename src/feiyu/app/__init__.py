"""Build the running system from settings: the only place that knows every part."""
